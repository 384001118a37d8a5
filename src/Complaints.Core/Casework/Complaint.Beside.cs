using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>Endings beside the way, and the two people whom “not a complaint” needs.</content>
public sealed partial class Complaint
{
    /// <summary>Ends it beside the way: withdrawn, duplicate, referred to an outside body, or no complaint at all.</summary>
    /// <param name="verb">One of the four.</param>
    /// <param name="duplicateOf">The complaint it repeats, for a duplicate.</param>
    public TimelineEntry SetBeside(Verb verb, Actor actor, DateTime now, string reason, long? duplicateOf = null)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why. It stays on the timeline."));
        if (verb == Verb.MarkDuplicate && (duplicateOf is null || duplicateOf == Id))
        {
            throw new Refusal(new Sentence("Give the reference of the complaint that this one repeats."), "duplicateOf");
        }

        var to = Lifecycle.Row(State, verb, actor).To;
        if (verb == Verb.DismissAsNoComplaint && actor.IsStaff && (ProposedById is null || ProposedById == actor.StaffId))
        {
            throw new Refusal(
                ProposedById is null
                    ? new Sentence("“Not a complaint” needs two people: somebody proposes it, and then a team lead decides.")
                    : new Sentence("You proposed this yourself; somebody else has to decide.")
            );
        }

        if (actor.IsStaff)
        {
            NothingPromised();
        }

        foreach (var promise in Promises.Where(p => p.IsOpen).ToList())
        {
            End(promise, PromiseEnd.Released, actor, now, why);
        }

        foreach (var request in Approvals.Where(a => a.DecidedAt is null))
        {
            request.Decide(actor, now, granted: false, why.Length <= 3990 ? why : why[..3990]);
        }

        if (AwaitingApproval)
        {
            LedgerIsHere(); // a remedy that waits ends with it, and must be here to end
        }

        foreach (var grant in Grants.Where(g => g.State == GrantState.Waiting))
        {
            EndGrant(grant, GrantState.Cancelled, now, why);
        }

        PromiseDueAt = null; // also where nobody loaded them: nothing is owed any more

        State = to;
        (DuplicateOfId, ProposedById) = (duplicateOf, null);
        (IsOpen, ClosedAt, AwaitingApproval, WaitingSince, WaitingFor) = (false, now, false, null, null);
        EndHouseClocks(now);
        if (verb is Verb.MarkDuplicate or Verb.DismissAsNoComplaint)
        {
            EndRegimeClocks(now);
        }

        var entry = Record(EntryKind.SetBeside, actor, now, new Sentence("{0}", State), why);
        SayStillOwed(actor, now);
        return entry;
    }

    /// <summary>Proposes that it is no complaint; a team lead who is somebody else decides by <see cref="SetBeside"/> or <see cref="KeepAsComplaint"/>.</summary>
    public TimelineEntry ProposeDismissal(Actor actor, DateTime now, string reason)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why. It stays on the timeline."));
        if (!Lifecycle.Open(State).Contains(Verb.DismissAsNoComplaint))
        {
            throw new StepRefused(State, Verb.DismissAsNoComplaint);
        }

        if (ProposedById is not null)
        {
            throw new Refusal(new Sentence("{0} proposed this already; a team lead decides.", ProposedByName));
        }

        (ProposedById, ProposedByName, ProposedAt, ProposedWhy) = (actor.StaffId, actor.Name, now, why.Length <= 3990 ? why : why[..3990]);
        return Record(EntryKind.Approval, actor, now, new Sentence("Proposed: this is no complaint"), why);
    }

    /// <summary>Decides that it is a complaint after all.</summary>
    public TimelineEntry KeepAsComplaint(Actor actor, DateTime now, string reason)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why. It stays on the timeline."));
        if (ProposedById is null)
        {
            throw new Refusal("Nobody proposes this any more.");
        }

        if (ProposedById == actor.StaffId)
        {
            throw new Refusal("You proposed this yourself; somebody else decides. You can withdraw your proposal.");
        }

        if (!Rights.Has(actor, Right.Lead))
        {
            throw StepRefused.NotYours(Verb.DismissAsNoComplaint);
        }

        ProposedById = null;
        return Record(EntryKind.Approval, actor, now, new Sentence("It is a complaint and goes on"), why);
    }

    /// <summary>Takes one's own proposal back: nothing has to be decided any more.</summary>
    public TimelineEntry WithdrawProposal(Actor actor, DateTime now)
    {
        if (ProposedById is null)
        {
            throw new Refusal("Nobody proposes this any more.");
        }

        if (ProposedById != actor.StaffId)
        {
            throw new Refusal(new Sentence("{0} proposed this, so only {0} can withdraw it. A team lead decides.", ProposedByName));
        }

        ProposedById = null;
        return Record(EntryKind.Approval, actor, now, new Sentence("Proposal withdrawn: it is a complaint"));
    }

    /// <summary>
    /// It was a complaint after all: it stands where it stood, and every clock that was ended runs as if it had never
    /// stopped. Promises that were released stay so; make them again.
    /// </summary>
    public TimelineEntry BringBack(Actor actor, DateTime now, string reason, DeadlineBook book)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why. It stays on the timeline."));
        if (State != State.NotAComplaint)
        {
            throw new Refusal(new Sentence("This complaint is {0} and need not be brought back.", State));
        }

        if (!Rights.Has(actor, Right.Lead))
        {
            throw StepRefused.NotYours(Verb.DismissAsNoComplaint);
        }

        foreach (var clock in Clocks.Where(c => c.State == ClockState.Cancelled && c.StoppedAt == ClosedAt))
        {
            clock.TakeBack(book, now);
        }

        (State, IsOpen, ClosedAt) = (LastStep, true, null);
        Recount();
        return Record(EntryKind.TakenBack, actor, now, new Sentence("It is a complaint after all, and goes on from “{0}”", State), why);
    }

    private void ProposalLapses(DateTime now)
    {
        if (ProposedById is not null)
        {
            ProposedById = null;
            Record(
                EntryKind.Approval,
                Actor.System,
                now,
                new Sentence("Resolved meanwhile, so nobody has to decide whether it is a complaint")
            );
        }
    }
}
