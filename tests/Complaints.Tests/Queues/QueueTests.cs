using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Queues;

public sealed partial class QueueTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Paging_by_key_shows_every_complaint_one_may_see_once_and_in_order(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 330);
        foreach (var name in (string[])["Jun", "Lena", "Chen", "Dora", "Otto"])
        {
            using var browser = await house.SignInAsync(name);
            var actor = await house.ActorAsync(name);
            var seen = await SeenAsync(house, actor);
            Assert.Equal(
                seen.OrderByDescending(c => c.ReceivedAt).ThenByDescending(c => c.Id).Select(c => c.Reference),
                await WalkAsync(browser, "/queues/all")
            );
            Assert.Equal(
                seen.Where(c => c.IsOpen).OrderBy(c => c.QueueAt).ThenBy(c => c.Id).Select(c => c.Reference),
                await WalkAsync(browser, "/queues/open")
            );
            Assert.Equal(
                seen.Where(c => c.ResolvedAt is not null)
                    .OrderByDescending(c => c.ResolvedAt)
                    .ThenByDescending(c => c.Id)
                    .Select(c => c.Reference),
                await WalkAsync(browser, "/queues/resolved")
            );
            Assert.Equal(
                seen.Where(c => c.WaitingSince is not null).OrderBy(c => c.WaitingSince).ThenBy(c => c.Id).Select(c => c.Reference),
                await WalkAsync(browser, "/queues/waiting")
            );
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Going_back_shows_the_page_one_came_from(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 330);
        using var dora = await house.SignInAsync("Dora");
        var first = await dora.GetAsync("/queues/all");
        var second = await dora.GetAsync(Link(first, "next")!);
        await dora.GetAsync(Link(second, "next")!);
        var again = await dora.GetAsync(Link(await dora.GetAsync(Link(second, "next")!), "prev")!);
        Assert.Equal(References(second), References(again));
        Assert.NotEqual(References(first), References(second));
        Assert.Null(Link(first, "prev"));
        Assert.Equal(References(first), References(await dora.GetAsync("/queues/all?after=nonsense")));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Filters_stand_in_the_address_and_narrow_the_list(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 120);
        using var dora = await house.SignInAsync("Dora");
        var seen = await SeenAsync(house, await house.ActorAsync("Dora"));
        var late = await WalkAsync(dora, "/queues/open?due=late&severity=High");
        Assert.Equal(
            seen.Where(c => c.IsOpen && c.NextDueAt < house.Now && c.Weight == Complaints.Deadlines.Severity.High)
                .OrderBy(c => c.QueueAt)
                .ThenBy(c => c.Id)
                .Select(c => c.Reference),
            late
        );
        var north = await house.WithAsync(db => db.Units.Where(u => u.Name == "North").Select(u => u.Id).SingleAsync());
        var mail = await WalkAsync(dora, $"/queues/all?unit={north}&channel=Email&state=Closed");
        Assert.Equal(
            seen.Where(c => c.UnitId == north && c.Channel == Complaints.Customers.Channel.Email && c.State == State.Closed)
                .OrderByDescending(c => c.ReceivedAt)
                .Select(c => c.Reference),
            mail
        );
        using var lena = await house.SignInAsync("Lena");
        var shanghai = await house.WithAsync(db => db.Units.Where(u => u.Name == "Shanghai").Select(u => u.Id).SingleAsync());
        Assert.Empty(await WalkAsync(lena, $"/queues/all?unit={shanghai}"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_filter_that_fits_little_looks_further_page_by_page_and_misses_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--Queues:LookThrough", "30");
        await ManyComplaints.AddAsync(house, 330);
        foreach (var name in (string[])["Lena", "Dora"])
        {
            using var browser = await house.SignInAsync(name);
            var seen = await SeenAsync(house, await house.ActorAsync(name));
            var social = seen.Where(c => c.Channel == Complaints.Customers.Channel.Social).ToList();
            var page = await browser.GetAsync("/queues/all?channel=Social");
            Assert.Contains("Look further", page);
            Assert.True(References(page).Count < social.Count);
            Assert.Equal(
                social.OrderByDescending(c => c.ReceivedAt).ThenByDescending(c => c.Id).Select(c => c.Reference),
                await WalkAsync(browser, "/queues/all?channel=Social")
            );
            Assert.Equal(
                social.Where(c => c.IsOpen).OrderBy(c => c.QueueAt).ThenBy(c => c.Id).Select(c => c.Reference),
                await WalkAsync(browser, "/queues/open?channel=Social")
            );
            Assert.Empty(await WalkAsync(browser, "/queues/all?channel=Social&tier=Diamond&cause=999999"));
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Counts_of_the_rail_are_those_of_a_naive_count(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 250);
        foreach (var name in (string[])["Jun", "Lena", "Dora"])
        {
            using var browser = await house.SignInAsync(name);
            var actor = await house.ActorAsync(name);
            var open = (await SeenAsync(house, actor))
                .Where(c => c.IsOpen && (c.State < State.Resolved || c.NextDueAt is not null))
                .ToList();
            var rail = await browser.GetAsync("/rail");
            Assert.Equal(open.Count(c => c.OwnerId == actor.StaffId), Count(rail, "/queues/mine"));
            Assert.Equal(open.Count(c => c.OwnerId is null), Count(rail, "/queues/unassigned"));
            Assert.Equal(open.Count(c => c.Unit.Path.StartsWith(actor.UnitPath, StringComparison.Ordinal)), Count(rail, "/queues/unit"));
            var late = open.Count(c => c.OwnerId == actor.StaffId && c.NextDueAt < house.Now);
            Assert.True(late == 0 || rail.Contains($"{late} late", StringComparison.Ordinal));
        }
    }

    [Theory, OnSqlite]
    public async Task An_empty_list_teaches_and_an_unknown_one_is_not_here(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        Assert.Contains("Nothing is late.", await jun.GetAsync("/queues/mine?due=late"));
        Assert.Contains("Nothing waits for you.", await jun.GetAsync("/queues/mine"));
        await jun.GetAsync("/queues/nothing");
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
        using var ada = await house.SignInAsync("Ada");
        await ada.GetAsync("/queues/all");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
        Assert.Equal(4, ClassTab().Count(await ada.GetAsync("/")));
        Assert.Equal(4, ClassTab().Count(await jun.GetAsync("/more")));
    }

    private static Task<List<Complaint>> SeenAsync(TestHouse house, Actor actor) =>
        house.WithAsync(async db =>
            (await db.Complaints.AsNoTracking().Include(c => c.Unit).ToListAsync())
                .Where(c => Rights.MaySee(actor, c.Unit.Path, c.OwnerId, c.KeptFrom))
                .ToList()
        );

    private static async Task<List<string>> WalkAsync(Browser browser, string path)
    {
        var found = new List<string>();
        for (string? next = path; next is not null; )
        {
            var page = await browser.GetAsync(next);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            found.AddRange(References(page));
            next = Link(page, "next");
        }

        return found;
    }

    private static List<string> References(string page) => [.. Row().Matches(page).Select(m => m.Groups[1].Value)];

    private static string? Link(string page, string rel) =>
        Regex.Match(page, $"rel=\"{rel}\" href=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? found.Groups[1].Value
            : null;

    private static int Count(string rail, string url) =>
        int.Parse(
            Regex.Match(rail, $"href=\"{url}\".*?<b[^>]*>([0-9]+)</b>", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture
        );

    [GeneratedRegex("<td class=\"what\"><a href=\"/complaints/([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("class=\"tab\"", RegexOptions.None, 1000)]
    private static partial Regex ClassTab();
}
