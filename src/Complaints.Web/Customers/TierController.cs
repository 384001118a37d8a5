using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>A customer's tier.</summary>
[Route("customers/{id:long}/tier")]
public sealed class TierController(ComplaintsDb db, DeadlineBooks books) : ProfilePages(db)
{
    /// <summary>Another tier, with the reason. Open complaints get tighter deadlines, never looser ones.</summary>
    [HttpPost("")]
    public Task<IActionResult> Change(long id, Tier tier, string? reason, long version) =>
        ChangeAsync(
            id,
            "tier",
            async customer =>
            {
                Expect(customer, version);
                var why = Needed(reason, 1000, "reason", new Sentence("Say why the tier changes."));
                if (customer.Tier == tier)
                {
                    throw new Refusal(new Sentence("The tier is {0} already.", tier), "tier");
                }

                Db.TierChanges.Add(
                    new TierChange
                    {
                        CustomerId = id,
                        At = Now,
                        By = Me.Member.Name,
                        Before = customer.Tier,
                        After = tier,
                        Why = why,
                    }
                );
                (customer.Tier, customer.TierReason, customer.TierChangedAt, customer.TierChangedBy) = (tier, why, Now, Me.Member.Name);
                var book = await books.OpenAsync(Db);
                var open = await Db
                    .Complaints.Include(c => c.Clocks)
                        .ThenInclude(k => k.Pauses)
                    .AsSplitQuery()
                    .Where(c => c.CustomerId == id && c.IsOpen && !c.Historic)
                    .ToListAsync();
                open.ForEach(c => c.ChangeTier(Me.Actor, Now, tier, book));
            }
        );
}
