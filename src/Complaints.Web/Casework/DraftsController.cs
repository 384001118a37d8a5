using System.Text.Json;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>What somebody types into a complaint's forms, kept while they type. Every answer is the author's own draft.</summary>
[Needs(Right.Work)]
[RequestSizeLimit(8L * Draft.Longest)]
public sealed class DraftsController(ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>Keeps what is typed; 409 with what another page kept, when that one was faster.</summary>
    /// <param name="typed">The fields as JSON.</param>
    /// <param name="mark">The state of the draft the page knows; 0 for none.</param>
    [HttpPost("/complaints/{reference}/drafts/{form}")]
    public async Task<IActionResult> Update(string reference, string form, string? typed, long mark)
    {
        var complaint = await IdAsync(reference, form);
        if (typed is null || typed.Length > Draft.Longest || !IsFields(typed))
        {
            return StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var draft = new Draft
        {
            StaffId = Me.Member.Id,
            ComplaintId = complaint,
            Form = form,
            Typed = typed,
            At = Now,
        };
        var (how, now) = await Draft.KeepAsync(db, draft, mark, HttpContext.RequestAborted);
        return how switch
        {
            DraftKeeping.Busy => StatusCode(StatusCodes.Status503ServiceUnavailable),
            DraftKeeping.Overtaken => Conflict(KeptDraft.Of(now)),
            _ => Ok(KeptDraft.Of(now) with { Typed = null }),
        };
    }

    /// <summary>Throws one away.</summary>
    [HttpPost("/complaints/{reference}/drafts/{form}/removal")]
    public async Task<IActionResult> Delete(string reference, string form)
    {
        await Draft.ForgetAsync(db, Me.Member.Id, await IdAsync(reference, form), form);
        TempData["draft-done"] = $"{form}-{Reference.Read(reference)}";
        return LocalRedirect($"/complaints/{reference}");
    }

    private async Task<long> IdAsync(string reference, string form)
    {
        var known = Reference.Read(reference);
        return Draft.Forms.Contains(form)
            ? await cases.Visible(db.Complaints).Where(c => c.Reference == known).Select(c => (long?)c.Id).FirstOrDefaultAsync()
                ?? throw new NotHere()
            : throw new NotHere();
    }

    private static bool IsFields(string typed)
    {
        try
        {
            using var read = JsonDocument.Parse(typed);
            return read.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>A draft as a page gets it.</summary>
/// <param name="Mark">0 when none is kept.</param>
/// <param name="At">UTC; null when none is kept.</param>
/// <param name="Typed">The fields as JSON; null when the page has them.</param>
public sealed record KeptDraft(long Mark, DateTime? At, string? Typed)
{
    /// <summary>Of what is kept.</summary>
    public static KeptDraft Of(Draft? draft) => new(draft?.Mark ?? 0, draft?.At, draft?.Typed);
}
