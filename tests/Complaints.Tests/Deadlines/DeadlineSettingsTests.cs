using System.Net;
using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Deadlines;

public sealed class DeadlineSettingsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_calendar_is_tried_then_saved_and_one_in_use_stays(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var typed = new Dictionary<string, string?>
        {
            ["Name"] = "Night shop",
            ["Zone"] = "Europe/London",
            ["Hours"] = "Mon-Fri 22:00-06:00",
            ["Start"] = "2026-11-23T23:00",
            ["Minutes"] = "480",
            ["Try"] = "yes",
        };
        Assert.Contains(
            "2026-11-24 23:00:00",
            await ada.PostAsync("/settings/calendars", typed, "/settings/calendars/new"),
            StringComparison.Ordinal
        );
        Assert.False(await house.WithAsync(db => db.Calendars.AnyAsync(c => c.Name == "Night shop")));
        typed["Try"] = null;
        typed["Hours"] = "Mon-Fry 9";
        var refused = await ada.PostAsync("/settings/calendars", typed, "/settings/calendars/new");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("href=\"#Hours\"", refused, StringComparison.Ordinal);
        typed["Hours"] = "";
        refused = await ada.PostAsync("/settings/calendars", typed, "/settings/calendars/new");
        Assert.Contains("This calendar has no open time.", refused, StringComparison.Ordinal);
        typed["Hours"] = "Mon-Fri 22:00-06:00";
        await ada.PostAsync("/settings/calendars", typed, "/settings/calendars/new");
        Assert.True(await house.WithAsync(db => db.Calendars.AnyAsync(c => c.Name == "Night shop")));
        var london = await house.WithAsync(db => db.Calendars.Where(c => c.Key == "london").Select(c => c.Id).SingleAsync());
        Assert.Contains(
            "uses this calendar",
            await ada.PostAsync($"/settings/calendars/{london}/deletion", [], "/settings/calendars"),
            StringComparison.Ordinal
        );
        using var max = await house.SignInAsync("Max");
        await max.GetAsync("/settings/calendars");
        Assert.Equal(HttpStatusCode.NotFound, max.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_changed_policy_moves_open_complaints_only_when_applied(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await ExplainPageTests.LogAsync(house, "North");
        var before = await DueAsync(house, reference);
        using var ada = await house.SignInAsync("Ada");
        var version = await house.WithAsync(db => db.Policies.Select(p => p.Version).SingleAsync());
        Dictionary<string, string?> form = new()
        {
            ["Version"] = $"{version}",
            ["Acknowledge"] = "480",
            ["AcknowledgeUnit"] = "WorkingMinutes",
            ["Apologize"] = "480",
            ["ApologizeUnit"] = "WorkingMinutes",
            ["Resolve"] = "2400",
            ["ResolveUnit"] = "WorkingMinutes",
            ["FollowUpDays"] = "3",
            ["Diamond"] = "0.25",
            ["Gold"] = "0.5",
            ["Brass"] = "1",
            ["Lead"] = "1",
            ["Critical"] = "0.5",
            ["MinimumMinutes"] = "15",
        };
        await ada.PostAsync("/settings/policy", form, "/settings/policy");
        Assert.Equal(before, await DueAsync(house, reference));
        await ada.PostAsync("/settings/policy", form, "/settings/policy"); // the old version again
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("0 of 1 open complaints", await ada.GetAsync("/settings/policy/application"), StringComparison.Ordinal);
        await house.WorkAsync(TimeSpan.FromSeconds(5)); // counts in the background
        var preview = await ada.GetAsync("/settings/policy/application");
        Assert.Contains(reference, preview, StringComparison.Ordinal);
        Assert.Equal(before, await DueAsync(house, reference));
        await ada.PostAsync("/settings/policy/application", new() { ["version"] = $"{version + 1}" }, "/settings/policy/application");
        Assert.Equal(before, await DueAsync(house, reference));
        Assert.Contains("0 of 1 open complaints, 0 moved", await ada.GetAsync("/settings/policy/application"), StringComparison.Ordinal);
        await ada.PostAsync("/settings/policy/application", new() { ["version"] = $"{version + 1}" }, "/settings/policy");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status); // it runs already
        await house.WorkAsync(TimeSpan.FromSeconds(5));
        Assert.Contains("1 complaints were moved", await ada.GetAsync("/settings/policy/application"), StringComparison.Ordinal);
        Assert.Equal(before.AddHours(2), await DueAsync(house, reference));
        Assert.True(await house.WithAsync(db => db.Timeline.AnyAsync(e => e.Kind == EntryKind.Deadline)));
        await ada.PostAsync("/settings/policy/application/count", [], "/settings/policy/application");
        await house.WorkAsync(TimeSpan.FromSeconds(5));
        Assert.Contains("already has the targets", await ada.GetAsync("/settings/policy/application"), StringComparison.Ordinal);
    }

    [Theory, OnSqlite]
    public async Task A_regime_that_is_attached_starts_its_clock_and_its_page_says_what_is_unsure(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var regime = await house.WithAsync(db => db.Regimes.Include(r => r.Clocks).SingleAsync(r => r.Key == "fca-disp"));
        var north = await house.WithAsync(db => db.Units.Where(u => u.Name == "North").Select(u => u.Id).SingleAsync());
        var list = await ada.GetAsync("/settings/regimes");
        foreach (var on in await house.WithAsync(db => db.Regimes.Where(r => r.Active).Select(r => r.Name).ToListAsync()))
        {
            Assert.Contains(on, list, StringComparison.Ordinal);
        }

        await ada.PostAsync(
            $"/settings/regimes/{regime.Id}",
            new()
            {
                ["Version"] = $"{regime.Version}",
                ["Active"] = "true",
                ["CalendarId"] = $"{regime.CalendarId}",
                ["Source"] = regime.Source,
                [$"Amounts[{regime.Clocks[0].Id}]"] = "6",
                [$"Units[{regime.Clocks[0].Id}]"] = "Weeks",
                ["UnitIds"] = $"{north}",
            },
            $"/settings/regimes/{regime.Id}"
        );
        var reference = await ExplainPageTests.LogAsync(house, "North");
        var clock = await house.WithAsync(db => db.Clocks.SingleAsync(c => c.Name == ClockName.Regime));
        Assert.Equal(new DateTime(2027, 1, 5, 0, 0, 0, DateTimeKind.Utc), clock.DueAt); // six weeks after Monday, at midnight
        using var jun = await house.SignInAsync("Jun");
        var page = await jun.GetAsync($"/complaints/{reference}/deadlines");
        Assert.Contains("6 weeks", page, StringComparison.Ordinal);
        Assert.Contains("Nothing pauses this clock.", page, StringComparison.Ordinal);
        Assert.Contains("not sent yet", page, StringComparison.Ordinal);
    }

    private static Task<DateTime> DueAsync(TestHouse house, string reference) =>
        house.WithAsync(db =>
            db.Clocks.Where(c =>
                    c.Name == ClockName.Acknowledge && db.Set<Complaint>().Any(k => k.Id == c.ComplaintId && k.Reference == reference)
                )
                .Select(c => c.DueAt)
                .SingleAsync()
        );
}
