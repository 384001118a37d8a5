using System.Globalization;
using System.Net;
using Complaints.Casework;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Queues;

/// <summary>The lead sees who holds how much, and spreads it.</summary>
public sealed class LoadTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_lead_sees_each_ones_work_and_what_they_may_not_read_does_not_count(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var i = 0; i < 3; i++)
        {
            await house.LogAsync(customer: "No Mail Norris", owner: "Mia");
        }

        await house.LogAsync(customer: "No Mail Norris", owner: "Mia", complainedAbout: "Lena");
        await house.LogAsync(owner: "Wen", unit: "Shanghai");
        house.Clock.Pass(TimeSpan.FromHours(5)); // past the acknowledgement's four hours
        var mia = (await house.ActorAsync("Mia")).StaffId;
        using var lena = await house.SignInAsync("Lena");
        var page = await lena.GetAsync("/load");
        var row = page[page.IndexOf(">Mia<", StringComparison.Ordinal)..];
        row = row[..row.IndexOf("</tr>", StringComparison.Ordinal)];
        Assert.Contains($"/queues/open?owner={mia}", row);
        Assert.Contains("</meter> 3</a>", row);
        Assert.Contains("</svg>3</span>", row); // late
        Assert.Contains("5 h", row);
        Assert.DoesNotContain(">Wen<", page); // not her unit
        Assert.Equal(3, (await lena.GetAsync($"/queues/open?owner={mia}")).Split("class=\"what\"").Length - 1);
        using var jun = await house.SignInAsync("Jun");
        await jun.GetAsync("/load");
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Spreading_is_looked_at_first_and_then_done(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var i = 0; i < 6; i++)
        {
            await house.LogAsync(customer: "No Mail Norris", owner: "Mia");
        }

        var about = await house.LogAsync(customer: "No Mail Norris", owner: null, complainedAbout: "Jun");
        var people = await house.WithAsync(db => db.Staff.ToDictionaryAsync(s => s.Name, s => s.Id));
        string Id(string name) => people[name].ToString(CultureInfo.InvariantCulture);
        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("Pick the people", await lena.PostAsync("/load/spread", [], "/load"));
        var page = await lena.PostFormAsync("/load/spread", "/load", [("Person", Id("Jun")), ("Person", Id("Mia")), ("Free", "true")]);
        Assert.StartsWith("/bulk/", lena.Path);
        Assert.Contains("Assigned to Jun", page);
        Assert.Equal(6, await HeldByAsync(house, "Mia")); // nothing has been done yet
        await lena.PostAsync(lena.Path + "/start", [], lena.Path);
        Assert.Equal((3, 4), (await HeldByAsync(house, "Jun"), await HeldByAsync(house, "Mia")));
        Assert.Equal("Mia", (await house.ReadAsync(about)).Owner!.Name);
        page = await lena.PostFormAsync("/load/spread", "/load", [("Person", Id("Jun")), ("Person", Id("Mia"))]);
        Assert.Contains("as evenly as", page);
    }

    private static Task<int> HeldByAsync(TestHouse house, string name) =>
        house.WithAsync(db => db.Complaints.CountAsync(c => c.Owner!.Name == name));
}
