using Complaints.Data;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>What follows for a complaint from the answers to its points. Pure; withdrawn and open points are left out.</summary>
public static class PointsTogether
{
    /// <summary>All upheld: upheld. All not upheld: not upheld. Anything between: partly. Null when none is answered.</summary>
    public static Outcome? Found(IEnumerable<Point> points)
    {
        var found = Answered(points).Select(p => p.Outcome!.Value).Distinct().ToList();
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => Outcome.PartlyUpheld,
        };
    }

    /// <summary>What is granted altogether, one amount for each currency, in the order of the currencies.</summary>
    public static IReadOnlyList<Money> Sums(IEnumerable<Point> points) =>
        [
            .. Answered(points)
                .Select(p => p.Amount)
                .OfType<Money>()
                .Where(m => m.Minor > 0)
                .GroupBy(m => m.Currency, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Money(g.Sum(m => m.Minor), g.Key)),
        ];

    /// <summary>The remedy that names the whole: the kind of the largest amount, else the first that is something.</summary>
    public static Remedy Kind(IEnumerable<Point> points) =>
        Answered(points)
            .Where(p => p.Remedy is not (null or Remedy.None))
            .OrderByDescending(p => p.RemedyMinor ?? 0)
            .ThenBy(p => p.Number)
            .Select(p => p.Remedy!.Value)
            .FirstOrDefault(Remedy.None);

    /// <summary>The cause that stands for the whole: of the first point that was upheld, else of the first that has one.</summary>
    public static long? Cause(IEnumerable<Point> points) =>
        Answered(points)
            .Where(p => p.RootCauseId is not null)
            .OrderBy(p => p.Outcome == Outcome.NotUpheld)
            .ThenBy(p => p.Number)
            .Select(p => p.RootCauseId)
            .FirstOrDefault();

    /// <summary>What was done, said point by point, for a complaint whose solution nobody wrote down by itself.</summary>
    /// <param name="language">Of the customer.</param>
    public static string Solution(IEnumerable<Point> points, string language) =>
        string.Join(
            "\n",
            Answered(points)
                .Select(
                    (p, i) =>
                        Tongue.Say(
                            language,
                            p.Remedy is null or Remedy.None
                                ? new Sentence("{0}. {1}: {2}. {3}", i + 1, p.What, p.Outcome, p.Finding)
                                : new Sentence(
                                    "{0}. {1}: {2}. {3} ({4})",
                                    i + 1,
                                    p.What,
                                    p.Outcome,
                                    p.Finding,
                                    CaseMail.RemedyPhrase(p.Remedy.Value, p.Amount)
                                )
                        )
                )
        );

    /// <summary>True when the words name every answered point, so that they need not be said again beside them.</summary>
    public static bool AreIn(string words, IEnumerable<Point> points) =>
        Answered(points).ToList() is { Count: > 0 } all && all.TrueForAll(p => words.Contains(p.What, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those that count and are answered, by their number.</summary>
    public static IEnumerable<Point> Answered(IEnumerable<Point> points) =>
        points.Where(p => p.Counts && p.AnsweredAt is not null).OrderBy(p => p.Number);
}
