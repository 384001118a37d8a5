using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Escalation;

/// <summary>An escalated complaint as the queue shows it; one card however many of its escalations stand.</summary>
public sealed record EscalationCard
{
    public required Complaint Complaint { get; init; }

    /// <summary>Those that stand, highest first.</summary>
    public required IReadOnlyList<RaisedEscalation> Raised { get; init; }

    /// <summary>The latest entry that passed something to the customer; null when nobody spoke to them yet.</summary>
    public TimelineEntry? LastSaid { get; init; }

    /// <summary>Who may be given it.</summary>
    public required IReadOnlyList<StaffMember> People { get; init; }

    /// <summary>See <see cref="Escalation.Pressure"/>.</summary>
    public decimal Pressure { get; init; }

    public int Level => Raised[0].Level;
    public bool Untaken => Raised.Any(e => e.TakenAt is null);

    /// <summary>UTC since when nobody took it.</summary>
    public DateTime Since => Raised.Where(e => e.TakenAt is null).Select(e => e.RaisedAt).DefaultIfEmpty(Raised[0].RaisedAt).Min();
}

/// <summary>The line above the queue. Counts stop at <see cref="EscalationQueue.Most"/>.</summary>
/// <param name="Untaken">Complaints nobody took.</param>
/// <param name="Oldest">UTC since when the oldest of them waits.</param>
/// <param name="Top">Complaints at level 3.</param>
public sealed record EscalationBar(int Untaken, DateTime? Oldest, int Top);

/// <summary>The page.</summary>
/// <param name="More">How many complaints are left out because the page is full.</param>
public sealed record EscalationPage(EscalationBar Bar, IReadOnlyList<EscalationCard> Cards, int More);

/// <summary>Reads the escalations somebody may see: untaken first, then by pressure.</summary>
public sealed class EscalationQueue(ComplaintsDb db, Cases cases, Me me, TimeProvider clock)
{
    /// <summary>Where counting stops.</summary>
    public const int Most = 1000;

    /// <summary>Cards on the page.</summary>
    public const int Shown = 60;

    /// <summary>Complaints weighed against each other; beyond that many, level and age decide who is among them.</summary>
    private const int Weighed = 150;

    private static readonly EntryKind[] _said =
    [
        EntryKind.ContactOut,
        EntryKind.Acknowledged,
        EntryKind.Apologized,
        EntryKind.Resolved,
        EntryKind.FollowUpAsked,
        EntryKind.DocumentSent,
    ];

    /// <summary>The page as of now.</summary>
    public async Task<EscalationPage> ReadAsync()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var book = await cases.BookAsync();
        // The rule of Cases.Visible, asked of the escalation's own unit: the database must not begin with all complaints.
        var (id, all, units) = (me.Member.Id, Rights.SeesAll(me.Member.Role), cases.UnitIds());
        var kept = db.Complaints.KeptFrom(id);
        var standing = db.Escalations.AsNoTracking().Where(e => e.EndedAt == null && e.Level > 0);
        var groups = (
            await standing
                .Where(e => all || units.Contains(e.UnitId) || e.Complaint!.OwnerId == id)
                .Where(e => !kept.Any(c => c.Id == e.ComplaintId))
                .OrderBy(e => e.TakenAt != null)
                .ThenBy(e => e.RaisedAt)
                .Take(Most)
                .Select(e => new
                {
                    e.ComplaintId,
                    e.Level,
                    e.TakenAt,
                    e.RaisedAt,
                })
                .ToListAsync()
        )
            .GroupBy(e => e.ComplaintId)
            .Select(g => new
            {
                Id = g.Key,
                Level = g.Max(e => e.Level),
                Untaken = g.Any(e => e.TakenAt is null),
                Since = g.Min(e => e.TakenAt is null ? e.RaisedAt : DateTime.MaxValue),
            })
            .ToList();
        var bar = new EscalationBar(
            groups.Count(g => g.Untaken),
            groups.Where(g => g.Untaken).Select(g => (DateTime?)g.Since).Min(),
            groups.Count(g => g.Level == Ladder.Top)
        );
        var ids = groups
            .OrderByDescending(g => g.Untaken)
            .ThenByDescending(g => g.Level)
            .ThenBy(g => g.Since)
            .Take(Weighed)
            .ToDictionary(g => g.Id, g => g.Untaken);
        var complaints = await db
            .Complaints.AsNoTracking()
            .Where(c => ids.Keys.Contains(c.Id))
            .Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
            .Include(c => c.Unit)
            .Include(c => c.Owner)
            .AsSplitQuery()
            .ToListAsync();
        var shown = complaints
            .Select(c => (Complaint: c, Pressure: Pressure.Of(c, book, now)))
            .OrderByDescending(c => ids[c.Complaint.Id])
            .ThenByDescending(c => c.Pressure)
            .ThenBy(c => c.Complaint.Id)
            .Take(Shown)
            .ToList();
        var here = shown.ConvertAll(c => c.Complaint.Id);
        var raised = (
            await standing.Where(e => here.Contains(e.ComplaintId)).Include(e => e.Told).Include(e => e.TakenBy).ToListAsync()
        ).ToLookup(e => e.ComplaintId);
        var said = await LastSaidAsync(here);
        var people = await db
            .Staff.AsNoTracking()
            .Include(s => s.Unit)
            .Where(s => s.Active && s.Role <= Role.Director)
            .OrderBy(s => s.Name)
            .ToListAsync();
        return new EscalationPage(
            bar,
            [
                .. shown
                    .Where(g => raised.Contains(g.Complaint.Id))
                    .Select(g => new EscalationCard
                    {
                        Complaint = g.Complaint,
                        Raised = [.. raised[g.Complaint.Id].OrderByDescending(e => e.Level).ThenBy(e => e.RaisedAt)],
                        LastSaid = said.GetValueOrDefault(g.Complaint.Id),
                        People = [.. people.Where(p => MayHold(p, g.Complaint))],
                        Pressure = g.Pressure,
                    }),
            ],
            groups.Count - shown.Count
        );
    }

    /// <summary>Works in the complaint's unit or above it, and is not complained about.</summary>
    public static bool MayHold(StaffMember person, Complaint complaint) =>
        person.Active
        && Rights.Has(person.Role, Right.Work)
        && !complaint.IsKeptFrom(person.Id)
        && complaint.Unit.Path.StartsWith(person.Unit!.Path, StringComparison.Ordinal);

    private async Task<Dictionary<long, TimelineEntry>> LastSaidAsync(List<long> ids)
    {
        // Two questions of the key's own index: put as one, PostgreSQL reads every timeline there is.
        var last = await db
            .Timeline.Where(t => ids.Contains(t.ComplaintId) && _said.Contains(t.Kind))
            .GroupBy(t => t.ComplaintId)
            .Select(g => new { Id = g.Key, Seq = g.Max(t => t.Seq) })
            .ToDictionaryAsync(l => l.Id, l => l.Seq);
        var places = last.Values.Distinct().ToList();
        return (
            await db
                .Timeline.AsNoTracking()
                .Where(t => ids.Contains(t.ComplaintId) && places.Contains(t.Seq))
                .Include(t => t.Content)
                .ToListAsync()
        )
            .Where(t => last.GetValueOrDefault(t.ComplaintId) == t.Seq)
            .ToDictionary(t => t.ComplaintId);
    }
}
