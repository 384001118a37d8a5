using System.Globalization;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;

namespace Complaints.Casework;

/// <content>What its clocks do.</content>
public sealed partial class Complaint
{
    /// <summary>The house's targets for it as it stands.</summary>
    public SetTargets Targets(DeadlineBook book) =>
        book.Policy.For(Tier, Weight, Channel, book.CategoryAndAbove(CategoryId), book.Unit(UnitId).EqualTreatment);

    /// <summary>Types in the date of an authority's notice for one of its clocks; starts the clock when it is not there yet.</summary>
    public void RecordNotice(Actor actor, DateTime now, Regime regime, RegimeClock rule, DateTime dueAt, DeadlineBook book)
    {
        var key = KeyOf(regime, rule);
        var clock = Clocks.FirstOrDefault(c => c.RegimeClock == key);
        if (clock is null)
        {
            clock = DeadlineClock.Start(
                ClockName.Regime,
                new Target(rule.Amount, rule.Unit),
                regime.CalendarId,
                ReceivedAt,
                book,
                new Sentence("{0}: {1}", regime.Name, rule.Name),
                key,
                regime.BindsAuthority
            );
            Clocks.Add(clock);
        }

        clock.DateFromNotice = dueAt;
        clock.MoveStart(clock.StartedAt, book, now);
        Recount();
        Record(EntryKind.Deadline, actor, now, new Sentence("{0}: {1} by {2}, from the authority's notice", regime.Name, rule.Name, dueAt));
    }

    /// <summary>Starts the clock of a call task of the follow-up; only calls can be late, never the machine's own mails.</summary>
    public void StartCallClock(DateTime dueAt, DateTime now, DeadlineBook book)
    {
        var target = new Target((decimal)Math.Max(1, (dueAt - now).TotalMinutes), TargetUnit.Minutes);
        var clock = Clocks.FirstOrDefault(c => c.Name == ClockName.FollowUp);
        if (clock is null)
        {
            Clocks.Add(
                DeadlineClock.Start(
                    ClockName.FollowUp,
                    target,
                    book.Unit(UnitId).CalendarId,
                    now,
                    book,
                    new Sentence("Call task of the follow-up")
                )
            );
        }
        else
        {
            clock.Restart(target, now, book, new Sentence("Call task of the follow-up"));
        }

        Recount();
    }

    /// <summary>The call was made.</summary>
    public void StopCallClock(DateTime now) => Stop(ClockName.FollowUp, now);

    /// <summary>Moves running house clocks to the targets of the book in force, whichever way they go. Returns what moved.</summary>
    public IReadOnlyList<(ClockName Name, DateTime Before, DateTime After)> ApplyPolicy(Actor actor, DateTime now, DeadlineBook book)
    {
        var moved = new List<(ClockName, DateTime, DateTime)>();
        foreach (var (clock, target) in LiveHouseClocks(book))
        {
            var before = clock.DueAt;
            clock.Retarget(target, book, now, Targets(book).Why);
            if (clock.DueAt != before)
            {
                moved.Add((clock.Name, before, clock.DueAt));
                Record(
                    EntryKind.Deadline,
                    actor,
                    now,
                    new Sentence("{0}: due {1} instead of {2}, by the changed policy", clock.Name, clock.DueAt, before)
                );
            }
        }

        Recount();
        return moved;
    }

    /// <summary>What <see cref="ApplyPolicy"/> would move, without moving it.</summary>
    public IReadOnlyList<(ClockName Name, DateTime Before, DateTime After)> WouldMove(DateTime now, DeadlineBook book) =>
        [
            .. LiveHouseClocks(book)
                .Select(p => (p.Clock.Name, p.Clock.DueAt, p.Clock.DueUnder(p.Target, book, now)))
                .Where(m => m.DueAt != m.Item3),
        ];

    private void StartClocks(DeadlineBook book, DateTime now)
    {
        var targets = Targets(book);
        var calendar = book.Unit(UnitId).CalendarId;
        Clocks.Add(DeadlineClock.Start(ClockName.Acknowledge, targets.Acknowledge, calendar, ReceivedAt, book, targets.Why));
        Clocks.Add(DeadlineClock.Start(ClockName.Apologize, targets.Apologize, calendar, ReceivedAt, book, targets.Why));
        Clocks.Add(DeadlineClock.Start(ClockName.Resolve, targets.Resolve, calendar, ReceivedAt, book, targets.Why));
        StartRegimeClocks(book, RegimeStart.Received, ReceivedAt, now);
        Recount();
    }

