using System.Globalization;
using Complaints.Language;
using Complaints.Time;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Complaints.Tests.Time;

/// <summary>What must hold for any calendar, start, target and pauses.</summary>
public sealed class ClockProperties
{
    private static readonly DateTime _epoch = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<string> _zones = Gen.Elements(
        "floating",
        "Etc/UTC",
        "Europe/London",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Shanghai",
        "America/Havana",
        "Pacific/Chatham"
    );

    private static readonly Gen<string> _span =
        from opens in Gen.Choose(0, (24 * 60) - 1)
        from length in Gen.Choose(1, (24 * 60) - 1)
        let closes = (opens + length) % (24 * 60)
        select string.Create(CultureInfo.InvariantCulture, $"{opens / 60:00}:{opens % 60:00}-{closes / 60:00}:{closes % 60:00}");

    private static readonly Gen<string> _spans = _span.NonEmptyListOf().Resize(3).Select(s => string.Join(',', s));

    private static readonly Gen<string> _hours = Gen.OneOf(
        Gen.Elements("Mon-Fri 09:00-17:00", "Mon-Sun 00:00-24:00", "Mon-Fri 08:00-12:00,14:00-18:00;Sat 10:00-12:00", "Sat 22:00-06:00"),
        (from day in Gen.Elements("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun") from spans in _spans select $"{day} {spans}")
            .NonEmptyListOf()
            .Resize(7)
            .Select(days => string.Join(';', days))
    );

    private static readonly Gen<string> _date = Gen.Choose(-10, 500)
        .Select(day => _epoch.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static readonly Gen<string> _holidays =
        from once in _date.ListOf().Resize(20)
        from yearly in _date.Select(d => $"every year: {d[5..]}").ListOf().Resize(5)
        select string.Join(';', once.Concat(yearly));

    private static readonly Gen<WorkingCalendar> _calendars =
        from zone in _zones
        from hours in _hours
        from holidays in _holidays
        from makeUp in (from date in _date from spans in _spans select $"{date} {spans}")
            .ListOf()
            .Resize(5)
        select WorkingCalendar.Parse(
            $"{zone} | {hours} | {holidays} | {string.Join(';', makeUp)}",
            zone,
            hours,
            holidays,
            string.Join(';', makeUp)
        );

    // Seconds and odd ticks too: fractions are to be kept.
    private static readonly Gen<DateTime> _moments =
        from minute in Gen.Choose(0, 365 * 24 * 60)
        from tick in Gen.Elements(0, 0, 1, 299_999_999, 300_000_000)
        select _epoch.AddMinutes(minute).AddTicks(tick);

    private static readonly Gen<Pause> _pauses =
        from start in _moments
        from minutes in Gen.OneOf(Gen.Choose(0, 600), Gen.Choose(0, 20_000))
        select new Pause(start, start.AddMinutes(minutes));

    private static readonly Gen<ClockRun> _clocks =
        from calendar in _calendars
        from unit in Gen.Elements(Enum.GetValues<TargetUnit>())
        from amount in unit is TargetUnit.Minutes or TargetUnit.WorkingMinutes
            ? Gen.Choose(0, 20_000).Select(n => n / 4m)
            : Gen.Choose(0, 12).Select(n => (decimal)n)
        from start in _moments
        from pauses in Gen.OneOf(_pauses.ListOf().Resize(30), Near(start).ListOf().Resize(6))
        select new ClockRun(calendar, new Target(amount, unit), start, pauses, start);

    private static Gen<Pause> Near(DateTime start) =>
        from after in Gen.Choose(-1_000, 10_000)
        from minutes in Gen.Choose(0, 5_000)
        select new Pause(start.AddMinutes(after), start.AddMinutes(after + minutes));

    private static void ForAll<T>(Gen<T> gen, Action<T> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(gen.ToArbitrary(), holds));

    private static TimeSpan Running(ClockRun clock, DateTime until) =>
        clock.Segments(until).Where(s => s.Kind == SegmentKind.Running).Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length);

    [Fact]
    public void Working_time_until_due_is_the_target() =>
        ForAll(
            from c in _calendars
            from start in _moments
            from minutes in Gen.Choose(0, 40_000)
            select (c, start, minutes / 4m),
            x =>
            {
                var worked = TimeSpan.FromTicks((long)(x.Item3 * TimeSpan.TicksPerMinute));
                DateTime due;
                try
                {
                    due = new Target(x.Item3, TargetUnit.WorkingMinutes).DueFrom(x.start, x.c);
                }
                catch (Refusal)
                {
                    // Refused only where the horizon really holds too little open time, such as a minute a week.
                    Assert.True(x.c.WorkedBetween(x.start, x.start.AddYears(WorkingCalendar.HorizonYears)) < worked);
                    return;
                }

                Assert.Equal(worked, x.c.WorkedBetween(x.start, due));
                Assert.True(worked == TimeSpan.Zero ? x.c.IsOpen(due) : x.c.IsOpen(due.AddTicks(-1)), "time runs out while it is open");
            }
        );

