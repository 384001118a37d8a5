using Complaints.Customers;
using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>How much somebody may grant alone, and who decides above it.</summary>
public static class Limits
{
    /// <summary>
    /// The limit in minor units of that currency; null when none is set, which means approval is needed. A limit for the
    /// customer's tier wins over the general one, whichever is higher.
    /// </summary>
    public static Task<long?> OfAsync(
        ComplaintsDb db,
        Role role,
        Seat seat,
        Tier tier,
        string currency,
        CancellationToken cancel = default
    ) =>
        db
            .RemedyLimits.Where(l =>
                l.Role == role
                && l.Currency == currency
                && (role == Role.Agent ? l.Seat == seat : l.Seat == null)
                && (l.Tier == null || l.Tier == tier)
            )
            .OrderBy(l => l.Tier == null ? 1 : 0)
            .Select(l => (long?)l.Minor)
            .FirstOrDefaultAsync(cancel);

    /// <summary>As <see cref="OfAsync"/>, among limits that are known. Pure.</summary>
    public static long? Of(IEnumerable<RemedyLimit> limits, Role role, Seat seat, Tier tier, string currency) =>
        limits
            .Where(l =>
                l.Role == role
                && l.Currency == currency
                && (role == Role.Agent ? l.Seat == seat : l.Seat == null)
                && (l.Tier == null || l.Tier == tier)
            )
            .OrderBy(l => l.Tier == null ? 1 : 0)
            .Select(l => (long?)l.Minor)
            .FirstOrDefault();

    /// <summary>
    /// The first person up the chain of the complaint's unit whose limit covers the remedy: team leads before managers
    /// before directors, the nearest unit first; never anybody who offered or changed it nor who is kept out of the complaint;
    /// whoever is away is replaced by the delegate, with the delegate's own limit.
    /// </summary>
    /// <param name="grant">The remedy; null amounts need nobody.</param>
    public static async Task<StaffMember?> ApproverAsync(
        ComplaintsDb db,
        Complaint complaint,
        Grant grant,
        DateTime now,
        CancellationToken cancel = default
    )
    {
        if (grant.Amount is not { } amount)
        {
            return null;
        }

        var tier = complaint.Tier;
        var limits = await db
            .RemedyLimits.AsNoTracking()
            .Where(l => l.Currency == amount.Currency && l.Seat == null && (l.Tier == null || l.Tier == tier))
            .ToListAsync(cancel);
        var people = await db
            .Staff.AsNoTracking()
            .Include(s => s.Unit)
            .Where(s => s.Active && (s.Role == Role.TeamLead || s.Role == Role.Manager || s.Role == Role.Director))
            .ToListAsync(cancel);
        bool Fits(StaffMember s) =>
            LedgerRules.Covers(
                limits.Where(l => l.Role == s.Role).OrderBy(l => l.Tier is null).Select(l => (long?)l.Minor).FirstOrDefault(),
                amount.Minor,
                LedgerRules.GrantedBy(s.Id, amount.Currency, complaint.Grants, grant)
            )
            && !grant.ShapedBy(s.Id)
            && !complaint.IsKeptFrom(s.Id)
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
