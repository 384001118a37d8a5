using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>The steps of the work.</content>
public sealed partial class Complaint
{
    /// <summary>Logs a complaint: fixes the policy and starts the clocks at receipt.</summary>
    /// <exception cref="Refusal">Nothing about what happened, or received in the future.</exception>
    public static Complaint Log(LogFacts facts, string reference, Actor actor, DateTime now, DeadlineBook book)
    {
        var what = Required(facts.WhatHappened, nameof(facts.WhatHappened), new Sentence("Write down what happened."));
        if (facts.ReceivedAt > now)
        {
            throw new Refusal(new Sentence("It cannot have been received in the future. Choose now or earlier."), nameof(facts.ReceivedAt));
        }

        var complaint = new Complaint
        {
            Reference = reference,
            CustomerId = facts.Customer.Id,
            Customer = facts.Customer,
            Tier = facts.Customer.Tier,
            Channel = facts.Channel,
            ReceivedAt = UtcMilliseconds.Cut(facts.ReceivedAt),
            LoggedAt = UtcMilliseconds.Cut(now),
            LoggedById = actor.StaffId,
            ProofOfChannel = facts.ProofOfChannel,
            Summary = SummaryOf(facts.Summary, what),
            WhatHappened = what,
            DesiredOutcome = facts.DesiredOutcome,
            UnitId = facts.UnitId,
            CategoryId = facts.CategoryId,
            Severity = facts.Severity,
            Public = facts.Public,
            DisputeMinor = facts.AmountInDispute?.Minor,
            DisputeCurrency = facts.AmountInDispute?.Currency,
            ComplainedAboutId = facts.ComplainedAboutId,
            AffectedPerson = facts.AffectedPerson,
            Authority = facts.Authority,
            Need = facts.Need,
            Stage = facts.Stage,
            Technical = facts.Technical,
            OnSite = facts.OnSite,
            Paid = facts.Paid,
            SubmissionKey = facts.SubmissionKey,
            Historic = facts.Historic,
            LastHeardAt = UtcMilliseconds.Cut(facts.ReceivedAt),
        };
        var entry = complaint.Record(
            EntryKind.Logged,
            actor,
            now,
            new Sentence("Complaint logged, received by {0}", facts.Channel),
            what,
            facts.Channel
        );
        complaint.Cause(Trigger.CustomerWords, entry);
        if (facts.Customer.Tier == Tier.Diamond && complaint.Weight == Severity.Critical)
        {
            complaint.Cause(Trigger.DiamondCritical, entry);
        }

        complaint.StartClocks(book, now);
        return complaint;
    }

    /// <summary>The customer knows that we have it and who looks after it.</summary>
    public TimelineEntry Acknowledge(Actor actor, DateTime now, Statement said, DeadlineBook book, string? message = null)
    {
        var words = Required(said.Words, nameof(said.Words), new Sentence("Write down what was said or sent."));
        State = Lifecycle.Row(State, Verb.Acknowledge, actor).To;
        AcknowledgedAt = now;
        Stop(ClockName.Acknowledge, now);
        StartRegimeClocks(book, RegimeStart.Acknowledged, now, now);
        return Said(EntryKind.Acknowledged, actor, now, new Sentence("Acknowledged by {0}", said.Channel), said, words, message);
    }

    /// <summary>We are sorry, and say for what.</summary>
    public TimelineEntry Apologize(Actor actor, DateTime now, Apology apology, Statement said, string? message = null)
    {
        var words = Required(said.Words, nameof(said.Words), new Sentence("Write down the words of the apology."));
        var shortfall = apology.NoFaultFound
            ? null
            : Required(
                apology.Shortfall,
                nameof(apology.Shortfall),
                new Sentence("Name the shortfall we own up to, or mark “no fault found so far”.")
            );
        State = Lifecycle.Row(State, Verb.Apologize, actor).To;
        ApologizedAt = now;
        Stop(ClockName.Apologize, now);
        var say = shortfall is null
            ? new Sentence("Apologized by {0}: regret for the experience, no fault found so far", said.Channel)
            : new Sentence("Apologized by {0} for: {1}", said.Channel, shortfall);
        return Said(EntryKind.Apologized, actor, now, say, said, words, message);
    }

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
        if (AwaitingApproval)
        {
            throw new Refusal("A remedy is already waiting for approval. Wait for the answer, or withdraw the request first.");
        }

        if (resolution.Amount is { Minor: > 0 } amount && (limit is null || amount.Minor > limit))
        {
            AwaitingApproval = true;
            Approvals.Add(Approval.Ask(resolution with { Solution = solution }, said with { Words = words }, actor, now));
            return Record(
                EntryKind.Approval,
                actor,
                now,
                new Sentence("Asked for approval: {0} of {1}", resolution.Remedy, amount.ToString()),
                words
            );
        }