    [Fact]
    public void The_clock_has_run_exactly_its_target_when_due_and_less_before() =>
        ForAll(
            _clocks,
            clock =>
            {
                Assert.Equal(clock.Allowance, clock.UsedAt(clock.Due));
                if (clock.Allowance > TimeSpan.Zero)
                {
                    Assert.True(clock.UsedAt(clock.Due.AddTicks(-1)) < clock.Allowance, "due is the first such instant");
                    Assert.Equal(clock.Due, clock.MomentOfShare(1));
                }
            }
        );

    [Fact]
    public void Working_time_less_pauses_until_due_is_the_target() =>
        ForAll(
            _clocks.Where(c => c.Target.Unit == TargetUnit.WorkingMinutes),
            clock =>
            {
                var paused = clock
                    .Segments(clock.Due)
                    .Where(s => s.Kind == SegmentKind.Paused)
                    .Aggregate(TimeSpan.Zero, (sum, s) => sum + clock.Calendar.WorkedBetween(s.FromUtc, s.ToUtc));
                Assert.Equal(clock.Allowance, clock.Calendar.WorkedBetween(clock.StartUtc, clock.Due) - paused);
            }
        );

    [Fact]
    public void The_segments_add_up_to_the_target_and_leave_no_gap() =>
        ForAll(
            _clocks,
            clock =>
            {
                var segments = clock.Segments(clock.Due);
                if (clock.Target.CountsDays)
                {
                    var days = clock.Target.Unit == TargetUnit.Weeks ? clock.Target.Amount * 7 : clock.Target.Amount;
                    Assert.Equal(Math.Max(days, 1), segments.Count(s => s.Kind == SegmentKind.Running));
                }
                else
                {
                    Assert.Equal(clock.Allowance, Running(clock, clock.Due));
                }

                foreach (var until in (DateTime[])[clock.Due, clock.Due.AddDays(9), clock.StartUtc.AddHours(7)])
                {
                    var cursor = clock.StartUtc;
                    foreach (var segment in clock.Segments(until))
                    {
                        Assert.Equal(cursor, segment.FromUtc);
                        Assert.True(segment.ToUtc >= segment.FromUtc, "forwards");
                        cursor = segment.ToUtc;
                    }

                    Assert.Equal(until, cursor);
                }
            }
        );

    [Fact]
    public void A_share_is_reached_at_its_moment_and_not_before() =>
        ForAll(
            from clock in _clocks
            from percent in Gen.Choose(1, 250)
            select (clock, percent / 100m),
            x =>
            {
                var moment = x.clock.MomentOfShare(x.Item2);
                if (x.clock.Allowance > TimeSpan.Zero)
                {
                    Assert.True(x.clock.ShareUsed(moment) >= x.Item2, "reached");
                    Assert.True(x.clock.ShareUsed(moment.AddTicks(-1)) < x.Item2, "not before");
                }
            }
        );

    [Fact]
    public void A_larger_target_is_never_due_earlier() =>
        ForAll(
            from clock in _clocks
            from more in Gen.Choose(0, 30)
            select (clock, more),
            x =>
            {
                var target = new Target(x.clock.Target.Amount + x.more, x.clock.Target.Unit);
                Assert.True(
                    target.DueFrom(x.clock.StartUtc, x.clock.Calendar) >= x.clock.Target.DueFrom(x.clock.StartUtc, x.clock.Calendar)
                );
            }
        );

    [Fact]
    public void A_pause_never_brings_a_due_date_forward() =>
        ForAll(_clocks, clock => Assert.True(clock.Due >= clock.Target.DueFrom(clock.StartUtc, clock.Calendar)));

    [Fact]
    public void Working_time_adds_up_over_any_instant_between() =>
        ForAll(
            from c in _calendars
            from moments in _moments.ArrayOf(3)
            select (c, moments.Order().ToArray()),
            x =>
            {
                var (c, m) = x;
                Assert.Equal(c.WorkedBetween(m[0], m[2]), c.WorkedBetween(m[0], m[1]) + c.WorkedBetween(m[1], m[2]));
                Assert.Equal(c.WorkedBetween(m[0], m[2]), c.OpenSpans(m[0], m[2]).Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length));
            }
        );

    [Fact]
    public void A_calendar_written_and_read_again_is_the_same() =>
        ForAll(
            from c in _calendars
            from start in _moments
            select (c, start),
            x =>
            {
                var again = new WorkingCalendar(
                    "again",
                    x.c.Zone,
                    WeeklyHours.Parse(x.c.Hours.ToString()),
                    Holidays.Parse(x.c.Holidays.ToString()),
                    MakeUpDays.Parse(x.c.MakeUpDays.ToString())
                );
                Assert.Equal(x.c.OpenSpans(x.start, x.start.AddDays(60)), again.OpenSpans(x.start, x.start.AddDays(60)));
            }
        );
}
