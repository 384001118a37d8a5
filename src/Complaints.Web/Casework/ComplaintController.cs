using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Customers;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>One complaint's own page.</summary>
public sealed class ComplaintController(ComplaintsDb db, CasePages pages, Care care) : DeskController
{
    /// <summary>
    /// The page. <paramref name="again"/> is the mail that was undone: its form comes back filled in. With
    /// <paramref name="holding"/> a holding letter is drafted in the reply.
    /// </summary>
    [HttpGet("complaints/{reference}")]
    public async Task<IActionResult> Show(string reference, string? show, string? of, string? before, long? again, bool holding = false)
    {
        var page = await pages.BuildAsync(reference, show, of, before, undone: again, holding: holding);
        if (page.Complaint.Reference != reference)
        {
            return LocalRedirect($"/complaints/{page.Complaint.Reference}"); // typed in another way of writing it
        }

        await AccessLog.NoteAsync(db, Me.Member.Id, page.Complaint.CustomerId, page.Complaint.Id, Now, care.May(page.Complaint));
        return View("Complaint", page);
    }
}
