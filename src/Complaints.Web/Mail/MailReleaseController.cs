using Complaints.Data;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Mail;

/// <summary>The end of the pause in which nothing is mailed after a restore.</summary>
[Route("mail/release")]
public sealed class MailReleaseController(ComplaintsDb db) : DeskController
{
    /// <summary>Lets mail leave again after a restore.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Release(bool oldToo)
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }

        await MailHold.ReleaseAsync(db, oldToo, Now);
        Flash("Mail leaves again.");
        return Redirect("/mail");
    }
}
