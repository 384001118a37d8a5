using Complaints.Language;

namespace Complaints.Insight;

/// <summary>
/// Satisfaction by the five dimensions, for answers given in the period: a unit's is the mean of each dimension over its
/// answers, and then the mean of the dimensions.
/// </summary>
public static class SatisfactionFigures
{
    private const int Dimensions = 5;

    /// <summary>The table: one row a unit and one for all of them.</summary>
    /// <param name="names">Of the units.</param>
    public static FigureTable Table(PeriodTally period, IReadOnlyDictionary<long, string> names)
    {
        var rows = period
            .ByUnit.Where(u => u.Value[Measure.Answers] > 0)
            .OrderBy(u => names[u.Key], StringComparer.Ordinal)
            .Select(u => Row(new Sentence("{0}", names[u.Key]), u.Value))
            .ToList();
        if (rows.Count != 1)
        {
            rows.Insert(0, Row(new Sentence("All together"), period.All));
        }

        return new FigureTable(
            "satisfaction",
            new Sentence("Satisfaction"),
            "bar",
            new Sentence("Unit"),
            [
                new FigureColumn(new Sentence("Skill"), FigureKind.Mean),
                new FigureColumn(new Sentence("Attitude"), FigureKind.Mean),
                new FigureColumn(new Sentence("Timeliness"), FigureKind.Mean),
                new FigureColumn(new Sentence("Parts and supplies"), FigureKind.Mean),
                new FigureColumn(new Sentence("Overall"), FigureKind.Mean),
                new FigureColumn(new Sentence("Mean"), FigureKind.Mean, Drawn: false),
                new FigureColumn(new Sentence("Answers"), FigureKind.Number, Drawn: false),
                new FigureColumn(new Sentence("Vetoes"), FigureKind.Number, Drawn: false),
            ],
            rows,
            Rate(period.All)
        );
    }

    private static Sentence Rate(Tally tally) =>
        tally[Measure.AskedAgain] is > 0 and var again
            ? new Sentence(
                "{0} Weeks later {1} were asked again: {2} answered, and for {3} of them it is still solved.",
                Asked(tally),
                again,
                tally[Measure.AnsweredAgain],
                tally[Measure.StillSolved]
            )
            : Asked(tally);

    private static Sentence Asked(Tally tally) =>
        tally[Measure.Asked] is > 0 and var asked
            ? new Sentence(
                "Of {0} asked by mail in the period {1} answered, {2} %. Marks run from 1 to 5.",
                asked,
                tally[Measure.Answered],
                tally[Measure.Answered] * 100 / asked
            )
            : new Sentence("Nobody was asked by mail in the period. Marks run from 1 to 5.");

    private static FigureRow Row(Sentence name, Tally tally)
    {
        var means = Enumerable
            .Range(0, Dimensions)
            .Select(d => tally[Measure.Marked, d] is > 0 and var n ? (double?)tally[Measure.Marks, d] / n : null)
            .ToList();
        var given = means.OfType<double>().ToList();
        return new FigureRow(name, [.. means, given.Count == 0 ? null : given.Average(), tally[Measure.Answers], tally[Measure.Vetoes]]);
    }
}
