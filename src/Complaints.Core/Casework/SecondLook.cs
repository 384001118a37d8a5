using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Who is told that something was proposed as no complaint: a second person has to look, and must know of it.</summary>
public static class SecondLook
{
    /// <summary>
    /// The nearest who may decide: the team leads of the complaint's unit, or of the nearest unit above that has one, before
    /// managers before directors. Never whoever proposed it, nor who is kept out of the complaint. For who is away their
    /// delegate is told, if that person may decide too; where everybody is away, the nearest find it when they are back.
    /// </summary>
    /// <param name="unitPath">Path of the complaint's unit.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Ids, each once.</returns>
    public static async Task<IReadOnlyList<long>> OfAsync(
        ComplaintsDb db,
        Complaint complaint,
        string unitPath,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        var leads = (
            await db
                .Staff.AsNoTracking()
                .Include(s => s.Unit)
                .Where(s => s.Active && (s.Role == Role.TeamLead || s.Role == Role.Manager || s.Role == Role.Director))
                .ToListAsync(cancel)
        )
            .Where(s =>
                s.Id != complaint.ProposedById
                && !complaint.IsKeptFrom(s.Id)
                && (Rights.SeesAll(s.Role) || unitPath.StartsWith(s.Unit!.Path, StringComparison.Ordinal))
            )
            .ToList();
        var rungs = leads
            .GroupBy(s => (s.Role, s.Unit!.Path.Length))
            .OrderBy(g => g.Key.Role)
            .ThenByDescending(g => g.Key.Length)
            .Select(g => g.ToList())
            .ToList();
        StaffMember? Present(StaffMember s) => s.IsAway(now) ? leads.Find(p => p.Id == s.DelegateId && !p.IsAway(now)) : s;
        var told = rungs.ConvertAll(r => r.Select(Present).OfType<StaffMember>().ToList()).Find(r => r.Count > 0);
        return [.. (told ?? rungs.FirstOrDefault() ?? []).Select(s => s.Id).Distinct()];
    }
}
