using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Tests.World;
using Complaints.Web.Queues;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

/// <summary>Tags and fields: put on, filled, asked for by a step, found again, and taken along in a file.</summary>
public sealed class LabelTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Tags_are_made_by_typing_found_by_search_and_filter_and_taken_off(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (first, second) = (await house.LogAsync(), await house.LogAsync("王芳"));
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync($"/complaints/{first}/labels", new() { ["tags"] = "Lift, slow，電梯" }, $"/complaints/{first}");
        await mia.PostAsync($"/complaints/{second}/labels", new() { ["tags"] = "LIFT" }, $"/complaints/{second}");
        Assert.Equal(3, await house.WithAsync(db => db.Tags.CountAsync())); // "LIFT" is the tag that was there
        Assert.Contains(
            "Nothing was different",
            await mia.PostAsync($"/complaints/{second}/labels", new() { ["tags"] = " lift " }, $"/complaints/{second}")
        );
        Assert.Contains(first, await mia.GetAsync("/search?q=slow"));
        var lift = await house.WithAsync(db => db.Tags.SingleAsync(t => t.Folded == "lift"));
        var slow = await house.WithAsync(db => db.Tags.SingleAsync(t => t.Folded == "slow"));
        var page = await mia.GetAsync($"/queues/unit?tag={slow.Id}");
        Assert.Contains(first, page);
        Assert.DoesNotContain(second, page);
        await mia.PostAsync($"/complaints/{first}/tags/{lift.Id}/removal", [], $"/complaints/{first}");
        Assert.DoesNotContain(first, await mia.GetAsync($"/queues/unit?tag={lift.Id}"));
        await mia.PostAsync($"/complaints/{first}/tags/999999/removal", [], $"/complaints/{first}");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        Assert.Contains(
            "too long for a tag",
            await mia.PostAsync($"/complaints/{first}/labels", new() { ["tags"] = new string('x', 41) }, $"/complaints/{first}")
        );
        var many = string.Join(',', Enumerable.Range(0, 30).Select(i => $"t{i}"));
        Assert.Contains(
            "up to 20 tags",
            await mia.PostAsync($"/complaints/{first}/labels", new() { ["tags"] = many }, $"/complaints/{first}")
        );
        Assert.Equal(3, await house.WithAsync(db => db.Tags.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Leads_make_one_of_two_tags_and_each_complaint_keeps_it_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (both, one) = (await house.LogAsync(), await house.LogAsync("王芳"));
        using var lena = await house.SignInAsync("Lena");
        await lena.PostAsync($"/complaints/{both}/labels", new() { ["tags"] = "lift, elevator" }, $"/complaints/{both}");
        await lena.PostAsync($"/complaints/{one}/labels", new() { ["tags"] = "elevator" }, $"/complaints/{one}");
        var elevator = await house.WithAsync(db => db.Tags.Where(t => t.Name == "elevator").Select(t => t.Id).SingleAsync());
        Assert.Contains("one name", await lena.PostAsync($"/tags/{elevator}", new() { ["name"] = "a, b" }, "/tags"));
        await lena.PostAsync($"/tags/{elevator}", new() { ["name"] = "Elevator" }, "/tags");
        Assert.Contains("Elevator", await lena.GetAsync("/tags"));
        await lena.PostAsync($"/tags/{elevator}", new() { ["name"] = "LIFT" }, "/tags");
        Assert.Equal("lift", (await house.WithAsync(db => db.Tags.SingleAsync())).Name);
        Assert.Equal(2, await house.WithAsync(db => db.CaseTags.CountAsync()));
        using var mia = await house.SignInAsync("Mia");
        await mia.GetAsync("/tags");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_field_is_filled_as_its_kind_asks_found_and_a_step_is_refused_while_it_is_empty(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("at least two choices", await FieldAsync(ada, "Floor", FieldKind.Choice, "one"));
        Assert.Contains("cannot stay empty", await FieldAsync(ada, "", FieldKind.Text));
        await FieldAsync(ada, "Room", FieldKind.Text, requiredAt: "Acknowledge");
        await FieldAsync(ada, "Nights", FieldKind.Number);
        await FieldAsync(ada, "Stayed on", FieldKind.Date);
        await FieldAsync(ada, "Building", FieldKind.Choice, "Main\nAnnex");
        var other = await house.WithAsync(db => db.Categories.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync());
        await FieldAsync(ada, "Elsewhere", FieldKind.Text, requiredAt: "Acknowledge", category: other);
        var fields = await house.WithAsync(db => db.CaseFields.ToDictionaryAsync(f => f.Name, f => f.Id));
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var url = $"/complaints/{reference}";
        var page = await mia.GetAsync(url);
        Assert.Contains("Room", page);
        Assert.DoesNotContain("Elsewhere", page);
        Dictionary<string, string?> said = new() { ["Channel"] = "Phone", ["Words"] = "We have it." };
        page = await mia.PostAsync($"{url}/acknowledgement", said, url);
        Assert.Contains("Fill in “Room” first", page);
        Assert.Contains("We have it.", page);
        Assert.Equal(State.Received, (await house.ReadAsync(reference)).State);

        Task<string> Fill(string name, string value) => mia.PostAsync($"{url}/labels", new() { [$"Field{fields[name]}"] = value }, url);
        Assert.Contains("is no number", await Fill("Nights", "many"));
        Assert.Contains("is no date", await Fill("Stayed on", "yesterday"));
        Assert.Contains("cannot be chosen", await Fill("Building", "Tower"));
        await Fill("Room", "Suite Amaranth");
        await Fill("Nights", "1,250.50");
        await Fill("Building", "Annex");
        await Fill("Elsewhere", "not of this category");
        Assert.Equal(3, await house.WithAsync(db => db.CaseFieldValues.CountAsync()));
        Assert.Contains(reference, await mia.GetAsync("/search?q=Amaranth"));
        Assert.Contains(reference, await mia.GetAsync($"/queues/unit?field={fields["Building"]}&value=Annex"));
        Assert.DoesNotContain(reference, await mia.GetAsync($"/queues/unit?field={fields["Building"]}&value=Main"));
        await mia.PostAsync($"{url}/acknowledgement", said, url);
        Assert.Equal(State.Acknowledged, (await house.ReadAsync(reference)).State);
        await Fill("Room", "");
        Assert.Equal(2, await house.WithAsync(db => db.CaseFieldValues.CountAsync()));

        // A bulk action asks for it as well, and changes nothing where it is empty.
        var second = await house.LogAsync("王芳");
        await mia.PostAsync(
            "/queues/unit/bulk",
            new() { ["Pick[0]"] = $"{(await house.ReadAsync(second)).Id}", ["What"] = "acknowledge" },
            "/queues/unit"
        );
        var run = mia.Path;
        page = await mia.PostAsync(run + "/changes", new() { ["Acknowledgement"] = "We have it." }, run);
        Assert.Contains("Fill in “Room” first", page);
        await mia.PostAsync(run + "/start", [], run);
        Assert.Equal(State.Received, (await house.ReadAsync(second)).State);

        // And settling on the spot says how to go on.
        await Assert.ThrowsAsync<Language.Refusal>(() => house.WithAsync((db, services) => SpotAsync(db, services, house)));
        await ada.PostAsync(
            $"/settings/fields/{fields["Room"]}",
            new() { ["Name"] = "Room", ["RequiredAt"] = "Acknowledge" },
            "/settings/fields"
        ); // switched off
        await mia.PostAsync($"/complaints/{second}/acknowledgement", said, $"/complaints/{second}");
        Assert.Equal(State.Acknowledged, (await house.ReadAsync(second)).State);
        using var lena = await house.SignInAsync("Lena");
        await lena.GetAsync("/settings/fields");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Many_are_tagged_at_once_and_the_list_goes_out_as_a_file_with_nothing_of_others(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (first, second, foreign) = (
            await house.LogAsync(),
            await house.LogAsync("王芳"),
            await house.LogAsync(unit: "Shanghai", owner: "Wen")
        );
        using var ada = await house.SignInAsync("Ada");
        await FieldAsync(ada, "=Room", FieldKind.Text);
        var field = await house.WithAsync(db => db.CaseFields.Select(f => f.Id).SingleAsync());
        using var mia = await house.SignInAsync("Mia");
        var ids = new[] { (await house.ReadAsync(first)).Id, (await house.ReadAsync(second)).Id };
        await mia.PostAsync(
            "/queues/unit/bulk",
            new()
            {
                ["Pick[0]"] = $"{ids[0]}",
                ["Pick[1]"] = $"{ids[1]}",
                ["What"] = "tag",
            },
            "/queues/unit"
        );
        var run = mia.Path;
        await mia.PostAsync(run + "/changes", new() { ["AddTags"] = "@storm, 停电" }, run);
        await mia.PostAsync(run + "/start", [], run);
        Assert.Equal(4, await house.WithAsync(db => db.CaseTags.CountAsync()));
        await mia.PostAsync($"/complaints/{first}/labels", new() { [$"Field{field}"] = "=HYPERLINK(\"x\")" }, $"/complaints/{first}");
        var file = await mia.GetAsync("/queues/unit/export.csv");
        Assert.StartsWith("text/csv", mia.Last.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        var lines = file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("\"'=Room\"", lines[0]);
        Assert.Contains("\"'@storm, 停电\"", file);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", file);
        Assert.Contains(second, file);
        Assert.DoesNotContain(foreign, file);
        Assert.DoesNotContain(foreign, await mia.GetAsync("/queues/all/export.csv"));
        await mia.PostAsync("/queues/unit/columns", new() { ["column[0]"] = "tags", ["column[1]"] = "fields" }, "/queues/unit");
        var page = await mia.GetAsync("/queues/unit");
        Assert.Contains("<span class=\"tag\">停电</span>", page);
        Assert.Contains("=Room: =HYPERLINK", page);
        await ada.GetAsync("/queues/all/export.csv");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }

    [Theory]
    [InlineData("-12.50", "\"-12.50\"")]
    [InlineData("-cmd", "\"'-cmd\"")]
    [InlineData("  =1+1", "\"'  =1+1\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData(null, "\"\"")]
    public void Nothing_in_a_file_is_calculated_by_a_spreadsheet(string? text, string cell) =>
        Assert.Equal(cell, ExportController.Cell(text));

    private static async Task SpotAsync(ComplaintsDb db, IServiceProvider services, TestHouse house)
    {
        var facts = new LogFacts
        {
            Customer = await db.Customers.Include(c => c.ContactPoints).FirstAsync(),
            Channel = Channel.Phone,
            ReceivedAt = house.Now,
            WhatHappened = "Cold water",
            UnitId = (await house.ActorAsync("Sen")).UnitId,
        };
        var cause = await db.RootCauses.Select(c => c.Id).FirstAsync();
        var spot = new Complaints.Intake.OnTheSpot(
            "We have it",
            new Apology(true, null),
            "Sorry",
            new Resolution("Warm again", Remedy.Explanation, null, cause, null, true, Outcome.Upheld)
        );
        await services.GetRequiredService<Complaints.Intake.LogDesk>().LogAsync(facts, await house.ActorAsync("Sen"), spot);
    }

    private static Task<string> FieldAsync(
        Browser who,
        string name,
        FieldKind kind,
        string? choices = null,
        string? requiredAt = null,
        long? category = null
    ) =>
        who.PostAsync(
            "/settings/fields",
            new()
            {
                ["Name"] = name,
                ["Kind"] = kind.ToString(),
                ["Choices"] = choices,
                ["RequiredAt"] = requiredAt,
                ["CategoryId"] = category?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            "/settings/fields"
        );
}
