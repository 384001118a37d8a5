using System.Globalization;
using Complaints.Language;

namespace Complaints.Time;

/// <summary>One opening on a day, in local time.</summary>
/// <param name="Opens">From 00:00 to 23:59.</param>
/// <param name="Closes">After <paramref name="Opens"/>; 24:00 is the end of the day, and more than that lies in the
/// next day: 22:00-06:00 closes at 30:00.</param>
public sealed record HourSpan(TimeSpan Opens, TimeSpan Closes)
{
    private static readonly TimeSpan _day = TimeSpan.FromHours(24);

    /// <summary>Reads <c>08:00-12:00,14:00-18:00</c>; sorted, each once. Spans may overlap: time counts once.</summary>
    /// <exception cref="Refusal">A part is no opening; the sentence names it.</exception>
    internal static IReadOnlyList<HourSpan> ParseList(string text, string field) =>
        [.. Written.Parts(text, ',').Select(part => Parse(part, field)).Distinct().OrderBy(s => s.Opens).ThenBy(s => s.Closes)];

    /// <summary>As it is written: <c>22:00-06:00</c>.</summary>
    public override string ToString() => $"{Clock(Opens)}-{Clock(Closes > _day ? Closes - _day : Closes)}";

    private static HourSpan Parse(string part, string field)
    {
        var edges = part.Split('-', StringSplitOptions.TrimEntries);
        if (edges.Length != 2 || Minute(edges[0]) is not { } opens || Minute(edges[1]) is not { } closes || opens == _day)
        {
            throw new Refusal(
                new Sentence(
                    "“{0}” is not an opening time. Write it as 09:00-17:00; 22:00-06:00 runs over midnight and 24:00 is the end of the day.",
                    part
                ),
                field
            );
        }

        if (opens == closes)
        {
            // Could mean nothing or a whole day; guessing would be wrong half of the time.
            throw new Refusal(new Sentence("“{0}” opens and closes at the same time. For a whole day write 00:00-24:00.", part), field);
        }

        return new HourSpan(opens, closes < opens ? closes + _day : closes);
    }

    private static TimeSpan? Minute(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return
            colon is 1 or 2
            && text.Length == colon + 3
            && int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            && minute < 60
            && (hour < 24 || (hour == 24 && minute == 0))
            ? new TimeSpan(hour, minute, 0)
            : null;
    }

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
