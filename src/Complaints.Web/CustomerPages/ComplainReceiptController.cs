using Complaints.Casework;
using Complaints.Data;
using Complaints.Web.Intake;
using Complaints.Web.Language;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.CustomerPages;

/// <summary>What a customer sees after sending the public form.</summary>
[Route("complain/thanks")]
public sealed class ComplainReceiptController(ComplaintsDb db, WebForm settings, Complaints.Words.House house, Spoken t, TimeProvider clock)
    : Controller
{
    /// <summary>Thanks, with the reference. Shown to the browser that sent it; a reload keeps it.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show()
    {
        if (!settings.Enabled)
        {
            throw new NotHere();
        }

        var reference = TempData.Peek("complain") as string;
        var complaint = reference is null
            ? null
            : await db
                .Complaints.AsNoTracking()
                .Include(c => c.Customer)
                    .ThenInclude(c => c.ContactPoints)
                .FirstOrDefaultAsync(c => c.Reference == reference);
        return complaint is null
            ? Redirect("/complain")
            : View(
                "Complained",
                new ComplainedPage(
                    await house.NameAsync(t.Reader.Language),
                    complaint.Reference,
                    house.StatusLink(complaint.Id, clock.GetUtcNow().UtcDateTime),
                    complaint.UsableMail
                )
            );
    }
}
