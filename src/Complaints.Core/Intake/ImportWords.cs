using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Intake;

/// <summary>How sources write dates, channels, endings and answers. Pure.</summary>
internal static class ImportWords
{
    private static readonly string[] _dates =
    [
        "M/d/yyyy",
        "M/d/yyyy H:mm",
        "M/d/yyyy H:mm:ss",
        "M/d/yyyy h:mm tt",
        "yyyy-M-d",
        "yyyy-M-d H:mm",
        "yyyy-M-d H:mm:ss",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy/M/d",
        "yyyy/M/d H:mm",
        "yyyy/M/d H:mm:ss",
        "yyyy.M.d",
        "yyyy年M月d日",
        "yyyy年M月d日 H:mm",
    ];

    private static readonly Dictionary<string, Channel> _channels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["telephone"] = Channel.Phone,
        ["call"] = Channel.Phone,
        ["email"] = Channel.Email,
        ["e-mail"] = Channel.Email,
        ["post"] = Channel.Letter,
        ["postal mail"] = Channel.Letter,
        ["fax"] = Channel.Letter,
        ["referral"] = Channel.Regulator,
        ["web referral"] = Channel.Regulator,
        ["website"] = Channel.Web,
        ["来电"] = Channel.Phone,
        ["热线"] = Channel.Phone,
        ["来访"] = Channel.Counter,
        ["来信"] = Channel.Letter,
        ["网站"] = Channel.Web,
        ["微信"] = Channel.Social,
        ["微博"] = Channel.Social,
        ["电子邮件"] = Channel.Email,
    };

    private static readonly string[] _closed =
    [
        "closed",
        "resolved",
        "done",
        "completed",
        "finished",
        "关闭",
        "已关闭",
        "办结",
        "已办结",
        "结案",
        "已结案",
        "已解决",
        "完成",
        "已完成",
    ];

    /// <summary>Only what says that it is closed is closed.</summary>
    public static bool SaysClosed(string? status) =>
        status is not null && Array.Exists(_closed, c => status.StartsWith(c, StringComparison.OrdinalIgnoreCase));

    /// <summary>The moment in UTC. A date without a time is noon in the calendar's zone.</summary>
    /// <exception cref="Refusal">It is no date.</exception>
    public static DateTime DateOf(string text, WorkingCalendar calendar)
    {
        if (
            text.Length > 10
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)
            && (
                text.EndsWith('Z')
                || text[10..].Contains('+', StringComparison.Ordinal)
                || text[10..].Contains('-', StringComparison.Ordinal)
            )
        )
        {
            return UtcMilliseconds.Cut(exact.UtcDateTime);
        }

        if (
            !DateTime.TryParseExact(text, _dates, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local)
            || local.Year < 1950
        )
        {
            throw new Refusal("“{0}” is not a date. Write 2015-03-19, or 3/19/2015 with the month first.", text);
        }

        return UtcMilliseconds.Cut(calendar.UtcOf(text.Contains(':', StringComparison.Ordinal) ? local : local.AddHours(12)));
    }

    /// <summary>What the answer gave, when its words say so; null otherwise.</summary>
    public static Remedy? RemedyOf(string? status) =>
        status is null ? null
        : status.Contains("non-monetary", StringComparison.OrdinalIgnoreCase) ? null
        : status.Contains("monetary relief", StringComparison.OrdinalIgnoreCase) ? Remedy.Compensation
        : status.Contains("explanation", StringComparison.OrdinalIgnoreCase) ? Remedy.Explanation
        : null;

    /// <summary>The channel by its own names and by those that other houses use.</summary>
    /// <exception cref="Refusal">It is not known.</exception>
    public static Channel ChannelOf(string text) => _channels.TryGetValue(text, out var channel) ? channel : Choice<Channel>(text);

    /// <summary>The value by its name in code, English or Chinese.</summary>
    /// <exception cref="Refusal">It is not known; the sentence lists what is.</exception>
    public static TEnum Choice<TEnum>(string text)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (
                string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)
                || string.Equals(Tongue.Name(Tongue.English, value), text, StringComparison.OrdinalIgnoreCase)
                || string.Equals(Tongue.Name(Tongue.Chinese, value), text, StringComparison.OrdinalIgnoreCase)
            )
            {
                return value;
            }
        }

        throw new Refusal(
            "“{0}” is not known here. Write one of: {1}.",
            text,
            string.Join(", ", Enum.GetValues<TEnum>().Select(v => Tongue.Name(Tongue.English, v)))
        );
    }
}
