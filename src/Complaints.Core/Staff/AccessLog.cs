using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Staff;

/// <summary>Notes who looked at personal data: one row per person, complaint (or profile) and 15 minutes.</summary>
public static class AccessLog
{
    /// <summary>Notes it now, in a save of its own; a second look within the quarter of an hour writes nothing.</summary>
    /// <param name="db">The database.</param>
    /// <param name="staffId">Who looks.</param>
    /// <param name="customerId">Whose data it is.</param>
    /// <param name="complaintId">The complaint looked at; null for the profile.</param>
    /// <param name="now">UTC.</param>
    /// <param name="care">See <see cref="AccessLogEntry.Care"/>; noted although they looked before.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task NoteAsync(
        ComplaintsDb db,
        long staffId,
        long customerId,
        long? complaintId,
        DateTime now,
        bool care = false,
        CancellationToken cancel = default
    )
    {
        var quarter = new DateTime(now.Ticks - (now.Ticks % TimeSpan.FromMinutes(15).Ticks), DateTimeKind.Utc);
        var there = await db.AccessLog.AnyAsync(
            a =>
                a.StaffId == staffId
                && a.CustomerId == customerId
                && a.ComplaintId == complaintId
                && a.Quarter == quarter
                && (a.Care || !care),
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
            Care = care,
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
