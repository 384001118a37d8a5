using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>What one of the team holds.</summary>
/// <param name="Open">Open complaints, at most <see cref="LoadReader.Cap"/>.</param>
/// <param name="Late">Of them, past due.</param>
/// <param name="Today">Of them, due before the reader's midnight and not late yet.</param>
/// <param name="Oldest">UTC receipt of the one that waits longest; null when they hold none.</param>
public sealed record LoadLine(
    long Id,
    string Name,
    Role Role,
    Seat Seat,
    string Unit,
    string Language,
    bool BothLanguages,
    DateTime? AwayUntil,
    string? Delegate,
    bool Seen,
    int Open,
    int Late,
    int Today,
    DateTime? Oldest
)
{
    /// <summary>Away now.</summary>
    public bool Away => AwayUntil is not null;
}

/// <summary>The team and its work.</summary>
/// <param name="Lines">Whoever has most first.</param>
/// <param name="Unassigned">What nobody holds, at most <see cref="LoadReader.Cap"/>.</param>
public sealed record LoadPage(IReadOnlyList<LoadLine> Lines, int Unassigned)
{
    /// <summary>Held by those who are there, on average.</summary>
    public double Mean => Lines.Where(l => !l.Away).Select(l => l.Open).DefaultIfEmpty(0).Average();

    /// <summary>The longest bar.</summary>
    public int Most => Math.Max(1, Lines.Select(l => l.Open).DefaultIfEmpty(1).Max());
}

/// <summary>
/// Reads who of the lead's units holds how much: for each person a few counts along the index of their open work, each capped,
/// so that it costs what there are people and not what there are complaints.
/// </summary>
public sealed class LoadReader(ComplaintsDb db, Cases cases, Me me, DeadlineBooks books, TimeProvider clock)
{
    /// <summary>Nobody counts further.</summary>
    public const int Cap = 1000;

    /// <summary>Complaints of one person that are looked at for the longest wait and for spreading.</summary>
    private const int Looked = 300;

    /// <summary>Unassigned ones that are given out at once.</summary>
    private const int MostFree = 300;

    /// <summary>The page.</summary>
    public async Task<LoadPage> ReadAsync()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (end, since) = (QueueFilter.EndOfDay(now, me.Reader), now - Routing.SeenWithin);
        var chinese = me.Reader.Language == Tongue.Chinese;
        var units = cases.UnitIds();
        var open = cases.Visible(db.Complaints).Where(c => c.IsOpen);
        var lines = await Team(units)
            .Select(s => new LoadLine(
                s.Id,
                s.Name,
                s.Role,
                s.Role == Role.Agent ? s.Seat : Seat.Senior,
                chinese && s.Unit!.NameZh != null ? s.Unit.NameZh : s.Unit!.Name,
                s.Language,
                s.BothLanguages,
                s.AwayUntil != null && s.AwayUntil > now ? s.AwayUntil : null,
                db.Set<StaffMember>().Where(d => d.Id == s.DelegateId).Select(d => d.Name).FirstOrDefault(),
                s.AlwaysPresent || s.LastSeenAt >= since,
                open.Where(c => c.OwnerId == s.Id).OrderBy(c => c.QueueAt).Take(Cap).Count(),
                open.Where(c => c.OwnerId == s.Id && c.QueueAt < now).OrderBy(c => c.QueueAt).Take(Cap).Count(),
                open.Where(c => c.OwnerId == s.Id && c.QueueAt >= now && c.QueueAt < end).OrderBy(c => c.QueueAt).Take(Cap).Count(),
                open.Where(c => c.OwnerId == s.Id)
                    .OrderBy(c => c.QueueAt)
                    .Take(Looked)
                    .Select(c => (DateTime?)c.ReceivedAt)
                    .OrderBy(at => at)
                    .FirstOrDefault()
            ))
            .ToListAsync();
        return new LoadPage(
            [
                .. lines
                    .Where(l => l.Role != Role.Manager || l.Open > 0)
                    .OrderByDescending(l => l.Open)
                    .ThenBy(l => l.Name, StringComparer.CurrentCulture),
            ],
            await Free(units).Select(c => c.Id).Take(Cap).CountAsync()
        );
    }

    /// <summary>How the work of these people would be spread evenly.</summary>
    /// <param name="ids">Who takes part.</param>
    /// <param name="withFree">Whether what nobody holds is given out too.</param>
    /// <param name="fromAway">Whether what people who are away hold is given out too.</param>
    public async Task<IReadOnlyList<Move>> SpreadAsync(IReadOnlyCollection<long> ids, bool withFree, bool fromAway)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var units = cases.UnitIds();
        var book = await books.OpenAsync(db);
        var team = await Team(units).Where(s => ids.Contains(s.Id)).Include(s => s.Unit).ToListAsync();
        var people = team.ConvertAll(s => new Shoulder(
            s.Id,
            s.EffectiveSeat,
            s.Unit!.Path,
            !s.IsAway(now),
            s.Language,
            s.BothLanguages,
            s.Skills
        ));
        var work = new List<Burden>();
        foreach (var person in team)
        {
            var theirs = cases.Visible(db.Complaints).Where(c => c.IsOpen && c.State < State.Resolved && c.OwnerId == person.Id);
            work.AddRange(await BurdensAsync(theirs.OrderByDescending(c => c.QueueAt).Take(Looked), book));
        }

        if (withFree)
        {
            work.AddRange(await BurdensAsync(Free(units).OrderBy(c => c.QueueAt).Take(MostFree), book));
        }

        return Spreading.Propose(people, work, fromAway, BulkRun.Most);
    }

    private IQueryable<StaffMember> Team(IReadOnlyList<long> units) =>
        db.Staff.AsNoTracking().Where(s => s.Active && units.Contains(s.UnitId) && s.Role <= Role.Manager);

    private IQueryable<Complaint> Free(IReadOnlyList<long> units) =>
        cases
            .Visible(db.Complaints)
            .Where(c => c.IsOpen && c.OwnerId == null && units.Contains(c.UnitId))
            .Where(c => c.State < State.Resolved);

    private static async Task<IEnumerable<Burden>> BurdensAsync(IQueryable<Complaint> complaints, DeadlineBook book)
    {
        var rows = await complaints.AsNoTracking().Include(c => c.Customer).ToListAsync();
        return rows.Select(c => new Burden(
            c.Id,
            c.OwnerId,
            Router.SeatFor(c, book.Unit(c.UnitId)),
            book.Unit(c.UnitId).Path,
            c.Customer.Language,
            book.CategoryAndAbove(c.CategoryId),
            c.KeptFrom,
            c.State > State.Received || c.AwaitingApproval,
            c.QueueAt
        ));
    }
}
