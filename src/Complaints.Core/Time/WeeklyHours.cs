using Complaints.Language;

namespace Complaints.Time;

/// <summary>
/// The openings of each weekday, as written <c>Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00</c>. A span over midnight
/// belongs to the day it starts on.
/// </summary>
public sealed class WeeklyHours
{
    private static readonly DayOfWeek[] _week =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
        DayOfWeek.Saturday,
        DayOfWeek.Sunday,
    ];

    private static readonly string[] _chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

    private readonly IReadOnlyList<HourSpan>[] _hours;

    private WeeklyHours(IReadOnlyList<HourSpan>[] hours) => _hours = hours;

    /// <summary>Whether no day has any opening.</summary>
    public bool IsEmpty => _hours.All(h => h.Count == 0);

    /// <summary>The openings of a weekday in order; empty when it is closed.</summary>
    public IReadOnlyList<HourSpan> this[DayOfWeek day] => _hours[(int)day];

    /// <summary>
    /// Reads the written form. Days are Mon to Sun (or 周一 to 周日), alone, as a range (also Sat-Mon) or as a list; a day
    /// named twice has both openings. Empty text is no opening at all.
    /// </summary>
    /// <exception cref="Refusal">A part cannot be read; the sentence names it.</exception>
    public static WeeklyHours Parse(string text)
    {
        var hours = new IReadOnlyList<HourSpan>[7];
        Array.Fill(hours, []);
        foreach (var part in Written.Parts(text, ';'))
        {
            var digit = part.AsSpan().IndexOfAnyInRange('0', '9');
            if (digit < 0)
            {
                throw Wrong(part);
            }

            var spans = HourSpan.ParseList(part[digit..], "Hours");
            foreach (var day in Days(part[..digit].Trim()))
            {
                hours[(int)day] = [.. hours[(int)day].Concat(spans).Distinct().OrderBy(s => s.Opens).ThenBy(s => s.Closes)];
            }
        }

        return new WeeklyHours(hours);
    }

    /// <summary>The written form: days in order from Monday, neighbours with the same hours as a range.</summary>
    public override string ToString()
    {
        var said = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            var spans = string.Join(',', this[_week[i]]);
            var first = i;
            while (i < 6 && string.Join(',', this[_week[i + 1]]) == spans)
            {
                i++;
            }

            if (spans.Length > 0)
            {
                said.Add(first == i ? $"{Short(i)} {spans}" : $"{Short(first)}-{Short(i)} {spans}");
            }
        }

        return string.Join(';', said);
    }

    private static string Short(int place) => _week[place].ToString()[..3];

    private static IEnumerable<DayOfWeek> Days(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (var part in parts)
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2)
            {
                throw Wrong(part);
            }

            var (first, last) = (Place(ends[0]), Place(ends[^1]));
            for (var i = first; ; i = (i + 1) % 7)
            {
                yield return _week[i];
                if (i == last)
                {
                    break;
                }
            }
        }
    }

    private static int Place(string name)
    {
        var place = Array.FindIndex(
            _week,
            day =>
                name.Equals(day.ToString(), StringComparison.OrdinalIgnoreCase)
                || name.Equals(day.ToString()[..3], StringComparison.OrdinalIgnoreCase)
        );
        place = place < 0 ? Array.IndexOf(_chinese, name) : place;
        return place >= 0 ? place : throw Wrong(name);
    }

    private static Refusal Wrong(string part) =>
        new(
            new Sentence(
                "“{0}” is not a day with its hours. Write it as Mon-Fri 09:00-17:00; days are Mon, Tue, Wed, Thu, Fri, Sat, Sun.",
                part
            ),
            "Hours"
        );
}
