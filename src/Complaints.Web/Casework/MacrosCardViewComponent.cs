using Complaints.Casework;
using Complaints.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>What is quick on a complaint: running a macro, following it.</summary>
public sealed class MacrosCardViewComponent(Macros macros, ComplaintsDb db) : ViewComponent
{
    /// <summary>Shows it.</summary>
    public async Task<IViewComponentResult> InvokeAsync(CasePage page)
    {
        var followers = await db.Watchers.Where(w => w.ComplaintId == page.Complaint.Id).Select(w => w.StaffId).ToListAsync();
        return View(
            "/Casework/_Quick.cshtml",
            new QuickCard(page, page.MayWork ? await macros.AllAsync() : [], followers.Contains(page.MyId), followers.Count)
        );
    }
}

/// <summary>Macros for a complaint, and who follows it.</summary>
public sealed record QuickCard(CasePage Page, IReadOnlyList<Macro> Macros, bool Follows, int Followers);
