using System.Net;
using System.Text.Json;
using Complaints.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>What is typed is kept for its author alone until it is sent, thrown away or old.</summary>
public sealed class DraftTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_draft_comes_back_for_its_author_alone_and_is_gone_once_it_is_sent(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        using var sen = await house.SignInAsync("Sen");
        var mark = Mark(await KeepAsync(mia, reference, "note", "She waits in the lobby.", 0));
        Assert.Equal(mark + 1, Mark(await KeepAsync(mia, reference, "note", "She waits in the hall.", mark)));

        using var elsewhere = await house.SignInAsync("Mia"); // another computer
        Assert.Contains("She waits in the hall.", await elsewhere.GetAsync($"/complaints/{reference}"));
        Assert.Contains(">draft<", await elsewhere.GetAsync("/queues/unit"));
        Assert.DoesNotContain("She waits in the hall.", await sen.GetAsync($"/complaints/{reference}"));
        Assert.DoesNotContain(">draft<", await sen.GetAsync("/queues/unit"));

        await mia.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "She waits in the bar." }, $"/complaints/{reference}");
        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
        await KeepAsync(mia, reference, "note", "Late answer of a page that was left.", mark + 1);
        Assert.Equal(HttpStatusCode.Conflict, mia.Status); // what was sent does not come back
        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_two_pages_the_later_one_is_told_and_overwrites_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var mark = Mark(await KeepAsync(mia, reference, "reply", "from one page", 0));
        var told = await KeepAsync(mia, reference, "reply", "from the other", 0);
        Assert.Equal(HttpStatusCode.Conflict, mia.Status);
        Assert.Contains("from one page", told);
        Assert.Equal(mark, Mark(await KeepAsync(mia, reference, "reply", "from one page", 0))); // only the answer was lost
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Equal(mark + 1, Mark(await KeepAsync(mia, reference, "reply", "from the other", mark))); // insisted
        await mia.PostAsync($"/complaints/{reference}/drafts/reply/removal", [], $"/complaints/{reference}");
        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_too_long_foreign_or_no_form_is_not_kept(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        using var wen = await house.SignInAsync("Wen");
        using var otto = await house.SignInAsync("Otto");
        await KeepAsync(mia, reference, "note", new string('x', Draft.Longest), 0);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, mia.Status);
        await mia.PostAsync($"/complaints/{reference}/drafts/note", new() { ["typed"] = "[1]", ["mark"] = "0" }, "/");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, mia.Status);
        await KeepAsync(mia, reference, "anything", "x", 0);
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        await KeepAsync(wen, reference, "note", "x", 0);
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
        await KeepAsync(otto, reference, "note", "x", 0);
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Words_of_a_step_that_is_over_are_shown_to_be_copied_and_old_drafts_are_cleared(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        using var sen = await house.SignInAsync("Sen");
        await KeepAsync(mia, reference, "acknowledgement", "We have it, dear Grace.", 0);
        await sen.PostAsync(
            $"/complaints/{reference}/acknowledgement",
            new() { ["Channel"] = "Phone", ["Words"] = "Told her." },
            $"/complaints/{reference}"
        );
        var page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Contains("Your words are kept here", page);
        Assert.Contains(">We have it, dear Grace.</textarea>", page);
        house.Clock.Pass(TimeSpan.FromDays(29));
        Assert.Equal(0, await house.WithAsync(db => Draft.TidyAsync(db, house.Now)));
        using var later = await house.SignInAsync("Mia");
        await KeepAsync(later, reference, "note", "of yesterday", 0);
        house.Clock.Pass(TimeSpan.FromDays(2));
        Assert.Equal(1, await house.WithAsync(db => Draft.TidyAsync(db, house.Now)));
        Assert.Equal("note", await house.WithAsync(db => db.Drafts.Select(d => d.Form).SingleAsync())); // the younger one stays
    }

    [Theory, OnSqlite]
    public async Task Keeping_a_draft_waits_for_no_long_write(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.GetAsync("/");
        await house.WithAsync(async db =>
        {
            using var busy = await db.Gate.EnterAsync();
            await KeepAsync(mia, reference, "note", "x", 0);
        });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, mia.Status); // the page tries again in a moment
        await KeepAsync(mia, reference, "note", "x", 0);
        Assert.Equal(HttpStatusCode.OK, mia.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_page_that_knows_an_older_draft_overwrites_no_newer_one(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var old = Mark(await KeepAsync(mia, reference, "note", "written this morning", 0)); // a page stays open with this one
        await mia.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "sent elsewhere" }, $"/complaints/{reference}");
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await KeepAsync(mia, reference, "note", "begun anew elsewhere", 0);
        var told = await KeepAsync(mia, reference, "note", "written this morning, and more", old);
        Assert.Equal(HttpStatusCode.Conflict, mia.Status);
        Assert.Contains("begun anew elsewhere", told);
        Assert.Contains("begun anew", await house.WithAsync(db => db.Drafts.Select(d => d.Typed).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_megabytes_are_refused_and_what_is_odd_is_kept_as_it_is(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await KeepAsync(mia, reference, "note", new string('x', 300_000), 0);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, mia.Status);
        try
        {
            await KeepAsync(mia, reference, "note", new string('好', 700_000), 0);
            Assert.InRange((int)mia.Status, 400, 499);
        }
        catch (HttpRequestException)
        {
            // the server hung up before all of it was said
        }

        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
        await mia.PostAsync(
            $"/complaints/{reference}/drafts/note",
            new() { ["typed"] = "{\"a\":\"\\u0000\\ud800\"}", ["mark"] = "0" },
            "/profile"
        );
        Assert.InRange((int)mia.Status, 200, 499);
        await mia.GetAsync($"/complaints/{reference}");
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        foreach (var typed in new[] { "{\"a\":1,\"a\":{}}", "{", "null", "" })
        {
            await mia.PostAsync($"/complaints/{reference}/drafts/note", new() { ["typed"] = typed, ["mark"] = "-7" }, "/profile");
            Assert.InRange((int)mia.Status, 200, 499);
        }

        await mia.PostAsync(
            $"/complaints/{reference}/drafts/note",
            new() { ["typed"] = "{}", ["mark"] = "99999999999999999999" },
            "/profile"
        );
        Assert.InRange((int)mia.Status, 200, 499);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_throws_away_or_reads_the_draft_of_another(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        using var lena = await house.SignInAsync("Lena");
        await KeepAsync(mia, reference, "reply", "half a thought", 0);
        Assert.DoesNotContain("half a thought", await KeepAsync(lena, reference, "reply", "mine", 1)); // there is none of hers
        await lena.PostAsync($"/complaints/{reference}/drafts/reply/removal", [], $"/complaints/{reference}");
        Assert.DoesNotContain("half a thought", await lena.GetAsync($"/complaints/{reference}"));
        Assert.Contains("half a thought", await house.WithAsync(db => db.Drafts.Select(d => d.Typed).SingleAsync()));
        using var otto = await house.SignInAsync("Otto");
        Assert.DoesNotContain("half a thought", await otto.GetAsync($"/complaints/{reference}"));
    }

    private static Task<string> KeepAsync(Browser who, string reference, string form, string words, long mark) =>
        who.PostAsync(
            $"/complaints/{reference}/drafts/{form}",
            new()
            {
                ["typed"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["words#0"] = words }),
                ["mark"] = mark.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            "/profile"
        );

    private static long Mark(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("mark").GetInt64();
}
