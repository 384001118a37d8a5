using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Language;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Complaints.Web.SignIn;

/// <summary>The set-up page: there until the first administrator is, then gone.</summary>
[Route("setup")]
public sealed class SetupController(Setup setup, SignInManager<StaffMember> manager, Spoken t) : Controller
{
    /// <summary>The form.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Form() =>
        await setup.IsNeededAsync() ? View("Setup", new SetupForm { Currency = "GBP", Language = t.Reader.Language }) : throw new NotHere();

    /// <summary>Sets up, signs in, and goes on to the checklist.</summary>
    [HttpPost("")]
    [EnableRateLimiting(SignInRoom.Tries)]
    public async Task<IActionResult> Create(SetupForm form)
    {
        if (!await setup.IsNeededAsync())
        {
            throw new NotHere();
        }

        try
        {
            await manager.SignInAsync(await setup.DoAsync(form), isPersistent: false);
            return LocalRedirect("/settings/checklist");
        }
        catch (Refusal refused)
        {
            ModelState.AddModelError(refused.Field ?? "", t[refused.Sentence]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("Setup", form);
        }
    }
}
