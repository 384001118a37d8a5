using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Insight;

/// <summary>
/// Marks, in the same save, the days whose figures a change makes wrong; <see cref="Tallying"/> counts them again. Stands
/// after <see cref="WordKeeper"/>, which has looked for changes, and looks for none itself.
/// </summary>
public sealed class TallyMarker : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = (ComplaintsDb)eventData.Context!;
        var byItself = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var marks = new HashSet<(long Unit, DateTime At)>();
            OfComplaints(db, marks);
            await OfFollowUpsAsync(db, marks, cancellationToken);
            await OfGrantsAsync(db, marks, cancellationToken);
            foreach (var e in db.ChangeTracker.Entries<Setting>())
            {
                if (e.Entity.Name == House.ZoneSetting && e.State is EntityState.Added or EntityState.Modified)
                {
                    marks.Add((0, DateTime.UnixEpoch));
                }
            }

            db.AddRange(marks.Select(m => new TallyMark { UnitId = m.Unit, At = m.At }));
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = byItself;
        }

        return result;
    }

    private static void OfComplaints(ComplaintsDb db, HashSet<(long Unit, DateTime At)> marks)
    {
        var ticking = db
            .ChangeTracker.Entries<DeadlineClock>()
            .Where(e => e.State is EntityState.Added or EntityState.Deleted || (e.State == EntityState.Modified && IsMoved(e)))
            .Select(e => e.Entity.ComplaintId)
            .ToHashSet();
        foreach (var e in db.ChangeTracker.Entries<Complaint>())
        {
            var c = e.Entity;
            if (e.State is EntityState.Added or EntityState.Deleted || IsCounted(e) || ticking.Contains(c.Id))
            {
                Mark(marks, c.Historic, c.UnitId, c.ReceivedAt, c.ResolvedAt);
            }

            if (e.State == EntityState.Modified && IsCounted(e))
            {
                T Was<T>(System.Linq.Expressions.Expression<Func<Complaint, T>> of) => e.Property(of).OriginalValue;
                Mark(marks, Was(x => x.Historic), Was(x => x.UnitId), Was(x => x.ReceivedAt), Was(x => x.ResolvedAt));
            }
        }
    }

    private static void Mark(HashSet<(long Unit, DateTime At)> marks, bool historic, long unit, DateTime received, DateTime? resolved)
    {
        if (historic)
        {
            return; // counted nowhere
        }

        marks.Add((unit, received));
        if (resolved is { } at)
        {
            marks.Add((unit, at));
        }
    }

    private static bool IsCounted(EntityEntry<Complaint> e) =>
        e.State == EntityState.Modified
        && (
            e.Property(c => c.UnitId).IsModified
            || e.Property(c => c.ReceivedAt).IsModified
            || e.Property(c => c.ResolvedAt).IsModified
            || e.Property(c => c.Historic).IsModified
            || e.Property(c => c.State).IsModified
            || e.Property(c => c.OnTheSpot).IsModified
            || e.Property(c => c.Cycle).IsModified
            || e.Property(c => c.RootCauseId).IsModified
        );

    private static bool IsMoved(EntityEntry<DeadlineClock> e) =>
        e.Property(k => k.State).IsModified
        || e.Property(k => k.DueAt).IsModified
        || e.Property(k => k.StartedAt).IsModified
        || e.Property(k => k.StoppedAt).IsModified;

    private static async Task OfFollowUpsAsync(ComplaintsDb db, HashSet<(long Unit, DateTime At)> marks, CancellationToken cancel)
    {
        foreach (var answer in db.ChangeTracker.Entries<SurveyAnswer>().Where(e => e.State != EntityState.Unchanged))
        {
            marks.Add((answer.Entity.UnitId, answer.Entity.AnsweredAt));
        }

        foreach (var plan in db.ChangeTracker.Entries<PlannedFollowUp>().Where(IsCounted).Select(e => e.Entity).ToList())
        {
            var unit = await db.Complaints.Where(c => c.Id == plan.ComplaintId).Select(c => c.UnitId).FirstOrDefaultAsync(cancel);
            marks.Add((unit, plan.AskedAt!.Value));
        }

        var moved = db
            .ChangeTracker.Entries<Complaint>()
            .Where(e => e.State == EntityState.Modified && e.Property(c => c.UnitId).IsModified);
        foreach (var e in moved.ToList())
        {
            var (id, before) = (e.Entity.Id, e.Property(c => c.UnitId).OriginalValue);
            foreach (
                var at in await db
                    .FollowUps.Where(f => f.ComplaintId == id && f.AskedAt != null)
                    .Select(f => f.AskedAt!.Value)
                    .ToListAsync(cancel)
            )
            {
                marks.UnionWith([(before, at), (e.Entity.UnitId, at)]);
            }
        }
    }

    /// <summary>Money counts where its complaint is, on the day the last of it was entered.</summary>
    private static async Task OfGrantsAsync(ComplaintsDb db, HashSet<(long Unit, DateTime At)> marks, CancellationToken cancel)
    {
        foreach (var e in db.ChangeTracker.Entries<Grant>().Where(IsCounted).ToList())
        {
            var id = e.Entity.ComplaintId;
            var unit =
                db.ChangeTracker.Entries<Complaint>().FirstOrDefault(c => c.Entity.Id == id)?.Entity.UnitId
                ?? await db.Complaints.Where(c => c.Id == id).Select(c => c.UnitId).FirstOrDefaultAsync(cancel);
            var settled = e.Property(g => g.SettledAt);
            marks.UnionWith(new[] { settled.CurrentValue, settled.OriginalValue }.OfType<DateTime>().Select(at => (unit, at)));
        }

        foreach (
            var e in db
                .ChangeTracker.Entries<Complaint>()
                .Where(e =>
                    e.State == EntityState.Modified && (e.Property(c => c.UnitId).IsModified || e.Property(c => c.Historic).IsModified)
                )
                .ToList()
        )
        {
            var (id, before) = (e.Entity.Id, e.Property(c => c.UnitId).OriginalValue);
            foreach (
                var at in await db
                    .Grants.Where(g => g.ComplaintId == id && g.SettledAt != null)
                    .Select(g => g.SettledAt!.Value)
                    .ToListAsync(cancel)
            )
            {
                marks.UnionWith([(before, at), (e.Entity.UnitId, at)]);
            }
        }
    }

    private static bool IsCounted(EntityEntry<Grant> e) =>
        e.State is EntityState.Added or EntityState.Deleted
        || (e.State == EntityState.Modified && (e.Property(g => g.SettledAt).IsModified || e.Property(g => g.State).IsModified));

    private static bool IsCounted(EntityEntry<PlannedFollowUp> e) =>
        e.Entity.AskedAt is not null
        && (
            e.State == EntityState.Added
            || (e.State == EntityState.Modified && (e.Property(f => f.AskedAt).IsModified || e.Property(f => f.State).IsModified))
        );
}
