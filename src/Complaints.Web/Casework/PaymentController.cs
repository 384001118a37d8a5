using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>What was paid or delivered of a remedy, and that the customer has it.</summary>
[Route("complaints/{reference}/remedies/{id:long}")]
public sealed class PaymentController : CaseController
{
    /// <summary>Enters a payment.</summary>
    /// <param name="paidOn">The day, <c>2026-11-23</c>.</param>
    /// <param name="paid">What the form knew to be paid, minor units: a form that is sent twice pays once.</param>
    [HttpPost("payments")]
    public Task<IActionResult> Create(
        string reference,
        long id,
        string? amount,
        string? paidOn,
        PayWay way,
        string? payRef,
        long? paid,
        string? back
    ) =>
        BackAsync(
            back,
            ChangeAsync(
                reference,
                RemedyController.Form(id),
                (complaint, book) =>
                {
                    var grant = RemedyController.Find(complaint, id);
                    if (paid is { } known && known != grant.PaidMinor)
                    {
                        throw new Refusal("A payment was entered meanwhile. Look at what is left, then enter yours.");
                    }

                    if (!DateOnly.TryParseExact(paidOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    {
                        throw new Refusal(new Sentence("Give the day on which it was paid."), nameof(paidOn));
                    }

                    var money = Money.Read(amount ?? "", grant.Currency ?? "", nameof(amount));
                    complaint.Pay(grant, Me.Actor, Now, money, day, way, payRef, book);
                    return Task.FromResult(
                        grant.State == GrantState.Paid
                            ? new Sentence("{0} is paid in full.", complaint.Reference)
                            : new Sentence("Entered; {0} is left to pay.", grant.Left.ToString())
                    );
                },
                mindsOthers: false // what others paid meanwhile is minded above
            )
        );

    /// <summary>A payment was entered wrongly.</summary>
    [HttpPost("payments/{payment:long}/reversal")]
    public Task<IActionResult> Reverse(string reference, long id, long payment, string? reason) =>
        ChangeAsync(
            reference,
            RemedyController.Form(id),
            (complaint, book) =>
            {
                var grant = RemedyController.Find(complaint, id);
                var wrong = grant.Payments.Find(p => p.Id == payment) ?? throw new NotHere();
                complaint.Reverse(grant, wrong, Me.Actor, Now, reason ?? "", book);
                return Task.FromResult(new Sentence("Reversed; {0} is left to pay.", grant.Left.ToString()));
            },
            mindsOthers: false
        );

    /// <summary>A remedy without money reached the customer.</summary>
    [HttpPost("delivery")]
    public Task<IActionResult> Deliver(string reference, long id, string? words, string? back) =>
        BackAsync(
            back,
            ChangeAsync(
                reference,
                RemedyController.Form(id),
                (complaint, _) =>
                {
                    complaint.Deliver(RemedyController.Find(complaint, id), Me.Actor, Now, words);
                    return Task.FromResult(new Sentence("Delivered."));
                },
                mindsOthers: false
            )
        );

    /// <summary>The customer says that the money arrived.</summary>
    [HttpPost("confirmation")]
    public Task<IActionResult> Confirm(string reference, long id, string? words, string? back) =>
        BackAsync(
            back,
            ChangeAsync(
                reference,
                RemedyController.Form(id),
                (complaint, _) =>
                {
                    complaint.ConfirmPaid(RemedyController.Find(complaint, id), Me.Actor, Now, words);
                    return Task.FromResult(new Sentence("Confirmed: the customer has it."));
                },
                mindsOthers: false
            )
        );
}
