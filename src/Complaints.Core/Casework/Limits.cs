using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>How much somebody may grant alone, and who decides above it.</summary>
public static class Limits
{
    /// <summary>The limit in minor units of that currency; null when none is set, which means approval is needed.</summary>
    public static Task<long?> OfAsync(ComplaintsDb db, Role role, Seat seat, string currency, CancellationToken cancel = default) =>
        db
            .RemedyLimits.Where(l => l.Role == role && l.Currency == currency && (role == Role.Agent ? l.Seat == seat : l.Seat == null))
            .Select(l => (long?)l.Minor)
            .FirstOrDefaultAsync(cancel);

    /// <summary>
    /// The first person up the chain of the complaint's unit whose limit covers the amount: team leads before managers
    /// before directors, the nearest unit first; never who asked nor who is complained about; whoever is away is
    /// replaced by the delegate.
    /// </summary>
    public static async Task<StaffMember?> ApproverAsync(
        ComplaintsDb db,
        Complaint complaint,
        Money amount,
        long? askedBy,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        var covering = await db
            .RemedyLimits.Where(l => l.Currency == amount.Currency && l.Minor >= amount.Minor && l.Seat == null)
            .Select(l => l.Role)
            .ToListAsync(cancel);
        var people = await db
            .Staff.AsNoTracking()
            .Include(s => s.Unit)
            .Where(s => s.Active && (s.Role == Role.TeamLead || s.Role == Role.Manager || s.Role == Role.Director))
            .ToListAsync(cancel);
        bool Fits(StaffMember s) =>
            covering.Contains(s.Role)
            && s.Id != askedBy
            && s.Id != complaint.ComplainedAboutId
            && (s.Role == Role.Director || complaint.Unit.Path.StartsWith(s.Unit!.Path, StringComparison.Ordinal));
        return people
            .Where(Fits)
            .OrderBy(s => s.Role)
            .ThenByDescending(s => s.Unit!.Path.Length)
            .ThenBy(s => s.Id)
            .Select(s => s.IsAway(now) ? people.FirstOrDefault(p => p.Id == s.DelegateId && Fits(p) && !p.IsAway(now)) : s)
            .FirstOrDefault(s => s is not null);
    }
}
