using System.Linq.Expressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>
/// Hands out the complaint to work on next: whatever is due first among one's own and what nobody of the unit holds yet.
/// Due dates carry the tier's share already, so this is the fair order. What nobody held is one's own from then on, so
/// that no two people get the same.
/// </summary>
[Needs(Right.Work)]
public sealed class NextController(ComplaintsDb db, Cases cases) : DeskController
{
    private const int MostTries = 10;

    /// <summary>Goes to the next one.</summary>
    /// <param name="skip">Reference of the one at hand, which one does not want again.</param>
    [HttpPost("/next")]
    public async Task<IActionResult> Create(string? skip)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var mine = await FirstAsync("mine", c => c.OwnerId == Me.Member.Id, skip);
            var units = cases.UnitIds();
            var free = await FirstAsync("unassigned", c => c.OwnerId == null && units.Contains(c.UnitId), skip);
            if (mine is null && free is null)
            {
                break;
            }

            if (free is null || mine?.At <= free.At)
            {
                return LocalRedirect($"/complaints/{mine!.Reference}");
            }

            if (await TakeAsync(free.Reference))
            {
                Flash("This one is yours now.");
                return LocalRedirect($"/complaints/{free.Reference}");
            }
        }

        Flash("Nothing waits for you now: all of yours wait for the customer or for approval, and nobody's work lies open.");
        return LocalRedirect("/queues/mine");
    }

    private Task<Next?> FirstAsync(string list, Expression<Func<Complaint, bool>> whose, string? skip)
    {
        var id = Me.Member.Id;
        return Fitting(db.Complaints.Where(whose).Where(Queue.Find(list)!.Holds), list)
            .Where(c => c.WaitingSince == null && !c.AwaitingApproval && c.Reference != skip)
            .Where(c => c.ComplainedAboutId == null || c.ComplainedAboutId != id)
            .OrderBy(c => c.QueueAt)
            .ThenBy(c => c.Id)
            .Select(c => new Next(c.Reference, c.QueueAt))
            .FirstOrDefaultAsync();
    }

    /// <summary>What one holds is one's own whatever the seat; what is taken must fit it, by the same rule as routing.</summary>
    private IQueryable<Complaint> Fitting(IQueryable<Complaint> all, string list)
    {
        if (list == "mine" || Me.Member.EffectiveSeat == Seat.Senior)
        {
            return all;
        }

        var plain = all.Where(c =>
            (c.Tier != Tier.Diamond || c.Unit.EqualTreatment) && c.Severity < Severity.Critical && !c.Public && c.Cycle == 1
        );
        return Me.Member.EffectiveSeat == Seat.Middle
            ? plain
            : plain.Where(c => (c.Tier != Tier.Gold || c.Unit.EqualTreatment) && c.Severity < Severity.High);
    }

    private async Task<bool> TakeAsync(string reference)
    {
        try
        {
            var complaint = await cases.FindAsync(reference, Right.Work);
            if (complaint.OwnerId is not null)
            {
                return false;
            }

            complaint.Assign(Me.Actor, Now, await db.Staff.SingleAsync(s => s.Id == Me.Member.Id));
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateException lost) when (lost is DbUpdateConcurrencyException || ComplaintsDb.IsAlreadyThere(lost))
        {
            db.ChangeTracker.Clear(); // somebody was faster: there is another
            return false;
        }
        catch (Refusal)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private sealed record Next(string Reference, DateTime At);
}
