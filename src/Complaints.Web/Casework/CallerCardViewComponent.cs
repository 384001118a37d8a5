using Complaints.Casework;
using Complaints.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Who is on the phone: asked before anything is told.</summary>
public sealed class CallerCardViewComponent(ComplaintsDb db, TimeProvider clock) : ViewComponent
{
    /// <summary>Shows it.</summary>
    public async Task<IViewComponentResult> InvokeAsync(CasePage page)
    {
        var since = clock.GetUtcNow().UtcDateTime - CallerQuestions.Holds;
        var id = page.Complaint.Id;
        var last = await db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .Where(e => e.ComplaintId == id && e.Kind == EntryKind.CallerChecked && e.At > since)
            .OrderByDescending(e => e.Seq)
            .FirstOrDefaultAsync();
        return View("/Casework/_Caller.cshtml", new CallerCard(page, await CallerQuestions.ReadAsync(db), last));
    }
}

/// <summary>What can be asked, and what was.</summary>
/// <param name="Last">The last check of this hour; null for none.</param>
public sealed record CallerCard(CasePage Page, CallerQuestions Questions, TimelineEntry? Last);
