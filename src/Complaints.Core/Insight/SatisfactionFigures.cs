using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>
/// Satisfaction by the five dimensions, for answers given in the period: a unit's is the mean of each dimension over its
/// answers, and then the mean of the dimensions.
/// </summary>
public static class SatisfactionFigures
{
    /// <summary>The table: one row a unit and one for all of them.</summary>
    public static async Task<FigureTable> ReadAsync(ComplaintsDb db, FigureQuestion q, CancellationToken cancel)
    {
        var answers = db.SurveyAnswers.AsNoTracking().Where(a => a.Current && a.AnsweredAt >= q.From && a.AnsweredAt < q.To);
        answers = q.Units is { } units ? answers.Where(a => units.Contains(a.UnitId)) : answers;
        var sums = await answers
            .GroupBy(a => a.UnitId)
            .Select(g => new Sums(
                g.Key,
                g.Count(),
                g.Sum(a => a.Skill ?? 0),
                g.Count(a => a.Skill != null),
                g.Sum(a => a.Attitude ?? 0),
                g.Count(a => a.Attitude != null),
                g.Sum(a => a.Timeliness ?? 0),
                g.Count(a => a.Timeliness != null),
                g.Sum(a => a.Parts ?? 0),
                g.Count(a => a.Parts != null),
                g.Sum(a => a.Overall ?? 0),
                g.Count(a => a.Overall != null),
                g.Count(a => a.Vetoed)
            ))
            .ToListAsync(cancel);
        var names = await db.Units.AsNoTracking().ToDictionaryAsync(u => u.Id, u => u.NameIn(q.Reader.Language), cancel);
        var rows = sums.OrderBy(s => names[s.UnitId], StringComparer.Ordinal)
            .Select(s => Row(new Sentence("{0}", names[s.UnitId]), [s]))
            .ToList();
        if (rows.Count != 1)
        {
            rows.Insert(0, Row(new Sentence("All together"), sums));
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
            await RateAsync(db, q, cancel)
        );
    }

    private static async Task<Sentence> RateAsync(ComplaintsDb db, FigureQuestion q, CancellationToken cancel)
    {
        var asked = db.FollowUps.AsNoTracking().Where(f => f.AskedAt >= q.From && f.AskedAt < q.To);
        asked = q.Units is { } units ? asked.Where(f => units.Contains(f.Complaint!.UnitId)) : asked;
        var all = await asked.CountAsync(cancel);
        var answered = await asked.CountAsync(f => f.State == FollowUpState.Answered, cancel);
        return all == 0
            ? new Sentence("Nobody was asked by mail in the period. Marks run from 1 to 5.")
            : new Sentence(
                "Of {0} asked by mail in the period {1} answered, {2} %. Marks run from 1 to 5.",
                all,
                answered,
                answered * 100 / all
            );
    }

    private static FigureRow Row(Sentence name, List<Sums> sums)
    {
        double? Mean(Func<Sums, int> sum, Func<Sums, int> count) => sums.Sum(count) is > 0 and var n ? (double)sums.Sum(sum) / n : null;

        double?[] means =
        [
            Mean(s => s.Skill, s => s.Skills),
            Mean(s => s.Attitude, s => s.Attitudes),
            Mean(s => s.Timeliness, s => s.Timelinesses),
            Mean(s => s.Parts, s => s.PartsCount),
            Mean(s => s.Overall, s => s.Overalls),
        ];
        var given = means.OfType<double>().ToList();
        return new FigureRow(
            name,
            [.. means, given.Count == 0 ? null : given.Average(), sums.Sum(s => s.Answers), sums.Sum(s => s.Vetoes)]
        );
    }

    private sealed record Sums(
        long UnitId,
        int Answers,
        int Skill,
        int Skills,
        int Attitude,
        int Attitudes,
        int Timeliness,
        int Timelinesses,
        int Parts,
        int PartsCount,
        int Overall,
        int Overalls,
        int Vetoes
    );
}
