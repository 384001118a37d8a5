using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;
using Complaints.Web.Queues;

namespace Complaints.Tests.Queues;

/// <summary>Why a complaint stands where it stands, in words.</summary>
public sealed class TurnTests
{
    private static readonly DateTime _start = new(2026, 11, 23, 9, 12, 0, DateTimeKind.Utc);

    [Fact]
    public void The_tiers_share_of_the_allowance_is_said() =>
        Says(
            "Waiting since 09:12 · 1 d × 0.5 for Gold = counts as due 21:12",
            Clock(720, TargetUnit.Minutes, Policy(0.5m)) with
            {
                DueAt = _start.AddHours(12),
            }
        );

    [Fact]
    public void Working_time_is_said_in_opening_hours_and_a_critical_one_says_so() =>
        Says(
            "Waiting since 09:12 · 4 h of opening hours × 0.5 for Gold × 0.5 as critical = counts as due 10:12",
            Clock(60, TargetUnit.WorkingMinutes, Policy(0.5m, 0.5m))
        );

    [Fact]
    public void Reopened_ones_have_half() =>
        Says(
            "Waiting since 09:12 · 4 h of opening hours × 0.5 for Gold × 0.5 reopened = counts as due 10:12",
            Clock(60, TargetUnit.WorkingMinutes, new Sentence("Half the resolution target after reopening. {0}", Policy(0.5m)))
        );

    [Fact]
    public void The_shortest_target_there_is_is_not_blown_up() =>
        Says(
            "Waiting since 09:12 · 15 min of opening hours, the shortest there is = counts as due 10:12",
            Clock(15, TargetUnit.WorkingMinutes, Policy(0.25m))
        );

    [Fact]
    public void A_regulators_deadline_knows_no_tier_and_another_day_is_named() =>
        Says(
            "Waiting since 09:12 · the regulator's deadline, due Tue 24 Nov 2026, 09:12. The tier does not weigh here.",
            Clock(1, TargetUnit.CalendarDays, new Sentence("FCA: final")) with
            {
                Name = ClockName.Regime,
                DueAt = _start.AddDays(1),
            }
        );

    [Fact]
    public void Days_and_rules_without_factors_are_said_plainly_and_pauses_too() =>
        Says(
            "Waiting since 09:12 · 2 working days = counts as due 10:12 (what it was paused did not count)",
            Clock(2, TargetUnit.WorkingDays, new Sentence("Call task of the follow-up")) with
            {
                Paused = true,
            }
        );

    private static Sentence Policy(decimal tier, decimal severity = 1m) =>
        new("Policy “{0}”: tier × {1}, severity × {2}", "Standard", tier, severity);

    private static TurnClock Clock(decimal amount, TargetUnit unit, Sentence why) =>
        new(1, ClockName.Resolve, _start, amount, unit, KeptSentence.Write(why), _start.AddHours(1), Paused: false);

    private static void Says(string words, TurnClock clock)
    {
        var reader = new Reader(Tongue.English, TimeZoneInfo.Utc);
        Assert.Equal(words, Tongue.Say(reader, Turn.Say(clock, Tier.Gold, 15, reader, _start.AddMinutes(20))));
        Assert.Contains(
            "等待",
            Tongue.Say(reader with { Language = Tongue.Chinese }, Turn.Say(clock, Tier.Gold, 15, reader, _start)),
            StringComparison.Ordinal
        );
    }
}
