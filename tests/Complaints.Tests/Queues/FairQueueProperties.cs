using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Tests.World;
using Complaints.Time;

namespace Complaints.Tests.Queues;

/// <summary>The fair queue: tier weighs, and nobody starves.</summary>
public sealed class FairQueueProperties
{
    /// <summary>
    /// Nobody waits longer than it takes the desk to do what was owed when they came, and what came within their own
    /// allowance × factor after them: only that can go ahead of them, whatever comes later and from whomever.
    /// </summary>
    [Theory]
    [InlineData(0.8)]
    [InlineData(1.2)]
    [InlineData(2)]
    public void Nobody_starves_for_any_seed(double load)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            Assert.All(Beyond(QueueSimulation.Run(seed, load, WorkOrder.Fair)), one => Assert.Fail($"seed {seed}: {one}"));
        }
    }

    [Fact]
    public void With_strict_tiers_somebody_would() =>
        Assert.NotEmpty(Enumerable.Range(1, 5).SelectMany(seed => Beyond(QueueSimulation.Run(seed, 1.2, WorkOrder.StrictTiers))));

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.2)]
    public void Who_came_after_ones_own_deadline_never_goes_first(double load)
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var lastDue = double.MaxValue;
            foreach (var one in QueueSimulation.Run(seed, load, WorkOrder.Fair).Reverse())
            {
                Assert.True(one.Came <= lastDue, $"seed {seed}: {one}"); // whoever is worked later is due after it came
                lastDue = Math.Min(lastDue, one.Due);
            }
        }
    }

    [Fact]
    public void In_overload_every_tier_is_late_less_often_than_first_come_first_served_makes_the_highest_and_strict_tiers_the_lowest()
    {
        var (fair, first, strict) = (Late(WorkOrder.Fair), Late(WorkOrder.FirstCome), Late(WorkOrder.StrictTiers));
        Assert.All(Enum.GetValues<Tier>(), tier => Assert.True(fair[tier] < Math.Max(first[Tier.Diamond], strict[Tier.Lead])));
        Assert.True(fair[Tier.Diamond] < first[Tier.Diamond]);
        Assert.True(Longest(WorkOrder.Fair) < Longest(WorkOrder.StrictTiers));
    }

    /// <summary>The order itself, from the policy's own targets on a real calendar with nights, weekends and holidays.</summary>
    [Fact]
    public void Within_a_tier_who_came_first_comes_first_and_a_higher_tier_is_never_behind_a_lower_one_that_came_later()
    {
        var calendar = WorkingCalendar.Parse(
            "North",
            "Europe/London",
            "Mon-Fri 09:00-12:30,13:30-17:00;Sat 10:00-12:00",
            "2026-12-28;every year: 12-25",
            ""
        );
        var policy = new Policy { Name = "Standard" };
        var start = new DateTime(2026, 10, 20, 0, 0, 0, DateTimeKind.Utc); // the clocks go back on the 25th
        Tier[] highestFirst = [Tier.Diamond, Tier.Gold, Tier.Brass, Tier.Lead];
        var random = new Random(4);
        DateTime Due(Tier tier, DateTime at, int step)
        {
            var targets = policy.For(tier, Severity.Normal, Channel.Phone, [], equalTreatment: false);
            return (
                step switch
                {
                    0 => targets.Acknowledge,
                    1 => targets.Apologize,
                    _ => targets.Resolve,
                }
            ).DueFrom(at, calendar);
        }

        for (var round = 0; round < 3_000; round++)
        {
            var (earlier, step) = (start.AddMinutes(random.Next(90 * 24 * 60)), random.Next(3));
            var later = earlier.AddMinutes(random.Next(1, 4 * 24 * 60));
            var (high, low) = (random.Next(4), random.Next(4));
            (high, low) = (Math.Min(high, low), Math.Max(high, low));
            Assert.True(
                Due(highestFirst[high], earlier, step) <= Due(highestFirst[low], later, step),
                $"{earlier:O} {later:O} {high} {low}"
            );
        }
    }

    /// <summary>Those who waited longer than the bound says.</summary>
    private static IEnumerable<SimulatedCase> Beyond(IReadOnlyList<SimulatedCase> run)
    {
        var inOrder = run.OrderBy(c => c.Came).ToList();
        var sums = new double[inOrder.Count + 1];
        for (var i = 0; i < inOrder.Count; i++)
        {
            sums[i + 1] = sums[i] + inOrder[i].Work;
        }

        var came = inOrder.ConvertAll(c => c.Came);
        for (var i = 0; i < inOrder.Count; i++)
        {
            var one = inOrder[i];
            var until = came.BinarySearch(one.Came + QueueSimulation.Allowance(one.Tier));
            var ahead = sums[until < 0 ? ~until : until + 1] - sums[i + 1];
            if (one.Waited > ((one.Owed + ahead) / QueueSimulation.People) + 0.001)
            {
                yield return one;
            }
        }
    }

    private static Dictionary<Tier, double> Late(WorkOrder order) =>
        Enumerable
            .Range(1, 20)
            .SelectMany(seed => QueueSimulation.Run(seed, 1.2, order))
            .GroupBy(c => c.Tier)
            .ToDictionary(g => g.Key, g => g.Average(c => c.Late ? 1d : 0d));

    private static double Longest(WorkOrder order) =>
        Enumerable.Range(1, 20).SelectMany(seed => QueueSimulation.Run(seed, 1.2, order)).Max(c => c.Waited);
}
