using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Insight;

/// <summary>Share of each step in time, for complaints received in the period. How they are counted: <see cref="DayCount"/>.</summary>
public static class StepFigures
{
    /// <summary>Counted as a step of its own: resolved on the spot.</summary>
    internal const long OnTheSpot = 100;

    /// <summary>The table.</summary>
    public static FigureTable Table(PeriodTally period)
    {
        var rows = new List<FigureRow>();
        foreach (var name in (ClockName[])[ClockName.Acknowledge, ClockName.Apologize, ClockName.Resolve, ClockName.FollowUp])
        {
            rows.Add(Row(new Sentence("{0}", name), period.All, (long)name));
        }

        rows.Add(Row(new Sentence("Resolve, on the spot"), period.All, OnTheSpot));
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
                "Complaints received in the period. Overdue open ones count as late; median and 90 % are elapsed time of steps done, right within 1 %."
            )
        );
    }

    private static FigureRow Row(Sentence name, Tally tally, long step)
    {
        var (good, late) = (tally[Measure.InTime, step], tally[Measure.Late, step]);
        return new FigureRow(
            name,
            [good + late == 0 ? null : 100.0 * good / (good + late), good, late, tally.Took(step, 0.5), tally.Took(step, 0.9)]
        );
    }
}
