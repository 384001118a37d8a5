using System.Globalization;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;

namespace Complaints.Web.Queues;

/// <summary>The clock that gives a complaint its place in the queue.</summary>
/// <param name="ComplaintId">Whose.</param>
/// <param name="Name">What it measures.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Amount">Of the target, factors included, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Of the target.</param>
/// <param name="Why">The rule that set it, as a kept sentence.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Paused">It was paused on the way.</param>
public sealed record TurnClock(
    long ComplaintId,
    ClockName Name,
    DateTime StartedAt,
    decimal Amount,
    TargetUnit Unit,
    string Why,
    DateTime DueAt,
    bool Paused
);

/// <summary>
/// Why a complaint stands where it stands in the queue, in one line of words: since when, the allowance, what the tier
/// makes of it, and what it counts as due by. Pure.
/// </summary>
public static class Turn
{
    /// <summary>The line.</summary>
    /// <param name="at">The clock.</param>
    /// <param name="tier">The customer's.</param>
    /// <param name="minimum">No target gets shorter than so many minutes.</param>
    /// <param name="reader">Whose clock on the wall.</param>
    /// <param name="now">UTC; times of today are said without the day.</param>
    public static Sentence Say(TurnClock at, Tier tier, decimal minimum, Reader reader, DateTime now)
    {
        var (since, due) = (Moment(at.StartedAt, reader, now), Moment(at.DueAt, reader, now));
        if (at.Name == ClockName.Regime)
        {
            return new Sentence("Waiting since {0} · the regulator's deadline, due {1}. The tier does not weigh here.", since, due);
        }

        var factors = Factors(KeptSentence.Read(at.Why), tier);
        var product = factors.Aggregate(1m, (all, f) => all * f.Factor);
        var plain = factors.Count == 0 || product <= 0 || !IsTime(at.Unit);
        var clamped = product < 1 && at.Amount <= minimum;
        Sentence line =
            plain ? new("Waiting since {0} · {1} = counts as due {2}", since, Length(at.Amount, at.Unit), due)
            : clamped ? new("Waiting since {0} · {1}, the shortest there is = counts as due {2}", since, Length(at.Amount, at.Unit), due)
            : new(
                "Waiting since {0} · {1} × {2} = counts as due {3}",
                since,
                Length(at.Amount / product, at.Unit),
                factors.Select(f => f.Says).Aggregate((a, b) => new Sentence("{0} × {1}", a, b)),
                due
            );
        return at.Paused ? new Sentence("{0} (what it was paused did not count)", line) : line;
    }

    /// <summary>The factors that made the target, as the rule that set it names them.</summary>
    private static IReadOnlyList<(decimal Factor, Sentence Says)> Factors(Sentence why, Tier tier)
    {
        if (why.Text.StartsWith("Half the resolution target after reopening", StringComparison.Ordinal))
        {
            var full = why.Args is [Sentence inner, ..] ? Factors(inner, tier) : [];
            return full.Count == 0 ? [] : [.. full, (0.5m, new Sentence("{0} reopened", 0.5m))];
        }

        var numbers = why.Args.OfType<decimal>().TakeLast(2).ToList();
        return !why.Text.StartsWith("Policy “", StringComparison.Ordinal) || numbers.Count < 2 ? []
            : numbers[1] == 1 ? [(numbers[0], new Sentence("{0} for {1}", numbers[0], tier))]
            : [(numbers[0], new Sentence("{0} for {1}", numbers[0], tier)), (numbers[1], new Sentence("{0} as critical", numbers[1]))];
    }

    private static bool IsTime(TargetUnit unit) => unit is TargetUnit.Minutes or TargetUnit.WorkingMinutes;

    private static Sentence Length(decimal amount, TargetUnit unit) =>
        unit switch
        {
            TargetUnit.Minutes => new Sentence("{0}", TimeSpan.FromMinutes((double)amount)),
            TargetUnit.WorkingMinutes => new Sentence("{0} of opening hours", Hours(amount)),
            _ => new Sentence("{0} {1}", amount, unit),
        };

    /// <summary>Working time is said in hours: a day of it would be read as a day of the calendar.</summary>
    private static Sentence Hours(decimal minutes) =>
        minutes < 60
            ? new Sentence("{0} min", decimal.Round(minutes, 1).ToString("0.#", CultureInfo.InvariantCulture))
            : new Sentence("{0} h", decimal.Round(minutes / 60, 1).ToString("0.#", CultureInfo.InvariantCulture));

    private static string Moment(DateTime utc, Reader reader, DateTime now) =>
        reader.Local(utc).Date == reader.Local(now).Date ? reader.Clock(utc) : reader.Time(utc);
}
