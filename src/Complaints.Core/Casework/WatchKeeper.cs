using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Casework;

/// <summary>
/// Tells people what concerns them, in the same save: whoever holds a complaint that it was handed to them and that its customer
/// answered, whoever may decide that it is proposed as no complaint, and those who follow it what happened. Nothing happens unseen, whoever does it. What one does oneself is no news,
/// nobody is told twice of one save, and several changes that nobody looked at are one notice.
/// </summary>
public sealed class WatchKeeper(TimeProvider clock) : SaveChangesInterceptor
{
    private static readonly EntryKind[] _quiet = [EntryKind.Mail, EntryKind.AutomaticMail, EntryKind.Imported, EntryKind.Ticked];

    /// <summary>What is older than this when it is saved was entered afterwards: no news to anybody.</summary>
    private static readonly TimeSpan _news = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = (ComplaintsDb)eventData.Context!;
        var now = clock.GetUtcNow().UtcDateTime;
        var changed = db
            .ChangeTracker.Entries<Complaint>()
            .Where(e => e.State is EntityState.Modified or EntityState.Added && !e.Entity.Historic)
            .Select(e => (Entry: e, Added: AddedTo(db, e.Entity)))
            .Where(c => c.Added.Count > 0 && c.Added[^1].At > now - _news)
            .ToList();
        if (changed.Count > 0)
        {
            var told = changed.SelectMany(c => ToHolder(c.Entry, c.Added)).ToList();
            foreach (var (entry, added) in changed)
            {
                told.AddRange(await ToDecidersAsync(db, entry, added, now, cancellationToken));
            }

            told.AddRange(
                await ToWatchersAsync(
                    db,
                    [.. changed.Where(c => c.Entry.State == EntityState.Modified).Select(c => (c.Entry.Entity, c.Added))],
                    [.. told.Select(t => (t.Complaint.Id, t.StaffId))],
                    cancellationToken
                )
            );
            if (told.Count > 0)
            {
                await Telling.TellAsync(db, told, now, cancellationToken);
            }
        }

        return result;
    }

    private static List<TimelineEntry> AddedTo(ComplaintsDb db, Complaint complaint) =>
        complaint.Timeline.Where(t => t.Content is not null && db.Entry(t).State == EntityState.Added).ToList();

    private static IEnumerable<Told> ToHolder(EntityEntry<Complaint> entry, List<TimelineEntry> added)
    {
        var (complaint, owner) = (entry.Entity, entry.Property(c => c.OwnerId));
        if (complaint.OwnerId is not { } holder || added.Exists(t => t.ActorId == holder))
        {
            yield break;
        }

        if (entry.State == EntityState.Added || owner.OriginalValue != owner.CurrentValue)
        {
            yield return Of(holder, NoticeKind.Assigned, complaint, added.Find(t => t.Kind == EntryKind.Assigned) ?? added[^1]);
        }
        else if (added.FindLast(t => t.Kind is EntryKind.ContactIn or EntryKind.FollowUpAnswered) is { } heard)
        {
            yield return Of(holder, NoticeKind.CustomerAnswered, complaint, heard);
        }
    }

    /// <summary>A proposal is told to who may decide it; one that was decided, or fell away, asks for nothing any more.</summary>
    private static async Task<IEnumerable<Told>> ToDecidersAsync(
        ComplaintsDb db,
        EntityEntry<Complaint> entry,
        List<TimelineEntry> added,
        DateTime now,
        CancellationToken cancel
    )
    {
        var (complaint, proposed) = (entry.Entity, entry.Property(c => c.ProposedById));
        if (entry.State != EntityState.Modified || proposed.OriginalValue == proposed.CurrentValue)
        {
            return [];
        }

        if (proposed.OriginalValue is not null)
        {
            db.RemoveRange(
                await db.Notices.Where(n => n.ComplaintId == complaint.Id && n.Kind == NoticeKind.SecondLook).ToListAsync(cancel)
            );
        }

        if (proposed.CurrentValue is null)
        {
            return [];
        }

        var path = await db.Units.Where(u => u.Id == complaint.UnitId).Select(u => u.Path).FirstAsync(cancel);
        var said = added.FindLast(t => t.Kind is EntryKind.Approval or EntryKind.Joined) ?? added[^1];
        return (await SecondLook.OfAsync(db, complaint, path, now, cancel)).Select(id => Of(id, NoticeKind.SecondLook, complaint, said));
    }

    private static Told Of(long staffId, NoticeKind kind, Complaint complaint, TimelineEntry entry) =>
        new(staffId, kind, complaint, entry.Seq, entry.Content!.Body.By ?? "", entry.Content.Body.Sentence);

    private static async Task<List<Told>> ToWatchersAsync(
        ComplaintsDb db,
        List<(Complaint Complaint, List<TimelineEntry> Added)> changed,
        HashSet<(long Complaint, long Staff)> known,
        CancellationToken cancel
    )
    {
        var told = new List<Told>();
        var loud = changed
            .Select(c => (c.Complaint, Last: c.Added.FindLast(t => !_quiet.Contains(t.Kind))))
            .Where(c => c.Last is not null)
            .ToList();
        var ids = loud.ConvertAll(c => c.Complaint.Id);
        var watchers = ids.Count == 0 ? [] : await db.Watchers.AsNoTracking().Where(w => ids.Contains(w.ComplaintId)).ToListAsync(cancel);
        if (watchers.Count == 0)
        {
            return told;
        }

        var waiting = await db
            .Notices.Where(n => ids.Contains(n.ComplaintId) && n.Kind == NoticeKind.Change && n.SeenAt == null && n.OnPage)
            .ToListAsync(cancel);
        foreach (var (complaint, last) in loud)
        {
            var (by, say) = (last!.Content!.Body.By ?? "", KeptSentence.Write(last.Content.Body.Sentence));
            foreach (
                var watcher in watchers.Where(w =>
                    w.ComplaintId == complaint.Id
                    && w.StaffId != last.ActorId
                    && !known.Contains((complaint.Id, w.StaffId))
                    && !complaint.IsKeptFrom(w.StaffId)
                )
            )
            {
                if (waiting.Find(n => n.ComplaintId == complaint.Id && n.StaffId == watcher.StaffId) is { } notice)
                {
                    (notice.Seq, notice.At, notice.By, notice.Say) = (last.Seq, last.At, by, say);
                    continue;
                }

                told.Add(Of(watcher.StaffId, NoticeKind.Change, complaint, last));
            }
        }

        return told;
    }
}
