using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Escalation;

/// <summary>Reminds of promises and finds those that were not kept; the escalation follows in the same sweep.</summary>
public sealed class PromiseDuty(ComplaintsDb db) : IDuty
{
    /// <inheritdoc />
    public async Task GetReadyAsync(IReadOnlyList<Complaint> batch, CancellationToken cancel)
    {
        var ids = batch.Where(c => c.PromiseDueAt is not null).Select(c => c.Id).ToList();
        if (ids.Count > 0)
        {
            await db.Promises.Where(p => ids.Contains(p.ComplaintId) && p.EndedAt == null).LoadAsync(cancel);
        }
    }

    /// <inheritdoc />
    public Task<DateTime?> DoAsync(Complaint complaint, DeadlineBook book, DateTime now, CancellationToken cancel)
    {
        DateTime? next = null;
        foreach (var promise in complaint.Promises.Where(p => p.IsOpen && p.BrokenAt is null && complaint.IsOpen))
        {
            if (promise.DueAt <= now)
            {
                complaint.BreakPromise(promise, now);
                continue;
            }

            if (promise.RemindedAt is null && promise.RemindAt <= now)
            {
                complaint.RemindOfPromise(promise, now);
            }

            var at = promise.RemindedAt is null ? promise.RemindAt : promise.DueAt;
            next = next is null || at < next ? at : next;
        }

        return Task.FromResult(next);
    }
}
