using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Timetable;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Escalation;

public sealed class EscalationPageTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_lead_asks_reassigns_takes_and_ends(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(words: "My lawyer will hear of this.");
        await house.SweepAsync();
        var reference = Reference.Of(2026, 1);
        using var lena = await house.SignInAsync("Lena");
        var page = await lena.GetAsync("/escalations");
        Assert.Contains(reference, page);
        Assert.Contains("lawyer", page);
        Assert.Contains("nothing yet", page);

        await lena.PostAsync($"/escalations/{reference}/question", new() { ["words"] = "What does the till say?" }, "/escalations");
        Assert.Equal(HttpStatusCode.OK, lena.Status);
        var note = await house.WithAsync(db => db.Timeline.Include(t => t.Content).SingleAsync(t => t.Kind == EntryKind.Note));
        Assert.Equal("@Sen What does the till say?", note.Content!.Body.Words);

        using var sen = await house.SignInAsync("Sen");
        Assert.Contains("Lena asks: What does the till say?", await sen.GetAsync("/"));

        var mia = await house.WithAsync(db => db.Staff.SingleAsync(s => s.Name == "Mia"));
        var form = new Dictionary<string, string?> { ["ownerId"] = $"{mia.Id}", ["version"] = $"{await VersionAsync(house)}" };
        await lena.PostAsync($"/escalations/{reference}/reassignment", form, "/escalations");
        Assert.Equal("Mia", await house.WithAsync(db => db.Complaints.Select(c => c.Owner!.Name).SingleAsync()));

        page = await lena.PostAsync($"/escalations/{reference}/taking", [], "/escalations");
        Assert.Contains("taken by Lena", page);
        using var max = await house.SignInAsync("Max");
        page = await max.PostAsync($"/escalations/{reference}/taking", [], "/escalations");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, max.Status);
        Assert.Contains("Lena took it", page);

        form = new() { ["reason"] = " ", ["version"] = $"{await VersionAsync(house)}" };
        page = await lena.PostAsync($"/escalations/{reference}/end", form, "/escalations");
        Assert.Contains("Say why the escalation ends", page);
        form["reason"] = "Spoke to her; she is content.";
        page = await lena.PostAsync($"/escalations/{reference}/end", form, "/escalations");
        Assert.Contains("Nothing is escalated.", page);
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.Select(c => c.Level).SingleAsync()));
    }

    [Theory, OnSqlite]
    public async Task Each_sees_their_units_and_agents_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(words: "My lawyer will hear of this.");
        await house.LogAsync(words: "我要找律师。", customer: "王芳", owner: "Wen", unit: "Shanghai");
        await house.SweepAsync();
        var (north, shanghai) = (Reference.Of(2026, 1), Reference.Of(2026, 2));
        foreach (var (name, seesNorth, seesShanghai) in new[] { ("Max", true, false), ("Chen", false, true), ("Dora", true, true) })
        {
            using var browser = await house.SignInAsync(name);
            var page = await browser.GetAsync("/escalations");
            Assert.Equal((seesNorth, seesShanghai), (page.Contains(north), page.Contains(shanghai)));
        }

        foreach (var name in new[] { "Sen", "Ada", "Otto" })
        {
            using var browser = await house.SignInAsync(name);
            await browser.GetAsync("/escalations");
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Administrators_see_what_runs_and_try_again_what_failed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = (await house.LogAsync())[0];
        await house.Services.SweepAsync(new DutyOf((_, _) => throw new InvalidOperationException("a stone in the shoe")));
        using var ada = await house.SignInAsync("Ada");
        var page = await ada.GetAsync("/settings/work");
        Assert.Contains("a stone in the shoe", page);
        Assert.Contains(Reference.Of(2026, 1), page);
        foreach (var work in Complaints.Web.Timetable.Timetable.All)
        {
            Assert.Contains(work.Why.ToString(), page);
        }

        var failure = await house.WithAsync(db => db.WorkFailures.Select(f => f.Id).SingleAsync());
        await ada.PostAsync($"/settings/work/failures/{failure}/retry", [], "/settings/work");
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.Equal(
            house.Now,
            await house.WithAsync(db => db.Complaints.Where(c => c.Id == id).Select(c => c.NextActionAt).SingleAsync())
        );
        await house.SweepAsync();
        Assert.Equal(0, await house.WithAsync(db => db.WorkFailures.CountAsync()));

        page = await ada.PostAsync("/settings/work/sweep/run", [], "/settings/work");
        Assert.Contains("It has not run once yet", page);
    }

    [Theory, OnSqlite]
    public async Task A_node_without_pages_serves_its_health_alone(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--Node:Pages", "false");
        using var http = new HttpClient { BaseAddress = house.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/css/site.css")).StatusCode);
    }

    private static Task<long> VersionAsync(TestHouse house) => house.WithAsync(db => db.Complaints.Select(c => c.Version).SingleAsync());
}
