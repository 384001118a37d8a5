using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Complaints.Time;

namespace Complaints.Casework;

/// <summary>
/// Reads by when something was promised from the words themselves: “call Tuesday 10:00”, “refund within 3 days”,
/// “周二上午回电”, “两小时内答复”. A day without an hour means the end of that working day. Pure.
/// </summary>
public static partial class PromiseTime
{
    private static readonly TimeOnly _evening = new(18, 0);

    private static readonly string[] _days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] _months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The moment (UTC), rounded to the minute; null when the words name none.</summary>
    /// <param name="words">As typed, in English or Chinese.</param>
    /// <param name="now">UTC.</param>
    /// <param name="zone">Zone of whoever types.</param>
    /// <param name="calendar">Whose working days end when; the complaint's unit.</param>
    public static DateTime? Read(string words, DateTime now, TimeZoneInfo zone, WorkingCalendar calendar)
    {
        var text = Fold(words);
        var local = TimeZoneInfo.ConvertTimeFromUtc(now, zone);
        if (Span(text) is { } span)
        {
            return span < TimeSpan.FromDays(1)
                ? Minute(now + span)
                : EndOf(DateOnly.FromDateTime(local).AddDays((int)span.TotalDays), zone, calendar);
        }

        var (hour, time) = Hour(text);
        var day = Day(text, DateOnly.FromDateTime(local), passed: hour && Utc(DateOnly.FromDateTime(local).ToDateTime(time), zone) <= now);
        if (day is null && !hour)
        {
            return null;
        }

        var date = day ?? DateOnly.FromDateTime(local);
        if (!hour)
        {
            return EndOf(date, zone, calendar);
        }

        var at = Utc(date.ToDateTime(time), zone);
        return day is null && at <= now ? Utc(date.AddDays(1).ToDateTime(time), zone) : at;
    }

    /// <summary>True when the words promise a call.</summary>
    public static bool IsCall(string words) => CallWords().IsMatch(words);

    private static DateTime EndOf(DateOnly date, TimeZoneInfo zone, WorkingCalendar calendar) =>
        calendar.EndOfWorkingDay(date) is { } end && DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(end.AddTicks(-1), zone)) == date
            ? end
            : Utc(date.ToDateTime(_evening), zone);

    private static DateTime Utc(DateTime local, TimeZoneInfo zone) => Zones.FirstInstant(zone, local);

    private static DateTime Minute(DateTime at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);

    // Half-width, lower case, Chinese numbers as figures: 下午三点半 becomes 下午3点半.
    private static string Fold(string words)
    {
        var text = new StringBuilder(words.Normalize(NormalizationForm.FormKC).ToLowerInvariant());
        text.Replace("礼拜", "周").Replace("星期", "周").Replace("两", "二");
        for (var i = 0; i < "一二三四五六七八九".Length; i++)
        {
            text.Replace("一二三四五六七八九"[i], (char)('1' + i));
        }

        return Tens()
            .Replace(
                text.ToString(),
                m =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(m.Groups["tens"].Length > 0 ? m.Groups["tens"].Value[0] - '0' : 1) * 10 + (m.Groups["ones"].Length > 0 ? m.Groups["ones"].Value[0] - '0' : 0)}"
                    )
            );
    }

    private static TimeSpan? Span(string text)
    {
        var match = Within().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["n"].Value, CultureInfo.InvariantCulture, out var n) || n is < 1 or > 1000)
        {
            return null;
        }

        return match.Groups["unit"].Value switch
        {
            var u when u.StartsWith("min", StringComparison.Ordinal) || u.StartsWith('分') => TimeSpan.FromMinutes(n),
            var u when u.StartsWith('h') || u.Contains('时') => TimeSpan.FromHours(n),
            var u when u.StartsWith('w') || u.Contains('周') => TimeSpan.FromDays(7 * n),
            _ => TimeSpan.FromDays(n),
        };
    }

    private static (bool Said, TimeOnly Time) Hour(string text)
    {
        if (Clock().Match(text) is { Success: true } clock)
        {
            var hour = int.Parse(clock.Groups["h"].Value, CultureInfo.InvariantCulture);
            var minute =
                clock.Groups["half"].Success ? 30
                : clock.Groups["quarter"].Success ? 15
                : clock.Groups["m"].Success ? int.Parse(clock.Groups["m"].Value, CultureInfo.InvariantCulture)
                : 0;
            var late = clock.Groups["pm"].Success || Afternoon().IsMatch(clock.Groups["part"].Value);
            hour =
                late && hour < 12 ? hour + 12
                : clock.Groups["am"].Success && hour == 12 ? 0
                : hour;
            if (hour < 24 && minute < 60)
            {
                return (true, new TimeOnly(hour, minute));
            }
        }

        // “in the morning” is over at noon: that is when it must have happened.
        return Part().Match(text) is { Success: true } part
            ? (
                true,
                part.Value switch
                {
                    "morning" or "上午" or "早上" or "noon" or "midday" or "中午" => new TimeOnly(12, 0),
                    "evening" or "tonight" or "晚上" or "今晚" => new TimeOnly(20, 0),
                    _ => _evening,
                }
            )
            : (false, default);
    }

    private static DateOnly? Day(string text, DateOnly today, bool passed)
    {
        if (Iso().Match(text) is { Success: true } iso)
        {
            return Date(iso.Groups["y"].Value, iso.Groups["m"].Value, iso.Groups["d"].Value, today);
        }

        if (ChineseDate().Match(text) is { Success: true } chinese)
        {
            return Date("", chinese.Groups["m"].Value, chinese.Groups["d"].Value, today);
        }

        if (EnglishDate().Match(text) is { Success: true } english)
        {
            var month = Array.FindIndex(_months, m => english.Groups["m"].Value.StartsWith(m, StringComparison.Ordinal)) + 1;
            return Date("", month.ToString(CultureInfo.InvariantCulture), english.Groups["d"].Value, today);
        }

        if (Relative().Match(text) is { Success: true } relative)
        {
            return today.AddDays(
                relative.Value switch
                {
                    "tomorrow" or "明天" or "明日" => 1,
                    "后天" => 2,
                    "大后天" => 3,
                    _ => 0,
                }
            );
        }

        if (Weekday().Match(text) is not { Success: true } weekday)
        {
            return null;
        }

        var wanted = weekday.Groups["zh"].Success
            ? "日123456天".IndexOf(weekday.Groups["zh"].Value, StringComparison.Ordinal) % 7
            : Array.FindIndex(_days, d => weekday.Value.Contains(d, StringComparison.Ordinal));
        var ahead = (wanted - (int)today.DayOfWeek + 7) % 7;
        if (weekday.Groups["next"].Success)
        {
            // Next week's, weeks beginning on Monday; 下周2 and “next Tuesday” alike.
            var monday = today.AddDays(7 - (((int)today.DayOfWeek + 6) % 7));
            return monday.AddDays((wanted + 6) % 7);
        }

        return today.AddDays(ahead == 0 && passed ? 7 : ahead);
    }

    private static DateOnly? Date(string year, string month, string day, DateOnly today)
    {
        var y = year.Length > 0 ? int.Parse(year, CultureInfo.InvariantCulture) : today.Year;
        var m = month.Length > 0 ? int.Parse(month, CultureInfo.InvariantCulture) : today.Month;
        var d = int.Parse(day, CultureInfo.InvariantCulture);
        if (m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(y, m))
        {
            return null;
        }

        var date = new DateOnly(y, m, d);
        return year.Length == 0 && date < today
            ? month.Length > 0
                ? date.AddYears(1)
                : date.AddMonths(1)
            : date;
    }

    [GeneratedRegex(@"\b(?:call|phone|ring)\b|电", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex CallWords();

    [GeneratedRegex("(?<tens>[1-9]?)十(?<ones>[1-9]?)", RegexOptions.None, 1000)]
    private static partial Regex Tens();

    [GeneratedRegex(
        @"(?:\b(?:in|within)\s+(?<n>\d{1,4})\s*(?<unit>min\w*|h(?:ours?|rs?)?|days?|weeks?)\b)|(?<n>\d{1,4})\s*个?\s*(?<unit>分钟|小时|钟头|天|日|周)\s*(?:以内|之内|内|后|之后)",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Within();

    [GeneratedRegex(
        @"(?<part>上午|早上|中午|下午|晚上|今晚)?\s*(?:\b(?<h>[01]?\d|2[0-4]):(?<m>[0-5]\d)\s*(?:(?<am>a\.?m\b\.?)|(?<pm>p\.?m\b\.?))?|\b(?<h>1[0-2]|0?[1-9])\s*(?:(?<am>a\.?m\b\.?)|(?<pm>p\.?m\b\.?))|(?<h>[01]?\d|2[0-4])\s*(?:点钟?|时)(?:(?<half>半)|(?<quarter>1刻)|(?<m>[0-5]?\d)分?)?)",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Clock();

    [GeneratedRegex("下午|晚上|今晚", RegexOptions.None, 1000)]
    private static partial Regex Afternoon();

    [GeneratedRegex(@"\b(?:morning|afternoon|evening|tonight|noon|midday)\b|上午|早上|中午|下午|晚上|今晚", RegexOptions.None, 1000)]
    private static partial Regex Part();

    [GeneratedRegex(@"\b(?<y>20\d\d)-(?<m>\d{1,2})-(?<d>\d{1,2})\b", RegexOptions.None, 1000)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?:(?<m>\d{1,2})月)?(?<d>\d{1,2})[日号]", RegexOptions.None, 1000)]
    private static partial Regex ChineseDate();

    [GeneratedRegex(
        @"\b(?:(?<d>\d{1,2})(?:st|nd|rd|th)?\s+(?<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?<d>\d{1,2})(?:st|nd|rd|th)?)\b",
        RegexOptions.None,
        1000
    )]
    private static partial Regex EnglishDate();

    [GeneratedRegex(@"\b(?:today|tonight|tomorrow)\b|今天|今日|今晚|明天|明日|大后天|后天", RegexOptions.None, 1000)]
    private static partial Regex Relative();

    [GeneratedRegex(
        @"(?:\b(?<next>next\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b)|(?<next>下)?周(?<zh>[1-6日天])",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Weekday();
}
