using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Deadlines;

/// <summary>What the pages about the house's targets share: who may, the policy in force, and a change that others must see.</summary>
public abstract class PolicyPages(ComplaintsDb db) : DeskController
{
    /// <summary>Of this request.</summary>
    protected ComplaintsDb Db => db;

    /// <summary>The policy in force.</summary>
    /// <exception cref="NotHere">Only administrators see it.</exception>
    protected async Task<Policy> FindAsync() =>
        Me.May(Right.Administer) ? await db.Policies.Include(p => p.Lines).OrderByDescending(p => p.Id).FirstAsync() : throw new NotHere();

    /// <summary>The policy is the one that was shown.</summary>
    /// <exception cref="Refusal">Somebody changed it.</exception>
    protected static void Expect(Policy policy, long version)
    {
        if (policy.Version != version)
        {
            throw new Refusal("Somebody changed this in the meantime. Open it again and repeat your change.");
        }
    }

    /// <summary>Saves, has it counted what that would move, and goes back to the targets.</summary>
    protected async Task<IActionResult> SavedAsync()
    {
        await DeadlineBooks.Turn(db);
        await db.SaveChangesAsync();
        await PolicyCount.AskAsync(db, (await FindAsync()).Version, Now);
        Flash("Saved. New deadlines use it; those that run stay as they are.");
        return Redirect("/settings/policy");
    }

    /// <summary>The targets with what was typed.</summary>
    protected async Task<IActionResult> ShowAsync(PolicyForm form) =>
        View(
            "Policy",
            new PolicyPage(form, (await FindAsync()).Lines, await db.Categories.AsNoTracking().OrderBy(c => c.Name).ToListAsync())
        );
}
