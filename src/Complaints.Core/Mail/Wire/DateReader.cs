using System.Globalization;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Reads the date of a mail (RFC 5322, 3.3 and 4.3), forgiving order, missing seconds and old zone names.</summary>
internal static class DateReader
{
    private static readonly string[] _months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly Dictionary<string, int> _zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["Z"] = 0,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PST"] = -480,
        ["PDT"] = -420,
    };

    /// <summary>The moment, UTC; null when it cannot be made out. A zone nobody knows counts as UTC (RFC 5322, 4.3).</summary>
    public static DateTime? Read(string? raw)
    {
        if (raw is null || raw.Length > 200)
        {
            return null;
        }

        var (day, month, year) = (0, 0, -1);
        TimeSpan? clock = null;
        int? zone = null;
        foreach (var word in Plain(raw).Split([' ', '\t', ',', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Contains(':', StringComparison.Ordinal))
            {
                clock ??= Clock(word);
            }
            else if (word[0] is '+' or '-' && word.Length == 5 && Number(word[1..]) is { } offset)
            {
                zone = (word[0] == '-' ? -1 : 1) * ((offset / 100 * 60) + (offset % 100));
            }
            else if (Number(word) is { } number)
            {
                (day, year) =
                    day == 0 && word.Length <= 2
                        ? (number, year)
                        : (
                            day,
                            word.Length == 2 ? number + (number < 50 ? 2000 : 1900)
                            : word.Length == 3 ? number + 1900
                            : number
                        );
            }
            else if (month == 0 && word.Length >= 3 && Array.IndexOf(_months, word[..3].ToLowerInvariant()) is >= 0 and var index)
            {
                month = index + 1;
            }
            else if (clock is not null && _zones.TryGetValue(word, out var minutes))
            {
                zone ??= minutes;
            }
        }

        if (
            year is < 1900 or > 9998 // RFC 5322, 3.3: 1900 or later
            || month == 0
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || clock is null
            || zone is < -1440 or > 1440
        )
        {
            return null;
        }

        return new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) + clock.Value - TimeSpan.FromMinutes(zone ?? 0);
    }

    // Without comments, and the parts of a time together: both may stand apart in old mail (RFC 5322, 4.3).
    private static string Plain(string raw)
    {
        var kept = new StringBuilder(raw.Length);
        var depth = 0;
        foreach (var c in raw)
        {
            depth += c == '(' ? 1 : 0;
            if (depth == 0)
            {
                kept.Append(c);
            }

            depth -= c == ')' && depth > 0 ? 1 : 0;
        }

        return string.Join(':', kept.ToString().Split(':', StringSplitOptions.TrimEntries));
    }

    private static TimeSpan? Clock(string word)
    {
        var numbers = word.Split(':').Select(Number).ToList();
        return numbers is [int h, int m] && h < 24 && m < 60 ? new TimeSpan(h, m, 0)
            : numbers is [int hour, int minute, int second] && hour < 24 && minute < 60 && second <= 60 ? new TimeSpan(hour, minute, second)
            : null;
    }

    private static int? Number(string text) =>
        text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
