using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>The one way to a complaint for a page: found by its reference and allowed, or not here at all.</summary>
public sealed class Cases(ComplaintsDb db, Me me, DeadlineBooks books)
{
    /// <summary>Calendars, policy and regimes as of now.</summary>
    public Task<DeadlineBook> BookAsync() => books.OpenAsync(db);

    /// <summary>The complaint with clocks, customer, unit and owner, tracked, for a verb.</summary>
    /// <param name="reference">As in the address; anything unreadable is not here.</param>
    /// <param name="right">What the person is about to do.</param>
    /// <exception cref="NotHere">There is none, it is foreign, or the person may not do this at all.</exception>
    public async Task<Complaint> FindAsync(string reference, Right right = Right.Read)
    {
        var known = Reference.Read(reference);
        if (known is null || !me.May(right))
        {
            throw new NotHere();
        }

        var complaint = await db
            .Complaints.Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .Include(c => c.Owner)
            .Include(c => c.Approvals.Where(a => a.DecidedAt == null))
            .Include(c => c.Points)
            .Include(c => c.Promises.Where(p => p.EndedAt == null))
                .ThenInclude(p => p.Keeper)
            .WithLedger()
            .AsSplitQuery()
            .FirstOrDefaultAsync(c => c.Reference == known);
        return complaint is not null && Rights.MaySee(me.Actor, complaint.Unit.Path, complaint.OwnerId, complaint.KeptFrom)
            ? complaint
            : throw new NotHere();
    }

    /// <summary>Only complaints the person may see, for lists and counts; the same rule as <see cref="Rights.MaySee"/>.</summary>
    public IQueryable<Complaint> Visible(IQueryable<Complaint> all)
    {
        if (!me.May(Right.Read))
        {
            return all.Where(c => false);
        }

        var id = me.Member.Id;
        var seen = all.NotKeptFrom(id);
        if (Rights.SeesAll(me.Member.Role))
        {
            return seen;
        }

        var units = UnitIds();
        return seen.Where(c => units.Contains(c.UnitId) || c.OwnerId == id);
    }

    /// <summary>
    /// Codes of which one stands in the word index beside every complaint the person may see; null when they see all. They
    /// only spare the search the way through foreign complaints: <see cref="Visible"/> decides.
    /// </summary>
    public IEnumerable<string>? SearchCodes =>
        Rights.SeesAll(me.Member.Role) ? null : UnitIds().Select(Data.SearchCodes.OfUnit).Append(Data.SearchCodes.OfHolder(me.Member.Id));

    /// <summary>Ids of the person's unit and those below it; one small query a request.</summary>
    public IReadOnlyList<long> UnitIds() => _units ??= db.Units.Where(u => u.Path.StartsWith(me.Actor.UnitPath)).Select(u => u.Id).ToList();

    private List<long>? _units;
}
