using Complaints.Language;

namespace Complaints.Time;

/// <summary>
/// Make-up working days (调休): single dates that work with hours of their own, whatever their weekday and even on a
/// holiday. Written <c>2026-02-14 09:00-17:00;2026-02-28 09:00-12:00,13:00-18:00</c>.
/// </summary>
public sealed class MakeUpDays
{
    private readonly SortedDictionary<DateOnly, IReadOnlyList<HourSpan>> _days;

    private MakeUpDays(SortedDictionary<DateOnly, IReadOnlyList<HourSpan>> days) => _days = days;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _days.Count == 0;

    /// <summary>The openings of a make-up day; null when the date is none.</summary>
    public IReadOnlyList<HourSpan>? On(DateOnly date) => _days.GetValueOrDefault(date);

    /// <summary>Reads the written form; empty text is none, a date named twice has both openings.</summary>
    /// <exception cref="Refusal">A part cannot be read; the sentence names it.</exception>
    public static MakeUpDays Parse(string text)
    {
        var days = new SortedDictionary<DateOnly, IReadOnlyList<HourSpan>>();
        foreach (var part in Written.Parts(text, ';'))
        {
            var space = part.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !Written.Date(part[..space], out var date))
            {
                throw new Refusal(
                    new Sentence("“{0}” is not a make-up working day. Write the date and its hours, such as 2026-02-14 09:00-17:00.", part),
                    "MakeUpDays"
                );
            }

            var spans = HourSpan.ParseList(part[space..], "MakeUpDays");
            days[date] = days.TryGetValue(date, out var known)
                ? [.. known.Concat(spans).Distinct().OrderBy(s => s.Opens).ThenBy(s => s.Closes)]
                : spans;
        }

        return new MakeUpDays(days);
    }

    /// <summary>The written form, in order of date.</summary>
    public override string ToString() => string.Join(';', _days.Select(d => $"{d.Key.Text()} {string.Join(',', d.Value)}"));
}
