using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>The one way to whether a customer needs more care, for a page.</summary>
public sealed class Care(ComplaintsDb db, Me me, Cases cases)
{
    /// <summary>May the person know it of this customer? The rule is <see cref="Rights.MaySeeCare"/>, asked of all their complaints.</summary>
    public async Task<bool> MayAsync(long customerId)
    {
        if (!me.May(Right.Work))
        {
            return false;
        }

        var id = me.Member.Id;
        var theirs = cases.Visible(db.Complaints.Where(c => c.CustomerId == customerId));
        if (await theirs.AnyAsync(c => c.IsOpen && c.OwnerId == id))
        {
            return true;
        }

        var units = cases.UnitIds();
        return me.May(Right.Lead) && await theirs.AnyAsync(c => units.Contains(c.UnitId));
    }

    /// <summary>The same of one complaint.</summary>
    public bool May(Complaint complaint) =>
        Rights.MaySeeCare(me.Actor, complaint.Unit.Path, complaint.OwnerId, complaint.KeptFrom, complaint.IsOpen);

    /// <summary>
    /// What helps, and its history. Notes stay with whom they were written for: of customers who were merged each one's last
    /// counts, so that nothing is lost by it.
    /// </summary>
    public async Task<CareShown> ReadAsync(long customerId)
    {
        var ids = await Merged.AllOfAsync(db, customerId);
        var all = await db.CareNotes.AsNoTracking().Where(n => ids.Contains(n.CustomerId)).OrderByDescending(n => n.Id).ToListAsync();
        return new CareShown([.. Current(all).Select(n => n.Helps!)], all);
    }

    /// <summary>Writes what helps, or takes it off; the caller saves.</summary>
    /// <param name="customerId">Whose.</param>
    /// <param name="helps">Null takes everything off that stands.</param>
    /// <param name="now">UTC.</param>
    public async Task WriteAsync(long customerId, string? helps, DateTime now)
    {
        var stands = Current((await ReadAsync(customerId)).History);
        var off = stands.Select(n => n.CustomerId).Where(id => helps is null || id != customerId);
        foreach (var id in off)
        {
            db.CareNotes.Add(Note(id, null, now));
        }

        if (helps is not null)
        {
            db.CareNotes.Add(Note(customerId, helps, now));
        }
    }

    private CareNote Note(long customerId, string? helps, DateTime now) =>
        new()
        {
            CustomerId = customerId,
            Helps = helps,
            At = now,
            By = me.Member.Name,
        };

    private static List<CareNote> Current(IReadOnlyList<CareNote> newestFirst) =>
        [.. newestFirst.DistinctBy(n => n.CustomerId).Where(n => n.Helps is not null)];
}
