using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Staff;

/// <summary>Notes who looked at personal data: one row per person, complaint (or profile) and 15 minutes.</summary>
public static class AccessLog
{
    /// <summary>Notes it now, in a save of its own; a second look within the quarter of an hour writes nothing.</summary>
    public static async Task NoteAsync(
        ComplaintsDb db,
        long staffId,
        long customerId,
        long? complaintId,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        var quarter = new DateTime(now.Ticks - (now.Ticks % TimeSpan.FromMinutes(15).Ticks), DateTimeKind.Utc);
        var there = await db.AccessLog.AnyAsync(
            a => a.StaffId == staffId && a.CustomerId == customerId && a.ComplaintId == complaintId && a.Quarter == quarter,
            cancel
        );
        if (there)
        {
            return;
        }

        var row = new AccessLogEntry
        {
            StaffId = staffId,
            CustomerId = customerId,
            ComplaintId = complaintId,
            Quarter = quarter,
        };
        db.AccessLog.Add(row);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException again) when (ComplaintsDb.IsAlreadyThere(again))
        {
            db.Entry(row).State = EntityState.Detached; // two tabs at the same moment
        }
    }
}
