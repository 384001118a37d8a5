using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>The time since the customer last heard from a person, counted anew when a mail was undone or came back.</summary>
public static class Silence
{
    /// <summary>Sets <see cref="Complaint.LastPersonContactAt"/> to the latest word of a person that is not the mail <paramref name="lost"/>.</summary>
    public static async Task CountAsync(ComplaintsDb db, Complaint complaint, string lost, CancellationToken cancel)
    {
        var said = await db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .Where(e =>
                e.ComplaintId == complaint.Id
                && e.ActorId != null
                && (
                    e.Kind == EntryKind.ContactOut
                    || e.Kind == EntryKind.Acknowledged
                    || e.Kind == EntryKind.Apologized
                    || e.Kind == EntryKind.Resolved
                )
            )
            .OrderByDescending(e => e.Seq)
            .Take(50)
            .ToListAsync(cancel);
        complaint.NotHeard(said.Find(e => e.Content?.Body.Message != lost)?.At);
    }
}
