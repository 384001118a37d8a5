using Complaints.Customers;
using Complaints.Deadlines;

namespace Complaints.Tests.World;

/// <summary>In which order waiting complaints are worked.</summary>
public enum WorkOrder
{
    /// <summary>By the stored deadline: start + allowance × the tier's factor.</summary>
    Fair,

    /// <summary>First come, first served.</summary>
    FirstCome,

    /// <summary>The higher tier always first.</summary>
    StrictTiers,
}

/// <summary>A complaint of the simulation; times in working minutes since the desk first opened.</summary>
/// <param name="Number">In the order they came.</param>
/// <param name="Tier">The customer's.</param>
/// <param name="Came">When.</param>
/// <param name="Due">By the seeded policy.</param>
/// <param name="Work">What it takes one person.</param>
/// <param name="Owed">Work of the whole desk that was not done yet when it came, without its own.</param>
public sealed record SimulatedCase(int Number, Tier Tier, double Came, double Due, double Work, double Owed)
{
    /// <summary>When somebody began with it.</summary>
    public double Began { get; init; }

    /// <summary>How long it waited for somebody.</summary>
    public double Waited => Began - Came;

    /// <summary>The step that is due: an acknowledgement is said when somebody begins, a resolution when the work is done.</summary>
    public ClockName Step { get; init; }

    /// <summary>True when that step was not done by its due time.</summary>
    public bool Late => Began + (Step == ClockName.Acknowledge ? 0 : Work) > Due;
}

/// <summary>
/// A desk of a few people and complaints that come at random, from a seed: what the order of the queue does to whom. Pure;
/// the allowances and factors are those of the policy the house is seeded with, so that nothing is proven about other ones.
/// </summary>
public static class QueueSimulation
{
    /// <summary>People at the desk.</summary>
    public const int People = 5;

    /// <summary>Working minutes during which complaints come: eight weeks of five days of eight hours. The rest is worked off.</summary>
    public const double Minutes = 8 * 5 * 480;

    /// <summary>Mean work on a complaint, minutes.</summary>
    private const double MeanWork = 45;

    private static readonly Policy _policy = new() { Name = "Standard" };

    private static readonly (Tier Tier, double Share)[] _tiers =
    [
        (Tier.Diamond, 0.05),
        (Tier.Gold, 0.15),
        (Tier.Brass, 0.4),
        (Tier.Lead, 0.4),
    ];

    /// <summary>The allowance of a tier for a step in working minutes, factor included.</summary>
    public static double Allowance(Tier tier, ClockName step = ClockName.Resolve)
    {
        var targets = _policy.For(tier, Severity.Normal, Channel.Phone, [], equalTreatment: false);
        return (double)(step == ClockName.Acknowledge ? targets.Acknowledge : targets.Resolve).Amount;
    }

    /// <summary>Works through one seed's complaints in an order.</summary>
    /// <param name="seed">The same seed brings the same complaints, whatever the order.</param>
    /// <param name="load">Work that comes for each minute the desk has; above 1 the queue grows.</param>
    /// <param name="order">How the next one is chosen.</param>
    /// <param name="step">The step that is due.</param>
    public static IReadOnlyList<SimulatedCase> Run(int seed, double load, WorkOrder order, ClockName step = ClockName.Resolve)
    {
        var coming = new Queue<SimulatedCase>(Coming(seed, load, step));
        var waiting = new PriorityQueue<SimulatedCase, (double, double, int)>();
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, People).Select(p => (p, 0d)));
        var busyUntil = new double[People];
        var owed = 0d;
        var done = new List<SimulatedCase>(coming.Count);
        while (coming.Count > 0 || waiting.Count > 0)
        {
            free.TryPeek(out var person, out var at);
            var next = waiting.Count == 0 ? Math.Max(at, coming.Peek().Came) : at;
            while (coming.TryPeek(out var one) && one.Came <= next)
            {
                var running = busyUntil.Sum(until => Math.Max(0, until - one.Came));
                coming.Dequeue();
                waiting.Enqueue(one with { Owed = owed + running }, Key(one, order));
                owed += one.Work;
            }

            free.Dequeue();
            var taken = waiting.Dequeue();
            var began = Math.Max(next, taken.Came);
            owed -= taken.Work;
            busyUntil[person] = began + taken.Work;
            free.Enqueue(person, busyUntil[person]);
            done.Add(taken with { Began = began });
        }

        return done;
    }

    private static (double, double, int) Key(SimulatedCase one, WorkOrder order) =>
        order switch
        {
            WorkOrder.Fair => (one.Due, one.Came, one.Number),
            WorkOrder.FirstCome => (one.Came, 0, one.Number),
            _ => (-(int)Rank(one.Tier), one.Came, one.Number),
        };

    private static double Rank(Tier tier) => Array.FindIndex(_tiers, t => t.Tier == tier) is var at ? _tiers.Length - at : 0;

    private static List<SimulatedCase> Coming(int seed, double load, ClockName step)
    {
        var random = new Random(seed);
        var (came, list) = (0d, new List<SimulatedCase>());
        while (true)
        {
            came += Exponential(random, MeanWork / load / People);
            if (came >= Minutes)
            {
                return list;
            }

            var (roll, tier) = (random.NextDouble(), Tier.Lead);
            foreach (var (one, share) in _tiers)
            {
                tier = one;
                roll -= share;
                if (roll < 0)
                {
                    break;
                }
            }

            var due = came + Allowance(tier, step);
            list.Add(new SimulatedCase(list.Count, tier, came, due, Math.Min(Exponential(random, MeanWork), 240), 0) { Step = step });
        }
    }

    private static double Exponential(Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());
}
