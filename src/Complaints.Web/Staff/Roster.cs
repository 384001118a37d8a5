using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Staff;

/// <summary>Who is on the staff list of somebody, and what holds when it changes.</summary>
public sealed class Roster(ComplaintsDb db, Me me)
{
    /// <summary>The people the signed-in person looks after: all for administrators, the own units for leads.</summary>
    public IQueryable<StaffMember> Mine()
    {
        var path = me.Actor.UnitPath;
        return me.May(Right.Administer) ? db.Staff : db.Staff.Where(s => s.Unit!.Path.StartsWith(path));
    }

    /// <summary>One of them, tracked, with the unit.</summary>
    /// <exception cref="Shared.NotHere">Not on the list.</exception>
    public async Task<StaffMember> FindAsync(long id) =>
        await Mine().Include(s => s.Unit).FirstOrDefaultAsync(s => s.Id == id) ?? throw new Shared.NotHere();

    /// <summary>Refuses to take away the last administrator; called before the change.</summary>
    /// <exception cref="Refusal">Nobody else could change settings any more.</exception>
    public async Task KeepOneAdministratorAsync(StaffMember member)
    {
        if (
            member is { Role: Role.Administrator, Active: true }
            && !await db.Staff.AnyAsync(s => s.Id != member.Id && s.Active && s.Role == Role.Administrator)
        )
        {
            throw new Refusal("{0} is the last administrator. Make somebody else one first.", member.Name);
        }
    }

    /// <summary>The open complaints somebody holds.</summary>
    public IQueryable<Complaint> Held(long id) => db.Complaints.Where(c => c.OwnerId == id && c.IsOpen);

    /// <summary>Hands everything open of <paramref name="from"/> to somebody else, or to the unassigned queue. The caller saves.</summary>
    /// <exception cref="Refusal">The new owner is complained about in one of them, or no longer works here.</exception>
    public async Task<int> HandOverAsync(StaffMember from, StaffMember? to, Actor actor, DateTime now)
    {
        var count = await HandOverWorkAsync(from, to, actor, now, null);
        await foreach (var other in db.Staff.Where(s => s.DelegateId == from.Id).AsAsyncEnumerable())
        {
            other.DelegateId = null;
        }

        return count;
    }

    /// <summary>Somebody is away: the delegate gets everything open, with a note on each complaint. The caller saves.</summary>
    public async Task<int> HandOverMeanwhileAsync(StaffMember from, AbsenceForm form, Actor actor, DateTime now)
    {
        var to = form.HandOver && from.DelegateId is { } id ? await db.Staff.FirstAsync(s => s.Id == id) : null;
        return to is null ? 0 : await HandOverWorkAsync(from, to, actor, now, form.HandOverNote);
    }

    private async Task<int> HandOverWorkAsync(StaffMember from, StaffMember? to, Actor actor, DateTime now, string? note)
    {
        var complaints = await Held(from.Id).ToListAsync();
        foreach (var complaint in complaints)
        {
            complaint.Assign(actor, now, to is not null && complaint.IsKeptFrom(to.Id) ? null : to);
            if (!string.IsNullOrWhiteSpace(note))
            {
                complaint.Note(actor, now, note.Trim());
            }
        }

        await foreach (var task in db.DeskTasks.Where(t => t.OwnerId == from.Id && t.DoneAt == null).AsAsyncEnumerable())
        {
            task.OwnerId = to?.Id;
        }

        return complaints.Count;
    }

    /// <summary>Turns Identity's answer into a refusal.</summary>
    /// <exception cref="Refusal">It was not done.</exception>
    public static void Check(IdentityResult result)
    {
        if (result.Succeeded)
        {
            return;
        }

        throw result.Errors.Any(e => e.Code is "DuplicateEmail" or "DuplicateUserName")
            ? new Refusal(
                new Sentence("Somebody with that address is here already. Look at the staff list, also among those who left."),
                "Email"
            )
            : new Refusal("That could not be saved: {0}", string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
