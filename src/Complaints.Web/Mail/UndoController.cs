using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>Undoing what one has just sent.</summary>
public sealed class UndoController(ComplaintsDb db, MailUndo undo) : DeskController
{
    /// <summary>Undoes the mail; the complaint's page opens with the form as it was typed.</summary>
    [HttpPost("mail/{id:long}/undo")]
    public async Task<IActionResult> Create(long id)
    {
        var message =
            await db.OutMessages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && m.AuthorId == Me.Member.Id) ?? throw new NotHere();
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

        Flash("Undone. Nothing was sent, and your words are back in the form.");
        return LocalRedirect(message.Typed is null ? page : $"{page}?again={id}");
    }
}
