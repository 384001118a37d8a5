using System.Globalization;
using Complaints.Casework;
using Complaints.Time;

namespace Complaints.Tests.Casework;

public sealed class PromiseTimeTests
{
    private static readonly TimeZoneInfo _london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly TimeZoneInfo _shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    // A Wednesday: 10:00 in London, 18:00 in Shanghai.
    private static readonly DateTime _now = new(2026, 11, 25, 10, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("call Tuesday 10:00", "2026-12-01 10:00")]
    [InlineData("we will call you on Friday at 3pm", "2026-11-27 15:00")]
    [InlineData("Call back tomorrow 9.30? no: 9:30 am", "2026-11-26 09:30")]
    [InlineData("12 am Friday", "2026-11-27 00:00")]
    [InlineData("today 16:00", "2026-11-25 16:00")]
    [InlineData("call at 09:00", "2026-11-26 09:00")]
    [InlineData("call at 11:15", "2026-11-25 11:15")]
    [InlineData("Wednesday 9:00", "2026-12-02 09:00")]
    [InlineData("Wednesday 11:00", "2026-11-25 11:00")]
    [InlineData("next Tuesday 10:00", "2026-12-01 10:00")]
    [InlineData("next Thu 8 am", "2026-12-03 08:00")]
    [InlineData("answer by Thursday", "2026-11-26 17:00")]
    [InlineData("answer by Saturday", "2026-11-28 18:00")]
    [InlineData("tomorrow morning", "2026-11-26 12:00")]
    [InlineData("tomorrow afternoon", "2026-11-26 18:00")]
    [InlineData("refund within 3 days", "2026-11-28 18:00")]
    [InlineData("letter within 2 weeks", "2026-12-09 17:00")]
    [InlineData("call in 2 hours", "2026-11-25 12:00")]
    [InlineData("in 45 minutes", "2026-11-25 10:45")]
    [InlineData("by 4 December", "2026-12-04 17:00")]
    [InlineData("on Dec 4th at 14:00", "2026-12-04 14:00")]
    [InlineData("2026-12-04 14:00", "2026-12-04 14:00")]
    [InlineData("on 3 January", "2027-01-03 18:00")]
    public void English_words_say_when(string words, string local) => Reads(words, _london, local);

    [Theory]
    [InlineData("周二上午回电", "2026-12-01 12:00")]
    [InlineData("星期五下午三点回电", "2026-11-27 15:00")]
    [InlineData("礼拜天上午十点半", "2026-11-29 10:30")]
    [InlineData("周三19点回电", "2026-11-25 19:00")]
    [InlineData("周三9点回电", "2026-12-02 09:00")]
    [InlineData("明天下午两点一刻", "2026-11-26 14:15")]
    [InlineData("后天答复", "2026-11-27 17:00")]
    [InlineData("大后天十二点前", "2026-11-28 12:00")]
    [InlineData("下周一回电", "2026-11-30 17:00")]
    [InlineData("两小时内答复", "2026-11-25 20:00")]
    [InlineData("三天内退款", "2026-11-28 18:00")]
    [InlineData("十五分钟后回电", "2026-11-25 18:15")]
    [InlineData("12月4日 14:00", "2026-12-04 14:00")]
    [InlineData("十二月二十四号下午4点20分", "2026-12-24 16:20")]
    [InlineData("３０号前", "2026-11-30 17:00")]
    [InlineData("今晚八点", "2026-11-25 20:00")]
    public void Chinese_words_say_when(string words, string local) => Reads(words, _shanghai, local);

    [Theory]
    [InlineData("we will look into it")]
    [InlineData("Room 12, bill 300")]
    [InlineData("尽快回电")]
    [InlineData("32号")]
    [InlineData("")]
    public void Words_without_a_time_say_none(string words) =>
        Assert.Null(PromiseTime.Read(words, _now, _london, Calendar("Europe/London")));

    private static WorkingCalendar Calendar(string zone) => WorkingCalendar.Parse("desk", zone, "Mon-Fri 09:00-17:00");

    private static void Reads(string words, TimeZoneInfo zone, string local)
    {
        var at = PromiseTime.Read(words, _now, zone, Calendar(zone.Id));
        Assert.NotNull(at);
        Assert.Equal(local, TimeZoneInfo.ConvertTimeFromUtc(at.Value, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }
}
