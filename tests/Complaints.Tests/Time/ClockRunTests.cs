using Complaints.Language;
using Complaints.Time;
using Xunit;
using static Complaints.Tests.Time.World;

namespace Complaints.Tests.Time;

public sealed class ClockRunTests
{
    private static readonly DateTime _monday = Utc("2026-03-02 09:00");

    private static ClockRun Clock(
        decimal amount,
        TargetUnit unit,
        string? from = null,
        string? to = null,
        string now = "2026-03-02 12:00"
    ) =>
        new(
            Office,
            new Target(amount, unit),
            _monday,
            from is null ? [] : [new Pause(Utc(from), to is null ? null : Utc(to), "papers")],
            Utc(now)
        );

    [Theory]
    [InlineData("2026-03-02 10:00", "2026-03-02 11:00", "2026-03-02 14:00")] // an hour of work
    [InlineData("2026-03-02 10:00", "2026-03-03 10:00", "2026-03-03 13:00")] // a day, of which 8 hours work
    [InlineData("2026-03-02 13:00", "2026-03-02 16:00", "2026-03-02 13:00")] // begins when it is due: no effect
    [InlineData("2026-03-01 10:00", "2026-03-02 10:00", "2026-03-02 14:00")] // began before the clock
    [InlineData("2026-03-02 17:00", "2026-03-03 09:00", "2026-03-02 13:00")] // closed anyway
    public void A_pause_pushes_working_time_on_by_the_working_time_paused(string from, string to, string due) =>
        Assert.Equal(Utc(due), Clock(240, TargetUnit.WorkingMinutes, from, to).Due);

    [Fact]
    public void A_pause_pushes_elapsed_minutes_on_by_the_elapsed_time() =>
        Assert.Equal(Utc("2026-03-03 13:00"), Clock(240, TargetUnit.Minutes, "2026-03-02 10:00", "2026-03-03 10:00").Due);

    [Theory]
    [InlineData("2026-03-03 10:00", "2026-03-03 16:00", "2026-03-04 17:00")] // within a day: none
    [InlineData("2026-03-03 10:00", "2026-03-05 10:00", "2026-03-06 17:00")] // Tuesday and Wednesday did not count
    [InlineData("2026-03-03 10:00", "2026-03-03 17:00", "2026-03-05 17:00")] // up to closing: that day is gone
    [InlineData("2026-03-03 17:00", "2026-03-04 09:00", "2026-03-04 17:00")] // overnight: none
    public void A_pause_pushes_working_days_on_by_the_ends_of_days_that_fell_into_it(string from, string to, string due) =>
        Assert.Equal(Utc(due), Clock(2, TargetUnit.WorkingDays, from, to).Due);

    [Theory]
    [InlineData("2026-03-03 10:00", "2026-03-05 10:00", "2026-03-12 00:00")]
    [InlineData("2026-03-03 00:00", "2026-03-04 00:00", "2026-03-11 00:00")] // exactly one day
    public void A_pause_pushes_weeks_on_by_the_midnights_in_it(string from, string to, string due) =>
        Assert.Equal(Utc(due), Clock(1, TargetUnit.Weeks, from, to).Due);

    [Fact]
    public void An_open_pause_is_computed_as_if_it_ended_now()
    {
        var clock = Clock(240, TargetUnit.WorkingMinutes, "2026-03-02 10:00", null, "2026-03-02 12:30");
        Assert.True(clock.DueIsOpen);
        Assert.Equal(Utc("2026-03-02 15:30"), clock.Due);
        Assert.Equal(Minutes(60), clock.UsedAt(Utc("2026-03-02 12:30")));
        Assert.Equal(Utc("2026-03-02 13:00"), Clock(240, TargetUnit.WorkingMinutes, "2026-03-02 14:00", null, "2026-03-02 12:30").Due);
    }

    [Fact]
    public void Overlapping_pauses_count_once() =>
        Assert.Equal(
            Utc("2026-03-02 15:00"),
            new ClockRun(
                Office,
                new Target(240, TargetUnit.WorkingMinutes),
                _monday,
                [new(Utc("2026-03-02 11:00"), Utc("2026-03-02 12:00")), new(Utc("2026-03-02 10:00"), Utc("2026-03-02 11:30"))],
                _monday
            ).Due
        );

