using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>What a customer bought, and the services they hold.</summary>
[Route("customers/{id:long}/purchases")]
public sealed class PurchasesController(ComplaintsDb db) : ProfilePages(db)
{
    /// <summary>One more.</summary>
    [HttpPost("")]
    public Task<IActionResult> Add(long id, PurchaseForm form) =>
        ChangeAsync(
            id,
            "purchase",
            customer =>
            {
                var (name, number, since, until) = Read(form);
                Db.Purchases.Add(
                    new Purchase
                    {
                        Customer = customer,
                        Name = name,
                        Number = number,
                        Since = since,
                        Until = until,
                    }
                );
            }
        );

    /// <summary>It is called otherwise, or ended.</summary>
    [HttpPost("{purchaseId:long}")]
    public Task<IActionResult> Update(long id, long purchaseId, PurchaseForm form) =>
        ChangeAsync(
            id,
            $"purchase-{purchaseId}",
            async _ =>
            {
                var held = await OneAsync(id, purchaseId);
                (held.Name, held.Number, held.Since, held.Until) = Read(form);
            }
        );

    /// <summary>It was never theirs.</summary>
    [HttpPost("{purchaseId:long}/removal")]
    public Task<IActionResult> Remove(long id, long purchaseId) =>
        ChangeAsync(id, "purchase", async _ => Db.Purchases.Remove(await OneAsync(id, purchaseId)));

    private async Task<Purchase> OneAsync(long id, long purchaseId) =>
        await Db.Purchases.FirstOrDefaultAsync(p => p.Id == purchaseId && p.CustomerId == id) ?? throw new NotHere();

    private static (string Name, string? Number, DateOnly? Since, DateOnly? Until) Read(PurchaseForm form)
    {
        var name = Needed(form.HeldName, 300, "HeldName", new Sentence("Say what they bought or hold."));
        var number = Fitting(form.HeldNumber, 100, "HeldNumber");
        var (since, until) = (Day(form.HeldSince, "HeldSince"), Day(form.HeldUntil, "HeldUntil"));
        return until < since
            ? throw new Refusal(new Sentence("It cannot have ended before it began. Correct one of the days."), "HeldUntil")
            : (name, number, since, until);
    }
}

/// <summary>What is typed about it.</summary>
public sealed class PurchaseForm
{
    public string? HeldName { get; set; }
    public string? HeldNumber { get; set; }

    /// <summary>Year, month and day with dashes.</summary>
    public string? HeldSince { get; set; }
    public string? HeldUntil { get; set; }
}
