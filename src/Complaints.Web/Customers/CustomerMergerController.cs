using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>Two customers who are one, or are not.</summary>
[Route("customers/{id:long}")]
public sealed class CustomerMergerController(ComplaintsDb db, CustomerMerging merging, Repeats repeats) : ProfilePages(db)
{
    /// <summary>Both side by side; without another one, where to look for them.</summary>
    /// <param name="id">Whose profile one came from.</param>
    /// <param name="with">The other.</param>
    [HttpGet("merger")]
    public async Task<IActionResult> Compare(long id, long? with)
    {
        var one = await FindAsync(id, Right.Work);
        return View("Merger", await PageAsync(one, with is { } other && other != id ? await FindAsync(other, Right.Work) : null));
    }

    /// <summary>They are one; whoever was chosen goes on.</summary>
    [HttpPost("merger")]
    public async Task<IActionResult> Merge(long id, long with, long survivor)
    {
        var (one, other) = (await FindAsync(id, Right.Work), await FindAsync(with, Right.Work));
        return await TryAsync(
            async () =>
            {
                if (survivor != id && survivor != with)
                {
                    throw new Refusal(new Sentence("Choose which profile goes on."), "survivor");
                }

                await merging.MergeAsync(survivor == id ? with : id, survivor, Me.Actor, Now);
                Flash("The two are one now. Undo stands on the profile for 30 days.");
                return ToProfile(survivor);
            },
            async () => View("Merger", await PageAsync(one, other))
        );
    }

    /// <summary>They are two after all.</summary>
    [HttpPost("mergers/{mergerId:long}/undo")]
    public async Task<IActionResult> Undo(long id, long mergerId)
    {
        var customer = await FindAsync(id, Right.Work);
        if (!await Db.CustomerMergers.AnyAsync(m => m.Id == mergerId && m.SurvivorId == id))
        {
            throw new NotHere();
        }

        return await TryAsync(
            async () =>
            {
                await merging.UndoAsync(mergerId, Me.Actor, Now);
                Flash("They are two again. What came meanwhile stayed here.");
                return ToProfile(id);
            },
            () => AgainAsync(customer, "undo")
        );
    }

    /// <summary>They only look alike: not proposed again.</summary>
    [HttpPost("apart")]
    public async Task<IActionResult> Apart(long id, long other)
    {
        await FindAsync(id, Right.Work);
        await FindAsync(other, Right.Work);
        var (low, high) = (Math.Min(id, other), Math.Max(id, other));
        if (low != high && !await Db.CustomersApart.AnyAsync(a => a.LowId == low && a.HighId == high))
        {
            Db.CustomersApart.Add(
                new CustomersApart
                {
                    LowId = low,
                    HighId = high,
                    By = Me.Member.Name,
                    At = Now,
                }
            );
        }

        return await SavedAsync(id);
    }

    private async Task<MergerPage> PageAsync(Customer one, Customer? other)
    {
        var ids = other is null ? [one.Id] : new[] { one.Id, other.Id };
        return new MergerPage(one, other, await repeats.OfAsync(ids));
    }
}

/// <summary>Both sides.</summary>
/// <param name="Other">Null while nobody was chosen.</param>
/// <param name="Repeats">How often each complained, as far as the reader may see.</param>
public sealed record MergerPage(Customer One, Customer? Other, IReadOnlyDictionary<long, Repeat> Repeats);
