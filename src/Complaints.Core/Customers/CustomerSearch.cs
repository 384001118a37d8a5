using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Customers;

/// <summary>Finds customers by what somebody types: the beginning of a name, mail address, handle or phone, or the end of a phone.</summary>
public sealed class CustomerSearch(ComplaintsDb db)
{
    /// <summary>Ids of the first matches, in the order of the ways to match; never more than <paramref name="take"/>. Who was merged is found as who they are now.</summary>
    public async Task<IReadOnlyList<long>> FindAsync(string? text, int take, CancellationToken cancel = default)
    {
        var found = new List<long>();
        foreach (var keys in CustomerKeys.Sought(text ?? ""))
        {
            var ids = Beginning(keys[0]).Select(k => k.CustomerId);
            foreach (var key in keys.Skip(1))
            {
                var more = Beginning(key);
                ids = ids.Where(id => more.Any(k => k.CustomerId == id));
            }

            found.AddRange(await ids.Distinct().OrderBy(id => id).Take(take).ToListAsync(cancel));
            if (found.Count >= take)
            {
                break;
            }
        }

        return await Merged.SurvivorsAsync(db, [.. found.Distinct().Take(take)], cancel);
    }

    /// <summary>Customers who have exactly this contact point, contact points loaded.</summary>
    public async Task<IReadOnlyList<Customer>> WithPointAsync(
        ContactKind kind,
        string value,
        bool tracked = true,
        CancellationToken cancel = default
    )
    {
        var normalised = Matching.Normalise(kind, value);
        var ids = await FindAsync(value, 50, cancel);
        var customers = await (tracked ? db.Customers : db.Customers.AsNoTracking())
            .Include(c => c.ContactPoints)
            .Where(c => ids.Contains(c.Id))
            .OrderBy(c => c.Id)
            .ToListAsync(cancel);
        return [.. customers.Where(c => c.ContactPoints.Any(p => p.Kind == kind && Matching.Same(kind, p.Normalised, normalised)))];
    }

    private IQueryable<CustomerKey> Beginning(string key)
    {
        var end = key + "g"; // past every hexadecimal digit
        return db.Set<CustomerKey>().Where(k => string.Compare(k.Key, key) >= 0 && string.Compare(k.Key, end) < 0);
    }
}
