using System.Globalization;

namespace Complaints.Language;

/// <summary>Who reads: the language sentences are said in and the zone times are shown in.</summary>
/// <param name="Language"><see cref="Tongue.English"/> or <see cref="Tongue.Chinese"/>.</param>
/// <param name="Zone">Zone of shown times.</param>
public sealed record Reader(string Language, TimeZoneInfo Zone)
{
    private bool Chinese => Language == Tongue.Chinese;

    /// <summary>Day and time in the reader's zone, such as "Wed 25 Nov 2026, 11:30" or "2026年11月25日 周三 11:30".</summary>
    public string Time(DateTime utc) => Local(utc).ToString(Chinese ? "yyyy年M月d日 ddd HH:mm" : "ddd d MMM yyyy, HH:mm", Culture);

    /// <summary>The day alone, in the reader's zone.</summary>
    public string Day(DateTime utc) => Local(utc).ToString(Chinese ? "yyyy年M月d日" : "d MMM yyyy", Culture);

    /// <summary>The hour alone, in the reader's zone, such as "11:30".</summary>
    public string Clock(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The time as it stands on a clock in the reader's zone.</summary>
    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>A length of time in its two largest units, such as "1 d 4 h", "35 min" or "不到1分钟"; the sign is dropped.</summary>
    public string Span(TimeSpan span)
    {
        var s = span.Duration();
        var (d, h, m) = Chinese ? ("天", "小时", "分钟") : (" d", " h", " min");
        var gap = Chinese ? "" : " ";
        return s.TotalDays >= 10 ? $"{(int)s.TotalDays}{d}"
            : s.TotalDays >= 1
                ? s.Hours == 0 ? $"{(int)s.TotalDays}{d}"
                    : $"{(int)s.TotalDays}{d}{gap}{s.Hours}{h}"
            : s.TotalHours >= 1
                ? s.Minutes == 0 ? $"{(int)s.TotalHours}{h}"
                    : $"{(int)s.TotalHours}{h}{gap}{s.Minutes}{m}"
            : s.TotalMinutes >= 1 ? $"{(int)s.TotalMinutes}{m}"
            : Chinese ? "不到1分钟"
            : "under 1 min";
    }

    private CultureInfo Culture => CultureInfo.GetCultureInfo(Chinese ? "zh-Hans-CN" : "en-GB");
}
