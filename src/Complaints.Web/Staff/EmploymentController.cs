using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Staff;

/// <summary>Leaving and coming back. Whoever left keeps their name on every timeline.</summary>
[Route("staff/{id:long}")]
[Needs(Right.Administer)]
public sealed class EmploymentController(ComplaintsDb db, Roster roster, UserManager<StaffMember> people) : DeskController
{
    /// <summary>What they hold, and who gets it.</summary>
    [HttpGet("departure")]
    public async Task<IActionResult> Leaving(long id) => await LeavingAgain(await roster.FindAsync(id));

    /// <summary>Deactivates: their sessions end with the next click, their open work goes to somebody else or to the unassigned queue.</summary>
    [HttpPost("departure")]
    public async Task<IActionResult> Leave(long id, long? to)
    {
        var member = await roster.FindAsync(id);
        return await TryAsync(
            async () =>
            {
                await roster.KeepOneAdministratorAsync(member);
                var heir = to is null ? null : await db.Staff.FirstOrDefaultAsync(s => s.Id == to && s.Active && s.Id != id);
                if (to is not null && heir is null)
                {
                    throw new Refusal(new Sentence("Choose somebody who works here."), "to");
                }

                var count = await db.InTransactionAsync(async () =>
                {
                    var handed = await roster.HandOverAsync(member, heir, Me.Actor, Now);
                    member.Active = false;
                    Roster.Check(await people.UpdateSecurityStampAsync(member));
                    await db.SaveChangesAsync();
                    return handed;
                });
                await Recusals.WakeAsync(db, Now); // perhaps nobody else is left for something they decided
                Flash("{0} is deactivated; {1|complaint was|complaints were} handed over.", member.Name, count);
                return Redirect("/staff");
            },
            () => LeavingAgain(member)
        );
    }

    /// <summary>Reactivates.</summary>
    [HttpPost("return")]
    public async Task<IActionResult> Return(long id)
    {
        var member = await roster.FindAsync(id);
        member.Active = true;
        Roster.Check(await people.UpdateSecurityStampAsync(member));
        await Recusals.WakeAsync(db, Now);
        Flash("{0} may sign in again.", member.Name);
        return Redirect($"/staff/{id}");
    }

    private async Task<IActionResult> LeavingAgain(StaffMember member)
    {
        ViewData["People"] = await PersonChoice.ReadAsync(db, member.Id);
        ViewData["Held"] = await roster.Held(member.Id).CountAsync();
        ViewData["Tasks"] = await db.DeskTasks.CountAsync(t => t.OwnerId == member.Id && t.DoneAt == null);
        return View("StaffLeaving", member);
    }
}
