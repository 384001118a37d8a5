using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>Puts several complaints of a list under one common cause at once.</summary>
public sealed class CommonCausesController(ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>Puts what was picked under it; what cannot be is left as it is and named, with the reason.</summary>
    [HttpPost("/queues/{list}/common-cause")]
    public async Task<IActionResult> Create(string list, CommonCauseForm form)
    {
        if (!Me.May(Right.Assign) || Queue.Find(list) is null)
        {
            throw new NotHere();
        }

        var back = Url.IsLocalUrl(form.Back) ? form.Back! : Queue.Find(list)!.Url;
        var picked = await cases
            .Visible(db.Complaints)
            .Where(c => form.Pick.Contains(c.Id))
            .OrderBy(c => c.Id)
            .Select(c => c.Reference)
            .Take(QueuePage.Size)
            .ToListAsync();
        var (done, refused, under) = (0, new List<string>(), "");
        foreach (var reference in picked)
        {
            try
            {
                var parent = await ParentAsync(form.Under);
                under = parent.Reference;
                if (parent.Reference != reference)
                {
                    await PutAsync(reference, parent);
                    done++;
                }
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

        if (under.Length == 0)
        {
            Flash("Pick complaints and give the reference of the one they belong under; nothing was changed.");
            return LocalRedirect(back);
        }

        if (refused.Count == 0)
        {
            Flash("Put under {0}: {1}.", under, done);
        }
        else
        {
            Flash("Put under {0}: {1}. Left as they were: {2}", under, done, string.Join(" ", refused));
        }

        return LocalRedirect($"/complaints/{under}/common-cause");
    }

    private async Task<Complaint> ParentAsync(string? typed)
    {
        try
        {
            return await cases.FindAsync(typed?.Trim() ?? "", Right.Work);
        }
        catch (NotHere)
        {
            throw new Refusal(new Sentence("There is no complaint “{0}”. Check the reference.", typed?.Trim() ?? ""));
        }
    }

    private async Task PutAsync(string reference, Complaint parent)
    {
        var complaint = await cases.FindAsync(reference, Right.Work);
        complaint.PutUnder(parent, Me.Actor, Now, await db.Complaints.AnyAsync(c => c.ParentId == complaint.Id));
        await db.SaveChangesAsync();
    }
}

/// <summary>What was picked, and under which complaint.</summary>
public sealed class CommonCauseForm
{
    /// <summary>Ids of complaints.</summary>
    public List<long> Pick { get; set; } = [];

    /// <summary>Reference of the complaint they are put under.</summary>
    public string? Under { get; set; }

    /// <summary>Address of the list as it was shown.</summary>
    public string? Back { get; set; }
}
