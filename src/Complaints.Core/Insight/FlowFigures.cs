using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>What comes in, what goes out, what lies about, and why.</summary>
public static class FlowFigures
{
    private const int MostCauses = 12;

    /// <summary>Complaints received and resolved, by day up to a month and by week beyond.</summary>
    public static async Task<FigureTable> VolumeAsync(ComplaintsDb db, FigureQuestion q, CancellationToken cancel)
    {
        var first = q.Reader.Local(q.From).Date;
        var days = (q.To - q.From).TotalDays <= 32 ? 1 : Math.Max(7, (int)Math.Ceiling((q.To - q.From).TotalDays / 53 / 7) * 7);
        var rows = new List<FigureRow>();
        for (var day = first; rows.Count < 60; day = day.AddDays(days))
        {
            var (from, to) = (Zones.FirstInstant(q.Reader.Zone, day), Zones.FirstInstant(q.Reader.Zone, day.AddDays(days)));
            if (from >= q.To)
            {
                break;
            }

            var part = q with { From = from, To = to < q.To ? to : q.To };
            rows.Add(
                new FigureRow(
                    new Sentence("{0}", q.Reader.Day(from)),
                    [await StepFigures.Received(db, part).CountAsync(cancel), await Resolved(db, part).CountAsync(cancel)]
                )
            );
        }

        return new FigureTable(
            "volume",
            days == 1 ? new Sentence("Received and resolved per day") : new Sentence("Received and resolved per week"),
            "line",
            days == 1 ? new Sentence("Day") : new Sentence("From the day"),
            [
                new FigureColumn(new Sentence("Received|figure"), FigureKind.Number),
                new FigureColumn(new Sentence("Resolved"), FigureKind.Number),
            ],
            rows,
            new Sentence("Imported history is left out.")
        );
    }

    /// <summary>Root causes of what was resolved in the period, most frequent first.</summary>
    public static async Task<FigureTable> CausesAsync(ComplaintsDb db, FigureQuestion q, string list, CancellationToken cancel)
    {
        var counts = await Resolved(db, q)
            .Where(c => c.RootCauseId != null)
            .GroupBy(c => c.RootCauseId!.Value)
            .Select(g => new { Cause = g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        var names = await db.RootCauses.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.NameIn(q.Reader.Language), cancel);
        var sorted = counts.OrderByDescending(c => c.Count).ThenBy(c => c.Cause).ToList();
        var rows = sorted
            .Take(MostCauses)
            .Select(c => new FigureRow(
                new Sentence("{0}", names[c.Cause]),
                [c.Count],
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{list}&cause={c.Cause}")
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

    /// <summary>Open work by the time since receipt, as of now.</summary>
    public static async Task<FigureTable> BacklogAsync(ComplaintsDb db, FigureQuestion q, CancellationToken cancel)
    {
        var open = db.Complaints.AsNoTracking().Where(c => c.IsOpen && c.State < State.Resolved);
        open = q.Units is { } units ? open.Where(c => units.Contains(c.UnitId)) : open;
        var (d1, d3, d7, d14, d30) = (q.Now.AddDays(-1), q.Now.AddDays(-3), q.Now.AddDays(-7), q.Now.AddDays(-14), q.Now.AddDays(-30));
        var ages = await open.GroupBy(c =>
                c.ReceivedAt > d1 ? 0
                : c.ReceivedAt > d3 ? 1
                : c.ReceivedAt > d7 ? 2
                : c.ReceivedAt > d14 ? 3
                : c.ReceivedAt > d30 ? 4
                : 5
            )
            .Select(g => new { Age = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Age, g => g.Count, cancel);
        Sentence[] labels =
        [
            new("under a day"),
            new("1 to 3 days"),
            new("3 to 7 days"),
            new("1 to 2 weeks"),
            new("2 weeks to 30 days"),
            new("over 30 days"),
        ];
        return new FigureTable(
            "backlog",
            new Sentence("Not yet resolved, by age"),
            "bar",
            new Sentence("Age"),
            [new FigureColumn(new Sentence("Complaints|figure"), FigureKind.Number)],
            [.. labels.Select((l, i) => new FigureRow(l, [ages.GetValueOrDefault(i)]))],
            new Sentence("As of now, whatever the period.")
        );
    }

    /// <summary>Complaints resolved in the period, how many of them on the spot, and how many came back.</summary>
    public static async Task<(int Resolved, int OnTheSpot, int Reopened)> OutcomeAsync(
        ComplaintsDb db,
        FigureQuestion q,
        CancellationToken cancel
    )
    {
        var resolved = Resolved(db, q);
        var all = await resolved.CountAsync(cancel);
        var spot = await resolved.CountAsync(c => c.OnTheSpot, cancel);
        var again = await resolved.CountAsync(c => c.Cycle > 1, cancel);
        return (all, spot, again);
    }

    private static IQueryable<Complaint> Resolved(ComplaintsDb db, FigureQuestion q)
    {
        var rows = db.Complaints.AsNoTracking().Where(c => c.ResolvedAt >= q.From && c.ResolvedAt < q.To && !c.Historic);
        return q.Units is { } units ? rows.Where(c => units.Contains(c.UnitId)) : rows;
    }
}
