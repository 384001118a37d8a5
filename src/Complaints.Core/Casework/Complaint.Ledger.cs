using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <content>
/// The remedy ledger: offered, approved, accepted or declined by the customer. Load the complaint's grants with their
/// payments, and its waiting approval, before any of these.
/// </content>
public sealed partial class Complaint
{
    /// <summary>The remedies granted on it, of all cycles.</summary>
    public List<Grant> Grants { get; private set; } = [];

    /// <summary>How many lines the ledger has, so that no verb works on a ledger that was not loaded.</summary>
    public int GrantCount { get; private set; }

    /// <summary>What was granted and stands, minor units; null when nothing is, or in several currencies.</summary>
    public long? GrantedMinor { get; private set; }
    public string? GrantedCurrency { get; private set; }

    /// <summary>UTC moment by which the next remedy is to be paid, delivered or answered; null when nothing is owed. In the past: late, and still owed.</summary>
    public DateTime? PaymentDueAt { get; private set; }

    /// <summary>
    /// Offers a remedy. Within the actor's limit it is approved at once; otherwise it waits for somebody else whose limit
    /// covers it, and <see cref="Grant.State"/> says so.
    /// </summary>
    /// <param name="remedy">Refund, replacement, compensation or goodwill.</param>
    /// <param name="amount">Null for a replacement or goodwill without money.</param>
    /// <param name="reason">Why. Required.</param>
    /// <param name="limit">What the actor may grant alone in that currency, see <see cref="Limits"/>; null when no limit is set.</param>
    /// <exception cref="Refusal">Something is missing, or the complaint was set beside.</exception>
    public Grant Offer(Actor actor, DateTime now, Remedy remedy, Money? amount, string reason, long? limit, DeadlineBook book)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why this is offered."));
        MayWork(actor);
        if (!LedgerRules.Counts(remedy))
        {
            throw new Refusal(new Sentence("Choose a refund, a replacement, a compensation or goodwill."), nameof(remedy));
        }

        if (State > State.Closed || Historic)
        {
            throw new Refusal(new Sentence("This complaint is {0}; nothing can be offered on it.", State));
        }

