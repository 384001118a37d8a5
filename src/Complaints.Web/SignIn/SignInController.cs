using Complaints.Staff;
using Complaints.Web.Language;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Complaints.Web.SignIn;

/// <summary>Signing in and out.</summary>
public sealed class SignInController(SignInManager<StaffMember> manager, Setup setup, Demo demo, Spoken t) : Controller
{
    /// <summary>The form; the set-up page as long as nobody could sign in.</summary>
    [HttpGet("sign-in")]
    public async Task<IActionResult> Form(string? to, bool signedOut = false) =>
        await setup.IsNeededAsync()
            ? LocalRedirect("/setup")
            : View("SignIn", new SignInForm { To = to, Forget = signedOut || string.IsNullOrEmpty(to) });

    /// <summary>Signs in.</summary>
    [HttpPost("sign-in")]
    [EnableRateLimiting(SignInRoom.Tries)]
    public async Task<IActionResult> Create(SignInForm form)
    {
        var member = await manager.UserManager.FindByEmailAsync(form.Email?.Trim() ?? "");
        var result = member is { Active: true }
            ? await manager.PasswordSignInAsync(member, form.Password ?? "", isPersistent: false, lockoutOnFailure: true)
            : Microsoft.AspNetCore.Identity.SignInResult.Failed;
        if (result.Succeeded)
        {
            return LocalRedirect(Url.IsLocalUrl(form.To) ? form.To! : "/");
        }

        ModelState.AddModelError(
            "",
            result.IsLockedOut
                ? t["Too many wrong passwords. Wait 15 minutes, or ask an administrator for a new one."]
                : t["Address and password do not fit together. Try again, or have a new password sent."]
        );
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("SignIn", form);
    }

    /// <summary>Signs out.</summary>
    [HttpPost("sign-out")]
    [Authorize]
    public async Task<IActionResult> Delete()
    {
        await manager.SignOutAsync();
        return LocalRedirect(demo.Enabled ? "/welcome?signedOut=true" : "/sign-in?signedOut=true");
    }
}

/// <summary>What is typed to sign in.</summary>
public sealed class SignInForm
{
    public string? Email { get; set; }
    public string? Password { get; set; }

    /// <summary>Where to go afterwards; only addresses of our own are followed.</summary>
    public string? To { get; set; }

    /// <summary>True when drafts kept in this browser must go: nobody is expected back.</summary>
    public bool Forget { get; set; }
}
