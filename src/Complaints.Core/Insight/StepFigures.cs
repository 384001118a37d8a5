using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>
/// Share of each step in time, for complaints received in the period. What is overdue and still open counts as late; what
/// is neither done nor due yet is not counted. Settled on the spot stands apart, because it would flatter the rest.
/// </summary>
public static class StepFigures
{
    /// <summary>The table.</summary>
    public static async Task<FigureTable> ReadAsync(ComplaintsDb db, FigureQuestion q, CancellationToken cancel)
    {
        var clocks = await Received(db, q)
            .SelectMany(
                c => c.Clocks.Where(k => k.Name != ClockName.Regime && k.State != ClockState.Cancelled),
                (c, k) =>
                    new Clock(
                        k.Name,
                        c.OnTheSpot,
                        k.StartedAt,
                        k.DueAt,
                        k.State == ClockState.Stopped ? k.StoppedAt : null,
                        k.State == ClockState.Paused
                    )
            )
            .ToListAsync(cancel);
        var rows = new List<FigureRow>();
        foreach (var name in (ClockName[])[ClockName.Acknowledge, ClockName.Apologize, ClockName.Resolve, ClockName.FollowUp])
        {
            rows.Add(Row(new Sentence("{0}", name), [.. clocks.Where(k => k.Name == name && !k.OnTheSpot)], q.Now));
        }

        rows.Add(Row(new Sentence("Resolve, on the spot"), [.. clocks.Where(k => k.Name == ClockName.Resolve && k.OnTheSpot)], q.Now));
        return new FigureTable(
            "steps",
            new Sentence("In time per step"),
            "bar",
            new Sentence("Step"),
            [
                new FigureColumn(new Sentence("In time"), FigureKind.Percent),
                new FigureColumn(new Sentence("Done in time"), FigureKind.Number, Drawn: false),
                new FigureColumn(new Sentence("Late"), FigureKind.Number, Drawn: false),
                new FigureColumn(new Sentence("Median"), FigureKind.Minutes, Drawn: false),
                new FigureColumn(new Sentence("90 % within"), FigureKind.Minutes, Drawn: false),
            ],
            rows,
            new Sentence(
                "Complaints received in the period. Overdue open ones count as late; median and 90 % are elapsed time of steps done."
            )
        );
    }

    internal static IQueryable<Complaint> Received(ComplaintsDb db, FigureQuestion q)
    {
        var rows = db
            .Complaints.AsNoTracking()
            .Where(c => c.ReceivedAt >= q.From && c.ReceivedAt < q.To && !c.Historic)
            .Where(c => c.State != State.Duplicate); // it is counted where it was merged into
        return q.Units is { } units ? rows.Where(c => units.Contains(c.UnitId)) : rows;
    }

    private static FigureRow Row(Sentence name, List<Clock> clocks, DateTime now)
    {
        var done = clocks.Where(k => k.StoppedAt is not null).ToList();
        var good = done.Count(k => k.StoppedAt <= k.DueAt);
        var late = done.Count - good + clocks.Count(k => k.StoppedAt is null && !k.Paused && k.DueAt < now);
        var minutes = done.Select(k => (k.StoppedAt!.Value - k.StartedAt).TotalMinutes).Order().ToList();
        return new FigureRow(
            name,
            [good + late == 0 ? null : 100.0 * good / (good + late), good, late, At(minutes, 0.5), At(minutes, 0.9)]
        );
    }

    /// <summary>The value that a share of the sorted values does not exceed (nearest rank).</summary>
    internal static double? At(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    private sealed record Clock(ClockName Name, bool OnTheSpot, DateTime StartedAt, DateTime DueAt, DateTime? StoppedAt, bool Paused);
}
