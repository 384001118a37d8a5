using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Settings;

/// <summary>What callers are asked before anything is told.</summary>
[Route("settings/caller")]
[Needs(Right.Administer)]
public sealed class CallerQuestionsController(ComplaintsDb db) : DeskController
{
    /// <summary>The form.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show()
    {
        var set = await CallerQuestions.ReadAsync(db);
        return View(
            "CallerQuestions",
            new CallerForm { English = string.Join('\n', set.English), Chinese = string.Join('\n', set.Chinese) }
        );
    }

    /// <summary>Keeps it.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update(CallerForm form) =>
        TryAsync(
            async () =>
            {
                await CallerQuestions.Of(form.English, form.Chinese).KeepAsync(db);
                await db.SaveChangesAsync();
                Flash("Saved.");
                return RedirectToAction(nameof(Show));
            },
            () => Task.FromResult<IActionResult>(View("CallerQuestions", form))
        );
}

/// <summary>Questions as typed, a line each.</summary>
public sealed class CallerForm
{
    public string? English { get; set; }
    public string? Chinese { get; set; }
}
