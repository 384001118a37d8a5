using System.Globalization;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Tests.World;

namespace Complaints.Benchmarks;

/// <summary>Prints what the order of the queue does to whom: the fair queue beside first come, first served and strict tiers.</summary>
public static class QueueOrders
{
    private const int Seeds = 40;

    /// <summary>Runs the same seeds in each order and prints a table for the first step and one for the last.</summary>
    public static void Measure()
    {
        Console.WriteLine(
            $"Fair queue, simulated: {QueueSimulation.People} people, {QueueSimulation.Minutes / 480:0} working days of complaints and then until all are done, seeds 1 to {Seeds}."
        );
        Console.WriteLine(
            "Late: share of a tier's complaints whose step was not done by its own deadline. Waits in working hours until somebody begins."
        );
        foreach (var step in new[] { ClockName.Acknowledge, ClockName.Resolve })
        {
            Table(step);
        }
    }

    private static void Table(ClockName step)
    {
        Console.WriteLine();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{step}: {QueueSimulation.Allowance(Tier.Lead, step)} working minutes, Gold {QueueSimulation.Allowance(Tier.Gold, step)}, Diamond {QueueSimulation.Allowance(Tier.Diamond, step)}"
            )
        );
        Console.WriteLine(
            "| load | order | late Diamond | late Gold | late Brass | late Lead | late all | mean wait | longest wait | longest Diamond | longest Lead |"
        );
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var load in new[] { 0.8, 1.2 })
        {
            foreach (var order in Enum.GetValues<WorkOrder>())
            {
                var runs = Enumerable.Range(1, Seeds).SelectMany(seed => QueueSimulation.Run(seed, load, order, step)).ToList();
                string Late(Tier tier) => Percent(runs.Where(c => c.Tier == tier).Average(c => c.Late ? 1d : 0d));
                string Longest(Tier tier) => Hours(runs.Where(c => c.Tier == tier).Max(c => c.Waited));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {load:0.0} | {Name(order)} | {Late(Tier.Diamond)} | {Late(Tier.Gold)} | {Late(Tier.Brass)} | {Late(Tier.Lead)} | {Percent(runs.Average(c => c.Late ? 1d : 0d))} | {Hours(runs.Average(c => c.Waited))} | {Hours(runs.Max(c => c.Waited))} | {Longest(Tier.Diamond)} | {Longest(Tier.Lead)} |"
                    )
                );
            }
        }
    }

    private static string Name(WorkOrder order) =>
        order switch
        {
            WorkOrder.Fair => "fair queue",
            WorkOrder.FirstCome => "first come, first served",
            _ => "strict tiers",
        };

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Hours(double minutes) => (minutes / 60).ToString("0.0", CultureInfo.InvariantCulture) + " h";
}
