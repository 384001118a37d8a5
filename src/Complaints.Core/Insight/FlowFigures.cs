using System.Globalization;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>What comes in, what goes out, what lies about, and why.</summary>
public static class FlowFigures
{
    private const int MostCauses = 12;
    private const int MostPoints = 60;

    /// <summary>Complaints received and resolved: by day up to a month, by week up to a year, by month or year beyond.</summary>
    public static async Task<FigureTable> VolumeAsync(ComplaintsDb db, FigureQuestion q, CancellationToken cancel)
    {
        var length = q.Last.DayNumber - q.First.DayNumber + 1;
        var cells = length <= 371 ? Days(db, q) : PeriodTally.Cells(db, q);
        var counts = await cells
            .GroupBy(c => c.Start)
            .Select(g => new
            {
                Start = g.Key,
                Received = g.Sum(c => c.Received),
                Resolved = g.Sum(c => c.Resolved),
            })
            .ToListAsync(cancel);
        var (title, first, next) = Points(length);
        var rows = new List<FigureRow>();
        for (var day = q.First; day <= q.Last; )
        {
            var end = next(day);
            var part = counts.Where(c => c.Start >= day && c.Start < end).ToList();
            rows.Add(
                new FigureRow(
                    new Sentence("{0}", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                    [part.Sum(c => c.Received), part.Sum(c => c.Resolved)]
                )
            );
            day = end;
        }

        return new FigureTable(
            "volume",
            title,
            "line",
            first,
            [
                new FigureColumn(new Sentence("Received|figure"), FigureKind.Number),
                new FigureColumn(new Sentence("Resolved"), FigureKind.Number),
            ],
            rows,
            new Sentence("Imported history is left out.")
        );
    }

    /// <summary>Root causes of what was resolved in the period, most frequent first.</summary>
    /// <param name="names">Of the causes.</param>
    /// <param name="list">Address of the list of what was resolved in the period.</param>
    public static FigureTable Causes(PeriodTally period, IReadOnlyDictionary<long, string> names, string list)
    {
        var sorted = period.All.By(Measure.Cause).OrderByDescending(c => c.Count).ThenBy(c => c.Of).ToList();
        var rows = sorted
            .Take(MostCauses)
            .Select(c => new FigureRow(
                new Sentence("{0}", names[c.Of]),
                [c.Count],
                string.Create(CultureInfo.InvariantCulture, $"{list}&cause={c.Of}")
            ))
            .ToList();
        if (sorted.Count > MostCauses)
        {
            rows.Add(new FigureRow(new Sentence("All others"), [sorted.Skip(MostCauses).Sum(c => c.Count)]));
        }

        return new FigureTable(
            "causes",
            new Sentence("Root causes"),
            "pareto",
            new Sentence("Cause"),
            [new FigureColumn(new Sentence("Complaints|figure"), FigureKind.Number)],
            rows,
            new Sentence("Of complaints resolved in the period; the line is the share of the causes so far.")
        );
    }

    /// <summary>Open work by the day of receipt, as of now.</summary>
    public static async Task<FigureTable> BacklogAsync(ComplaintsDb db, FigureQuestion q, CancellationToken cancel)
    {
        var all = q with { First = DateOnly.MinValue, Last = q.Today.AddYears(1) };
        var month = Tallying.FirstOfMonth(q.Today.AddDays(-30));
        var open = await PeriodTally
            .Of(db, all)
            .Where(c => c.Unresolved > 0)
            .Where(c => (c.Span == TallySpan.Month && c.Start < month) || (c.Span == TallySpan.Day && c.Start >= month))
            .GroupBy(c => c.Start)
            .Select(g => new { Start = g.Key, Count = g.Sum(c => c.Unresolved) })
            .ToListAsync(cancel);
        (Sentence Label, int From, int To)[] ages =
        [
            (new("today"), int.MinValue, 0),
            (new("1 to 2 days ago"), 1, 2),
            (new("3 to 6 days ago"), 3, 6),
            (new("1 to 2 weeks ago"), 7, 13),
            (new("2 weeks to 30 days ago"), 14, 30),
            (new("over 30 days ago"), 31, int.MaxValue),
        ];
        return new FigureTable(
            "backlog",
            new Sentence("Not yet resolved, by day of receipt"),
            "bar",
            new Sentence("Received|figure"),
            [new FigureColumn(new Sentence("Complaints|figure"), FigureKind.Number)],
            [
                .. ages.Select(a => new FigureRow(
                    a.Label,
                    [open.Where(o => q.Today.DayNumber - o.Start.DayNumber is var age && age >= a.From && age <= a.To).Sum(o => o.Count)]
                )),
            ],
            new Sentence("As of now, whatever the period.")
        );
    }

    private static IQueryable<TallyCell> Days(ComplaintsDb db, FigureQuestion q) =>
        PeriodTally.Of(db, q).Where(c => c.Span == TallySpan.Day && c.Start >= q.First && c.Start <= q.Last);

    private static (Sentence Title, Sentence First, Func<DateOnly, DateOnly> Next) Points(int days) =>
        days <= 32 ? (new("Received and resolved per day"), new("Day"), day => day.AddDays(1))
        : days <= 371 ? (new("Received and resolved per week"), new("From the day"), day => day.AddDays(7))
        : days <= MostPoints * 30
            ? (new("Received and resolved per month"), new("From the day"), day => Tallying.FirstOfMonth(day).AddMonths(1))
        : (new("Received and resolved per year"), new("From the day"), day => new DateOnly(day.Year + 1, 1, 1));
}
