using System.Diagnostics;
using System.Globalization;
using Complaints.Casework;
using Complaints.FollowUp;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Complaints.Tests.Browsing;

/// <summary>What people do a hundred times a day takes five clicks or fewer, with three of them at it at once.</summary>
[Collection(BrowserTests.Name)]
public sealed class MorningTests(Chromium chromium, ITestOutputHelper says)
{
    private const int MostClicks = 5;

    /// <summary>How many complaints the morning begins with: 10, or what COMPLAINTS_TEST_MORNING says. A real one has 300.</summary>
    private static readonly int _load = int.TryParse(
        Environment.GetEnvironmentVariable("COMPLAINTS_TEST_MORNING"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var load
    )
        ? load
        : 10;

    [Theory]
    [InChromium("sqlite")]
    [InChromium("postgres")]
    public async Task Three_people_work_a_morning_and_nothing_takes_more_than_five_clicks(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var morning = new Morning(house, chromium, _load);
        await morning.ComeInAsync();
        var (watch, began) = (Stopwatch.StartNew(), house.Now);
        await morning.WorkAsync();
        says.WriteLine($"{morning.Load} complaints on {database}, worked by three in {watch.Elapsed.TotalMinutes:0.0} min; medians");
        foreach (var act in morning.Acts)
        {
            says.WriteLine(
                $"{act.Key, -26}{act.Count(), 5} times {Middle(act, a => a.Clicks), 3} clicks (most {act.Max(a => a.Clicks)}) {Middle(act, a => a.Keys), 4} keys {Middle(act, a => a.Seconds), 6:0.00} s"
            );
        }

        Assert.Equal(
            ["acknowledge + apologize", "approve money", "bulk reassign", "follow-up call", "log by phone", "resolve with two points"],
            morning.Acts.Select(a => a.Key).Order()
        );
        Assert.All(morning.Acts, kind => Assert.All(kind, act => Assert.InRange(act.Clicks, 0, MostClicks)));
        Assert.Contains(morning.Acts, kind => kind.Sum(a => a.Clicks) > 0); // they are counted at all
        await house.WithAsync(async db =>
        {
            Assert.False(await db.Complaints.AnyAsync(c => c.AwaitingApproval));
            Assert.False(await db.Complaints.AnyAsync(c => c.Owner!.Name == "Jun" && c.IsOpen && c.ReceivedAt < began)); // a new one may be his
            Assert.Equal( // those logged by phone, and those handed over
                morning.Acts["log by phone"].Count() + (_load / 10),
                await db.Complaints.CountAsync(c => c.State == State.Received)
            );
            Assert.Equal(_load / 10, await db.SurveyAnswers.CountAsync());
        });
    }

    private static double Middle(IEnumerable<Act> acts, Func<Act, double> of) => acts.Select(of).Order().ElementAt(acts.Count() / 2);
}
