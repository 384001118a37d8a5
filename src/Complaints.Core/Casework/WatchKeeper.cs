using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Casework;

/// <summary>
/// Tells those who follow a complaint what happened to it, in the same save: nothing happens unseen, whoever does it. What
/// one does oneself is no news, and several changes that nobody looked at are one notice.
/// </summary>
public sealed class WatchKeeper : SaveChangesInterceptor
{
    private static readonly EntryKind[] _quiet = [EntryKind.Mail, EntryKind.AutomaticMail, EntryKind.Imported];

    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = (ComplaintsDb)eventData.Context!;
        var changed = db
            .ChangeTracker.Entries<Complaint>()
            .Where(e => e.State == EntityState.Modified)
            .Select(e => (Complaint: e.Entity, Last: LastOf(db, e.Entity)))
            .Where(c => c.Last is not null)
            .ToList();
        if (changed.Count > 0)
        {
            await TellAsync(db, [.. changed.Select(c => (c.Complaint, c.Last!))], cancellationToken);
        }

        return result;
    }

    private static TimelineEntry? LastOf(ComplaintsDb db, Complaint complaint) =>
        complaint.Timeline.LastOrDefault(t => t.Content is not null && !_quiet.Contains(t.Kind) && db.Entry(t).State == EntityState.Added);

    private static async Task TellAsync(ComplaintsDb db, List<(Complaint Complaint, TimelineEntry Last)> changed, CancellationToken cancel)
    {
        var ids = changed.ConvertAll(c => c.Complaint.Id);
        var watchers = await db.Watchers.AsNoTracking().Where(w => ids.Contains(w.ComplaintId)).ToListAsync(cancel);
        if (watchers.Count == 0)
        {
            return;
        }

        var waiting = await db
            .Notices.Where(n => ids.Contains(n.ComplaintId) && n.Kind == NoticeKind.Change && n.SeenAt == null)
            .ToListAsync(cancel);
        foreach (var (complaint, last) in changed)
        {
            foreach (
                var watcher in watchers.Where(w =>
                    w.ComplaintId == complaint.Id && w.StaffId != last.ActorId && !complaint.IsKeptFrom(w.StaffId)
                )
            )
            {
                var (by, say) = (last.Content!.Body.By ?? "", KeptSentence.Write(last.Content.Body.Sentence));
                if (waiting.Find(n => n.ComplaintId == complaint.Id && n.StaffId == watcher.StaffId) is { } known)
                {
                    (known.Seq, known.At, known.By, known.Say) = (last.Seq, last.At, by, say);
                    continue;
                }

                db.Add(
                    new Notice
                    {
                        StaffId = watcher.StaffId,
                        ComplaintId = complaint.Id,
                        Kind = NoticeKind.Change,
                        Seq = last.Seq,
                        At = last.At,
                        By = by,
                        Say = say,
                    }
                );
            }
        }
    }
}
