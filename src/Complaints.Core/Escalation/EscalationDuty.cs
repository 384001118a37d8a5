using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Escalation;

/// <summary>
/// Escalates: raises what <see cref="EscalationPolicy"/> says is owed, at once what a <see cref="Cause"/> asks for, the
/// next level where nobody took it, and ends what is settled. Rows are exactly once by their key; a second node that
/// comes too late fails on it and tries that complaint again.
/// </summary>
public sealed partial class EscalationDuty(ComplaintsDb db, Raising raising) : IDuty
{
    private ILookup<long, RaisedEscalation> _raised = Array.Empty<RaisedEscalation>().ToLookup(e => e.ComplaintId);
    private Dictionary<(long, int), string> _words = [];
    private List<EscalationRule> _rules = [];
    private List<Watched> _watched = [];
    private EscalationOptions _options = EscalationOptions.Seeded;

    /// <inheritdoc />
    public async Task GetReadyAsync(IReadOnlyList<Complaint> batch, CancellationToken cancel)
    {
        var ids = batch.Select(c => c.Id).ToList();
        _raised = (await db.Escalations.Where(e => ids.Contains(e.ComplaintId)).ToListAsync(cancel)).ToLookup(e => e.ComplaintId);
        _rules = await db.EscalationRules.AsNoTracking().Where(r => r.Active).ToListAsync(cancel);
        _options = await EscalationOptions.ReadAsync(db, cancel);
        _words = [];
        var spoke = batch.SelectMany(c => c.Causes).Where(c => c is { Trigger: Trigger.CustomerWords, HandledAt: null }).ToList();
        if (spoke.Count > 0)
        {
            var of = spoke.Select(c => c.ComplaintId).Distinct().ToList();
            var seqs = spoke.Select(c => c.Seq).Distinct().ToList();
            _words = await db
                .EntryContents.AsNoTracking()
                .Where(c => of.Contains(c.ComplaintId) && seqs.Contains(c.Seq))
                .ToDictionaryAsync(c => (c.ComplaintId, c.Seq), c => c.Text, cancel);
            _watched = (await db.TriggerWords.AsNoTracking().Where(w => w.Active).OrderBy(w => w.Id).ToListAsync(cancel)).ConvertAll(
                w => new Watched(w.Word, w.Exceptions.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            );
        }

        raising.GetReady(batch);
    }

    /// <inheritdoc />
    public async Task<DateTime?> DoAsync(Complaint complaint, DeadlineBook book, DateTime now, CancellationToken cancel)
    {
        if (complaint.Historic)
        {
            return null;
        }

        var mine = _raised[complaint.Id].Concat(raising.Of(complaint.Id)).ToList();
        var at = new Occasion(complaint, book, _options, now, mine, cancel);
        await EndAsync(at);
        await AtOnceAsync(at);
        var next = await ByTheClockAsync(at);
        var silent = await SilentAsync(at);
        await UntakenAsync(at);
        var open = mine.Where(e => e.EndedAt is null).ToList();
        complaint.Level = open.Select(e => e.Level).DefaultIfEmpty(0).Max();
        return open.Where(e => e.TakenAt is null).Select(e => e.NextLevelAt).Append(next).Append(silent).Min();
    }

    private async Task<DateTime?> ByTheClockAsync(Occasion at)
    {
        DateTime? next = null;
        foreach (var clock in at.Complaint.Clocks)
        {
            var seen = at.Raised.Select(e => new SeenLevel(e.Key, e.Level, e.RaisedAt)).ToList();
            var decision = EscalationPolicy.Decide(_rules, clock, at.Book, seen, at.Complaint.LoggedAt, at.Now);
            if (decision.Now is { } owed)
            {
                await raising.RaiseAsync(
                    at,
                    new Reason(owed.Key, owed.Rule.Level, owed.Why)
                    {
                        Clock = clock,
                        Passed = owed.Passed,
                        Action = owed.Rule.Action,
                        Then = decision is { Next: { } rule, NextAt: { } then }
                            ? new Sentence("Level {0} follows at {1}.", rule.Level, then)
                            : null,
                    }
                );
            }

            next = next is null || decision.NextAt < next ? decision.NextAt ?? next : next;
        }

        return next;
    }

    private async Task AtOnceAsync(Occasion at)
    {
        foreach (var cause in at.Complaint.Causes.Where(c => c.HandledAt is null).OrderBy(c => c.Seq).ThenBy(c => c.Trigger).ToList())
        {
            cause.HandledAt = at.Now;
            if (cause.Trigger != Trigger.CustomerWords)
            {
                await AtOnceAsync(at, cause.Trigger, cause.Seq, SaysWhy(cause.Trigger));
            }
            else if (Found(at.Complaint, cause) is { Count: > 0 } found)
            {
                await AtOnceAsync(
                    at,
                    Trigger.Word,
                    cause.Seq,
                    new Sentence("The customer's words include: {0}.", string.Join(", ", found))
                );
            }
        }

        if (at.Complaint.OwnerId is { } owner && owner == at.Complaint.ComplainedAboutId)
        {
            await AtOnceAsync(at, Trigger.AboutHolder, at.Complaint.TimelineCount, SaysWhy(Trigger.AboutHolder));
        }
    }

    private async Task AtOnceAsync(Occasion at, Trigger trigger, int seq, Sentence why)
    {
        var level = _options.LevelOf(trigger);
        if (trigger is Trigger.Reopened or Trigger.ReopenedAgain)
        {
            var stands = at.Raised.Where(e => e.EndedAt is null).Select(e => e.Level).DefaultIfEmpty(0).Max();
            level = Math.Min(Ladder.Top, Math.Max(level, stands + 1));
        }

        await raising.RaiseAsync(
            at,
            new Reason(string.Create(CultureInfo.InvariantCulture, $"{trigger}:{seq}"), level, why)
            {
                Trigger = trigger,
                Action = trigger == Trigger.AboutHolder ? RuleAction.Reassign : RuleAction.Notify,
            }
        );
        if (trigger == Trigger.AboutHolder && at.Complaint.OwnerId == at.Complaint.ComplainedAboutId)
        {
            at.Complaint.Assign(Actor.System, at.Now, null); // nobody up the ladder: better in the queue than with them
        }
    }

    private IReadOnlyList<string> Found(Complaint complaint, Cause cause)
    {
        var text = _words.TryGetValue((complaint.Id, cause.Seq), out var kept) ? EntryBody.Read(kept).Words ?? "" : "";
        return TriggerWordScan.Find(cause.Seq == 1 ? text + "\n" + complaint.DesiredOutcome : text, _watched);
    }

    private async Task UntakenAsync(Occasion at)
    {
        foreach (var e in at.Raised.Where(e => e.EndedAt is null && e.TakenAt is null && e.NextLevelAt <= at.Now).ToList())
        {
            e.NextLevelAt = null;
            await raising.RaiseAsync(
                at,
                new Reason(
                    EscalationPolicy.KeyAbove(e.Key, e.Level + 1),
                    e.Level + 1,
                    new Sentence("{0} Level {1} was not taken within {2} working minutes.", e.Cause, e.Level, at.Options.TakeWithin)
                )
                {
                    Clock = at.Complaint.Clocks.FirstOrDefault(c => c.Id == e.ClockId),
                    Trigger = e.Trigger,
                }
            );
        }
    }

    private async Task EndAsync(Occasion at)
    {
        foreach (
            var ended in at
                .Raised.Where(e => e.EndedAt is null)
                .ToList()
                .GroupBy(e => Settled(e, at.Complaint, at.Now))
                .Where(g => g.Key is not null)
        )
        {
            foreach (var e in ended)
            {
                e.EndBecause(ended.Key!, at.Now);
                await raising.ForgetNoticeAsync(e, at);
            }

            if (ended.Any(e => e.Trigger == Trigger.Silence))
            {
                await EndHoldingLettersAsync(at);
            }

            if (ended.Any(e => e.Level > 0))
            {
                at.Complaint.Record(EntryKind.EscalationEnded, Actor.System, at.Now, new Sentence("Escalation ended: {0}", ended.Key!));
            }
        }
    }

    /// <summary>Why it has settled itself; null while it stands.</summary>
    private static Sentence? Settled(RaisedEscalation e, Complaint complaint, DateTime now)
    {
        if (e.ClockId is null)
        {
            return e.Trigger == Trigger.Silence && complaint.LastPersonContactAt > e.RaisedAt
                    ? new Sentence("the customer heard from a person")
                : e.Trigger is Trigger.PromiseBroken or Trigger.PromiseSoon
                    ? complaint.PromiseDueAt is { } due && (due <= now || e.Trigger == Trigger.PromiseSoon) ? null
                        : new Sentence("what was promised was done or agreed anew")
                : e.Trigger == Trigger.PaymentLate
                    ? complaint.PaymentDueAt <= now ? null
                        : new Sentence("nothing that was granted is late any more")
                : complaint.ResolvedAt > e.RaisedAt ? new Sentence("the complaint was resolved")
                : complaint.ClosedAt > e.RaisedAt ? new Sentence("the complaint is {0}", complaint.State)
                : null;
        }

        var clock = complaint.Clocks.FirstOrDefault(c => c.Id == e.ClockId);
        return clock is null || clock.State == ClockState.Cancelled ? new Sentence("its deadline is no longer owed")
            : !e.Key.StartsWith(EscalationPolicy.Prefix(clock), StringComparison.Ordinal) ? new Sentence("its clock started again")
            : clock.State == ClockState.Stopped ? new Sentence("“{0}” is done", EscalationPolicy.NameOf(clock))
            : null;
    }

    private static Sentence SaysWhy(Trigger trigger) =>
        trigger switch
        {
            Trigger.DiamondCritical => new Sentence("A critical complaint of a customer of the highest tier."),
            Trigger.Reopened => new Sentence("Reopened: what we did was not enough."),
            Trigger.ReopenedAgain => new Sentence("Reopened for the second time or more."),
            Trigger.Dissatisfied => new Sentence("The customer is not satisfied with how it was settled."),
            Trigger.PromiseBroken => new Sentence("What the customer was promised was not done in time."),
            Trigger.PromiseSoon => new Sentence("What the customer was promised is due soon."),
            Trigger.PaymentLate => new Sentence("What the customer was granted is not settled in time."),
            Trigger.Joined => new Sentence("What was escalated before goes on here, after merging or its undoing."),
            Trigger.AboutHolder => new Sentence("The complaint is about the person who held it; it was taken from them."),
            _ => new Sentence("{0}", trigger),
        };
}