        return FinishResolving(actor, now, resolution with { Solution = solution }, said with { Words = words }, to, book, message);
    }

    /// <summary>Grants the waiting remedy; the resolution is then done by whoever asked, as of now.</summary>
    /// <exception cref="Refusal">Nothing waits, it is one's own, or the limit does not cover it.</exception>
    public TimelineEntry Approve(Actor actor, DateTime now, long? limit, DeadlineBook book, string? message = null)
    {
        var approval = Waiting(actor);
        if (limit is null || approval.Minor > limit)
        {
            throw new Refusal(
                new Sentence("{0} is above your limit. It waits for the next person up the chain.", approval.Amount.ToString())
            );
        }

        approval.Decide(actor, now, granted: true, null);
        AwaitingApproval = false;
        Record(EntryKind.Approval, actor, now, new Sentence("Approved: {0} of {1}", approval.Remedy, approval.Amount.ToString()));
        return FinishResolving(
            actor,
            now,
            approval.Resolution,
            approval.Statement,
            Lifecycle.Row(State, Verb.Resolve, actor).To,
            book,
            message
        );
    }

    /// <summary>Declines the waiting remedy with a reason; the complaint stays where it is.</summary>
    public TimelineEntry Decline(Actor actor, DateTime now, string reason)
    {
        var approval = Waiting(actor);
        var why = Required(reason, nameof(reason), new Sentence("Say why, so that the next offer fits."));
        approval.Decide(actor, now, granted: false, why);
        AwaitingApproval = false;
        return Record(
            EntryKind.Approval,
            actor,
            now,
            new Sentence("Not approved: {0} of {1}", approval.Remedy, approval.Amount.ToString()),
            why
        );
    }

    /// <summary>The customer is asked whether it is solved.</summary>
    public TimelineEntry AskForSatisfaction(Actor actor, DateTime now, Channel channel, string? message = null)
    {
        State = Lifecycle.Row(State, Verb.FollowUp, actor).To;
        return Record(
            EntryKind.FollowUpAsked,
            actor,
            now,
            new Sentence("Asked whether it is solved, by {0}", channel),
            null,
            channel,
            message: message
        );
    }

    /// <summary>The follow-up begins without a mail: by a call task, by the customer's own answer, or not at all because nobody is to be asked.</summary>
    public TimelineEntry StartFollowUp(Actor actor, DateTime now, Sentence say)
    {
        State = Lifecycle.Row(State, Verb.FollowUp, actor).To;
        return Record(EntryKind.FollowUpAsked, actor, now, say);
    }

    /// <summary>Closes it; all house clocks end.</summary>
    public TimelineEntry Close(Actor actor, DateTime now, Outcome outcome, Sentence why)
    {
        State = Lifecycle.Row(State, Verb.Close, actor).To;
        Outcome = outcome;
        ClosedAt = now;
        IsOpen = false;
        EndHouseClocks(now);
        return Record(EntryKind.Closed, actor, now, new Sentence("Closed, {0}: {1}", outcome, why));
    }

    /// <summary>
    /// Back to work in a new cycle with half the resolution target. Acknowledgement and apology are not owed again. It
    /// counts as a recurrence and escalates one level; on the spot no longer counts when it comes within 14 days.
    /// </summary>
    public TimelineEntry Reopen(Actor actor, DateTime now, string reason, DeadlineBook book)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why it is reopened."));
        State = Lifecycle.Row(State, Verb.Reopen, actor).To;
        OnTheSpot = OnTheSpot && now - ResolvedAt > TimeSpan.FromDays(14);
        (IsOpen, ClosedAt, ResolvedAt, CustomerAgreed) = (true, null, null, null);
        Cycle++;
        RestartResolution(book, now);
        var entry = Record(EntryKind.Reopened, actor, now, new Sentence("Reopened"), why);
        Cause(Cycle > 2 ? Trigger.ReopenedAgain : Trigger.Reopened, entry);
        return entry;
    }

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

        State = to;
        (DuplicateOfId, ProposedById) = (duplicateOf, null);
        (IsOpen, ClosedAt, AwaitingApproval, WaitingSince, WaitingFor) = (false, now, false, null, null);
        EndHouseClocks(now);
        if (verb is Verb.MarkDuplicate or Verb.DismissAsNoComplaint)
        {
            EndRegimeClocks(now);
        }

        return Record(EntryKind.SetBeside, actor, now, new Sentence("{0}", State), why);
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

        ProposedById = null;
        return Record(EntryKind.Approval, actor, now, new Sentence("It is a complaint and goes on"), why);
    }

    /// <summary>Takes back one's own request for approval, so that another solution can be entered.</summary>
    public TimelineEntry WithdrawRequest(Actor actor, DateTime now)
    {
        var approval =
            Approvals.FirstOrDefault(a => a.DecidedAt is null && AwaitingApproval)
            ?? throw new Refusal("Nothing waits for approval here any more.");
        approval.Decide(actor, now, granted: false, null);
        AwaitingApproval = false;
        return Record(
            EntryKind.Approval,
            actor,
            now,
            new Sentence("Request for approval withdrawn: {0} of {1}", approval.Remedy, approval.Amount.ToString())
        );
    }

    private Approval Waiting(Actor actor)
    {
        var approval =
            Approvals.FirstOrDefault(a => a.DecidedAt is null && AwaitingApproval)
            ?? throw new Refusal("Nothing waits for approval here any more.");
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
        Stop(ClockName.Resolve, now);
        var say = resolution.Amount is { } amount
            ? new Sentence("Resolved by {0}: {1} of {2}", said.Channel, resolution.Remedy, amount.ToString())
            : new Sentence("Resolved by {0}: {1}", said.Channel, resolution.Remedy);
        return Said(EntryKind.Resolved, actor, now, say, said, said.Words, message);
    }

    private static string SummaryOf(string? given, string what)
    {
        var line = string.IsNullOrWhiteSpace(given) ? what.ReplaceLineEndings(" ") : given.Trim().ReplaceLineEndings(" ");
        if (line.Length <= 120)
        {
            return line;
        }

        var cut = char.IsHighSurrogate(line[118]) ? 118 : 119;
        return line[..cut] + "…";
    }
}
