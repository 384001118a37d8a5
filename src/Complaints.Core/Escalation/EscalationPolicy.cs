using System.Globalization;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Escalation;

/// <summary>An escalation that a clock has seen, as the policy needs to know it.</summary>
/// <param name="Key">See <see cref="RaisedEscalation.Key"/>.</param>
/// <param name="Level">Level.</param>
/// <param name="At">UTC.</param>
public sealed record SeenLevel(string Key, int Level, DateTime At);

/// <summary>A level that is owed now.</summary>
/// <param name="Rule">The rule that owes it.</param>
/// <param name="Clock">On which clock.</param>
/// <param name="Key">See <see cref="RaisedEscalation.Key"/>.</param>
/// <param name="Moment">UTC moment at which it was owed.</param>
/// <param name="Why">Rule and arithmetic.</param>
/// <param name="Passed">Late at logging or found late, with the levels passed; null when it is on time.</param>
public sealed record OwedLevel(EscalationRule Rule, DeadlineClock Clock, string Key, DateTime Moment, Sentence Why, Sentence? Passed);

/// <summary>What a clock owes.</summary>
/// <param name="Now">The one level to raise, or null.</param>
/// <param name="Next">The next rule, or null when none is left.</param>
/// <param name="NextAt">UTC moment of <paramref name="Next"/>.</param>
public sealed record ClockDecision(OwedLevel? Now, EscalationRule? Next, DateTime? NextAt);

/// <summary>
/// Says which levels the rules owe on a clock. Facts in, decisions out: no database, no network, no clock of its own.
/// Only the highest level owed is raised, once; what it passed is listed on it and never raised afterwards. A paused
/// clock owes nothing, and one that binds the authority never does.
/// </summary>
public static class EscalationPolicy
{
    /// <summary>Whoever comes later than this after the moment was found late (the sweep ticks every 15 s).</summary>
    public static TimeSpan Punctual { get; } = TimeSpan.FromMinutes(5);

    /// <summary>What <paramref name="clock"/> owes at <paramref name="now"/>.</summary>
    /// <param name="rules">All rules; inactive ones and those of other clocks are left out here.</param>
    /// <param name="seen">What was raised on the complaint.</param>
    /// <param name="loggedAt">UTC time the complaint was logged.</param>
    public static ClockDecision Decide(
        IEnumerable<EscalationRule> rules,
        DeadlineClock clock,
        DeadlineBook book,
        IReadOnlyCollection<SeenLevel> seen,
        DateTime loggedAt,
        DateTime now
    )
    {
        if (clock.State != ClockState.Running || clock.BindsAuthority)
        {
            return new ClockDecision(null, null, null);
        }

        var prefix = Prefix(clock);
        var mine = seen.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var open = rules
            .Where(r => r.Active && (r.Clock is null || r.Clock == clock.Name))
            .Select(r => (Rule: r, At: MomentOf(r, clock, book, now), Key: KeyOf(clock, r.Id, r.Level)))
            .Where(r => r.At is not null && !mine.Exists(s => s.Key == r.Key || (s.Level >= r.Rule.Level && s.At >= r.At)))
            .OrderBy(r => r.At)
            .ThenBy(r => r.Rule.Level)
            .ToList();

        var owed = open.Where(r => r.At <= now).ToList();
        var next = open.FirstOrDefault(r => r.At > now);
        if (owed.Count == 0)
        {
            return new ClockDecision(null, next.Rule, next.At);
        }

        var highest = owed.MaxBy(r => (r.Rule.Level, r.At));
        var at = highest.At!.Value;
        var passed = owed.Where(r => r.Rule != highest.Rule).Select(r => r.Rule.Level).Distinct().Order().ToList();
        var level = new OwedLevel(
            highest.Rule,
            clock,
            highest.Key,
            at,
            Why(highest.Rule, clock, book, at),
            Passed(passed, at, loggedAt, now)
        );
        return new ClockDecision(level, next.Rule, next.At);
    }

