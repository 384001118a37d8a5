using System.Globalization;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;

namespace Complaints.Casework;

/// <content>The remedy ledger from the customer's yes to the money: paid in parts, reversed, delivered, confirmed, late.</content>
public sealed partial class Complaint
{
    /// <summary>Enters a payment, the whole or a part.</summary>
    /// <param name="amount">In the remedy's own currency, never more than is left.</param>
    /// <param name="paidOn">The day in the books; not in the future and not before the complaint.</param>
    /// <param name="reference">What it can be found by at the bank; may be empty.</param>
    /// <exception cref="Refusal">Not accepted, too much, another currency, or no such day.</exception>
    public Payment Pay(
        Grant grant,
        Actor actor,
        DateTime now,
        Money amount,
        DateOnly paidOn,
        PayWay way,
        string? reference,
        DeadlineBook book
    )
    {
        May(grant, LedgerAct.Pay, actor);
        var left = grant.Left!.Value;
        if (amount.Currency != left.Currency)
        {
            throw new Refusal(new Sentence("This remedy is in {0}. Enter what was paid in {0}.", left.Currency), nameof(amount));
        }

        if (amount.Minor <= 0 || amount.Minor > left.Minor)
        {
            throw new Refusal(new Sentence("{0} is left to pay. Enter that or a part of it.", left.ToString()), nameof(amount));
        }

        CheckDay(actor, now, paidOn, book);
        var text = reference?.Trim();
        if (text?.Length > 100)
        {
            throw new Refusal(new Sentence("A payment reference has up to {0} characters.", 100), nameof(reference));
        }

        var payment = new Payment
        {
            Minor = amount.Minor,
            Currency = amount.Currency,
            PaidOn = paidOn,
            Way = way,
            Reference = string.IsNullOrEmpty(text) ? null : text,
            EnteredAt = now,
            EnteredById = actor.StaffId,
            EnteredByName = actor.Name,
        };
        grant.Payments.Add(payment);
        grant.PaidMinor += amount.Minor;
        if (grant.PaidMinor == grant.Minor)
        {
            grant.SettledAt = now;
            grant.Now(GrantState.Paid);
        }

        var day = paidOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Record(
            EntryKind.Remedy,
            actor,
            now,
            grant.State == GrantState.Paid
                ? new Sentence("Paid in full: {0} on {1} by {2}", amount.ToString(), day, way)
                : new Sentence("Paid in part: {0} on {1} by {2}; {3} is left", amount.ToString(), day, way, grant.Left.ToString()),
            payment.Reference
        );
        RecountLedger();
        return payment;
    }

    /// <summary>
    /// A payment was entered wrongly: an entry of its own takes it off. What is owed again is due within a working day at
    /// the earliest, so that putting a slip right raises no alarm.
    /// </summary>
    /// <exception cref="Refusal">It was reversed already, or is a reversal itself.</exception>
    public Payment Reverse(Grant grant, Payment payment, Actor actor, DateTime now, string reason, DeadlineBook book)
    {
        var why = Required(reason, nameof(reason), new Sentence("Say what was wrong with the payment."));
        May(grant, LedgerAct.Reverse, actor);
        if (payment.Minor < 0 || grant.Payments.Exists(p => p.Reverses == payment))
        {
            throw new Refusal("This payment was reversed already.");
        }

        var reversal = new Payment
        {
            Minor = -payment.Minor,
            Currency = payment.Currency,
            PaidOn = payment.PaidOn,
            Way = payment.Way,
            Reference = payment.Reference,
            EnteredAt = now,
            EnteredById = actor.StaffId,
            EnteredByName = actor.Name,
            Reverses = payment,
            Reason = why.Length <= 990 ? why : why[..990],
        };
        grant.Payments.Add(reversal);
        grant.PaidMinor -= payment.Minor;
        if (grant.State is GrantState.Paid or GrantState.Confirmed)
        {
            grant.SettledAt = null;
            grant.Now(GrantState.Accepted);
        }

        if (grant.IsOwed)
        {
            var soon = new Target(1, TargetUnit.WorkingDays).DueFrom(now, book.Calendar(book.Unit(UnitId).CalendarId));
            (grant.DueAt, grant.LateAt) = (grant.DueAt > soon ? grant.DueAt : soon, null);
        }

        Record(
            EntryKind.Remedy,
            actor,
            now,
            new Sentence("Payment of {0} was entered wrongly and is reversed", payment.Amount.ToString()),
            why
        );
        RecountLedger();
        return reversal;
    }

