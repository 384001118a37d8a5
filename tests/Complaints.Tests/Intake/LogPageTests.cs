using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Intake;

public sealed partial class LogPageTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Three_fields_are_enough_and_a_second_click_makes_no_second_complaint(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var form = new Dictionary<string, string?>
        {
            ["Who"] = "Nora Newman",
            ["NewContact"] = "nora@customer.example",
            ["Channel"] = "Phone",
            ["WhatHappened"] = "The parcel never came",
            ["SubmissionKey"] = Key().Match(await jun.GetAsync("/complaints/new")).Groups[1].Value,
        };
        await jun.PostAsync("/complaints/new", form, "/complaints/new");
        var first = jun.Path;
        Assert.StartsWith("/complaints/C-26-00001-", first, StringComparison.Ordinal);
        await jun.PostAsync("/complaints/new", form, "/complaints/new");
        Assert.Equal(first, jun.Path);
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
        Assert.Equal(1, await house.WithAsync(db => db.Customers.CountAsync(c => c.Name == "Nora Newman")));
    }

    [Theory, OnSqlite]
    public async Task What_is_missing_is_said_and_everything_typed_is_kept(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var page = await jun.PostAsync(
            "/complaints/new",
            new()
            {
                ["Who"] = "",
                ["Channel"] = "Letter",
                ["Wants"] = "a <b>refund</b>",
                ["Amount"] = "86,0.00",
                ["Severity"] = "High",
                ["OnTheSpot"] = "true",
            },
            "/complaints/new"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        Assert.Contains("Say who complains", page, StringComparison.Ordinal);
        Assert.Contains("href=\"#WhatHappened\"", page, StringComparison.Ordinal);
        Assert.Contains("Choose the root cause.", page, StringComparison.Ordinal);
        Assert.Contains("a <b>refund</b></textarea>", page, StringComparison.Ordinal); // the browser of the tests decodes
        Assert.Contains("value=\"86,0.00\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Letter\" checked", page, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_future_is_refused_in_the_viewers_zone_and_an_earlier_time_starts_the_clocks(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var wen = await house.SignInAsync("Wen"); // Shanghai: 18:00 when it is 10:00 UTC
        var page = await wen.PostAsync("/complaints/new", Form("王芳的朋友", "迟到", ("Received", "2026-11-23T18:05")), "/complaints/new");
        Assert.Contains("是将来的时间", page, StringComparison.Ordinal);
        await wen.PostAsync("/complaints/new", Form("王芳的朋友", "迟到", ("Received", "2026-11-23T17:30")), "/complaints/new");
        Assert.Equal(
            new DateTime(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc),
            await house.WithAsync(db => db.Complaints.Select(c => c.ReceivedAt).SingleAsync())
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_likely_duplicate_is_shown_and_the_words_can_be_added_to_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var sen = await house.SignInAsync("Sen");
        var grace = (await IdAsync(house, "Grace Okafor")).ToString(CultureInfo.InvariantCulture);
        await sen.PostAsync(
            "/complaints/new",
            Form("Grace Okafor", "Charged twice for the room", ("CustomerId", grace)),
            "/complaints/new"
        );
        var reference = sen.Path.Split('/')[^1];
        var again = Form("Grace Okafor", "The room was charged twice!", ("CustomerId", grace));
        var page = await sen.PostAsync("/complaints/new", again, "/complaints/new");
        Assert.Contains("in our books already", page, StringComparison.Ordinal);
        Assert.Contains(reference, page, StringComparison.Ordinal);
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));

        again["AddTo"] = reference;
        await sen.PostAsync("/complaints/new", again, "/complaints/new");
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
        Assert.Equal(1, await house.WithAsync(db => db.Timeline.CountAsync(e => e.Kind == EntryKind.ContactIn)));

        await sen.PostAsync("/complaints/new", again, "/complaints/new"); // sent twice: the answer to the first was lost on its way
        Assert.Equal($"/complaints/{reference}", sen.Path);
        Assert.Equal(1, await house.WithAsync(db => db.Timeline.CountAsync(e => e.Kind == EntryKind.ContactIn)));
        foreach (var nowhere in new[] { Reference.Of(26, 4711), "that one" })
        {
            again["AddTo"] = nowhere;
            page = await sen.PostAsync("/complaints/new", again, "/complaints/new");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, sen.Status);
            Assert.Contains($"There is no complaint {nowhere} here that you could add to.", page, StringComparison.Ordinal);
            Assert.Contains("The room was charged twice!</textarea>", page, StringComparison.Ordinal);
        }

        again["AddTo"] = null;
        again["Anyway"] = "true";
        await sen.PostAsync("/complaints/new", again, "/complaints/new");
        Assert.Equal(2, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory, OnSqlite]
    public async Task A_known_phone_is_asked_about_before_somebody_new_is_made(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var form = Form("+86 138 0013 8000", "坏了");
        var page = await jun.PostAsync("/complaints/new", form, "/complaints/new");
        Assert.Contains("Is it one of these?", page, StringComparison.Ordinal);
        Assert.Contains("王芳", page, StringComparison.Ordinal);
        form["Known"] = (await IdAsync(house, "王芳")).ToString(CultureInfo.InvariantCulture);
        await jun.PostAsync("/complaints/new", form, "/complaints/new");
        Assert.Equal("王芳", await house.WithAsync(db => db.Complaints.Select(c => c.Customer.Name).SingleAsync()));
        Assert.Equal(4, await house.WithAsync(db => db.Customers.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task On_the_spot_is_done_in_the_same_form(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var mia = await house.SignInAsync("Mia");
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        var form = Form(
            "Walk In",
            "Wrong size",
            ("OnTheSpot", "true"),
            ("SpotWords", "Thank you for coming."),
            ("ApologyWords", "We are sorry."),
            ("Shortfall", "Wrong label"),
            ("Solution", "Swapped it."),
            ("Remedy", "Refund"),
            ("RemedyAmount", "12.50"),
            ("RemedyCurrency", "GBP"),
            ("RootCauseId", cause.ToString(CultureInfo.InvariantCulture))
        );
        await mia.PostAsync("/complaints/new", form, "/complaints/new");
        var complaint = await house.WithAsync(db => db.Complaints.SingleAsync());
        Assert.True(complaint.OnTheSpot);
        Assert.Equal((State.Resolved, 1250L), (complaint.State, complaint.RemedyMinor));
    }

    [Theory, OnSqlite]
    public async Task Deadlines_show_while_typing_and_matches_by_phone_with_spaces(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var normal = await jun.GetAsync("/complaints/new/deadlines?Channel=Phone&Severity=Normal");
        Assert.Contains("14:00", normal, StringComparison.Ordinal); // four working hours from ten
        var critical = await jun.GetAsync("/complaints/new/deadlines?Channel=Phone&Severity=Critical");
        Assert.Contains("12:00", critical, StringComparison.Ordinal);
        Assert.Contains("future", await jun.GetAsync("/complaints/new/deadlines?Received=2027-01-01T10:00"), StringComparison.Ordinal);
        var matches = await jun.GetAsync("/customers/matches?q=020%207946%200011");
        Assert.Contains("Grace Okafor", matches, StringComparison.Ordinal);
        Assert.DoesNotContain("Ivar", matches, StringComparison.Ordinal);
        Assert.Contains("new customer", await jun.GetAsync("/customers/matches?q=zzz"), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_megabyte_of_any_writing_is_kept_and_a_character_more_comes_back_with_a_way_out(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var words = "😡👩‍👩‍👧 שלום, \u202eהחבילה לא הגיעה\u202c مرحبا 㐀𠮷 " + new string('啊', 999_950);
        words = words[..999_990] + "the end: ✔";
        await jun.PostAsync("/complaints/new", Form("עמית כהן", words), "/complaints/new");
        Assert.StartsWith("/complaints/C-26-00001-", jun.Path, StringComparison.Ordinal);
        Assert.Equal(words, await house.WithAsync(db => db.Complaints.Select(c => c.WhatHappened).SingleAsync()));
        Assert.Equal("עמית כהן", await house.WithAsync(db => db.Complaints.Select(c => c.Customer.Name).SingleAsync()));
        Assert.Contains("החבילה לא הגיעה", await jun.GetAsync(jun.Path), StringComparison.Ordinal);

        var page = await jun.PostAsync("/complaints/new", Form("Too Long", words + "!"), "/complaints/new");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        Assert.Contains("Attach it as a file", page, StringComparison.Ordinal);
        Assert.Contains("the end: ✔!", page, StringComparison.Ordinal);
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory, OnSqlite]
    public async Task An_auditor_logs_nothing_and_an_administrator_sees_no_customers(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var otto = await house.SignInAsync("Otto");
        await otto.GetAsync("/complaints/new");
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
        using var ada = await house.SignInAsync("Ada");
        await ada.GetAsync("/customers/matches?q=grace");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
        await ada.GetAsync("/settings/web-form");
        Assert.Equal(HttpStatusCode.OK, ada.Status);
    }

    [Theory, OnSqlite]
    public async Task Logged_for_another_unit_it_says_so_and_stays_out_of_sight(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var shanghai = await house.WithAsync(db =>
            db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "Shanghai").Select(u => u.Id).SingleAsync()
        );
        var page = await jun.PostAsync(
            "/complaints/new",
            Form("Far Away", "Lost abroad", ("UnitId", shanghai.ToString(CultureInfo.InvariantCulture))),
            "/complaints/new"
        );
        Assert.Equal("/", jun.Path);
        Assert.Contains("It now belongs to Shanghai", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Lost abroad",
            await jun.GetAsync("/customers/" + await IdAsync(house, "Far Away")),
            StringComparison.Ordinal
        );
    }

    private static Dictionary<string, string?> Form(string who, string what, params (string Name, string Value)[] more)
    {
        var form = new Dictionary<string, string?>
        {
            ["Who"] = who,
            ["Channel"] = "Phone",
            ["WhatHappened"] = what,
        };
        foreach (var (name, value) in more)
        {
            form[name] = value;
        }

        return form;
    }

    private static Task<long> IdAsync(TestHouse house, string name) =>
        house.WithAsync(db => db.Customers.Where(c => c.Name == name).Select(c => c.Id).SingleAsync());

    [GeneratedRegex("name=\"SubmissionKey\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
