using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Deadlines;

/// <summary>Explains every deadline of a complaint: “why?”.</summary>
public sealed class DeadlinesController(ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("complaints/{reference}/deadlines")]
    public async Task<IActionResult> Show(string reference)
    {
        var complaint = await cases.FindAsync(reference);
        var book = await cases.BookAsync();
        var calendars = await db.Calendars.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.NameIn(T.Reader.Language));
        var pausedBy = complaint.Clocks.SelectMany(c => c.Pauses).Select(p => p.ByStaffId).OfType<long>().Distinct().ToList();
        var names = await db.Staff.Where(s => pausedBy.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name);
        var sent = await db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .Where(e => e.ComplaintId == complaint.Id && e.Kind == EntryKind.DocumentSent)
            .OrderBy(e => e.Seq)
            .ToListAsync();
        return View(
            "Explain",
            new ExplainPage(
                complaint,
                [
                    .. complaint
                        .Clocks.OrderBy(c => c.Name)
                        .ThenBy(c => c.DueAt)
                        .Select(c => ExplainedClock.Of(c, book, calendars[c.CalendarId], names, sent, Now)),
                ]
            )
        );
    }
}

/// <summary>The page's content.</summary>
/// <param name="Complaint">With its unit.</param>
/// <param name="Clocks">House clocks first.</param>
public sealed record ExplainPage(Complaint Complaint, IReadOnlyList<ExplainedClock> Clocks);