    [Fact]
    public void A_pause_that_ends_before_it_begins_is_refused() => Assert.Throws<Refusal>(() => new Pause(_monday, _monday.AddMinutes(-1)));

    [Theory]
    [InlineData(TargetUnit.WorkingMinutes, 480, 0.75, "2026-03-02 15:00")]
    [InlineData(TargetUnit.WorkingMinutes, 480, 1, "2026-03-02 17:00")]
    [InlineData(TargetUnit.WorkingMinutes, 480, 1.5, "2026-03-03 13:00")] // goes on counting after due
    [InlineData(TargetUnit.WorkingMinutes, 480, 0, "2026-03-02 09:00")]
    [InlineData(TargetUnit.WorkingDays, 1, 0.75, "2026-03-03 13:00")] // 12 of the 16 open hours until due
    [InlineData(TargetUnit.WorkingDays, 1, 1.5, "2026-03-04 17:00")]
    [InlineData(TargetUnit.CalendarDays, 1, 1, "2026-03-04 00:00")]
    [InlineData(TargetUnit.WorkingMinutes, 0, 1.5, "2026-03-02 09:00")]
    public void A_share_of_the_target_has_its_moment(TargetUnit unit, int amount, double share, string at)
    {
        var clock = Clock(amount, unit);
        Assert.Equal(Utc(at), clock.MomentOfShare((decimal)share));
        Assert.Equal(amount == 0 ? 1 : (decimal)share, clock.ShareUsed(Utc(at)));
    }

    [Fact]
    public void The_segments_explain_a_due_date_in_working_time()
    {
        var calendar = Calendar("Etc/UTC", OfficeHours, "2026-03-03", "2026-03-07 10:00-12:00");
        var pause = new Pause(Utc("2026-03-05 10:00"), Utc("2026-03-06 16:00"), "waiting for papers");
        var clock = new ClockRun(calendar, new Target(960, TargetUnit.WorkingMinutes), Utc("2026-03-02 15:00"), [pause], _monday);
        Assert.Equal(
            [
                "03-02 15:00 03-02 17:00 Running Working hours",
                "03-02 17:00 03-04 09:00 Closed Outside working hours; holiday: 2026-03-03",
                "03-04 09:00 03-04 17:00 Running Working hours",
                "03-04 17:00 03-05 09:00 Closed Outside working hours",
                "03-05 09:00 03-05 10:00 Running Working hours",
                "03-05 10:00 03-06 16:00 Paused Paused: waiting for papers",
                "03-06 16:00 03-06 17:00 Running Working hours",
                "03-06 17:00 03-07 10:00 Closed Outside working hours",
                "03-07 10:00 03-07 12:00 Running Make-up working day",
                "03-07 12:00 03-09 09:00 Closed Outside working hours",
                "03-09 09:00 03-09 11:00 Running Working hours",
                "03-09 11:00 03-09 12:00 Running Past the due time",
            ],
            Said(clock.Segments(Utc("2026-03-09 12:00")))
        );
    }

    [Fact]
    public void The_segments_of_working_days_list_the_days_that_counted() =>
        Assert.Equal(
            [
                "03-02 09:00 03-03 00:00 Closed The day of receipt does not count",
                "03-03 00:00 03-03 17:00 Paused Paused at the end of this day, so it does not count",
                "03-03 17:00 03-04 17:00 Running Working day 1 of 4",
                "03-04 17:00 03-05 17:00 Running Working day 2 of 4",
                "03-05 17:00 03-06 17:00 Running Working day 3 of 4",
                "03-06 17:00 03-09 00:00 Closed Outside working hours",
                "03-09 00:00 03-09 17:00 Running Working day 4 of 4",
            ],
            Said(Clock(4, TargetUnit.WorkingDays, "2026-03-03 10:00", "2026-03-04 09:00").Segments(Utc("2026-03-09 17:00")))
        );

    private static string[] Said(IEnumerable<ClockSegment> segments) =>
        [.. segments.Select(s => $"{s.FromUtc:MM-dd HH:mm} {s.ToUtc:MM-dd HH:mm} {s.Kind} {s.Why}")];
}
