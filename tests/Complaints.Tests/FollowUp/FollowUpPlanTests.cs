using System.Globalization;
using Complaints.FollowUp;

namespace Complaints.Tests.FollowUp;

public sealed class FollowUpPlanTests
{
    private static readonly TimeZoneInfo _london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly FollowUpOptions _seeded = new();

    [Theory]
    [InlineData("2026-11-23T03:00", "Asia/Shanghai", "2026-11-26T03:00")] // 11:00 there
    [InlineData("2026-11-23T13:00", "Asia/Shanghai", "2026-11-27T01:00")] // 21:00 there: next morning at nine
    [InlineData("2026-11-22T20:00", "Asia/Shanghai", "2026-11-26T01:00")] // 04:00 of the 23rd there: that morning at nine
    [InlineData("2026-03-27T12:00", "Europe/London", "2026-03-30T11:00")] // the clocks go forward: noon stays noon
    public void The_survey_goes_out_three_days_later_in_the_customers_daytime(string resolved, string zone, string planned) =>
        Assert.Equal(Utc(planned), FollowUpPlan.PlannedAt(Utc(resolved), 3, TimeZoneInfo.FindSystemTimeZoneById(zone), _seeded));

    [Fact]
    public void Before_its_time_it_waits() =>
        Assert.Equal(new FollowUpDecision(FollowUpMove.Wait, Utc("2026-11-26T10:00")), At("2026-11-25T10:00", Planned));

    [Fact]
    public void At_its_time_it_asks() => Assert.Equal(FollowUpMove.Ask, At("2026-11-26T10:00", Planned).Move);

    [Fact]
    public void Found_late_at_night_it_waits_for_the_morning() =>
        Assert.Equal(new FollowUpDecision(FollowUpMove.Wait, Utc("2026-11-28T09:00")), At("2026-11-27T22:00", Planned));

    [Fact]
    public void Without_an_address_somebody_calls() =>
        Assert.Equal(FollowUpMove.Call, At("2026-11-26T10:00", Planned with { HasAddress = false }).Move);

    [Fact]
    public void Who_wants_no_surveys_is_not_asked() =>
        Assert.Equal(FollowUpMove.CloseUnasked, At("2026-11-26T10:00", Planned with { OptedOut = true }).Move);

    [Fact]
    public void Reminders_come_after_two_and_five_days_and_the_call_after_seven()
    {
        Assert.Equal(Utc("2026-11-28T10:00"), At("2026-11-27T10:00", Asked).At);
        Assert.Equal(new FollowUpDecision(FollowUpMove.Remind, Utc("2026-11-28T10:00"), 1), At("2026-11-28T10:00", Asked));
        Assert.Equal(Utc("2026-12-01T10:00"), At("2026-11-28T10:01", Asked with { Reminders = 1 }).At);
        Assert.Equal(2, At("2026-12-01T10:00", Asked with { Reminders = 1 }).Reminder);
        Assert.Equal(Utc("2026-12-03T10:00"), At("2026-12-01T10:01", Asked with { Reminders = 2 }).At);
        Assert.Equal(FollowUpMove.Call, At("2026-12-03T10:00", Asked with { Reminders = 2 }).Move);
    }

    [Fact]
    public void After_downtime_only_the_latest_reminder_is_sent() => Assert.Equal(2, At("2026-12-02T10:00", Asked).Reminder);

    [Fact]
    public void A_bounced_address_is_called_at_once() =>
        Assert.Equal(FollowUpMove.Call, At("2026-11-26T12:00", Asked with { HasAddress = false }).Move);

    [Fact]
    public void An_answer_in_words_is_read_by_a_person() =>
        Assert.Equal(FollowUpMove.ReadWords, At("2026-11-26T12:00", Asked with { HeardAt = Utc("2026-11-26T11:00") }).Move);

    [Theory]
    [InlineData(2, FollowUpMove.Wait)]
    [InlineData(3, FollowUpMove.CloseUnanswered)]
    public void After_three_calls_it_closes(int attempts, FollowUpMove move) =>
        Assert.Equal(move, At("2026-12-09T12:00", Asked with { State = FollowUpState.CallDue, Attempts = attempts }).Move);

    [Theory]
    [InlineData(FollowUpState.Answered)]
    [InlineData(FollowUpState.Cancelled)]
    [InlineData(FollowUpState.NoAnswer)]
    public void What_is_over_stays_over(FollowUpState state) =>
        Assert.Equal(new FollowUpDecision(FollowUpMove.Wait), At("2026-12-09T12:00", Asked with { State = state }));

    [Fact]
    public void Settings_that_contradict_themselves_are_refused() =>
        Assert.Equal(
            "CallAfterDays",
            Assert.Throws<Complaints.Language.Refusal>(() => new FollowUpOptions { ReminderDays = [2, 9] }.Check()).Field
        );

    private static FollowUpFacts Planned => new(FollowUpState.Planned, Utc("2026-11-26T10:00"), null, 0, 0, true, false, null);

    private static FollowUpFacts Asked => Planned with { State = FollowUpState.Asked, AskedAt = Utc("2026-11-26T10:00") };

    private static FollowUpDecision At(string now, FollowUpFacts facts) => FollowUpPlan.Next(facts, Utc(now), _london, _seeded);

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
