using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Web.Casework;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>How often a customer complained of late, as far as the reader may see.</summary>
/// <param name="Lately">Complaints within the time of the rule; duplicates and what was none do not count.</param>
/// <param name="Open">Open ones, of whatever age.</param>
/// <param name="Months">How far back is counted.</param>
/// <param name="StandsOut">As many as the rule says, or more.</param>
public sealed record Repeat(int Lately, int Open, int Months, bool StandsOut);

/// <summary>Counts how often customers complained of late.</summary>
public sealed class Repeats(ComplaintsDb db, Cases cases, TimeProvider clock)
{
    /// <summary>Of each of these customers, at most some fifty.</summary>
    public async Task<IReadOnlyDictionary<long, Repeat>> OfAsync(IReadOnlyList<long> customers)
    {
        var rule = await RepeatRule.ReadAsync(db);
        var since = rule.Since(clock.GetUtcNow().UtcDateTime);
        var theirs = cases.Visible(
            db.Complaints.AsNoTracking()
                .Where(c => customers.Contains(c.CustomerId) && c.State != State.Duplicate && c.State != State.NotAComplaint)
        );
        var lately = await theirs
            .Where(c => c.ReceivedAt > since)
            .GroupBy(c => c.CustomerId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        var open = await theirs
            .Where(c => c.IsOpen)
            .GroupBy(c => c.CustomerId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        return customers
            .Distinct()
            .ToDictionary(
                id => id,
                id => new Repeat(
                    lately.GetValueOrDefault(id),
                    open.GetValueOrDefault(id),
                    rule.Months,
                    lately.GetValueOrDefault(id) >= rule.From
                )
            );
    }

    /// <summary>Of one.</summary>
    public async Task<Repeat> OfAsync(long customer) => (await OfAsync([customer]))[customer];
}
