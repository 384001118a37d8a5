using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>A customer's tier.</summary>
[Route("customers/{id:long}/tier")]
public sealed class TierController(ComplaintsDb db, Cases cases, DeadlineBooks books) : ProfilePages(db, cases)
{
    /// <summary>Another tier, with the reason. Open complaints get tighter deadlines, never looser ones.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Change(long id, Tier tier, string? reason, long version)
    {
        var customer = await FindAsync(id, Right.Work);
        return await TryAsync(
            async () =>
            {
                Expect(customer, version);
                var why = Fitting(reason, 1000, "reason") ?? throw new Refusal(new Sentence("Say why the tier changes."), "reason");
                if (customer.Tier == tier)
                {
                    throw new Refusal(new Sentence("The tier is {0} already.", tier), "tier");
                }

                (customer.Tier, customer.TierReason, customer.TierChangedAt, customer.TierChangedBy) = (tier, why, Now, Me.Member.Name);
                var book = await books.OpenAsync(Db);
                var open = await Db
                    .Complaints.Include(c => c.Clocks)
                        .ThenInclude(k => k.Pauses)
                    .AsSplitQuery()
                    .Where(c => c.CustomerId == id && c.IsOpen && !c.Historic)
                    .ToListAsync();
                open.ForEach(c => c.ChangeTier(Me.Actor, Now, tier, book));
                return await SavedAsync(id);
            },
            () => ShowAsync(customer, ProfileForm.Of(customer), reason: reason)
        );
    }
}
