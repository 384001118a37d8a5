using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>What changes about it besides the steps.</content>
public sealed partial class Complaint
{
    /// <summary>Gives it to somebody, or back to the unassigned queue.</summary>
    public TimelineEntry? Assign(Actor actor, DateTime now, StaffMember? to, string? note = null)
    {
        if (to?.Id == OwnerId)
        {
            return null;
        }

        if (to is not null && AgainstHolding(to.Id, to.Name) is { } against)
        {
            throw new Refusal(against, "ownerId");
        }

        if (to is { Active: false })
        {
            throw new Refusal(new Sentence("{0} no longer works here. Choose somebody else.", to.Name), "ownerId");
        }

        (OwnerId, Owner) = (to?.Id, to);
        return Record(
            EntryKind.Assigned,
            actor,
            now,
            to is null ? new Sentence("Back to the unassigned queue") : new Sentence("Assigned to {0}", to.Name),
            note
        );
    }

    /// <summary>Changes severity or visibility. Running deadlines may only get tighter, each with its own entry.</summary>
    public void ChangeSeverity(Actor actor, DateTime now, Severity severity, bool isPublic, DeadlineBook book)
    {
        if (severity == Severity && isPublic == Public)
        {
            return;
        }

        var before = new Sentence("{0}", Weight);
        (Severity, Public) = (severity, isPublic);
        var entry = Record(EntryKind.Changed, actor, now, new Sentence("Severity changed from {0} to {1}", before, Weight));
        if (Tier == Tier.Diamond && Weight == Severity.Critical)
        {
            Cause(Trigger.DiamondCritical, entry);
        }

        Tighten(actor, now, book);
    }

    /// <summary>Raised by an escalation rule: no clock moves.</summary>
    public void RaiseSeverity(DateTime now)
    {
        if (Severity < Severity.Critical)
        {
            Severity++;
            Record(
                EntryKind.Changed,
                Actor.System,
                now,
                new Sentence("Severity raised to {0} by an escalation rule; deadlines stay", Severity)
            );
        }
    }

    /// <summary>The customer's tier changed: running deadlines may only get tighter.</summary>
    public void ChangeTier(Actor actor, DateTime now, Tier tier, DeadlineBook book)
    {
        if (tier == Tier)
        {
            return;
        }

        Tier = tier;
        Record(EntryKind.Changed, actor, now, new Sentence("Tier changed to {0}", tier));
        Tighten(actor, now, book);
    }

    /// <summary>Another category. New regulators' clocks start at receipt; running ones stay.</summary>
    public void ChangeCategory(Actor actor, DateTime now, long? categoryId, string name, DeadlineBook book)
    {
        if (categoryId == CategoryId)
        {
            return;
        }

        CategoryId = categoryId;
        Record(EntryKind.Changed, actor, now, new Sentence("Category: {0}", name));
        StartRegimeClocks(book, RegimeStart.Received, ReceivedAt, now);
    }

    /// <summary>Another unit handles it. House clocks stay; the owner is asked anew.</summary>
    public void MoveTo(Actor actor, DateTime now, Unit unit, string reason, DeadlineBook book)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why it goes to another unit."));
        (UnitId, Unit, OwnerId, Owner) = (unit.Id, unit, null, null);
        Record(EntryKind.Changed, actor, now, new Sentence("Moved to {0}", unit.Name), why);
        StartRegimeClocks(book, RegimeStart.Received, ReceivedAt, now);
    }

    /// <summary>Corrects the time of receipt: every clock that started there is recomputed, with the reason on record.</summary>
    public void CorrectReceipt(Actor actor, DateTime now, DateTime receivedAt, string reason, DeadlineBook book)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why the time of receipt changes."));
        if (receivedAt > LoggedAt)
        {
            throw new Refusal(new Sentence("It cannot have been received after it was logged, {0}.", LoggedAt), nameof(receivedAt));
        }

        var before = ReceivedAt;
        ReceivedAt = UtcMilliseconds.Cut(receivedAt);
        foreach (var clock in Clocks.Where(c => c.IsLive && c.StartedAt == before))
        {
            clock.MoveStart(ReceivedAt, book, now);
        }

        Recount();
        Record(EntryKind.Deadline, actor, now, new Sentence("Time of receipt corrected from {0} to {1}", before, ReceivedAt), why);
    }

    /// <summary>
    /// Takes a step back because its mail was undone or bounced: its clock runs as if it had never stopped, and the
    /// complaint stands where it stood before. Later steps go with it.
    /// </summary>
    /// <param name="verb">Acknowledge, Apologize, Resolve, FollowUp, Withdraw or Refer.</param>
    public TimelineEntry TakeBack(Verb verb, Actor actor, DateTime now, Sentence why, DeadlineBook book)
    {
        var (floor, clocks) = verb switch
        {
            Verb.Acknowledge => (State.Received, new[] { ClockName.Acknowledge, ClockName.Apologize, ClockName.Resolve }),
            Verb.Apologize => (State.Acknowledged, [ClockName.Apologize, ClockName.Resolve]),
            Verb.Resolve => (State.Apologized, [ClockName.Resolve]),
            Verb.FollowUp => (State.Resolved, []),
            Verb.Withdraw or Verb.Refer => (LastStep, [ClockName.Acknowledge, ClockName.Apologize, ClockName.Resolve]),
            _ => throw new StepRefused(State, verb),
        };
        var beside = verb switch
        {
            Verb.Withdraw => State.Withdrawn,
            Verb.Refer => State.Referred,
            _ => (State?)null,
        };
        if (beside is null ? State <= floor || State > State.Closed : State != beside)
        {
            throw new Refusal(new Sentence("“{0}” cannot be taken back: this complaint is {1}.", verb, State));
        }

        foreach (
            var clock in Clocks.Where(c =>
                clocks.Contains(c.Name)
                && (beside is null ? c.Name != ClockName.Resolve || State >= State.Resolved : c.State == ClockState.Cancelled)
            )
        )
        {
            clock.TakeBack(book, now);
        }

        if (beside is null && floor < State.Resolved && State >= State.Resolved)
        {
            TakeBackGrants(actor, now, why);
        }

        (State, IsOpen, ClosedAt) = (floor, true, null);
        ResolvedAt = floor < State.Resolved ? null : ResolvedAt;
        OnTheSpot = OnTheSpot && floor >= State.Resolved;
        ApologizedAt = floor < State.Apologized ? null : ApologizedAt;
        AcknowledgedAt = floor < State.Acknowledged ? null : AcknowledgedAt;
        Recount();
        return Record(EntryKind.TakenBack, actor, now, new Sentence("“{0}” taken back: {1}", verb, why));
    }

    private State LastStep =>
        ApologizedAt is not null ? State.Apologized
        : AcknowledgedAt is not null ? State.Acknowledged
        : State.Received;
}
