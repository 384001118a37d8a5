using Complaints.Casework;
using Complaints.Data;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>How much there is to tell the person, at the top of every page.</summary>
public sealed class NoticeBellViewComponent(ComplaintsDb db, Cases cases, Me me) : ViewComponent
{
    private const int Most = 99;

    /// <summary>Shows it; counts no further than anybody reads.</summary>
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var id = me.Member.Id;
        var count = await db
            .Notices.Where(n => n.StaffId == id && n.SeenAt == null && n.OnPage)
            .Join(cases.Visible(db.Complaints), n => n.ComplaintId, c => c.Id, (n, _) => n.Id)
            .Take(Most)
            .CountAsync();
        return View("/Casework/_NoticeBell.cshtml", count);
    }
}
