using Complaints.Data;
using Complaints.Language;

namespace Complaints.Insight;

/// <summary>
/// Money given to customers: remedies paid in full in the period, counted on the day the last of it was entered, by unit and
/// currency, beside those of the period before. Amounts are counted as they are, so that sum and median are exact.
/// </summary>
public static class MoneyFigures
{
    private const int Letters = 26;

    /// <summary>A currency as a number, so that counters can hold it.</summary>
    /// <param name="currency">Three letters, upper case.</param>
    public static int NumberOf(string currency) => currency.Aggregate(0, (number, letter) => (number * Letters) + letter - 'A');

    /// <summary>The currency of <see cref="NumberOf"/>.</summary>
    public static string CurrencyOf(int number) =>
        new([(char)('A' + (number / Letters / Letters)), (char)('A' + (number / Letters % Letters)), (char)('A' + (number % Letters))]);

    /// <summary>The table: for each currency all units together and each unit in which something was given then or before.</summary>
    /// <param name="names">Of the units.</param>
    /// <param name="days">Length of the period.</param>
    /// <param name="list">Address of what was paid in the period; of one unit, or null for all.</param>
    public static FigureTable Table(
        PeriodTally period,
        PeriodTally before,
        IReadOnlyDictionary<long, string> names,
        int days,
        Func<long?, string> list
    )
    {
        var rows = new List<FigureRow>();
        foreach (var currency in period.All.Parts(Measure.Given).Union(before.All.Parts(Measure.Given)).OrderBy(CurrencyOf))
        {
            var units = period
                .ByUnit.Keys.Union(before.ByUnit.Keys)
                .Select(u =>
                    (Id: u, Now: Of(period.ByUnit.GetValueOrDefault(u), currency), Was: Of(before.ByUnit.GetValueOrDefault(u), currency))
                )
                .Where(u => u.Now.Count + u.Was.Count > 0)
                .OrderBy(u => names[u.Id], StringComparer.Ordinal)
                .Select(u => Row(names[u.Id], currency, u.Now, u.Was, list(u.Id)))
                .ToList();
            if (units.Count != 1)
            {
                rows.Add(Row(new Sentence("All together"), currency, Of(period.All, currency), Of(before.All, currency), list(null)));
            }

            rows.AddRange(units);
        }

        return new FigureTable(
            "compensation",
            new Sentence("Money given"),
            "bar",
            new Sentence("Unit and currency"),
            [
                new FigureColumn(new Sentence("Sum|money"), FigureKind.Money, Drawn: false),
                new FigureColumn(new Sentence("Sum before"), FigureKind.Money, Drawn: false),
                new FigureColumn(new Sentence("Median"), FigureKind.Money, Drawn: false),
                new FigureColumn(new Sentence("Median before"), FigureKind.Money, Drawn: false),
                new FigureColumn(new Sentence("Remedies paid"), FigureKind.Number),
                new FigureColumn(new Sentence("Remedies paid before"), FigureKind.Number),
            ],
            rows,
            new Sentence(
                "Remedies paid in full in the period, on the day the last of it was entered; never converted. “Before” is the {0|day|days} before the period.",
                days
            )
        )
        {
            Open = true,
        };
    }

    private static FigureRow Row(object name, int currency, Given now, Given was, string url)
    {
        var code = CurrencyOf(currency);
        double? Major(decimal? minor) => minor is { } amount ? (double)(amount / Money.MinorPerMajor(code)) : null;
        return new FigureRow(
            new Sentence("{0} · {1}", name, code),
            [Major(now.Sum), Major(was.Sum), Major(now.Median), Major(was.Median), now.Count, was.Count],
            now.Count > 0 ? url : null
        )
        {
            Currency = code,
        };
    }

    private static Given Of(Tally? tally, int currency)
    {
        var amounts = tally?.By(Measure.Given, currency).ToList() ?? [];
        var count = amounts.Sum(a => a.Count);
        return count == 0
            ? new Given(0, null, null)
            : new Given(
                count,
                amounts.Sum(a => (decimal)a.Of * a.Count),
                (At(amounts, (count + 1) / 2) + At(amounts, (count / 2) + 1)) / 2m
            );
    }

    /// <summary>The amount at a rank, 1 for the smallest.</summary>
    private static long At(List<(long Of, long Count)> amounts, long rank)
    {
        foreach (var (amount, count) in amounts)
        {
            rank -= count;
            if (rank <= 0)
            {
                return amount;
            }
        }

        return amounts[^1].Of;
    }

    /// <summary>What was given in one unit and currency; minor units, null where nothing was.</summary>
    private sealed record Given(long Count, decimal? Sum, decimal? Median);
}