        var grant = Enter(actor, now, remedy, amount, why, limit, book, withResolution: false);
        Record(
            EntryKind.Remedy,
            actor,
            now,
            grant.State == GrantState.Waiting
                ? new Sentence("Offer that waits for approval: {0}", Phrase(grant))
                : new Sentence("Offered: {0}", Phrase(grant)),
            why
        );
        RecountLedger();
        return grant;
    }

    /// <summary>Changes what is offered. It is approved anew, by somebody who neither offered nor changed it, unless the actor's own limit covers it.</summary>
    /// <exception cref="Refusal">It was answered meanwhile, something is missing, or nothing is changed.</exception>
    public void ChangeOffer(
        Grant grant,
        Actor actor,
        DateTime now,
        Remedy remedy,
        Money? amount,
        string reason,
        long? limit,
        DeadlineBook book
    )
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why the offer changes."));
        May(grant, LedgerAct.Change, actor);
        Priced(remedy, amount);
        if (!LedgerRules.Counts(remedy))
        {
            throw new Refusal(new Sentence("Choose a refund, a replacement, a compensation or goodwill."), nameof(remedy));
        }

        if (remedy == grant.Remedy && amount == grant.Amount)
        {
            throw new Refusal(new Sentence("That is what is offered already."), nameof(amount));
        }

        var before = Phrase(grant);
        (grant.Remedy, grant.Minor, grant.Currency, grant.LateAt) = (remedy, amount?.Minor, amount?.Currency, null);
        grant.StandAlone(); // the resolution it came with was decided
        grant.Shape(actor.StaffId);
        Price(grant, actor, now, limit, book);
        Record(
            EntryKind.Remedy,
            actor,
            now,
            grant.State == GrantState.Waiting
                ? new Sentence("Offer changed from {0} to {1}; it waits for approval", before, Phrase(grant))
                : new Sentence("Offer changed from {0} to {1}", before, Phrase(grant)),
            why
        );
        RecountLedger();
    }

    /// <summary>Approves an offer that waits by itself. One that waits with a resolution is approved by <see cref="Approve"/>.</summary>
    /// <param name="limit">What the actor may grant alone in its currency; null when no limit is set.</param>
    /// <exception cref="Refusal">It waits no more, is one's own, or the limit does not cover it.</exception>
    public void ApproveOffer(Grant grant, Actor actor, DateTime now, long? limit, DeadlineBook book)
    {
        if (grant is { State: GrantState.Waiting, Request: not null })
        {
            throw new Refusal(new Sentence("This remedy waits together with the resolution and is approved with it."));
        }

        Approved(grant, actor, now, limit, book);
        RecountLedger();
    }

    /// <summary>Why the actor may not approve a remedy that waits here; null when they may. Changes nothing.</summary>
    /// <param name="limit">What the actor may grant alone in its currency; null when no limit is set.</param>
    /// <param name="more">What the actor is about to approve here besides, minor units of the same currency.</param>
    public Sentence? AgainstApproving(Grant grant, Actor actor, long? limit, long more = 0)
    {
        if (IsKeptFrom(actor.StaffId))
        {
            return actor.StaffId == ComplainedAboutId
                ? new Sentence("This complaint is about you; somebody else has to see to it.")
                : new Sentence("You decided this complaint before it was reopened; somebody else has to see to it.");
        }

        if (LedgerRules.Against(grant, LedgerAct.Approve, actor) is { } against)
        {
            return against;
        }

        var before = LedgerRules.GrantedBy(actor.StaffId, grant.Currency!, Grants, grant) + more;
        return LedgerRules.Covers(limit, grant.Minor!.Value, before) ? null
            : before > 0
                ? new Sentence(
                    "{0} and the {1} you granted here before are above your limit. It waits for the next person up the chain.",
                    grant.Amount.ToString(),
                    new Money(before, grant.Currency!).ToString()
                )
            : new Sentence("{0} is above your limit. It waits for the next person up the chain.", grant.Amount.ToString());
    }

    /// <summary>Does not approve an offer that waits by itself, with a reason.</summary>
    public void RefuseOffer(Grant grant, Actor actor, DateTime now, string reason)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why, so that the next offer fits."));
        May(grant, LedgerAct.Refuse, actor);
        EndGrant(grant, GrantState.Refused, now, why);
        Record(EntryKind.Approval, actor, now, new Sentence("Not approved: {0} of {1}", grant.Remedy, grant.Amount.ToString()), why);
        RecountLedger();
    }

    /// <summary>The customer says yes: from now on it is owed, by the day the house has set.</summary>
    public void AcceptOffer(Grant grant, Actor actor, DateTime now, string? words, DeadlineBook book)
    {
        May(grant, LedgerAct.Accept, actor);
        Accepted(grant, now, book);
        Record(
            EntryKind.Remedy,
            actor,
            now,
            new Sentence("Accepted by the customer: {0}, due {1}", Phrase(grant), grant.DueAt),
            string.IsNullOrWhiteSpace(words) ? null : words.Trim()
        );
        RecountLedger();
    }

    /// <summary>The customer says no.</summary>
    public void DeclineOffer(Grant grant, Actor actor, DateTime now, string reason)
    {
        var why = Required(reason, nameof(reason), new Sentence("Write down what the customer said to it."));
        May(grant, LedgerAct.Decline, actor);
        EndGrant(grant, GrantState.Declined, now, why);
        Record(EntryKind.Remedy, actor, now, new Sentence("Declined by the customer: {0}", Phrase(grant)), why);
        RecountLedger();
    }

    /// <summary>Nothing more is owed of it. What was paid stays paid.</summary>
    public void CancelGrant(Grant grant, Actor actor, DateTime now, string reason)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say why it is cancelled."));
        May(grant, LedgerAct.Cancel, actor);
        Cancel(grant, actor, now, why);
        RecountLedger();
    }
}
