using Complaints.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>Mails of which nobody knows whether they arrived: a person decides.</summary>
[Route("mail/questions/{deliveryId:long}")]
public sealed class MailQuestionsController(MailPages pages, MailQuestions questions) : DeskController
{
    /// <summary>Sends a questioned mail again, or counts it as sent.</summary>
    [HttpPost("")]
    public Task<IActionResult> Decide(long deliveryId, bool again)
    {
        pages.Allow();
        return TryAsync(
            async () =>
            {
                _ = await pages.Outgoing().FirstOrDefaultAsync(d => d.Id == deliveryId) ?? throw new NotHere();
                await (again ? questions.SendAgainAsync(deliveryId, Me.Actor) : questions.CountAsSentAsync(deliveryId, Me.Actor));
                Flash(again ? "It is sent again." : "It counts as sent.");
                return Redirect("/mail");
            },
            async () => View("Mail", await pages.PageAsync())
        );
    }
}
