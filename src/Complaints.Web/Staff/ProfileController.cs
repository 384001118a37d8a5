using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Web.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Staff;

/// <summary>One's own settings.</summary>
[Route("profile")]
public sealed class ProfileController(ComplaintsDb db, SignInManager<StaffMember> manager, Roster roster) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show() => await Again(await MyselfAsync());

    /// <summary>Name, language, zone, theme, shortcuts.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Update(ProfileForm form)
    {
        var member = await MyselfAsync();
        return await TryAsync(
            async () =>
            {
                member.Name = Typed.Needed(form.Name, nameof(form.Name));
                member.Language = Tongue.Nearest(form.Language);
                member.TimeZone = string.IsNullOrWhiteSpace(form.Zone) ? null : Typed.Zone(form.Zone, nameof(form.Zone));
                member.Theme = form.Theme is "light" or "dark" ? form.Theme : "auto";
                member.Shortcuts = form.Shortcuts;
                await db.SaveChangesAsync();
                Flash("Saved.");
                return RedirectToAction(nameof(Show));
            },
            () => Again(member)
        );
    }

    /// <summary>The language alone, from the top bar.</summary>
    [HttpPost("language")]
    public async Task<IActionResult> Language(string? language)
    {
        var member = await MyselfAsync();
        member.Language = Tongue.Nearest(language);
        await db.SaveChangesAsync();
        var from = Request.Headers.Referer.ToString();
        var back = Uri.TryCreate(from, UriKind.Absolute, out var page) && page.Authority == Request.Host.Value ? page.PathAndQuery : "/";
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }

    /// <summary>A new password; every other session ends.</summary>
    [HttpPost("password")]
    public async Task<IActionResult> Password(string? current, string? password, string? again)
    {
        var member = await MyselfAsync();
        return await TryAsync(
            async () =>
            {
                if (member.PasswordHash is not null && !await manager.UserManager.CheckPasswordAsync(member, current ?? ""))
                {
                    throw new Refusal(new Sentence("That is not your present password."), "current");
                }

                PasswordController.Same(password, again);
                await PasswordController.SetAsync(manager.UserManager, member, password!);
                await manager.RefreshSignInAsync(member);
                Flash("Your password is changed. Everywhere else you are signed out.");
                return RedirectToAction(nameof(Show));
            },
            () => Again(member)
        );
    }

    /// <summary>Signs out everywhere, here too.</summary>
    [HttpPost("sessions")]
    public async Task<IActionResult> SignOutEverywhere()
    {
        await manager.UserManager.UpdateSecurityStampAsync(await MyselfAsync());
        await manager.SignOutAsync();
        return LocalRedirect("/sign-in?signedOut=true");
    }

    /// <summary>Marks oneself away, or here again.</summary>
    [HttpPost("absence")]
    public async Task<IActionResult> Absence(AbsenceForm form)
    {
        var member = await MyselfAsync();
        return await TryAsync(
            async () =>
            {
                await form.FillAsync(member, db, Me.Reader.Zone, Now);
                var handed = await roster.HandOverMeanwhileAsync(member, form, Me.Actor, Now);
                await db.SaveChangesAsync();
                if (handed > 0)
                {
                    Flash("Saved. {0|complaint was|complaints were} handed over.", handed);
                }
                else
                {
                    Flash("Saved.");
                }

                return RedirectToAction(nameof(Show));
            },
            () => Again(member)
        );
    }

    private Task<StaffMember> MyselfAsync() => db.Staff.Include(s => s.Unit).FirstAsync(s => s.Id == Me.Member.Id);

    private async Task<IActionResult> Again(StaffMember member)
    {
        ViewData["People"] = await PersonChoice.ReadAsync(db, member.Id);
        return View("Profile", member);
    }
}

/// <summary>What is typed about oneself.</summary>
public sealed class ProfileForm
{
    public string? Name { get; set; }
    public string? Language { get; set; }
    public string? Zone { get; set; }
    public string? Theme { get; set; }
    public bool Shortcuts { get; set; }
}
