using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>Undoing what one has just sent.</summary>
public sealed class UndoController(ComplaintsDb db, MailUndo undo, Cases cases) : DeskController
{
    /// <summary>
    /// Undoes the mail; the complaint's page opens with the form as it was typed unless that is not wanted. One that was put
    /// off may be taken back by whoever works on the complaint: its author may be away when it matters.
    /// </summary>
    [HttpPost("mail/{id:long}/undo")]
    public async Task<IActionResult> Create(long id, bool change = true)
    {
        var message = await db.OutMessages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id) ?? throw new NotHere();
        if (message.AuthorId != Me.Member.Id)
        {
            _ = message is { SaidWhenSent: not null, Reference: { } about }
                ? await cases.FindAsync(about, Right.Work)
                : throw new NotHere();
        }

        var page = message.Reference is { } reference ? $"/complaints/{reference}" : "/";
        try
        {
            await undo.UndoAsync(message, Me.Actor, HttpContext.RequestAborted);
        }
        catch (Refusal refused)
        {
            TempData["flash-bad"] = T[refused.Sentence];
            return LocalRedirect(page);
        }

        if (!change)
        {
            Flash("Taken back. Nothing was sent.");
            return LocalRedirect(page);
        }

        Flash("Undone. Nothing was sent, and your words are back in the form.");
        return LocalRedirect(message.Typed is null ? page : $"{page}?again={id}");
    }
}
