using System.Globalization;
using Complaints.Language;

namespace Complaints.Time;

/// <summary>Reads the small parts that the written forms of a calendar share.</summary>
internal static class Written
{
    /// <summary>
    /// The text between separators, trimmed, without empty parts. Full-width punctuation and dashes are taken for the
    /// plain ones, because that is what a Chinese keyboard and a word processor make of them.
    /// </summary>
    internal static IEnumerable<string> Parts(string text, params char[] separators) =>
        Plain(text).Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads <c>2026-12-25</c>.</summary>
    internal static bool Date(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
        && date.Year is >= WorkingCalendar.FirstYear and <= WorkingCalendar.LastYear;

    /// <summary>Writes <c>2026-12-25</c>.</summary>
    internal static string Text(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Plain(string text) =>
        text.Replace('；', ';')
            .Replace('，', ',')
            .Replace('、', ',')
            .Replace('：', ':')
            .Replace('－', '-')
            .Replace('–', '-')
            .Replace('—', '-')
            .Replace('～', '-')
            .Replace('~', '-')
            .Replace('\n', ';')
            .Replace('\r', ';');
}
