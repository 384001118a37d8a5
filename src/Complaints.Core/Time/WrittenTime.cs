using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Language;

namespace Complaints.Time;

/// <summary>
/// A time as it is written in a case file: <c>2026-03-02T09:30:00</c> is local on the calendar, with <c>Z</c> or
/// <c>+08:00</c> it is an instant. The answer is written the way the question was.
/// </summary>
/// <param name="Utc">The instant; on a floating calendar the reading as it stands.</param>
/// <param name="Suffix">What followed the time: <c>Z</c>, an offset, or nothing.</param>
internal readonly partial record struct WrittenTime(DateTime Utc, string Suffix)
{
    private static readonly string[] _forms =
    [
        .. from form in (string[])["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"]
        from joint in (char[])['T', ' ']
        select $"yyyy-MM-dd'{joint}'{form}",
    ];

    /// <summary>Reads a time. A local time that the clocks skip is the moment of the change, one they show twice the first.</summary>
    /// <exception cref="Refusal">It cannot be read, or lies outside 1900 to 9000.</exception>
    internal static WrittenTime Parse(string text, WorkingCalendar calendar)
    {
        var suffix = SuffixForm().Match(text).Value;
        if (
            !DateTime.TryParseExact(text[..^suffix.Length], _forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var reading)
            || Offset(suffix) is not { } offset
        )
        {
            throw new Refusal("“{0}” is not a time. Write 2026-03-02T09:30:00 for local time, or with Z at the end for UTC.", text);
        }

        // A day's margin, so that no zone can carry it over the edge.
        if (reading < new DateTime(WorkingCalendar.FirstYear, 1, 2) || reading.Year >= WorkingCalendar.LastYear)
        {
            throw new Refusal("The time “{0}” lies outside the years 1900 to 9000.", text);
        }

        var utc =
            suffix.Length == 0
                ? calendar.UtcOf(reading)
                : DateTime.SpecifyKind(calendar.Zone is null ? reading : reading - offset, DateTimeKind.Utc);
        return new WrittenTime(utc, suffix);
    }

    /// <summary>Writes an instant the way this time was written; fractions of a second only when there are any.</summary>
    internal string Answer(DateTime utc, WorkingCalendar calendar)
    {
        var reading =
            Suffix.Length == 0 ? calendar.LocalOf(utc)
            : calendar.Zone is null ? utc
            : utc + Offset(Suffix)!.Value;
        return reading.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + Suffix;
    }

    private static TimeSpan? Offset(string suffix)
    {
        if (suffix is "" or "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        return
            TimeSpan.TryParseExact(
                suffix[1..].Replace(":", "", StringComparison.Ordinal),
                "hhmm",
                CultureInfo.InvariantCulture,
                out var offset
            )
            && offset <= TimeSpan.FromHours(14)
            ? suffix[0] == '-'
                ? -offset
                : offset
            : null;
    }

    [GeneratedRegex(@"(?:[Zz]|(?<=:\d\d(?:\.\d+)?)[+-]\d\d:?\d\d)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SuffixForm();
}
