using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>Resolving, and the approval that a remedy above the limit needs.</content>
public sealed partial class Complaint
{
    /// <summary>
    /// Resolves it, or asks for approval when the remedy is above the actor's limit: the step then waits, and its clock
    /// runs on.
    /// </summary>
    /// <param name="limit">What the actor may grant alone in the remedy's currency; null when no limit is set, which means approval is needed.</param>
    /// <returns>The entry of the resolution, or of the request for approval (see <see cref="AwaitingApproval"/>).</returns>
    public TimelineEntry Resolve(
        Actor actor,
        DateTime now,
        Resolution resolution,
        Statement said,
        long? limit,
        DeadlineBook book,
        string? message = null
    )
    {
        resolution = WithPoints(resolution);
        var words = Required(said.Words, nameof(said.Words), new Sentence("Write down what the customer was told."));
        var solution = Required(
            resolution.Solution,
            nameof(resolution.Solution),
            new Sentence("Write down what was done to put it right.")
        );
        if (resolution.Remedy is Casework.Remedy.Refund or Casework.Remedy.Compensation && resolution.Amount is null)
        {
            throw new Refusal(new Sentence("Give the amount of the {0}.", resolution.Remedy), nameof(resolution.Amount));
        }

        var to = Lifecycle.Row(State, Verb.Resolve, actor).To;
        if (Approvals.Exists(a => a.DecidedAt is null))
        {
            throw new Refusal("A remedy is already waiting for approval. Wait for the answer, or withdraw the request first.");
        }

        var grant = EnterResolution(actor, now, resolution with { Solution = solution }, limit, book);
        if (grant is { State: GrantState.Waiting, Amount: { } amount })
        {
            grant.Request = Approval.Ask(resolution with { Solution = solution }, said with { Words = words }, actor, now);
            Approvals.Add(grant.Request);
            return Record(
                EntryKind.Approval,
                actor,
                now,
                new Sentence("Asked for approval: {0} of {1}", resolution.Remedy, amount.ToString()),
                words
            );
        }

        var done = FinishResolving(actor, now, resolution with { Solution = solution }, said with { Words = words }, to, book, message);
        if (grant is not null)
        {
            SayGranted(grant, actor, now, resolution.CustomerAgreed, book);
        }

        return done;
    }

    /// <summary>Grants the waiting remedy; the resolution is then done by whoever asked, as of now.</summary>
    /// <exception cref="Refusal">Nothing waits, it is one's own, or the limit does not cover it.</exception>
    public TimelineEntry Approve(Actor actor, DateTime now, long? limit, DeadlineBook book, string? message = null)
    {
        var approval = Waiting(actor);
        var to = Lifecycle.Row(State, Verb.Resolve, actor).To;
        var grants = Grants.Where(g => g.Request == approval && g.State == GrantState.Waiting).ToList();
        grants.ForEach(g => Approved(g, actor, now, limit, book));
        approval.Decide(actor, now, granted: true, null);
        var resolution = approval.Resolution;
        var done = FinishResolving(actor, now, resolution, approval.Statement, to, book, message);
        NowDecidedBy(approval.AskedById, actor.StaffId);
        grants.ForEach(g => SayGranted(g, actor, now, resolution.CustomerAgreed, book));
        return done;
    }

    /// <summary>Declines the waiting remedy with a reason; the complaint stays where it is.</summary>
    public TimelineEntry Decline(Actor actor, DateTime now, string reason)
    {
        var approval = Waiting(actor);
        var why = Required(reason, nameof(reason), new Sentence("Say why, so that the next offer fits."));
        approval.Decide(actor, now, granted: false, why);
        EndRequested(approval, GrantState.Refused, now, why);
        return Record(
            EntryKind.Approval,
            actor,
            now,
            new Sentence("Not approved: {0} of {1}", approval.Remedy, approval.Amount.ToString()),
            why
        );
    }

    /// <summary>Takes back one's own request for approval, so that another solution can be entered.</summary>
    public TimelineEntry WithdrawRequest(Actor actor, DateTime now)
    {
        var approval = Approvals.FirstOrDefault(a => a.DecidedAt is null) ?? throw new Refusal("Nothing waits for approval here any more.");
        approval.Decide(actor, now, granted: false, null);
        var say = new Sentence("Request for approval withdrawn: {0} of {1}", approval.Remedy, approval.Amount.ToString());
        EndRequested(approval, GrantState.Cancelled, now, Tongue.Say(actor.Reader, say));
        return Record(EntryKind.Approval, actor, now, say);
    }

    private void EndRequested(Approval approval, GrantState state, DateTime now, string why)
    {
        foreach (var grant in Grants.Where(g => g.Request == approval && g.State == GrantState.Waiting))
        {
            EndGrant(grant, state, now, why);
        }

        RecountLedger();
    }

    private Approval Waiting(Actor actor)
    {
        var approval = Approvals.FirstOrDefault(a => a.DecidedAt is null) ?? throw new Refusal("Nothing waits for approval here any more.");
        return approval.AskedById == actor.StaffId
                ? throw new Refusal("You asked for this remedy yourself; somebody else has to approve it.")
            : Rights.Has(actor, Right.Lead) ? approval
            : throw new Refusal("Approving remedies is for team leads and above.");
    }

    private TimelineEntry FinishResolving(
        Actor actor,
        DateTime now,
        Resolution resolution,
        Statement said,
        State to,
        DeadlineBook book,
        string? message
    )
    {
        OnTheSpot = Cycle == 1 && AcknowledgedAt == now && LoggedAt == UtcMilliseconds.Cut(now); // one form, so one moment for all steps
        State = to;
        ProposalLapses(now);
        (Solution, Remedy, RemedyMinor, RemedyCurrency) = (
            resolution.Solution,
            resolution.Remedy,
            resolution.Amount?.Minor,
            resolution.Amount?.Currency
        );
        (RootCauseId, CorrectiveAction, CustomerAgreed, Outcome) = (
            resolution.RootCauseId,
            resolution.CorrectiveAction,
            resolution.CustomerAgreed,
            resolution.Outcome
        );
        (ResolvedAt, ResolvedById, WaitingSince, WaitingFor) = (now, actor.StaffId, null, null);
        NowDecidedBy(actor.StaffId);
        Stop(ClockName.Resolve, now);
        var say = resolution.Amount is { } amount
            ? new Sentence("Resolved by {0}: {1} of {2}", said.Channel, resolution.Remedy, amount.ToString())
            : new Sentence("Resolved by {0}: {1}", said.Channel, resolution.Remedy);
        return Said(EntryKind.Resolved, actor, now, say, said, said.Words, message);
    }
}
