using Complaints.Customers;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>Customers who are likely the same: they share a phone, mail address or handle, and nobody said that they are two.</summary>
public sealed class Alike(ComplaintsDb db, CustomerSearch search)
{
    private const int MostPoints = 10;

    /// <summary>Those of one, contact points loaded; at most eight.</summary>
    public async Task<IReadOnlyList<LikelySame>> OfAsync(Customer customer)
    {
        var found = new List<LikelySame>();
        foreach (var point in customer.ContactPoints.Take(MostPoints))
        {
            var others = await search.WithPointAsync(point.Kind, point.Value, tracked: false);
            found.AddRange(others.Where(o => !SameHouse(o, customer)).Select(o => new LikelySame(o.Id, o.Name, o.Tier, point.Value)));
        }

        var ids = found.Select(f => f.Id).ToList();
        var id = customer.Id;
        var apart = await db
            .CustomersApart.Where(a => (a.LowId == id && ids.Contains(a.HighId)) || (a.HighId == id && ids.Contains(a.LowId)))
            .Select(a => a.LowId == id ? a.HighId : a.LowId)
            .ToListAsync();
        return [.. found.Where(f => !apart.Contains(f.Id)).DistinctBy(f => f.Id).Take(8)];
    }

    /// <summary>Of those shown in a list, who shares a contact point written alike with somebody else: ids, each with the other's.</summary>
    public async Task<IReadOnlyDictionary<long, long>> AmongAsync(IReadOnlyList<Customer> shown)
    {
        var points = shown
            .SelectMany(c => c.ContactPoints)
            .Select(p => p.Normalised)
            .Where(n => n.Length > 0)
            .Distinct()
            .Take(300)
            .ToList();
        var theirs = await (
            from p in db.ContactPoints.AsNoTracking()
            join c in db.Set<Customer>() on p.CustomerId equals c.Id
            where points.Contains(p.Normalised) && c.MergedIntoId == null
            select new
            {
                p.Kind,
                p.Normalised,
                c.Id,
                c.OrganisationId,
            }
        )
            .Take(2000)
            .ToListAsync();
        var apart = await ApartAsync([.. theirs.Select(t => t.Id).Distinct()]);
        var pairs = new Dictionary<long, long>();
        foreach (var group in theirs.GroupBy(t => (t.Kind, t.Normalised)))
        {
            foreach (var one in group)
            {
                var other = group.FirstOrDefault(o =>
                    o.Id != one.Id
                    && o.OrganisationId != one.Id
                    && one.OrganisationId != o.Id
                    && !apart.Contains((Math.Min(o.Id, one.Id), Math.Max(o.Id, one.Id)))
                );
                if (other is not null)
                {
                    pairs.TryAdd(one.Id, other.Id);
                }
            }
        }

        return pairs;
    }

    private async Task<HashSet<(long, long)>> ApartAsync(List<long> ids) =>
        [
            .. (
                await db
                    .CustomersApart.Where(a => ids.Contains(a.LowId) && ids.Contains(a.HighId))
                    .Select(a => new { a.LowId, a.HighId })
                    .ToListAsync()
            ).Select(a => (a.LowId, a.HighId)),
        ];

    // An organisation and who speaks for it rightly have the same number.
    private static bool SameHouse(Customer one, Customer other) =>
        one.Id == other.Id || one.OrganisationId == other.Id || other.OrganisationId == one.Id;
}
