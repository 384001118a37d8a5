using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Merges complaints and undoes it: loads what goes over, and keeps what undoing needs. The caller saves.</summary>
public sealed class Merging(ComplaintsDb db)
{
    /// <summary>Merges one into another. Both tracked, with clocks, pauses, customer and open promises.</summary>
    /// <param name="merged">Ends as a duplicate.</param>
    /// <param name="survivor">Goes on.</param>
    /// <param name="actor">Who merges.</param>
    /// <param name="now">UTC.</param>
    /// <param name="reason">Stands on both timelines.</param>
    /// <param name="anotherCustomers">A person has seen that they are of two customers.</param>
    /// <param name="book">Deadlines.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal">See <see cref="Complaint.MergeInto"/>.</exception>
    public async Task<Merger> MergeAsync(
        Complaint merged,
        Complaint survivor,
        Actor actor,
        DateTime now,
        string reason,
        bool anotherCustomers,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var both = new[] { merged.Id, survivor.Id };
        await db.DeskTasks.Where(t => both.Contains(t.ComplaintId) && t.DoneAt == null).LoadAsync(cancel);
        await db.Promises.Where(p => both.Contains(p.ComplaintId) && p.EndedAt == null).LoadAsync(cancel);
        var merger = merged.MergeInto(survivor, actor, now, reason, anotherCustomers, book);
        db.Mergers.Add(merger);
        return merger;
    }

    /// <summary>The merging that stands for that complaint; null when none does.</summary>
    public Task<Merger?> OfAsync(long complaintId, CancellationToken cancel = default) =>
        db.Mergers.FirstOrDefaultAsync(m => m.ComplaintId == complaintId && m.UndoneAt == null, cancel);

    /// <summary>Undoes it. Both tracked, with clocks and pauses.</summary>
    /// <exception cref="Refusal">See <see cref="Complaint.Unmerge"/>.</exception>
    public async Task UndoAsync(
        Merger merger,
        Complaint merged,
        Complaint survivor,
        Actor actor,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var before = merger.Before;
        var promises = before.Promises.Select(p => p.Id).ToList();
        var tasks = before.Tasks.Select(t => t.Id).ToList();
        var both = new[] { merged.Id, survivor.Id };
        await db.Promises.Where(p => promises.Contains(p.Id) || (both.Contains(p.ComplaintId) && p.EndedAt == null)).LoadAsync(cancel);
        await db.DeskTasks.Where(t => tasks.Contains(t.Id) || (both.Contains(t.ComplaintId) && t.DoneAt == null)).LoadAsync(cancel);
        var kept = db.Promises.Local.Select(p => p.TaskId).ToList();
        await db.DeskTasks.Where(t => kept.Contains(t.Id)).LoadAsync(cancel);
        merged.Unmerge(merger, survivor, actor, now, book);
    }

    /// <summary>Ids of the complaints that were merged into that one, through others too.</summary>
    public static async Task<List<long>> IntoAsync(ComplaintsDb db, long survivorId, CancellationToken cancel = default)
    {
        List<long> all = [];
        List<long> last = [survivorId];
        while (last.Count > 0 && all.Count < 500)
        {
            var next = await db
                .Complaints.Where(c => c.State == State.Duplicate && c.DuplicateOfId != null && last.Contains(c.DuplicateOfId.Value))
                .Select(c => c.Id)
                .ToListAsync(cancel);
            last = next.Except(all).ToList();
            all.AddRange(last);
        }

        return all;
    }
}
