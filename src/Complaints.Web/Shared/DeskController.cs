using Complaints.Data;
using Complaints.Language;
using Complaints.Web.Language;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Shared;

/// <summary>What every staff page has: a signed-in person, their language, the time, and one way to take a refusal.</summary>
[Authorize]
public abstract class DeskController : Controller
{
    /// <summary>Who is signed in.</summary>
    protected Me Me => HttpContext.RequestServices.GetRequiredService<Me>();

    /// <summary>Says sentences in their language.</summary>
    protected Spoken T => HttpContext.RequestServices.GetRequiredService<Spoken>();

    /// <summary>UTC.</summary>
    protected DateTime Now => HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>
    /// Does what a form asks for. A refusal, or somebody else's change in between, goes into the error summary and the
    /// form is shown again by <paramref name="again"/> with everything that was typed, as 422.
    /// </summary>
    protected async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act, Func<Task<IActionResult>> again)
    {
        if (ModelState.IsValid)
        {
            try
            {
                return await act();
            }
            catch (Refusal refused)
            {
                ModelState.AddModelError(refused.Field ?? "", T[refused.Sentence]);
            }
            catch (DbUpdateException lost) when (lost is DbUpdateConcurrencyException || ComplaintsDb.IsAlreadyThere(lost))
            {
                ModelState.AddModelError(
                    "",
                    T["Somebody else saved this at the same moment. Look at it again, then save: what you typed is kept."]
                );
            }
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await again();
    }

    /// <summary>A short word of success on the next page.</summary>
    protected void Flash(string text, params object?[] args) => TempData["flash"] = T[text, args];
}