    /// <summary>A remedy without money reached the customer.</summary>
    public void Deliver(Grant grant, Actor actor, DateTime now, string? words)
    {
        May(grant, LedgerAct.Deliver, actor);
        grant.SettledAt = now;
        grant.Now(GrantState.Delivered);
        Record(
            EntryKind.Remedy,
            actor,
            now,
            new Sentence("Delivered: {0}", Phrase(grant)),
            string.IsNullOrWhiteSpace(words) ? null : words.Trim()
        );
        RecountLedger();
    }

    /// <summary>The customer says that the money arrived.</summary>
    public void ConfirmPaid(Grant grant, Actor actor, DateTime now, string? words)
    {
        May(grant, LedgerAct.Confirm, actor);
        grant.Now(GrantState.Confirmed);
        Record(
            EntryKind.Remedy,
            actor,
            now,
            new Sentence("The customer has it: {0}", Phrase(grant)),
            string.IsNullOrWhiteSpace(words) ? null : words.Trim()
        );
        RecountLedger();
    }

    /// <summary>Its day has come and it is still owed: on the timeline, and a reason to escalate, once for each day it was given.</summary>
    public void FindLate(Grant grant, DateTime now)
    {
        grant.LateAt = now;
        var say =
            grant.State == GrantState.Offered ? new Sentence("No answer of the customer in time: {0}, due {1}", Phrase(grant), grant.DueAt)
            : grant.IsMoney ? new Sentence("Not paid in time: {0}, due {1}", Phrase(grant), grant.DueAt)
            : new Sentence("Not delivered in time: {0}, due {1}", Phrase(grant), grant.DueAt);
        Cause(Trigger.PaymentLate, Record(EntryKind.Remedy, Actor.System, now, say));
    }

    /// <summary>The complaint ends while something is owed: nobody shall read it as settled.</summary>
    private void SayStillOwed(Actor actor, DateTime now)
    {
        if (PaymentDueAt is { } due)
        {
            Record(
                EntryKind.Remedy,
                actor,
                now,
                new Sentence("A remedy is still owed, due {0}. It stays on the list of what is to be paid.", due)
            );
        }
    }

    /// <summary>A resolution that is taken back takes its remedies along, as far as nothing was paid.</summary>
    private void TakeBackGrants(Actor actor, DateTime now, Sentence why)
    {
        LedgerIsHere();
        foreach (
            var grant in Grants
                .Where(g => g.WithResolution && g.Cycle == Cycle && (g.IsOwed || g.State == GrantState.Waiting) && g.PaidMinor == 0)
                .ToList()
        )
        {
            Cancel(grant, actor, now, Tongue.Say(actor.Reader, new Sentence("“{0}” taken back: {1}", Verb.Resolve, why)));
        }

        RecountLedger();
    }

    private void CheckDay(Actor actor, DateTime now, DateOnly paidOn, DeadlineBook book)
    {
        var calendar = book.Calendar(book.Unit(UnitId).CalendarId);
        var (here, there) = (calendar.DateOf(now), DateOnly.FromDateTime(actor.Reader.Local(now)));
        if (paidOn > (here > there ? here : there))
        {
            throw new Refusal(new Sentence("It cannot have been paid in the future. Enter it when it is paid."), "paidOn");
        }

        if (paidOn < calendar.DateOf(ReceivedAt))
        {
            throw new Refusal(new Sentence("It cannot have been paid before the complaint was received."), "paidOn");
        }
    }
}
