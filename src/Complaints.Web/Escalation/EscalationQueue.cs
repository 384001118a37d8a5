using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Staff;
using Complaints.Web.Casework;
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
public sealed class EscalationQueue(ComplaintsDb db, Cases cases, TimeProvider clock)
{
    /// <summary>Where counting stops.</summary>
    public const int Most = 1000;

    /// <summary>Cards on the page.</summary>
    public const int Shown = 60;

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
        var visible = cases.Visible(db.Complaints.AsNoTracking()).Select(c => c.Id);
        var raised = await db
            .Escalations.AsNoTracking()
            .Where(e => e.EndedAt == null && e.Level > 0 && visible.Contains(e.ComplaintId))
            .OrderBy(e => e.TakenAt != null)
            .ThenBy(e => e.RaisedAt)
            .Take(Most)
            .Include(e => e.Told)
            .Include(e => e.TakenBy)
            .ToListAsync();
        var groups = raised.GroupBy(e => e.ComplaintId).ToList();
        var bar = new EscalationBar(
            groups.Count(g => g.Any(e => e.TakenAt is null)),
            raised.Where(e => e.TakenAt is null).Select(e => (DateTime?)e.RaisedAt).Min(),
            groups.Count(g => g.Max(e => e.Level) == Ladder.Top)
        );
        var ids = groups.ConvertAll(g => g.Key);
        var complaints = await db
            .Complaints.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
            .Include(c => c.Unit)
            .Include(c => c.Owner)
            .AsSplitQuery()
            .ToDictionaryAsync(c => c.Id);
        var first = groups
            .Where(g => complaints.ContainsKey(g.Key))
            .Select(g => (Raised: g, Complaint: complaints[g.Key], Pressure: Pressure.Of(complaints[g.Key], book, now)))
            .OrderBy(g => g.Raised.All(e => e.TakenAt is not null))
            .ThenByDescending(g => g.Pressure)
            .ThenBy(g => g.Complaint.Id)
            .ToList();
        var shown = first.Take(Shown).ToList();
        var said = await LastSaidAsync(shown.ConvertAll(g => g.Complaint.Id));
        var people = await db
            .Staff.AsNoTracking()
            .Include(s => s.Unit)
            .Where(s => s.Active && s.Role <= Role.Director)
            .OrderBy(s => s.Name)
            .ToListAsync();
        return new EscalationPage(
            bar,
            [
                .. shown.Select(g => new EscalationCard
                {
                    Complaint = g.Complaint,
                    Raised = [.. g.Raised.OrderByDescending(e => e.Level).ThenBy(e => e.RaisedAt)],
                    LastSaid = said.GetValueOrDefault(g.Complaint.Id),
                    People = [.. people.Where(p => MayHold(p, g.Complaint))],
                    Pressure = g.Pressure,
                }),
            ],
            first.Count - shown.Count
        );
    }

    /// <summary>Works in the complaint's unit or above it, and is not complained about.</summary>
    public static bool MayHold(StaffMember person, Complaint complaint) =>
        person.Active
        && Rights.Has(person.Role, Right.Work)
        && person.Id != complaint.ComplainedAboutId
        && complaint.Unit.Path.StartsWith(person.Unit!.Path, StringComparison.Ordinal);

    private async Task<Dictionary<long, TimelineEntry>> LastSaidAsync(List<long> ids)
    {
        var last = db
            .Timeline.Where(t => ids.Contains(t.ComplaintId) && _said.Contains(t.Kind))
            .GroupBy(t => t.ComplaintId)
            .Select(g => new { Id = g.Key, Seq = g.Max(t => t.Seq) });
        return await db
            .Timeline.AsNoTracking()
            .Where(t => last.Any(l => l.Id == t.ComplaintId && l.Seq == t.Seq))
            .Include(t => t.Content)
            .ToDictionaryAsync(t => t.ComplaintId);
    }
}
