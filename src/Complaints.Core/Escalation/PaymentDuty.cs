using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Escalation;

/// <summary>
/// Finds granted remedies that were not settled in time, also on closed complaints: the customer was told that it is
/// coming. The escalation follows in the same sweep.
/// </summary>
public sealed class PaymentDuty(ComplaintsDb db) : IDuty
{
    /// <inheritdoc />
    public async Task GetReadyAsync(IReadOnlyList<Complaint> batch, CancellationToken cancel)
    {
        var ids = batch.Where(c => c.PaymentDueAt is not null).Select(c => c.Id).ToList();
        if (ids.Count > 0)
        {
            await db.Grants.Where(g => ids.Contains(g.ComplaintId) && g.IsOwed).LoadAsync(cancel);
        }
    }

    /// <inheritdoc />
    public Task<DateTime?> DoAsync(Complaint complaint, DeadlineBook book, DateTime now, CancellationToken cancel)
    {
        DateTime? next = null;
        foreach (var grant in complaint.Grants.Where(g => g is { IsOwed: true, LateAt: null }))
        {
            if (grant.DueAt <= now)
            {
                complaint.FindLate(grant, now);
            }
            else if (next is null || grant.DueAt < next)
            {
                next = grant.DueAt;
            }
        }

        return Task.FromResult(next);
    }
}
