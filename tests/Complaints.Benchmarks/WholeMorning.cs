using System.Diagnostics;
using Complaints.Tests.Browsing;
using Complaints.Tests.World;

namespace Complaints.Benchmarks;

/// <summary>A morning of 300 complaints worked by three people in three browsers: what each act takes in clicks, keys and seconds.</summary>
public static class WholeMorning
{
    private const int Load = 300;

    /// <summary>Works it and prints the table; the seconds are a machine's, which neither reads nor thinks.</summary>
    public static async Task MeasureAsync(string database)
    {
        var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var house = await TestHouse.OpenAsync(database);
        var morning = new Morning(house, chromium, Load);
        await morning.ComeInAsync();
        var watch = Stopwatch.StartNew();
        await morning.WorkAsync();
        Console.WriteLine($"{morning.Load} complaints on {database}, worked by three in {watch.Elapsed.TotalMinutes:0.0} min");
        Console.WriteLine($"{"act", -28}{"times", 7}{"clicks", 8}{"most", 6}{"keys", 8}{"seconds", 9}{"95 %", 7}   medians");
        foreach (var act in morning.Acts.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            var all = act.ToList();
            Console.WriteLine(
                $"{act.Key, -28}{all.Count, 7}{Middle(all, a => a.Clicks), 8}{all.Max(a => a.Clicks), 6}{Middle(all, a => a.Keys), 8}{Middle(all, a => a.Seconds), 9:0.00}{At(all, a => a.Seconds, 0.95), 7:0.00}"
            );
        }

        await chromium.DisposeAsync();
    }

    private static double Middle(List<Act> acts, Func<Act, double> of) => At(acts, of, 0.5);

    private static double At(List<Act> acts, Func<Act, double> of, double share) =>
        acts.Select(of).Order().ElementAt((int)((acts.Count - 1) * share));
}
