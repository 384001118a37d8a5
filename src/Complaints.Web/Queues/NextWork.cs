using System.Linq.Expressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>
/// Hands out the complaint to work on next: whatever is due first among one's own and what nobody of the unit holds yet.
/// Due dates carry the tier's share already, so this is the fair order. What nobody held is one's own from then on, so
/// that no two people get the same.
/// </summary>
public sealed class NextWork(ComplaintsDb db, Cases cases, Me me, TimeProvider clock)
{
    private const int MostTries = 10;

    /// <summary>Finds it, and takes it when nobody held it.</summary>
    /// <param name="skip">Reference of the one at hand, which one does not want again.</param>
    /// <returns>Its reference, and whether it was taken just now; null when nothing waits.</returns>
    public async Task<(string Reference, bool Taken)?> FindAsync(string? skip)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var (id, units) = (me.Member.Id, cases.UnitIds());
            var mine = await FirstAsync("mine", c => c.OwnerId == id, skip);
            var free = await FirstAsync("unassigned", c => c.OwnerId == null && units.Contains(c.UnitId), skip);
            if (mine is null && free is null)
            {
                return null;
            }

            if (free is null || mine?.At <= free.At)
            {
                return (mine!.Reference, false);
            }

            if (await TakeAsync(free.Reference))
            {
                return (free.Reference, true);
            }
        }

        return null;
    }

    private Task<Next?> FirstAsync(string list, Expression<Func<Complaint, bool>> whose, string? skip)
    {
        var id = me.Member.Id;
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
        if (list == "mine" || me.Member.EffectiveSeat == Seat.Senior)
        {
            return all;
        }

        var plain = all.Where(c =>
            (c.Tier != Tier.Diamond || c.Unit.EqualTreatment) && c.Severity < Severity.Critical && !c.Public && c.Cycle == 1
        );
        return me.Member.EffectiveSeat == Seat.Middle
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

            complaint.Assign(me.Actor, clock.GetUtcNow().UtcDateTime, await db.Staff.SingleAsync(s => s.Id == me.Member.Id));
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
