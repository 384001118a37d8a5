using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Complaints.Web.Queues;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Queues;

/// <summary>Lists under a name, and the columns somebody wants to see.</summary>
public sealed class ViewTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_filtered_list_is_saved_found_in_the_rail_with_its_count_and_renamed_moved_and_deleted(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(severity: Complaints.Deadlines.Severity.High);
        await house.LogAsync("王芳");
        using var mia = await house.SignInAsync("Mia");
        var page = await SaveAsync(mia, "Mine, severe", "mine", "severity=High&nonsense=1&after=x");
        Assert.Matches(@"/queues/mine\?severity=High&view=\d+$", mia.Path);
        Assert.Contains("<h1>Mine, severe</h1>", page);
        Assert.Matches(@"aria-current=""page""[^>]*>.*?Mine, severe</span>\s*<b>1</b>", page.ReplaceLineEndings(" "));
        await SaveAsync(mia, "Second", "unit", "");
        var ids = await house.WithAsync(db => db.SavedViews.OrderBy(v => v.Id).Select(v => v.Id).ToListAsync());
        await mia.PostAsync($"/views/{ids[1]}/place?up=true", [], "/views");
        Assert.True(await PlaceAsync(mia, "Second") < await PlaceAsync(mia, "Mine, severe"));
        await mia.PostAsync($"/views/{ids[1]}", new() { ["Name"] = "All of North" }, "/views");
        Assert.Contains("All of North", await mia.GetAsync("/more"));
        Assert.Contains("Give it a name", await mia.PostAsync($"/views/{ids[1]}", new() { ["Name"] = " " }, "/views"));
        await mia.PostAsync($"/views/{ids[1]}/removal", [], "/views");
        Assert.DoesNotContain("All of North", await mia.GetAsync("/queues/mine"));
        await mia.PostAsync("/views", new() { ["Name"] = "x", ["List"] = "nothing" }, "/views");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        using var sen = await house.SignInAsync("Sen");
        Assert.DoesNotContain("Mine, severe", await sen.GetAsync($"/queues/mine?view={ids[0]}"));
        foreach (var act in new[] { "", "/place", "/removal" })
        {
            await sen.PostAsync($"/views/{ids[0]}{act}", new() { ["Name"] = "theirs" }, "/views");
            Assert.Equal(HttpStatusCode.NotFound, sen.Status);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_lead_shares_with_the_unit_and_whoever_leaves_it_loses_the_view(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(owner: null);
        var (north, shanghai) = await house.WithAsync(async db =>
            ((await db.Units.SingleAsync(u => u.Name == "North")).Id, (await db.Units.SingleAsync(u => u.Name == "Shanghai")).Id)
        );
        using var lena = await house.SignInAsync("Lena");
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("Sharing is for team leads", await SaveAsync(mia, "To all", "unit", "", north));
        Assert.Contains("Sharing is for team leads", await SaveAsync(lena, "To them", "unit", "", shanghai));
        await SaveAsync(lena, "Everything North", "unit", "", north);
        var id = await house.WithAsync(db => db.SavedViews.Select(v => v.Id).SingleAsync());
        house.Clock.Pass(TimeSpan.FromSeconds(11)); // the rail of others is some seconds old
        Assert.Contains("Everything North", await mia.GetAsync("/more"));
        using var dora = await house.SignInAsync("Dora");
        Assert.Contains("Everything North", await dora.GetAsync("/more"));
        using var wen = await house.SignInAsync("Wen");
        Assert.DoesNotContain("Everything North", await wen.GetAsync("/more"));
        await mia.PostAsync($"/views/{id}/removal", [], "/views");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        using var max = await house.SignInAsync("Max");
        await max.PostAsync($"/views/{id}", new() { ["Name"] = "North, all", ["UnitId"] = $"{north}" }, "/views");
        Assert.Contains("North, all", await mia.GetAsync("/views"));

        await house.WithAsync(async db =>
        {
            (await db.Staff.SingleAsync(s => s.Name == "Mia")).UnitId = shanghai;
            await db.SaveChangesAsync();
        });
        house.Clock.Pass(TimeSpan.FromSeconds(11));
        Assert.DoesNotContain("North, all", await mia.GetAsync("/views"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_count_looks_at_a_bounded_stretch_and_says_so(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--Queues:LookThrough", "40");
        await ManyComplaints.AddAsync(house, 200);
        using var dora = await house.SignInAsync("Dora");
        await SaveAsync(dora, "Never", "all", "tier=Diamond&channel=Social&severity=Low");
        Assert.Matches(@"Never</span>\s*<b>\d+\+</b>", (await dora.GetAsync("/rail")).ReplaceLineEndings(" "));
        await SaveAsync(dora, "All", "all", "");
        Assert.Matches(@"All</span>\s*<b>99\+</b>", (await dora.GetAsync("/rail")).ReplaceLineEndings(" "));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Columns_are_chosen_for_a_list_kept_for_the_person_and_saved_with_a_view(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("data-label=\"Silence\"", await mia.GetAsync("/queues/mine"));
        await ChooseAsync(mia, "channel", "wants", "nonsense");
        var page = await mia.GetAsync("/queues/mine");
        Assert.Contains("data-label=\"Channel\"", page);
        Assert.DoesNotContain("data-label=\"Silence\"", page);
        Assert.Contains("data-label=\"Channel\"", await mia.GetAsync("/queues/mine/rows"));
        Assert.Contains("data-label=\"Silence\"", await mia.GetAsync("/queues/unit"));
        using var sen = await house.SignInAsync("Sen");
        Assert.Contains("data-label=\"Silence\"", await sen.GetAsync("/queues/unit"));
        await SaveAsync(mia, "With received", "mine", "", null, "received");
        Assert.Contains("data-label=\"Received\"", await mia.GetAsync(mia.Path));
        await mia.PostAsync("/queues/mine/columns", new() { ["standard"] = "true" }, "/queues/mine");
        Assert.Contains("data-label=\"Silence\"", await mia.GetAsync("/queues/mine"));
        await ChooseAsync(mia, [.. Column.All.Select(c => c.Name)]);
        page = await mia.GetAsync("/queues/mine");
        Assert.All(Column.All, c => Assert.Contains("value=\"" + c.Name + "\" checked", page));
    }

    private static Task<string> ChooseAsync(Browser who, params string[] names) =>
        who.PostAsync(
            "/queues/mine/columns",
            names.Select((n, i) => (n, i)).ToDictionary(c => $"column[{c.i}]", c => (string?)c.n),
            "/queues/mine"
        );

    private static Task<string> SaveAsync(Browser who, string name, string list, string query, long? unit = null, string? columns = null) =>
        who.PostAsync(
            "/views",
            new()
            {
                ["Name"] = name,
                ["List"] = list,
                ["Query"] = query,
                ["UnitId"] = unit?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Columns"] = columns,
            },
            "/views"
        );

    private static async Task<int> PlaceAsync(Browser who, string name) =>
        (await who.GetAsync("/rail")).IndexOf(name, StringComparison.Ordinal);
}
