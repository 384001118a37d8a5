using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Settings;

public sealed class SettingsTests
{
    [Theory, OnSqlite]
    public async Task What_fits_no_field_is_said_in_the_readers_language_and_not_in_the_programs(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("This cannot stay empty.", await TryAsync(""));
        Assert.Contains("“soon” does not fit here. Correct it.", await TryAsync("soon"));
        Assert.Contains("“99999999999” does not fit here.", await TryAsync("99999999999"));
        Assert.Contains("does not fit here.", await TryAsync(new string('x', 9000)));
        await ada.PostAsync("/profile/language", new() { ["language"] = Tongue.Chinese }, "/");
        Assert.Contains("此项不能为空。", await TryAsync(""));
        Assert.Contains("“soon”", await TryAsync("soon"));

        async Task<string> TryAsync(string days)
        {
            var page = await ada.PostAsync("/settings/follow-up", new() { ["CallAfterDays"] = days }, "/settings/follow-up");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
            var summary = page.Split("error-summary")[1].Split("</div>")[0];
            Assert.DoesNotContain("The value", summary);
            Assert.DoesNotContain("CallAfterDays.", summary);
            Assert.True(summary.Length < 2000);
            return summary;
        }
    }

    [Theory, OnSqlite]
    public async Task A_form_that_lacks_its_fields_changes_none_of_them(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        await ada.PostAsync("/settings/escalation/options", [], "/settings/escalation");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        var options = await house.WithAsync(db => EscalationOptions.ReadAsync(db));
        Assert.Equal((30, 2), (options.TakeWithin, options.LevelOf(Trigger.DiamondCritical)));
    }

    [Theory, OnSqlite]
    public async Task A_unit_moves_with_everything_below_it_and_never_below_itself(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var (north, shanghai, calendar) = await house.WithAsync(async db =>
            (await UnitAsync(db, "North"), await UnitAsync(db, "Shanghai"), (await db.Calendars.FirstAsync()).Id)
        );
        await ada.PostAsync(
            "/settings/units",
            new()
            {
                ["Name"] = "Dock",
                ["ParentId"] = $"{north.Id}",
                ["CalendarId"] = $"{calendar}",
                ["Active"] = "true",
            },
            from: "/settings/units/new"
        );
        await ada.PostAsync(
            $"/settings/units/{north.Id}",
            new()
            {
                ["Name"] = "North",
                ["ParentId"] = $"{shanghai.Id}",
                ["CalendarId"] = $"{calendar}",
                ["Active"] = "true",
            },
            from: $"/settings/units/{north.Id}"
        );
        var dock = await house.WithAsync(db => UnitAsync(db, "Dock"));
        Assert.Equal($"{shanghai.Path}{north.Id}/{dock.Id}/", dock.Path);

        var page = await ada.PostAsync(
            $"/settings/units/{north.Id}",
            new()
            {
                ["Name"] = "North",
                ["ParentId"] = $"{dock.Id}",
                ["CalendarId"] = $"{calendar}",
                ["Active"] = "true",
            },
            from: $"/settings/units/{north.Id}"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("below itself", page);
    }

    [Theory, OnSqlite]
    public async Task A_unit_with_people_in_it_is_not_closed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var north = await house.WithAsync(db => UnitAsync(db, "North"));
        var page = await ada.PostAsync(
            $"/settings/units/{north.Id}",
            new()
            {
                ["Name"] = "North",
                ["ParentId"] = $"{north.ParentId}",
                ["CalendarId"] = $"{north.CalendarId}",
            },
            from: $"/settings/units/{north.Id}"
        );
        Assert.Contains("Move them first", page);
    }

    [Theory, OnSqlite]
    public async Task Limits_are_typed_in_a_table_and_an_empty_field_means_approval(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var fields = await house.WithAsync(async db =>
            (await db.RemedyLimits.ToListAsync()).ToDictionary(
                l => $"limit[{l.Currency}-{l.Role}-{l.Seat}]",
                l => (string?)new Money(l.Minor, l.Currency).Amount
            )
        );
        fields["limit[GBP-Agent-Junior]"] = "75.50";
        fields["limit[GBP-Agent-Middle]"] = "";
        fields["newCurrency"] = "jpy";
        fields["newAmount"] = "5000";
        await ada.PostAsync("/settings/limits", fields, from: "/settings/limits");
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        await house.WithAsync(
            async (db, _) =>
            {
                Assert.Equal(7550, (await db.RemedyLimits.SingleAsync(l => l.Currency == "GBP" && l.Seat == Seat.Junior)).Minor);
                Assert.False(await db.RemedyLimits.AnyAsync(l => l.Currency == "GBP" && l.Seat == Seat.Middle));
                Assert.Equal(6, await db.RemedyLimits.CountAsync(l => l.Currency == "JPY"));
            }
        );
    }

    [Theory, OnSqlite]
    public async Task A_category_is_renamed_and_switched_off(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var id = await house.WithAsync(db => db.Categories.Select(c => c.Id).FirstAsync());
        await ada.PostAsync($"/settings/categories/{id}", new() { ["Name"] = "Renamed" }, from: $"/settings/categories/{id}");
        var category = await house.WithAsync(db => db.Categories.SingleAsync(c => c.Id == id));
        Assert.Equal("Renamed", category.Name);
        Assert.False(category.Active);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Categories_and_causes_are_put_in_order_and_lists_follow(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var tops = await house.WithAsync(db => db.Categories.Where(c => c.ParentId == null).OrderBy(c => c.Id).ToListAsync());
        await ada.PostAsync($"/settings/categories/{tops[0].Id}/place", new() { ["up"] = "true" }, from: "/settings/categories");
        var page = await ada.PostAsync($"/settings/categories/{tops[2].Id}/place", new() { ["up"] = "true" }, from: "/settings/categories");
        Assert.True(At(page, tops[0]) < At(page, tops[2]) && At(page, tops[2]) < At(page, tops[1]));
        page = await ada.PostAsync($"/settings/categories/{tops[0].Id}/place", new() { ["up"] = "false" }, from: "/settings/categories");
        Assert.True(At(page, tops[2]) < At(page, tops[0]) && At(page, tops[0]) < At(page, tops[1]));

        using var sen = await house.SignInAsync("Sen");
        var log = await sen.GetAsync("/complaints/new");
        Assert.True(Choice(log, tops[2]) < Choice(log, tops[0]));

        var causes = await house.WithAsync(db => db.RootCauses.Where(c => c.ParentId == null).OrderBy(c => c.Id).ToListAsync());
        page = await ada.PostAsync($"/settings/causes/{causes[1].Id}/place", new() { ["up"] = "true" }, from: "/settings/causes");
        Assert.True(
            page.IndexOf($"id=\"n{causes[1].Id}\"", StringComparison.Ordinal)
                < page.IndexOf($"id=\"n{causes[0].Id}\"", StringComparison.Ordinal)
        );
        await sen.PostAsync($"/settings/categories/{tops[0].Id}/place", new() { ["up"] = "true" }, from: "/");
        Assert.Equal(HttpStatusCode.NotFound, sen.Status);

        static int At(string html, Category c) => html.IndexOf($"id=\"n{c.Id}\"", StringComparison.Ordinal);
        static int Choice(string html, Category c) => html.IndexOf($"<option value=\"{c.Id}\">{c.Name}", StringComparison.Ordinal);
    }

    private static Task<Unit> UnitAsync(ComplaintsDb db, string name) => db.Units.SingleAsync(u => u.Name == name);
}
