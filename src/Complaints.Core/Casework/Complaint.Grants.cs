using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;

namespace Complaints.Casework;

/// <content>How lines of the remedy ledger come about, stand and end; the verbs are in Complaint.Ledger.cs and Complaint.Payments.cs.</content>
public sealed partial class Complaint
{
    /// <summary>The remedies of a resolution enter the ledger; waiting when the actor's limit does not cover them. Null when it costs nothing.</summary>
    private Grant? EnterResolution(Actor actor, DateTime now, Resolution resolution, long? limit, DeadlineBook book)
    {
        var amount = resolution.Amount is { Minor: > 0 } given ? given : (Money?)null;
        if (
            !LedgerRules.Counts(resolution.Remedy)
            || (amount is null && resolution.Remedy is Casework.Remedy.Refund or Casework.Remedy.Compensation)
        )
        {
            return null; // nothing is owed, not even when somebody typed 0.00
        }

        MayWork(actor);
        var grant = Enter(actor, now, resolution.Remedy, amount, resolution.Solution, limit, book, withResolution: true);
        RecountLedger();
        return grant;
    }

    /// <summary>What is said of the ledger once the resolution is done, and the customer's yes where it was given with it.</summary>
    private void SayGranted(Grant grant, Actor actor, DateTime now, bool? agreed, DeadlineBook book)
    {
        if (agreed == true)
        {
            Accepted(grant, now, book);
        }

        Record(
            EntryKind.Remedy,
            actor,
            now,
            agreed == true
                ? new Sentence("Accepted by the customer: {0}, due {1}", Phrase(grant), grant.DueAt)
                : new Sentence("Offered: {0}", Phrase(grant))
        );
        RecountLedger();
    }

    private void Approved(Grant grant, Actor actor, DateTime now, long? limit, DeadlineBook book)
    {
        LedgerIsHere();
        if (AgainstApproving(grant, actor, limit) is { } against)
        {
            throw new Refusal(against);
        }

        Standing(grant, actor, now, book);
        Record(EntryKind.Approval, actor, now, new Sentence("Approved: {0} of {1}", grant.Remedy, grant.Amount.ToString()));
    }

    private Grant Enter(
        Actor actor,
        DateTime now,
        Remedy remedy,
        Money? amount,
        string reason,
        long? limit,
        DeadlineBook book,
        bool withResolution
    )
    {
        LedgerIsHere();
        Priced(remedy, amount);
        var grant = new Grant
        {
            Remedy = remedy,
            Minor = amount?.Minor,
            Currency = amount?.Currency,
            Reason = reason,
            WithResolution = withResolution,
            Cycle = Cycle,
            OfferedById = actor.StaffId,
            OfferedByName = actor.Name,
            OfferedAt = now,
        };
        grant.Shape(actor.StaffId);
        Price(grant, actor, now, limit, book);
        Grants.Add(grant);
        return grant;
    }

    /// <summary>Stands at once, or waits: an amount needs a limit that covers it, and all the actor granted here before.</summary>
    private void Price(Grant grant, Actor actor, DateTime now, long? limit, DeadlineBook book)
    {
        if (
            grant.Amount is { } amount
            && !LedgerRules.Covers(limit, amount.Minor, LedgerRules.GrantedBy(actor.StaffId, amount.Currency, Grants, grant))
        )
        {
            (grant.ApprovedById, grant.ApprovedByName, grant.ApprovedAt, grant.DueAt) = (null, null, null, null);
            grant.Now(GrantState.Waiting);
            return;
        }

        Standing(grant, actor, now, book);
    }

    private void Standing(Grant grant, Actor actor, DateTime now, DeadlineBook book)
    {
        (grant.ApprovedById, grant.ApprovedByName, grant.ApprovedAt) = (actor.StaffId, actor.Name, now);
        grant.DueAt = PayBy(now, book);
        grant.Now(GrantState.Offered);
    }

    private void Accepted(Grant grant, DateTime now, DeadlineBook book)
    {
        (grant.AcceptedAt, grant.DueAt, grant.LateAt) = (now, PayBy(now, book), null);
        grant.Now(GrantState.Accepted);
    }

    private void Cancel(Grant grant, Actor actor, DateTime now, string why)
    {
        EndGrant(grant, GrantState.Cancelled, now, why);
        Record(
            EntryKind.Remedy,
            actor,
            now,
            grant.PaidMinor > 0
                ? new Sentence(
                    "Cancelled: {0}, of which {1} was paid",
                    Phrase(grant),
                    new Money(grant.PaidMinor, grant.Currency!).ToString()
                )
                : new Sentence("Cancelled: {0}", Phrase(grant)),
            why
        );
    }

    private static void EndGrant(Grant grant, GrantState state, DateTime now, string why)
    {
        (grant.SettledAt, grant.EndReason) = (now, why.Length <= 3990 ? why : why[..3990]);
        grant.Now(state);
    }

    private DateTime PayBy(DateTime now, DeadlineBook book) =>
        new Target(book.PayWithin, TargetUnit.WorkingDays).DueFrom(now, book.Calendar(book.Unit(UnitId).CalendarId));

    private void May(Grant grant, LedgerAct act, Actor actor)
    {
        LedgerIsHere();
        NotAboutThem(actor);
        if (LedgerRules.Against(grant, act, actor) is { } why)
        {
            throw new Refusal(why);
        }
    }

    private void MayWork(Actor actor)
    {
        NotAboutThem(actor);
        if (!Rights.Has(actor, Right.Work))
        {
            throw new Refusal(new Sentence("Offering remedies is for those who work on complaints."));
        }
    }

    private static void Priced(Remedy remedy, Money? amount)
    {
        if (amount is null ? remedy is Casework.Remedy.Refund or Casework.Remedy.Compensation : amount.Value.Minor <= 0)
        {
            throw new Refusal(new Sentence("Give the amount of the {0}.", remedy), nameof(amount));
        }
    }

    /// <summary>What a remedy is, as a phrase.</summary>
    internal static Sentence Phrase(Grant grant) => CaseMail.RemedyPhrase(grant.Remedy, grant.Amount);

    private void LedgerIsHere()
    {
        if (Grants.Count != GrantCount)
        {
            throw new InvalidOperationException($"{Reference}: load the remedy ledger before changing it.");
        }
    }

    private void RecountLedger()
    {
        GrantCount = Grants.Count;
        PaymentDueAt = Grants.Where(g => g.IsOwed).Min(g => g.DueAt);
        AwaitingApproval = Grants.Exists(g => g.State == GrantState.Waiting);
        var standing = Grants.Where(g => g.StandingMinor > 0).GroupBy(g => g.Currency!, StringComparer.Ordinal).ToList();
        var one = standing is [var only] ? only : null;
        (GrantedMinor, GrantedCurrency) = (one?.Sum(g => g.StandingMinor), one?.Key);
    }
}
