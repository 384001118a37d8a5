using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// Somebody has a complaint open, or writes to its customer. One row a person and complaint, over after a minute, and no
/// part of the complaint: nothing follows from it.
/// </summary>
public sealed class CaseVisit
{
    /// <summary>How long a sign of life counts; a page gives one three times as often.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    public long ComplaintId { get; init; }
    public long StaffId { get; init; }

    /// <summary>UTC, the last sign of life.</summary>
    public DateTime SeenAt { get; init; }

    /// <summary>UTC of the last key in words to the customer; null while nothing was typed.</summary>
    public DateTime? WritingAt { get; init; }

    /// <summary>Notes a sign of life.</summary>
    public static async Task NoteAsync(
        ComplaintsDb db,
        long complaintId,
        long staffId,
        bool writing,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        for (var again = true; ; again = false)
        {
            using (await db.Gate.EnterAsync(cancel))
            {
                var there = await db
                    .CaseVisits.Where(v => v.ComplaintId == complaintId && v.StaffId == staffId)
                    .ExecuteUpdateAsync(
                        s => s.SetProperty(v => v.SeenAt, now).SetProperty(v => v.WritingAt, v => writing ? now : v.WritingAt),
                        cancel
                    );
                if (there > 0)
                {
                    return;
                }
            }

            db.Add(
                new CaseVisit
                {
                    ComplaintId = complaintId,
                    StaffId = staffId,
                    SeenAt = now,
                    WritingAt = writing ? now : null,
                }
            );
            try
            {
                await db.SaveChangesAsync(cancel);
                return;
            }
            catch (DbUpdateException twice) when (again && ComplaintsDb.IsAlreadyThere(twice))
            {
                db.ChangeTracker.Clear(); // the same person in two windows
            }
        }
    }

    /// <summary>Who else is there at this moment, by name.</summary>
    public static async Task<IReadOnlyList<Visitor>> OthersAsync(
        ComplaintsDb db,
        long complaintId,
        long staffId,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        var since = now - Lasts;
        return await db
            .CaseVisits.AsNoTracking()
            .Where(v => v.ComplaintId == complaintId && v.StaffId != staffId && v.SeenAt > since)
            .Join(db.Staff, v => v.StaffId, s => s.Id, (v, s) => new Visitor(s.Name, v.WritingAt != null && v.WritingAt > since))
            .Take(20)
            .ToListAsync(cancel);
    }
}

/// <summary>Somebody else who has the complaint open.</summary>
/// <param name="Writes">They write to the customer.</param>
public sealed record Visitor(string Name, bool Writes);
