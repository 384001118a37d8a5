using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Web.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Staff;

/// <summary>The staff list: administrators change everything, leads mark the people of their units away.</summary>
[Route("staff")]
public sealed class StaffController(ComplaintsDb db, Roster roster, Invitations invitations, UserManager<StaffMember> people)
    : DeskController
{
    /// <summary>For administrators and leads; for others the list is not there.</summary>
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (!Me.May(Right.Administer) && !Me.May(Right.Lead))
        {
            context.Result = NotFound();
        }
    }

    /// <summary>The list.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index() =>
        View(
            "StaffList",
            await roster
                .Mine()
                .AsNoTracking()
                .Include(s => s.Unit)
                .OrderByDescending(s => s.Active)
                .ThenBy(s => s.Unit!.Path)
                .ThenBy(s => s.Name)
                .ToListAsync()
        );

    /// <summary>The form for somebody new.</summary>
    [HttpGet("new")]
    [Needs(Right.Administer)]
    public Task<IActionResult> New() => NewAgain(new StaffForm { UnitId = Me.Member.UnitId, Language = Me.Member.Language });

    /// <summary>Adds and invites.</summary>
    [HttpPost("")]
    [Needs(Right.Administer)]
    public Task<IActionResult> Create(StaffForm form) =>
        TryAsync(
            async () =>
            {
                var email = Typed.Mail(form.Email, nameof(form.Email));
                var member = new StaffMember
                {
                    Name = "",
                    Email = email,
                    UserName = email,
                    LockoutEnabled = true,
                };
                await form.FillAsync(member, db);
                await db.InTransactionAsync(async () =>
                {
                    Roster.Check(await people.CreateAsync(member));
                    await invitations.WriteAsync(member, OneTimeCodes.Invitation);
                    await db.SaveChangesAsync();
                });
                await Recusals.WakeAsync(db, Now);
                Flash("{0} is invited: a mail with a link to choose a password is on its way.", member.Name);
                return RedirectToAction(nameof(Index));
            },
            () => NewAgain(form)
        );

    /// <summary>One person.</summary>
    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id)
    {
        var member = await roster.FindAsync(id);
        return await ShowAgain(member, StaffForm.Of(member));
    }

    /// <summary>Changes name, role, seat, unit, language.</summary>
    [HttpPost("{id:long}")]
    [Needs(Right.Administer)]
    public async Task<IActionResult> Update(long id, StaffForm form)
    {
        var member = await roster.FindAsync(id);
        return await TryAsync(
            async () =>
            {
                var (role, unit) = (member.Role, member.UnitId);
                if (form.Role != Role.Administrator)
                {
                    await roster.KeepOneAdministratorAsync(member);
                }

                await form.FillAsync(member, db);
                Roster.Check(
                    role != member.Role || unit != member.UnitId
                        ? await people.UpdateSecurityStampAsync(member)
                        : await people.UpdateAsync(member)
                );
                await Recusals.WakeAsync(db, Now); // another seat, another unit: perhaps somebody else can work what only they could
                Flash("Saved.");
                return RedirectToAction(nameof(Show), new { id });
            },
            () => ShowAgain(member, form)
        );
    }

    /// <summary>Sends the invitation, or a link for a new password, once more.</summary>
    [HttpPost("{id:long}/invitation")]
    [Needs(Right.Administer)]
    public async Task<IActionResult> Invite(long id)
    {
        var member = await roster.FindAsync(id);
        if (!member.Active)
        {
            throw new NotHere();
        }

        await invitations.WriteAsync(member, member.PasswordHash is null ? OneTimeCodes.Invitation : OneTimeCodes.Reset);
        await db.SaveChangesAsync();
        Flash("A mail with a link to choose a password is on its way to {0}.", member.Name);
        return RedirectToAction(nameof(Show), new { id });
    }

    /// <summary>Marks away, or here again.</summary>
    [HttpPost("{id:long}/absence")]
    public async Task<IActionResult> Absence(long id, AbsenceForm form)
    {
        var member = await roster.FindAsync(id);
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

                return RedirectToAction(nameof(Show), new { id });
            },
            () => ShowAgain(member, StaffForm.Of(member))
        );
    }

    /// <summary>The categories at the top: whoever knows one knows what lies below it.</summary>
    private async Task<IReadOnlyList<(long Id, string Name)>> SkillsAsync() =>
        [
            .. (
                await db
                    .Categories.AsNoTracking()
                    .Where(c => c.ParentId == null && c.Active)
                    .OrderBy(c => c.Position)
                    .ThenBy(c => c.Id)
                    .ToListAsync()
            ).Select(c => (c.Id, c.NameIn(T.Reader.Language))),
        ];

    private async Task<IActionResult> NewAgain(StaffForm form)
    {
        ViewData["Units"] = await UnitChoice.ReadAsync(db, T.Reader.Language);
        ViewData["Skills"] = await SkillsAsync();
        return View("StaffNew", form);
    }

    private async Task<IActionResult> ShowAgain(StaffMember member, StaffForm form)
    {
        ViewData["Units"] = await UnitChoice.ReadAsync(db, T.Reader.Language);
        ViewData["Skills"] = await SkillsAsync();
        ViewData["People"] = await PersonChoice.ReadAsync(db, member.Id);
        ViewData["Held"] = await roster.Held(member.Id).CountAsync();
        return View("StaffShow", new StaffPage(member, form));
    }
}

/// <summary>A person and the form about them.</summary>
public sealed record StaffPage(StaffMember Member, StaffForm Form);
