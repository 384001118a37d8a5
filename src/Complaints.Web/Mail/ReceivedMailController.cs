using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>Received mail that belongs to no complaint yet.</summary>
[Route("mail/received/{id:long}")]
public sealed class ReceivedMailController(ComplaintsDb db, Cases cases, MailPages pages, InboundRun reading, InboundMail inbound)
    : DeskController
{
    /// <summary>Reads a message that was set aside once more.</summary>
    [HttpPost("retry")]
    public Task<IActionResult> Retry(long id)
    {
        pages.Allow();
        return TryAsync(
            async () =>
            {
                var message = await AsideAsync(id);
                (message.State, message.Tries) = (InState.Waiting, 0);
                await db.SaveChangesAsync();
                await reading.TryAsync(id);
                Flash("It was read again; see below what came of it.");
                return Redirect("/mail");
            },
            async () => View("Mail", await pages.PageAsync())
        );
    }

    /// <summary>Puts a message on the complaint it belongs to.</summary>
    [HttpPost("complaint")]
    public Task<IActionResult> Assign(long id, string? reference)
    {
        pages.Allow();
        return TryAsync(
            async () =>
            {
                Complaint complaint;
                try
                {
                    complaint = await cases.FindAsync(reference ?? "", Right.Lead);
                }
                catch (NotHere)
                {
                    throw new Refusal(
                        new Sentence("There is no complaint “{0}” for you. Check the reference.", reference),
                        $"reference-{id}"
                    );
                }

                await db.InTransactionAsync(async () =>
                {
                    await inbound.AssignAsync(await AsideAsync(id), complaint.Id, Me.Actor, HttpContext.RequestAborted);
                    await db.SaveChangesAsync();
                });
                Flash("It now stands on {0}.", complaint.Reference);
                return Redirect("/mail");
            },
            async () => View("Mail", await pages.PageAsync())
        );
    }

    private async Task<InMessage> AsideAsync(long id) =>
        await db.InMessages.FirstOrDefaultAsync(m => m.Id == id && m.ComplaintId == null && m.State != InState.Waiting)
        ?? throw new NotHere();
}
