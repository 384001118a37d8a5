using Complaints.Language;
using Complaints.Time;
using Xunit;
using static Complaints.Tests.Time.World;

namespace Complaints.Tests.Time;

public sealed class TargetTests
{
    private static readonly WorkingCalendar _london = Calendar("Europe/London", OfficeHours, "2026-04-03;2026-04-06");

    [Theory]
    [InlineData(90, TargetUnit.Minutes, "2026-04-02 16:00", "2026-04-02 17:30")] // day and night
    [InlineData(0, TargetUnit.Minutes, "2026-04-02 22:00", "2026-04-02 22:00")]
    [InlineData(1.5, TargetUnit.Minutes, "2026-04-02 22:00", "2026-04-02 22:01:30")]
    [InlineData(60, TargetUnit.WorkingMinutes, "2026-04-02 15:30", "2026-04-07 08:30")] // Easter in between
    [InlineData(0, TargetUnit.WorkingMinutes, "2026-04-03 12:00", "2026-04-07 08:00")]
    [InlineData(1, TargetUnit.WorkingDays, "2026-04-02 08:00", "2026-04-07 16:00")] // received on day 0, which does not count
    [InlineData(3, TargetUnit.WorkingDays, "2026-04-04 12:00", "2026-04-09 16:00")]
    [InlineData(2.5, TargetUnit.WorkingDays, "2026-04-04 12:00", "2026-04-09 16:00")] // whole days, rounded up
    [InlineData(0, TargetUnit.WorkingDays, "2026-04-04 12:00", "2026-04-07 08:00")]
    [InlineData(1, TargetUnit.CalendarDays, "2026-04-02 08:00", "2026-04-03 23:00")] // 24:00 in London is 23:00 UTC in summer
    [InlineData(0, TargetUnit.CalendarDays, "2026-04-02 08:00", "2026-04-02 23:00")]
    [InlineData(1, TargetUnit.CalendarDays, "2026-04-02 23:30", "2026-04-04 23:00")] // already 3 April there
    [InlineData(8, TargetUnit.Weeks, "2026-03-02 12:00", "2026-04-27 23:00")]
    [InlineData(8, TargetUnit.Weeks, "2026-09-07 12:00", "2026-11-03 00:00")]
    public void It_is_due_as_its_unit_says(double amount, TargetUnit unit, string start, string due) =>
        Assert.Equal(Utc(due), new Target((decimal)amount, unit).DueFrom(Utc(start), _london));

    [Theory]
    [InlineData(240, TargetUnit.WorkingMinutes, 0.25, "1 working hour")]
    [InlineData(60, TargetUnit.WorkingMinutes, 0.125, "15 working minutes")] // never below the minimum
    [InlineData(10, TargetUnit.WorkingMinutes, 0.5, "10 working minutes")] // set shorter on purpose: kept
    [InlineData(0, TargetUnit.WorkingMinutes, 0.5, "as soon as it is open")]
    [InlineData(2400, TargetUnit.Minutes, 0.5, "20 hours")]
    [InlineData(31, TargetUnit.Minutes, 0.5, "15.5 minutes")]
    [InlineData(3, TargetUnit.WorkingDays, 0.25, "1 working day")]
    [InlineData(3, TargetUnit.CalendarDays, 0.5, "2 calendar days")]
    [InlineData(8, TargetUnit.Weeks, 0.5, "4 weeks")]
    [InlineData(1, TargetUnit.Weeks, 0.5, "4 calendar days")]
    public void It_is_scaled_and_said(int amount, TargetUnit unit, double factor, string said) =>
        Assert.Equal(said, new Target(amount, unit).Scaled((decimal)factor, 15).InWords().ToString());

    [Fact]
    public void A_negative_or_endless_target_is_refused()
    {
        Assert.Contains("negative", Assert.Throws<Refusal>(() => new Target(-1, TargetUnit.Minutes)).Message, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => new Target(decimal.MaxValue, TargetUnit.Weeks));
        Assert.Throws<Refusal>(() => new Target(30_000_000, TargetUnit.WorkingMinutes).DueFrom(Utc("2026-01-01"), Office));
    }

    [Fact]
    public void A_target_is_said_in_Chinese_too() =>
        Assert.Equal("4 个工作小时", Tongue.Say(Tongue.Chinese, new Target(240, TargetUnit.WorkingMinutes).InWords()));
}