    private void StartRegimeClocks(DeadlineBook book, RegimeStart from, DateTime at, DateTime now)
    {
        var day = DateOnly.FromDateTime(ReceivedAt);
        foreach (var regime in book.RegimesFor(UnitId, CategoryId, day))
        {
            foreach (var rule in regime.Clocks.Where(c => c.From == from && !c.Exceptional && !c.DateFromNotice))
            {
                var key = KeyOf(regime, rule);
                if (Clocks.All(c => c.RegimeClock != key))
                {
                    Clocks.Add(
                        DeadlineClock.Start(
                            ClockName.Regime,
                            new Target(rule.Amount, rule.Unit),
                            regime.CalendarId,
                            at,
                            book,
                            new Sentence("{0}: {1}", regime.Name, rule.Name),
                            key,
                            regime.BindsAuthority
                        )
                    );
                }
            }
        }

        Recount();
    }

    /// <summary>How a regime's clock is named on a complaint: <c>regime/clock#document that stops it</c>.</summary>
    public static string KeyOf(Regime regime, RegimeClock rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{regime.Key}/{rule.Key}#{rule.Document}");

    private void Stop(ClockName name, DateTime now)
    {
        Clocks.FirstOrDefault(c => c.Name == name)?.Stop(now);
        Recount();
    }

    private void RestartResolution(DeadlineBook book, DateTime now)
    {
        var full = Targets(book);
        var half = full.Resolve.Scaled(0.5m, book.Policy.MinimumMinutes);
        Clocks
            .FirstOrDefault(c => c.Name == ClockName.Resolve)
            ?.Restart(half, now, book, new Sentence("Half the resolution target after reopening. {0}", full.Why));
        Clocks.FirstOrDefault(c => c.Name == ClockName.FollowUp)?.Cancel(now);
        Recount();
    }

    private void PauseClocks(DateTime now, Sentence why, long? by, DeadlineBook book)
    {
        foreach (var clock in Clocks.Where(c => c.Name == ClockName.Resolve || (c.Name == ClockName.Regime && RegimePauses(c, book))))
        {
            clock.Pause(now, why, by);
        }

        Recount();
    }

    private void ResumeClocks(DateTime now, DeadlineBook book)
    {
        foreach (var clock in Clocks)
        {
            clock.Resume(now, book);
        }

        Recount();
    }

    private static bool RegimePauses(DeadlineClock clock, DeadlineBook book) =>
        book.Regimes.FirstOrDefault(r => clock.RegimeClock.StartsWith(r.Key + "/", StringComparison.Ordinal)) is { Pauses: true };

    private void EndHouseClocks(DateTime now)
    {
        foreach (var clock in Clocks.Where(c => c.Name != ClockName.Regime))
        {
            clock.Cancel(now);
        }

        Recount();
    }

    private void EndRegimeClocks(DateTime now)
    {
        foreach (var clock in Clocks.Where(c => c.Name == ClockName.Regime))
        {
            clock.Cancel(now);
        }

        Recount();
    }

    private void Tighten(Actor actor, DateTime now, DeadlineBook book)
    {
        foreach (var (clock, target) in LiveHouseClocks(book))
        {
            var before = clock.DueAt;
            if (clock.DueUnder(target, book, now) < before)
            {
                clock.Retarget(target, book, now, Targets(book).Why);
                Record(EntryKind.Deadline, actor, now, new Sentence("{0}: due {1} instead of {2}", clock.Name, clock.DueAt, before));
            }
        }

        Recount();
    }

    private IEnumerable<(DeadlineClock Clock, Target Target)> LiveHouseClocks(DeadlineBook book)
    {
        var targets = Targets(book);
        foreach (var clock in Clocks.Where(c => c.IsLive))
        {
            if (clock.Name is ClockName.Acknowledge or ClockName.Apologize or ClockName.Resolve)
            {
                var full = clock.Name switch
                {
                    ClockName.Acknowledge => targets.Acknowledge,
                    ClockName.Apologize => targets.Apologize,
                    _ => targets.Resolve,
                };
                yield return (clock, clock.Name == ClockName.Resolve && Cycle > 1 ? full.Scaled(0.5m, book.Policy.MinimumMinutes) : full);
            }
        }
    }

    private void Recount()
    {
        var next = Clocks.Where(c => c.State == ClockState.Running && !c.BindsAuthority).MinBy(c => c.DueAt);
        (NextDueAt, NextDueName, QueueAt) = (next?.DueAt, next?.Name, next?.DueAt ?? Never);
    }
}
