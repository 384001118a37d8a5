using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Language;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.SignIn;

/// <summary>Choosing a password by a one-time link, and asking for such a link.</summary>
public sealed class PasswordController(
    ComplaintsDb db,
    OneTimeCodes codes,
    Invitations invitations,
    SignInManager<StaffMember> manager,
    Spoken t,
    TimeProvider clock
) : Controller
{
    /// <summary>Where one asks for a link.</summary>
    [HttpGet("password")]
    public IActionResult Ask() => View("AskPassword", false);

    /// <summary>Sends the link. The answer is the same whether or not somebody has that address.</summary>
    [HttpPost("password")]
    [EnableRateLimiting(SignInRoom.Tries)]
    public async Task<IActionResult> Send(string? email)
    {
        var known = manager.UserManager.NormalizeEmail(email?.Trim() ?? "");
        var member = await db.Staff.FirstOrDefaultAsync(s => s.NormalizedEmail == known && s.Active);
        if (member is not null)
        {
            await invitations.WriteAsync(member, OneTimeCodes.Reset);
            await db.SaveChangesAsync();
        }

        return View("AskPassword", true);
    }

    /// <summary>The form behind the link. Opening it changes nothing.</summary>
    [HttpGet("password/{code}")]
    public async Task<IActionResult> Form(string code) => await OwnerAsync(code) is { } owner ? Shown(owner.Member) : Over();

    /// <summary>Sets the password, ends a lockout and every other session, and signs in.</summary>
    [HttpPost("password/{code}")]
    [EnableRateLimiting(SignInRoom.Tries)]
    public async Task<IActionResult> Create(string code, string? password, string? again)
    {
        if (await OwnerAsync(code) is not { } owner)
        {
            return Over();
        }

        try
        {
            Same(password, again);
            await db.InTransactionAsync(async () =>
            {
                owner.Code.UsedAt = clock.GetUtcNow().UtcDateTime;
                owner.Member.EmailConfirmed = true;
                owner.Member.LockoutEnd = null;
                owner.Member.AccessFailedCount = 0;
                await SetAsync(manager.UserManager, owner.Member, password!);
            });
        }
        catch (Refusal refused)
        {
            ModelState.AddModelError(refused.Field ?? "", t[refused.Sentence]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Shown(owner.Member);
        }

        await manager.SignInAsync(owner.Member, isPersistent: false);
        return LocalRedirect("/");
    }

    /// <summary>Sets somebody's password; every session but a new one ends.</summary>
    /// <exception cref="Refusal">Too short.</exception>
    internal static async Task SetAsync(UserManager<StaffMember> people, StaffMember member, string password)
    {
        if (password.Length < people.Options.Password.RequiredLength)
        {
            throw TooShort(people);
        }

        member.PasswordHash = people.PasswordHasher.HashPassword(member, password);
        var done = await people.UpdateSecurityStampAsync(member);
        if (!done.Succeeded)
        {
            throw new DbUpdateConcurrencyException(string.Join(' ', done.Errors.Select(e => e.Code)));
        }
    }

    /// <summary>Refuses two passwords that differ.</summary>
    internal static void Same(string? password, string? again)
    {
        if (string.IsNullOrEmpty(password))
        {
            throw new Refusal(new Sentence("Choose a password."), "password");
        }

        if (password != again)
        {
            throw new Refusal(new Sentence("The two passwords differ. Type the same one twice."), "again");
        }
    }

    private static Refusal TooShort(UserManager<StaffMember> people) =>
        new(
            new Sentence(
                "A password has {0} characters or more. A few words in a row are easy to keep.",
                people.Options.Password.RequiredLength
            ),
            "password"
        );

    private async Task<(OneTimeCode Code, StaffMember Member)?> OwnerAsync(string code)
    {
        var found = await codes.FindAsync(code, OneTimeCodes.Invitation, OneTimeCodes.Reset);
        var member = found is null ? null : await db.Staff.FirstOrDefaultAsync(s => s.Id == found.StaffId && s.Active);
        return member is null ? null : (found!, member);
    }

    private ViewResult Shown(StaffMember member) => View("ChoosePassword", member);

    private ViewResult Over()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return View("PasswordLinkOver");
    }
}
