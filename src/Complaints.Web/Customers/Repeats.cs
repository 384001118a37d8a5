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

/// <summary>What one customer complained of, as far as the reader may see.</summary>
/// <param name="Complaints">Ever; duplicates do not count.</param>
/// <param name="Reopened">Complaints opened again at least once.</param>
/// <param name="Repeat">Of late.</param>
public sealed record Complained(int Complaints, int Reopened, Repeat Repeat);

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

    /// <summary>Of one, with all they ever had; in one question.</summary>
    public async Task<Complained> OfAsync(long customer)
    {
        var rule = await RepeatRule.ReadAsync(db);
        var since = rule.Since(clock.GetUtcNow().UtcDateTime);
        var counted = await cases
            .Visible(db.Complaints.Where(c => c.CustomerId == customer))
            .GroupBy(c => c.CustomerId)
            .Select(g => new
            {
                All = g.Count(c => c.State != State.Duplicate),
                Reopened = g.Count(c => c.Cycle > 1),
                Lately = g.Count(c => c.ReceivedAt > since && c.State != State.Duplicate && c.State != State.NotAComplaint),
                Open = g.Count(c => c.IsOpen && c.State != State.Duplicate && c.State != State.NotAComplaint),
            })
            .FirstOrDefaultAsync();
        var lately = counted?.Lately ?? 0;
        return new(counted?.All ?? 0, counted?.Reopened ?? 0, new Repeat(lately, counted?.Open ?? 0, rule.Months, lately >= rule.From));
    }
}
