using Complaints.Casework;
using Complaints.FollowUp;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Browsing;

/// <summary>What people do a hundred times a day takes five clicks or fewer, with three of them at it at once.</summary>
[Collection(BrowserTests.Name)]
public sealed class MorningTests(Chromium chromium)
{
    private const int MostClicks = 5;

    [Theory]
    [InChromium("sqlite")]
    [InChromium("postgres")]
    public async Task Three_people_work_a_morning_and_nothing_takes_more_than_five_clicks(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var morning = new Morning(house, chromium, 20);
        await morning.ComeInAsync();
        await morning.WorkAsync();
        Assert.Equal(
            ["acknowledge + apologize", "approve money", "bulk reassign", "follow-up call", "log by phone", "resolve with two points"],
            morning.Acts.Select(a => a.Key).Order()
        );
        Assert.All(morning.Acts, kind => Assert.All(kind, act => Assert.InRange(act.Clicks, 0, MostClicks)));
        Assert.Contains(morning.Acts, kind => kind.Sum(a => a.Clicks) > 0); // they are counted at all
        await house.WithAsync(async db =>
        {
            Assert.False(await db.Complaints.AnyAsync(c => c.AwaitingApproval));
            Assert.False(await db.Complaints.AnyAsync(c => c.Owner!.Name == "Jun" && c.IsOpen));
            Assert.Equal(4, await db.Complaints.CountAsync(c => c.State == State.Received)); // two logged by phone, two handed over
            Assert.Equal(2, await db.SurveyAnswers.CountAsync());
        });
    }
}
