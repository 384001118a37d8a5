using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>A remedy of a complaint from the offer to the customer's answer.</summary>
[Route("complaints/{reference}/remedies")]
public sealed class RemedyController(Enclosures enclosures, Complaints.Words.House house) : ApprovingController(enclosures)
{
    /// <summary>Offers one.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(string reference, OfferForm form) =>
        ChangeAsync(
            reference,
            "offer",
            async (complaint, book) =>
            {
                var amount = form.Read(await house.CurrencyAsync());
                var limit = await LimitAsync(complaint, amount?.Currency);
                var grant = complaint.Offer(Me.Actor, Now, form.Remedy, amount, form.Reason ?? "", limit, book);
                return await SaidAsync(complaint, grant, form.Reason!);
            },
            mindsOthers: false
        );

    /// <summary>Changes what is offered.</summary>
    [HttpPost("{id:long}/change")]
    public Task<IActionResult> Update(string reference, long id, OfferForm form) =>
        ChangeAsync(
            reference,
            Form(id),
            async (complaint, book) =>
            {
                var grant = Find(complaint, id);
                var amount = form.Read(grant.Currency ?? await house.CurrencyAsync());
                var limit = await LimitAsync(complaint, amount?.Currency);
                complaint.ChangeOffer(grant, Me.Actor, Now, form.Remedy, amount, form.Reason ?? "", limit, book);
                return await SaidAsync(complaint, grant, form.Reason!);
            }
        );

    /// <summary>Approves or does not approve one that waits by itself.</summary>
    [HttpPost("{id:long}/approval")]
    public Task<IActionResult> Approve(string reference, long id, string? decision, string? reason) =>
        ChangeAsync(
            reference,
            Form(id),
            async (complaint, book) =>
            {
                var grant = Find(complaint, id);
                if (decision == "approve")
                {
                    return await ApproveAsync(complaint, book, grant);
                }

                complaint.RefuseOffer(grant, Me.Actor, Now, reason ?? "");
                return new Sentence("Not approved; whoever asked sees why.");
            },
            Right.Lead,
            mindsOthers: false
        );

    /// <summary>The customer's answer: yes or no.</summary>
    [HttpPost("{id:long}/answer")]
    public Task<IActionResult> Answer(string reference, long id, string? answer, string? words, string? back) =>
        BackAsync(
            back,
            ChangeAsync(
                reference,
                Form(id),
                (complaint, book) =>
                {
                    var grant = Find(complaint, id);
                    if (answer == "no")
                    {
                        complaint.DeclineOffer(grant, Me.Actor, Now, words ?? "");
                        return Task.FromResult(new Sentence("Declined; nothing is owed of it."));
                    }

                    complaint.AcceptOffer(grant, Me.Actor, Now, words, book);
                    return Task.FromResult(new Sentence("Accepted; to be settled by {0}.", grant.DueAt));
                },
                mindsOthers: false
            )
        );

    /// <summary>Nothing more is owed of it.</summary>
    [HttpPost("{id:long}/cancellation")]
    public Task<IActionResult> Delete(string reference, long id, string? reason) =>
        ChangeAsync(
            reference,
            Form(id),
            (complaint, _) =>
            {
                complaint.CancelGrant(Find(complaint, id), Me.Actor, Now, reason ?? "");
                return Task.FromResult(new Sentence("Cancelled."));
            }
        );

    /// <summary>Name of the forms of one remedy.</summary>
    internal static string Form(long id) => "grant-" + id.ToString(CultureInfo.InvariantCulture);

    internal static Grant Find(Complaint complaint, long id) => complaint.Grants.Find(g => g.Id == id) ?? throw new NotHere();

    private async Task<Sentence> SaidAsync(Complaint complaint, Grant grant, string reason)
    {
        if (grant.State != GrantState.Waiting)
        {
            return new Sentence("Offered. Enter the customer's answer when you have it.");
        }

        var asked = await ApprovalMail.WriteAsync(HttpContext.RequestServices, complaint, grant, reason, Me.Member, Now);
        return asked is null
            ? new Sentence("Waiting for approval. Nobody up the chain has a limit that covers it: tell your manager.")
            : new Sentence("Waiting for approval by {0}.", asked.Name);
    }
}

/// <summary>What is typed to offer a remedy.</summary>
public sealed record OfferForm
{
    public Remedy Remedy { get; init; }
    public string? Amount { get; init; }
    public string? Currency { get; init; }
    public string? Reason { get; init; }

    /// <summary>The amount; null when none was typed.</summary>
    /// <exception cref="Refusal">It cannot be read.</exception>
    public Money? Read(string currency) =>
        string.IsNullOrWhiteSpace(Amount)
            ? null
            : Money.Read(Amount, string.IsNullOrWhiteSpace(Currency) ? currency : Currency, nameof(Amount));
}
