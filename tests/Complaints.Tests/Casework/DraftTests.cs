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
        Assert.Equal(1, Mark(await KeepAsync(mia, reference, "note", "She waits in the lobby.", 0)));
        Assert.Equal(2, Mark(await KeepAsync(mia, reference, "note", "She waits in the hall.", 1)));

        using var elsewhere = await house.SignInAsync("Mia"); // another computer
        Assert.Contains("She waits in the hall.", await elsewhere.GetAsync($"/complaints/{reference}"));
        Assert.Contains(">draft<", await elsewhere.GetAsync("/queues/unit"));
        Assert.DoesNotContain("She waits in the hall.", await sen.GetAsync($"/complaints/{reference}"));
        Assert.DoesNotContain(">draft<", await sen.GetAsync("/queues/unit"));

        await mia.PostAsync($"/complaints/{reference}/notes", new() { ["words"] = "She waits in the bar." }, $"/complaints/{reference}");
        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
        await KeepAsync(mia, reference, "note", "Late answer of a page that was left.", 2);
        Assert.Equal(HttpStatusCode.Conflict, mia.Status); // what was sent does not come back
        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_two_pages_the_later_one_is_told_and_overwrites_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await KeepAsync(mia, reference, "reply", "from one page", 0);
        var told = await KeepAsync(mia, reference, "reply", "from the other", 0);
        Assert.Equal(HttpStatusCode.Conflict, mia.Status);
        Assert.Contains("from one page", told);
        Assert.Equal(1, Mark(await KeepAsync(mia, reference, "reply", "from one page", 0))); // only the answer was lost
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Equal(2, Mark(await KeepAsync(mia, reference, "reply", "from the other", 1))); // insisted
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
        house.Clock.Pass(TimeSpan.FromDays(2));
        Assert.Equal(1, await house.WithAsync(db => Draft.TidyAsync(db, house.Now)));
        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
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
