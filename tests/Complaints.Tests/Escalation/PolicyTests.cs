using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;

namespace Complaints.Tests.Escalation;

public sealed class PolicyTests
{
    private static readonly DateTime _start = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc);

    private static readonly DeadlineBook _book = new(
        new Dictionary<long, WorkingCalendar> { [1] = WorkingCalendar.Parse("Always", "UTC", "Mon-Sun 00:00-24:00") },
        new Policy { Name = "Test" },
        [],
        [],
        new Dictionary<long, BookUnit> { [1] = new(1, "/1/", 1, false) },
        new Dictionary<long, long?>()
    );

    private static readonly EscalationRule[] _seeded =
    [
        new() { Amount = 75, Level = 0 },
        new() { Amount = 100, Level = 1 },
        new() { Amount = 150, Level = 2 },
        new() { Amount = 200, Level = 3 },
    ];

    [Theory]
    [InlineData(74, null, 75)]
    [InlineData(75, 0, 100)]
    [InlineData(99, 0, 100)]
    [InlineData(100, 1, 150)]
    [InlineData(149, 1, 150)]
    [InlineData(150, 2, 200)]
    [InlineData(200, 3, null)]
    [InlineData(900, 3, null)]
    public void Of_what_is_owed_only_the_highest_is_raised(int minute, int? level, int? next)
    {
        var decision = Decide(Clock(), [], minute);
        Assert.Equal(level, decision.Now?.Rule.Level);
        Assert.Equal(next is { } n ? _start.AddMinutes(n) : null, decision.NextAt);
    }

    [Theory]
    [InlineData(1, 100, 120, null)]
    [InlineData(3, 120, 130, null)]
    [InlineData(1, 100, 150, 2)]
    [InlineData(0, 75, 100, 1)]
    [InlineData(0, 75, 99, null)]
    public void What_was_raised_settles_what_it_passed_and_not_what_came_later(int raised, int at, int minute, int? owed)
    {
        var clock = Clock();
        var seen = new SeenLevel(EscalationPolicy.Prefix(clock) + $"77:{raised}", raised, _start.AddMinutes(at));
        Assert.Equal(owed, Decide(clock, [seen], minute).Now?.Rule.Level);
    }

    [Fact]
    public void A_paused_clock_owes_nothing()
    {
        var clock = Clock();
        clock.Pause(_start.AddMinutes(10), new Sentence("Note"), null);
        Assert.Equal(new ClockDecision(null, null, null), Decide(clock, [], 500));
    }

    [Fact]
    public void A_clock_that_binds_the_authority_never_escalates() =>
        Assert.Equal(new ClockDecision(null, null, null), Decide(Clock(binds: true), [], 500));

    [Fact]
    public void A_new_cycle_owes_anew()
    {
        var clock = Clock();
        var seen = new SeenLevel(EscalationPolicy.Prefix(clock) + "77:3", 3, _start.AddMinutes(300));
        clock.Restart(clock.Target, _start.AddMinutes(400), _book, new Sentence("Note"));
        Assert.Equal(1, Decide(clock, [seen], 500).Now?.Rule.Level);
    }

    [Theory]
    [InlineData(MomentKind.BeforeDue, 30, 70)]
    [InlineData(MomentKind.AfterDue, 30, 130)]
    [InlineData(MomentKind.Share, 30, 30)]
    public void Moments_are_shares_or_minutes_around_due(MomentKind kind, int amount, int minute) =>
        Assert.Equal(
            _start.AddMinutes(minute),
            EscalationPolicy.MomentOf(new EscalationRule { Moment = kind, Amount = amount }, Clock(), _book, _start)
        );

    [Theory]
    [InlineData(Tier.Diamond, false, 4)]
    [InlineData(Tier.Gold, false, 2)]
    [InlineData(Tier.Lead, false, 1)]
    [InlineData(Tier.Diamond, true, 1)]
    public void Tiers_weigh_unless_treatment_is_equal(Tier tier, bool equal, int weight) =>
        Assert.Equal(weight, Pressure.Weight(tier, new Policy { Name = "Test" }, equal));

    [Theory]
    [InlineData(1, "lead", 1)]
    [InlineData(2, "manager", 2)]
    [InlineData(3, "director", 3)]
    public void Each_level_has_its_person(int level, string name, int reached) =>
        Found(name, reached, Ladder.Find(People(), level, "/1/2/", null));

    [Fact]
    public void The_nearest_unit_above_serves_a_unit_without_a_lead() => Found("lead", 1, Ladder.Find(People(), 1, "/1/2/9/", null));

    [Fact]
    public void Who_is_complained_about_is_passed_over() => Found("manager", 2, Ladder.Find(People(), 1, "/1/2/", "/1/"));

    [Fact]
    public void Who_is_away_is_stood_in_for() =>
        Found("agent", 1, Ladder.Find(People(p => p.Name == "lead" ? p with { Away = true, DelegateId = 4 } : p), 1, "/1/2/", null));

    [Fact]
    public void Away_without_a_delegate_leads_one_level_higher() =>
        Found("manager", 2, Ladder.Find(People(p => p.Name == "lead" ? p with { Away = true } : p), 1, "/1/2/", null));

    [Fact]
    public void Delegates_who_point_at_each_other_are_nobody() =>
        Found(
            "director",
            3,
            Ladder.Find(
                People(p =>
                    p.Name is "lead" ? p with { Away = true, DelegateId = 2 }
                    : p.Name is "manager" ? p with { Away = true, DelegateId = 1 }
                    : p
                ),
                1,
                "/1/2/",
                null
            )
        );

    [Fact]
    public void Nobody_at_all_is_said() => Assert.Null(Ladder.Find(People(p => p with { Active = false }), 1, "/1/2/", null).ToldId);

    [Theory]
    [InlineData("I will see my LAWYER.", "lawyer")]
    [InlineData("lawyerly prose", null)]
    [InlineData("outlawyer", null)]
    [InlineData("the press will hear", "press")]
    [InlineData("Press the button", null)]
    [InlineData("press the button or the press will hear", "press")]
    [InlineData("Ｌａｗｙｅｒ", "lawyer")]
    [InlineData("legal\n  action", "legal action")]
    [InlineData("我要找律师", "律师")]
    [InlineData("流媒体卡顿", null)]
    [InlineData("流媒体卡顿，我要找媒体", "媒体")]
    [InlineData("打12315投诉", "12315")]
    [InlineData("call 12315now", "12315")]
    [InlineData("order 9912315", null)]
    [InlineData("", null)]
    public void Words_are_found_whole_and_without_exceptions(string text, string? found) =>
        Assert.Equal(
            found is null ? [] : [found],
            TriggerWordScan.Find(
                text,
                [
                    new("lawyer", []),
                    new("press", ["press the"]),
                    new("legal action", []),
                    new("律师", []),
                    new("媒体", ["流媒体"]),
                    new("12315", []),
                ]
            )
        );

    private static void Found(string name, int level, Found found) =>
        Assert.Equal((People().Single(p => p.Name == name).Id, level), (found.ToldId!.Value, found.Level));

    private static List<Rung> People(Func<Rung, Rung>? change = null) =>
        [
            .. new Rung[]
            {
                new(1, "lead", Role.TeamLead, "/1/2/", true, false, null),
                new(2, "manager", Role.Manager, "/1/2/", true, false, null),
                new(3, "director", Role.Director, "/1/", true, false, null),
                new(4, "agent", Role.Agent, "/1/2/", true, false, null),
                new(5, "stranger", Role.TeamLead, "/1/3/", true, false, null),
            }.Select(p => change?.Invoke(p) ?? p),
        ];

    private static DeadlineClock Clock(bool binds = false) =>
        DeadlineClock.Start(
            ClockName.Acknowledge,
            new Target(100, TargetUnit.Minutes),
            1,
            _start,
            _book,
            new Sentence("Note"),
            bindsAuthority: binds
        );

    private static ClockDecision Decide(DeadlineClock clock, SeenLevel[] seen, int minute) =>
        EscalationPolicy.Decide(_seeded, clock, _book, seen, _start, _start.AddMinutes(minute));
}
