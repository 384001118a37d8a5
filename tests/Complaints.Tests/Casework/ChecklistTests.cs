using System.Globalization;
using System.Net;
using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

/// <summary>What is to be done about complaints of a kind: shown, ticked off, asked for before a step, and kept as it was at the start.</summary>
public sealed class ChecklistTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_list_holds_below_its_category_and_a_step_is_refused_until_its_point_is_done(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (top, below) = await CategoriesAsync(house);
        using var ada = await house.SignInAsync("Ada");
        await WriteAsync(ada, null, ("Be kind", "", "", false));
        await WriteAsync(
            ada,
            top,
            ("Ask for the receipt number", "询问收据号码", "Acknowledge", true),
            ("Photo of damage", "损坏照片", "", true)
        );
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        var (reference, plain) = (await house.LogAsync(), await house.LogAsync("王芳"));
        await SetAsync(house, reference, below);
        using var mia = await house.SignInAsync("Mia");
        var page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Contains("Ask for the receipt number", page);
        Assert.Contains("Be kind", page);
        Assert.Contains("0 of 3 done", page);
        Assert.DoesNotContain("Photo of damage", await mia.GetAsync($"/complaints/{plain}"));

        var refused = await AcknowledgeAsync(mia, reference);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("First do “Ask for the receipt number”", refused);
        await TickAsync(mia, house, reference, "Ask for the receipt number");
        page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Contains("1 of 3 done", page);
        Assert.Contains("Done: Ask for the receipt number", page); // on the timeline, by whom and when
        await AcknowledgeAsync(mia, reference);
        Assert.Equal(State.Acknowledged, (await house.ReadAsync(reference)).State);
        var waits = await Assert.ThrowsAsync<Complaints.Language.Refusal>(async () =>
            await house.WithAsync(
                async (db, services) =>
                    await services
                        .GetRequiredService<Checklists>()
                        .NeedAsync(await db.Complaints.SingleAsync(c => c.Reference == reference), [Verb.Resolve])
            )
        );
        Assert.Contains("Photo of damage", waits.Message); // needed, and with no step of its own: before resolving

        using var wen = await house.SignInAsync("Wen");
        Assert.Equal(HttpStatusCode.NotFound, (await TickAsync(wen, house, reference, "Photo of damage")).Status);
        using var otto = await house.SignInAsync("Otto");
        Assert.Equal(HttpStatusCode.NotFound, (await TickAsync(otto, house, reference, "Photo of damage")).Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_complaint_keeps_the_list_it_started_with_until_somebody_takes_the_new_one_over(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        await WriteAsync(ada, null, ("First", "", "", false), ("Second", "", "", false)); // at the moment at which it is logged
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("0 of 2 done", await mia.GetAsync($"/complaints/{reference}"));
        await TickAsync(mia, house, reference, "First");
        await TickAsync(mia, house, reference, "Second");
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        var keys = await KeysAsync(house);
        await RewriteAsync(ada, [("First, in other words", keys["First"]), ("Third", null)]);
        var page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Contains("2 of 2 done", page);
        Assert.DoesNotContain("Third", page);
        Assert.Contains("has changed", page);
        await mia.PostAsync($"/complaints/{reference}/checklist", [], $"/complaints/{reference}");
        page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Contains("First, in other words", page);
        Assert.Contains("1 of 2 done", page); // what was ticked stays ticked
        Assert.DoesNotContain("has changed", page);

        var count = (await house.ReadAsync(reference)).TimelineCount;
        await mia.PostAsync($"/complaints/{reference}/checklist", [], $"/complaints/{reference}"); // a second click
        Assert.Equal(count, (await house.ReadAsync(reference)).TimelineCount);
        await mia.PostAsync($"/complaints/{reference}/checklist/{keys["First"]}", new() { ["done"] = "false" }, $"/complaints/{reference}");
        Assert.Contains("0 of 2 done", await mia.GetAsync($"/complaints/{reference}"));
        await mia.PostAsync($"/complaints/{reference}/checklist/{keys["Second"]}", new() { ["done"] = "true" }, $"/complaints/{reference}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status); // it is not on the list any more
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Lists_are_in_order_bounded_and_in_both_languages(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        Assert.Contains(
            "English text too",
            await ada.PostAsync("/settings/checklists", new() { ["Rows[0].TextZh"] = "只有中文" }, "/settings/checklists")
        );
        Assert.Contains(
            "longer than 200",
            await ada.PostAsync("/settings/checklists", new() { ["Rows[0].Text"] = new string('x', 201) }, "/settings/checklists")
        );
        var many = Enumerable.Range(0, 21).ToDictionary(i => $"Rows[{i}].Text", i => (string?)$"point {i}");
        Assert.Contains("Up to 20 points", await ada.PostAsync("/settings/checklists", many, "/settings/checklists"));
        Assert.Empty(await house.WithAsync(db => db.ChecklistVersions.ToListAsync()));
        await ada.PostAsync(
            "/settings/checklists",
            new()
            {
                ["Rows[0].Text"] = "Second",
                ["Rows[0].Order"] = "2",
                ["Rows[1].Text"] = "First",
                ["Rows[1].TextZh"] = "第一",
                ["Rows[1].Order"] = "1",
            },
            "/settings/checklists"
        );
        var version = await house.WithAsync(db => db.ChecklistVersions.SingleAsync());
        Assert.Equal(["First", "Second"], version.Points.Select(p => p.Text));
        Assert.Equal("第一", version.Points[0].In("zh-Hans"));
        Assert.Equal("Second", version.Points[1].In("zh-Hans"));
        await ada.PostAsync("/settings/checklists", new() { ["Rows[0].Text"] = "" }, "/settings/checklists"); // emptied: it ends
        Assert.Empty((await house.WithAsync(db => db.ChecklistVersions.OrderBy(v => v.Id).LastAsync())).Points);
        using var mia = await house.SignInAsync("Mia");
        await mia.GetAsync("/settings/checklists");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_two_who_write_one_list_the_later_is_told_and_loses_no_word(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        using var elsewhere = await house.SignInAsync("Ada");
        await WriteAsync(ada, null, ("First", "", "", false));
        var opened = await SeenAsync(house);
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await ada.PostAsync("/settings/checklists", new() { ["Rows[0].Text"] = "Theirs", ["Seen"] = opened }, "/settings/checklists");
        var page = await elsewhere.PostAsync(
            "/settings/checklists",
            new() { ["Rows[0].Text"] = "Mine", ["Seen"] = opened },
            "/settings/checklists"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, elsewhere.Status);
        Assert.Contains("changed meanwhile", page);
        Assert.Contains("value=\"Mine\"", page);
        Assert.Contains("Theirs", page); // what they wrote stands beside it
        Assert.Equal(["Theirs"], await InForceAsync(house));
        var again = SeenOn(page);
        await elsewhere.PostAsync("/settings/checklists", new() { ["Rows[0].Text"] = "Mine", ["Seen"] = again }, "/settings/checklists");
        Assert.Equal(["Mine"], await InForceAsync(house));
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async i =>
                {
                    using var one = await house.SignInAsync("Ada");
                    var seen = SeenOn(await one.GetAsync("/settings/checklists"));
                    await one.PostAsync(
                        "/settings/checklists",
                        new() { ["Rows[0].Text"] = $"At once {i}", ["Seen"] = seen },
                        "/settings/checklists"
                    );
                    Assert.True(one.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{one.Status}");
                })
        );
        Assert.Single(await InForceAsync(house));
        Assert.Equal(1, await house.WithAsync(db => db.ChecklistVersions.CountAsync(v => v.ReplacedAt == null)));
    }

    [Theory, OnSqlite]
    public async Task A_form_with_too_many_rows_is_refused_like_any_other(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var many = Enumerable.Range(0, 200).ToDictionary(i => $"Rows[{i}].Text", i => (string?)$"point {i}");
        Assert.Contains("Up to 20 points", await ada.PostAsync("/settings/checklists", many, "/settings/checklists"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        many = Enumerable.Range(0, 1020).ToDictionary(i => $"Rows[{i}].Text", i => (string?)$"point {i}");
        await ada.PostAsync("/settings/checklists", many, "/settings/checklists");
        Assert.InRange((int)ada.Status, 400, 499);
        many = Enumerable.Range(0, 1100).ToDictionary(i => $"Rows[{i}].Text", i => (string?)$"point {i}");
        await ada.PostAsync("/settings/checklists", many, "/settings/checklists");
        Assert.InRange((int)ada.Status, 400, 499);
        await ada.PostAsync(
            "/settings/checklists",
            new() { ["Rows[2147483647].Text"] = "x", ["CategoryId"] = "999999" },
            "/settings/checklists"
        );
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
        Assert.Empty(await house.WithAsync(db => db.ChecklistVersions.ToListAsync()));
    }

    [Theory, OnSqlite]
    public async Task Who_reads_Chinese_is_refused_and_told_in_Chinese(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        await WriteAsync(ada, null, ("Ask for the receipt number", "询问收据号码", "Acknowledge", true));
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await house.WithAsync(async db =>
        {
            (await db.Staff.SingleAsync(s => s.Name == "Mia")).Language = "zh-Hans";
            await db.SaveChangesAsync();
        });
        var page = await AcknowledgeAsync(mia, reference);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.DoesNotContain("Ask for the receipt number", page);
        await TickAsync(mia, house, reference, "Ask for the receipt number");
        page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Contains("询问收据号码", page);
        Assert.DoesNotContain("Ask for the receipt number", page);
        using var sen = await house.SignInAsync("Sen");
        Assert.Contains("Done: Ask for the receipt number", await sen.GetAsync($"/complaints/{reference}"));
    }

    [Theory, OnSqlite]
    public async Task The_history_says_what_of_a_point_changed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        await WriteAsync(ada, null, ("Ask", "问", "", false));
        var key = (await KeysAsync(house))["Ask"];
        await ada.PostAsync(
            "/settings/checklists",
            new()
            {
                ["Rows[0].Key"] = key,
                ["Rows[0].Text"] = "Ask",
                ["Rows[0].TextZh"] = "询问",
                ["Rows[0].Step"] = "Apologize",
                ["Rows[0].Required"] = "true",
            },
            "/settings/checklists"
        );
        var field = (await house.WithAsync(db => db.SettingsChanges.OrderBy(c => c.Id).LastAsync())).All.Single(f => f.Before != null);
        Assert.NotEqual(field.Before, field.After);
        var page = await ada.GetAsync("/settings/history");
        Assert.Contains("询问", page);
        Assert.Contains("Ask (问)", page);
    }

    private static string SeenOn(string page) =>
        System.Text.RegularExpressions.Regex.Match(page, "name=\"Seen\" value=\"(\\d+)\"").Groups[1].Value;

    private static async Task<string> SeenAsync(TestHouse house) =>
        (await house.WithAsync(db => db.ChecklistVersions.MaxAsync(v => v.Id))).ToString(CultureInfo.InvariantCulture);

    private static async Task<IEnumerable<string>> InForceAsync(TestHouse house) =>
        (await house.WithAsync(db => db.ChecklistVersions.OrderBy(v => v.Id).LastAsync())).Points.Select(p => p.Text);

    private static Task<(long Top, long Below)> CategoriesAsync(TestHouse house) =>
        house.WithAsync(async db =>
        {
            var below = await db.Categories.FirstAsync(c => c.ParentId != null && c.Active);
            return (below.ParentId!.Value, below.Id);
        });

    private static Task SetAsync(TestHouse house, string reference, long category) =>
        house.WithAsync(async db =>
            await db.Complaints.Where(c => c.Reference == reference).ExecuteUpdateAsync(s => s.SetProperty(c => c.CategoryId, category))
        );

    private static Task<string> WriteAsync(
        Browser ada,
        long? category,
        params (string Text, string Zh, string Step, bool Required)[] points
    ) =>
        ada.PostAsync(
            "/settings/checklists",
            points
                .SelectMany(
                    (p, i) =>
                        new (string, string?)[]
                        {
                            ($"Rows[{i}].Text", p.Text),
                            ($"Rows[{i}].TextZh", p.Zh),
                            ($"Rows[{i}].Step", p.Step),
                            ($"Rows[{i}].Required", p.Required ? "true" : "false"),
                        }
                )
                .Append(("CategoryId", category?.ToString(CultureInfo.InvariantCulture)))
                .ToDictionary(f => f.Item1, f => f.Item2),
            "/settings/checklists"
        );

    private static Task<string> RewriteAsync(Browser ada, (string Text, string? Key)[] points) =>
        ada.PostAsync(
            "/settings/checklists",
            points
                .SelectMany((p, i) => new (string, string?)[] { ($"Rows[{i}].Text", p.Text), ($"Rows[{i}].Key", p.Key) })
                .ToDictionary(f => f.Item1, f => f.Item2),
            "/settings/checklists"
        );

    private static async Task<Dictionary<string, string>> KeysAsync(TestHouse house) =>
        (await house.WithAsync(db => db.ChecklistVersions.OrderBy(v => v.Id).LastAsync())).Points.ToDictionary(p => p.Text, p => p.Key);

    private static async Task<Browser> TickAsync(Browser who, TestHouse house, string reference, string text)
    {
        var key = (await house.WithAsync(db => db.ChecklistVersions.ToListAsync()))
            .SelectMany(v => v.Points)
            .First(p => p.Text == text)
            .Key;
        await who.PostAsync($"/complaints/{reference}/checklist/{key}", new() { ["done"] = "true" }, "/profile");
        return who;
    }

    private static Task<string> AcknowledgeAsync(Browser who, string reference) =>
        who.PostAsync(
            $"/complaints/{reference}/acknowledgement",
            new() { ["Channel"] = "Phone", ["Words"] = "Told her." },
            $"/complaints/{reference}"
        );
}
