using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Customers;

/// <summary>Finds the way between a merged customer and the one they are now.</summary>
public static class Merged
{
    private const int MostSteps = 20;

    /// <summary>Id of the customer that one is now: their own unless they were merged; null when there is none.</summary>
    public static async Task<long?> SurvivorAsync(ComplaintsDb db, long id, CancellationToken cancel = default)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var found = await db.Customers.Where(c => c.Id == id).Select(c => new { c.MergedIntoId }).FirstOrDefaultAsync(cancel);
            if (found?.MergedIntoId is not { } next)
            {
                return found is null ? null : id;
            }

            id = next;
        }

        return null;
    }

    /// <summary>The ids with every merged one replaced by the customer they are now, in the same order, each once.</summary>
    public static async Task<IReadOnlyList<long>> SurvivorsAsync(
        ComplaintsDb db,
        IReadOnlyList<long> ids,
        CancellationToken cancel = default
    )
    {
        var now = ids.ToList();
        for (var step = 0; step < MostSteps; step++)
        {
            var gone = await db
                .Customers.Where(c => now.Contains(c.Id) && c.MergedIntoId != null)
                .ToDictionaryAsync(c => c.Id, c => c.MergedIntoId!.Value, cancel);
            if (gone.Count == 0)
            {
                break;
            }

            now = now.ConvertAll(id => gone.GetValueOrDefault(id, id));
        }

        return [.. now.Distinct()];
    }

    /// <summary>The customer and all who were merged into them, through others too.</summary>
    public static async Task<List<long>> AllOfAsync(ComplaintsDb db, long id, CancellationToken cancel = default)
    {
        List<long> all = [id];
        var last = all;
        while (last.Count > 0 && all.Count < 200)
        {
            var from = last;
            last = await db
                .Customers.Where(c => c.MergedIntoId != null && from.Contains(c.MergedIntoId.Value))
                .Select(c => c.Id)
                .ToListAsync(cancel);
            all = [.. all, .. last];
        }

        return all;
    }
}