    /// <summary>When a rule's moment comes on a clock, UTC; null when it lies beyond reckoning.</summary>
    public static DateTime? MomentOf(EscalationRule rule, DeadlineClock clock, DeadlineBook book, DateTime now)
    {
        try
        {
            return rule.Moment switch
            {
                MomentKind.BeforeDue => clock.DueAt.AddMinutes(-(double)rule.Amount),
                MomentKind.AfterDue => clock.DueAt.AddMinutes((double)rule.Amount),
                // A date from a notice has no target to take shares of: the time from start to date stands for it.
                _ when clock.DateFromNotice is { } date => clock.StartedAt.AddTicks(
                    (long)((date - clock.StartedAt).Ticks * (rule.Amount / 100))
                ),
                _ => clock.Run(book, now).MomentOfShare(rule.Amount / 100),
            };
        }
        catch (Refusal)
        {
            return null; // further ahead than a calendar can be asked about
        }
    }

    /// <summary>What all keys of a clock in its present cycle begin with.</summary>
    public static string Prefix(DeadlineClock clock) =>
        string.Create(CultureInfo.InvariantCulture, $"{(clock.Name == ClockName.Regime ? clock.RegimeClock : clock.Name)}:{clock.Cycle}:");

    /// <summary>The key of a level of a rule on a clock: <c>{clock}:{cycle}:{rule}:{level}</c>.</summary>
    public static string KeyOf(DeadlineClock clock, long ruleId, int level) =>
        Prefix(clock) + string.Create(CultureInfo.InvariantCulture, $"{ruleId}:{level}");

    /// <summary>The same key one level up, for when nobody took it.</summary>
    public static string KeyAbove(string key, int level)
    {
        var stem = key.Count(c => c == ':') > 1 ? key[..key.LastIndexOf(':')] : key; // an immediate one carries no level at first
        return string.Create(CultureInfo.InvariantCulture, $"{stem}:{level}");
    }

    /// <summary>What people call the clock: the step, or the regulator's own name for it.</summary>
    public static object NameOf(DeadlineClock clock) => clock.Name == ClockName.Regime ? KeptSentence.Read(clock.Why) : clock.Name;

    private static Sentence Why(EscalationRule rule, DeadlineClock clock, DeadlineBook book, DateTime at)
    {
        var calendar = book.Calendar(clock.CalendarId).Name;
        return rule.Moment switch
        {
            MomentKind.BeforeDue => new Sentence("{0}: {1} min before it is due, {2}.", NameOf(clock), Plain(rule.Amount), clock.DueAt),
            MomentKind.AfterDue => new Sentence("{0}: {1} min after it was due, {2}.", NameOf(clock), Plain(rule.Amount), clock.DueAt),
            _ when clock.DateFromNotice is not null => new Sentence(
                "{0}: {1} % of the time until {2}, the date in the notice, used at {3}.",
                NameOf(clock),
                Plain(rule.Amount),
                clock.DueAt,
                at
            ),
            _ => new Sentence(
                "{0}: {1} % of {2} on the calendar {3} used at {4}; due {5}.",
                NameOf(clock),
                Plain(rule.Amount),
                clock.Target.InWords(),
                calendar,
                at,
                clock.DueAt
            ),
        };
    }

    private static Sentence? Passed(List<int> passed, DateTime at, DateTime loggedAt, DateTime now)
    {
        var late =
            loggedAt > at ? new Sentence("Late at logging: it was owed at {0}, before the complaint was logged.", at)
            : now - at > Punctual ? new Sentence("Found late: it was owed at {0}.", at)
            : null;
        return passed.Count == 0 ? late
            : late is null ? new Sentence("Levels passed: {0}.", string.Join(", ", passed))
            : new Sentence("{0} Levels passed: {1}.", late, string.Join(", ", passed));
    }

    private static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m; // without zeros after the point
}
