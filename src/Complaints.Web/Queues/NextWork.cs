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
    private const int MostTries = 40;

    /// <summary>What a colleague who is there knows better is left to them until it is due within this time.</summary>
    private static readonly TimeSpan _leftFor = TimeSpan.FromHours(1);

    /// <summary>Finds it, and takes it when nobody held it.</summary>
    /// <param name="skip">Reference of the one at hand, which one does not want again.</param>
    /// <returns>Its reference, and whether it was taken just now; null when nothing waits.</returns>
    public async Task<(string Reference, bool Taken)?> FindAsync(string? skip)
    {
        var (id, units) = (me.Member.Id, cases.UnitIds());
        var others = await OthersAsync(units);
        var lost = new List<string>();
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var mine = await FirstAsync("mine", c => c.OwnerId == id, skip, lost);
            var free = await FirstAsync("unassigned", c => c.OwnerId == null && units.Contains(c.UnitId), skip, lost, others);
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

            lost.Add(free.Reference);
        }

        return null;
    }

    private Task<Next?> FirstAsync(
        string list,
        Expression<Func<Complaint, bool>> whose,
        string? skip,
        IReadOnlyList<string> lost,
        Others? others = null
    )
    {
        var waiting = Fitting(db.Complaints.Where(whose).Where(Queue.Find(list)!.Holds), list)
            .Where(c => c.WaitingSince == null && !c.AwaitingApproval && c.Reference != skip && !lost.Contains(c.Reference))
            .NotKeptFrom(me.Member.Id);
        return (others is null ? waiting : Mine(waiting, others))
            .OrderBy(c => c.QueueAt)
            .ThenBy(c => c.Id)
            .Select(c => new Next(c.Reference, c.QueueAt))
            .FirstOrDefaultAsync();
    }

    /// <summary>
    /// Only what one can work, by the rule of routing: the customer's language, unless nobody who is there writes it; and
    /// what somebody there knows better is left to them for a while.
    /// </summary>
    private IQueryable<Complaint> Mine(IQueryable<Complaint> all, Others others)
    {
        var mine = Tongue.Nearest(me.Member.Language);
        if (!me.Member.BothLanguages && others.Writing.Count > 0)
        {
            var units = others.Writing;
            all = all.Where(c => c.Customer.Language == mine || !units.Contains(c.UnitId));
        }

        if (others.Knowing.Count > 0)
        {
            var (known, soon) = (others.Knowing, clock.GetUtcNow().UtcDateTime + _leftFor);
            all = all.Where(c => c.CategoryId == null || !known.Contains(c.CategoryId.Value) || c.QueueAt <= soon);
        }

        return all;
    }

    /// <summary>Who else of these units is there, and what for.</summary>
    private async Task<Others> OthersAsync(IReadOnlyList<long> units)
    {
        var (id, now) = (me.Member.Id, clock.GetUtcNow().UtcDateTime);
        var since = now - Routing.SeenWithin;
        var there = await db
            .Staff.AsNoTracking()
            .Where(s => s.Active && s.Id != id && s.Role == Role.Agent && units.Contains(s.UnitId))
            .Where(s => (s.AwayUntil == null || s.AwayUntil <= now) && (s.AlwaysPresent || s.LastSeenAt >= since))
            .Select(s => new
            {
                s.UnitId,
                s.Language,
                s.BothLanguages,
                s.Skills,
            })
            .ToListAsync();
        var mine = Tongue.Nearest(me.Member.Language);
        var knows = there.SelectMany(s => s.Skills).Except(me.Member.Skills).ToHashSet();
        if (knows.Count == 0)
        {
            return new Others([.. there.Where(s => s.BothLanguages || s.Language != mine).Select(s => s.UnitId).Distinct()], []);
        }

        var book = await cases.BookAsync();
        var categories = await db.Categories.AsNoTracking().Select(c => c.Id).ToListAsync();
        return new Others(
            [.. there.Where(s => s.BothLanguages || s.Language != mine).Select(s => s.UnitId).Distinct()],
            [
                .. categories.Where(c =>
                    book.CategoryAndAbove(c) is var path && path.Any(knows.Contains) && !path.Any(p => me.Member.Skills.Contains(p))
                ),
            ]
        );
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
                db.ChangeTracker.Clear();
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
        catch (Complaints.Web.Shared.NotHere)
        {
            return false; // moved away meanwhile
        }
    }

    private sealed record Next(string Reference, DateTime At);

    /// <summary>Colleagues who are there.</summary>
    /// <param name="Writing">Units where somebody writes the language one does not.</param>
    /// <param name="Knowing">Categories somebody knows well and one does not.</param>
    private sealed record Others(IReadOnlyList<long> Writing, IReadOnlyList<long> Knowing);
}
