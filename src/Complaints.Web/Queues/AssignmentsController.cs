using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>Hands several complaints of a list to somebody at once.</summary>
public sealed class AssignmentsController(ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>Assigns what was picked; what cannot be is left as it is and named, with the reason.</summary>
    [HttpPost("/queues/{list}/assignments")]
    public async Task<IActionResult> Create(string list, BulkAssignment form)
    {
        if (!Me.May(Right.Assign) || Queue.Find(list) is null)
        {
            throw new NotHere();
        }

        var back = Url.IsLocalUrl(form.Back) ? form.Back! : Queue.Find(list)!.Url;
        var units = cases.UnitIds();
        var all = Rights.SeesAll(Me.Member.Role);
        var to = await db.Staff.FirstOrDefaultAsync(s => s.Id == form.OwnerId && s.Active && (all || units.Contains(s.UnitId)));
        if (to is null || !Rights.Has(to.Role, Right.Work))
        {
            Flash("Choose who gets them; nothing was assigned.");
            return LocalRedirect(back);
        }

        var picked = await cases
            .Visible(db.Complaints)
            .Where(c => form.Pick.Contains(c.Id))
            .Select(c => c.Reference)
            .Take(QueuePage.Size)
            .ToListAsync();
        var (done, refused) = (0, new List<string>());
        foreach (var reference in picked)
        {
            try
            {
                await AssignAsync(reference, to);
                done++;
            }
            catch (Refusal reason)
            {
                refused.Add($"{reference}: {T[reason.Sentence]}");
            }
            catch (DbUpdateConcurrencyException)
            {
                refused.Add($"{reference}: {T["somebody changed it just now."]}");
            }

            db.ChangeTracker.Clear();
        }

        if (refused.Count == 0)
        {
            Flash("Assigned to {0}: {1}.", to.Name, done);
        }
        else
        {
            Flash("Assigned to {0}: {1}. Left as they were: {2}", to.Name, done, string.Join(" ", refused));
        }

        return LocalRedirect(back);
    }

    private async Task AssignAsync(string reference, StaffMember to)
    {
        var complaint = await cases.FindAsync(reference, Right.Assign);
        if (!complaint.IsOpen)
        {
            throw new Refusal("it is closed.");
        }

        complaint.Assign(Me.Actor, Now, await db.Staff.SingleAsync(s => s.Id == to.Id));
        await db.SaveChangesAsync();
    }
}

/// <summary>What was picked, and for whom.</summary>
public sealed class BulkAssignment
{
    /// <summary>Ids of complaints.</summary>
    public List<long> Pick { get; set; } = [];
    public long OwnerId { get; set; }

    /// <summary>Reference of the complaint they are put under.</summary>
    public string? Under { get; set; }

    /// <summary>Address of the list as it was shown.</summary>
    public string? Back { get; set; }
}
