using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>A customer in a list of matches.</summary>
/// <param name="Open">References and summaries of open complaints the reader may see, newest first; at most three.</param>
/// <param name="OpenCount">How many of them there are.</param>
/// <param name="Repeat">How often they complained of late.</param>
/// <param name="Twin">Id of another customer with the same phone, mail address or handle; null for none.</param>
public sealed record FoundCustomer(Customer Customer, int OpenCount, IReadOnlyList<FoundCase> Open, Repeat Repeat, long? Twin);

/// <summary>An open complaint in a list of matches.</summary>
public sealed record FoundCase(string Reference, string Summary);

/// <summary>Finding customers.</summary>
[Route("customers")]
public sealed class CustomersController(ComplaintsDb db, CustomerSearch search, Cases cases, Repeats repeats, Alike alike) : DeskController
{
    /// <summary>The search page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? q)
    {
        Allow();
        ViewData["q"] = q;
        return View("Customers", string.IsNullOrWhiteSpace(q) ? null : await FindAsync(q, 50));
    }

    /// <summary>Matches while typing.</summary>
    [HttpGet("matches")]
    public async Task<IActionResult> Matches(string? q)
    {
        Allow();
        return string.IsNullOrWhiteSpace(q) ? NoContent() : PartialView("_Matches", await FindAsync(q, 8));
    }

    private async Task<IReadOnlyList<FoundCustomer>> FindAsync(string q, int take)
    {
        var ids = await search.FindAsync(q, take);
        var customers = await db.Customers.AsNoTracking().Include(c => c.ContactPoints).Where(c => ids.Contains(c.Id)).ToListAsync();
        var open = await cases
            .Visible(db.Complaints.AsNoTracking().Where(c => c.IsOpen && ids.Contains(c.CustomerId)))
            .OrderByDescending(c => c.ReceivedAt)
            .Take(500)
            .Select(c => new
            {
                c.CustomerId,
                c.Reference,
                c.Summary,
            })
            .ToListAsync();
        var byCustomer = open.ToLookup(c => c.CustomerId, c => new FoundCase(c.Reference, c.Summary));
        var often = await repeats.OfAsync(ids);
        var twins = await alike.AmongAsync(customers);
        return
        [
            .. customers
                .Select(c => new FoundCustomer(
                    c,
                    byCustomer[c.Id].Count(),
                    [.. byCustomer[c.Id].Take(3)],
                    often[c.Id],
                    twins.TryGetValue(c.Id, out var twin) ? twin : null
                ))
                .OrderByDescending(c => c.OpenCount > 0)
                .ThenBy(c => c.Customer.Name, StringComparer.CurrentCultureIgnoreCase),
        ];
    }

    private void Allow()
    {
        if (!Me.May(Right.Read))
        {
            throw new NotHere();
        }
    }
}
