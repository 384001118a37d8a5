using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>What was counted in a period: whole months from the months, the days before and after them from the days.</summary>
/// <param name="ByUnit">Units in which something was counted.</param>
/// <param name="All">All of them together.</param>
public sealed record PeriodTally(IReadOnlyDictionary<long, Tally> ByUnit, Tally All)
{
    /// <summary>Reads it.</summary>
    public static async Task<PeriodTally> ReadAsync(ComplaintsDb db, FigureQuestion q, CancellationToken cancel)
    {
        var byUnit = new Dictionary<long, Tally>();
        foreach (var cell in await Cells(db, q).Select(c => new { c.UnitId, c.Counts }).ToListAsync(cancel))
        {
            if (!byUnit.TryGetValue(cell.UnitId, out var tally))
            {
                byUnit[cell.UnitId] = tally = new Tally();
            }

            tally.Add(cell.Counts);
        }

        var all = new Tally();
        foreach (var tally in byUnit.Values)
        {
            all.Add(tally);
        }

        return new PeriodTally(byUnit, all);
    }

    /// <summary>The cells that make up the period, each complaint in one of them.</summary>
    internal static IQueryable<TallyCell> Cells(ComplaintsDb db, FigureQuestion q)
    {
        var (first, end) = (q.First, q.Last.AddDays(1));
        var month = first.Day == 1 ? first : Tallying.FirstOfMonth(first).AddMonths(1);
        var after = Tallying.FirstOfMonth(end);
        return month >= after
            ? Of(db, q).Where(c => c.Span == TallySpan.Day && c.Start >= first && c.Start < end)
            : Of(db, q)
                .Where(c =>
                    (c.Span == TallySpan.Month && c.Start >= month && c.Start < after)
                    || (c.Span == TallySpan.Day && c.Start >= first && c.Start < month)
                    || (c.Span == TallySpan.Day && c.Start >= after && c.Start < end)
                );
    }

    /// <summary>All cells of the units asked about.</summary>
    internal static IQueryable<TallyCell> Of(ComplaintsDb db, FigureQuestion q) =>
        q.Units is { } units ? db.TallyCells.AsNoTracking().Where(c => units.Contains(c.UnitId)) : db.TallyCells.AsNoTracking();
}
