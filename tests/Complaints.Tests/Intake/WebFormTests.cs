using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Intake;

public sealed partial class WebFormTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Anybody_complains_without_an_account_gets_a_reference_and_a_receipt(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var visitor = house.NewBrowser();
        var form = Form("Vera Visitor", "vera@customer.example", "It broke on the first day");
        form["SubmissionKey"] = Key().Match(await visitor.GetAsync("/complain?lang=en")).Groups[1].Value;
        var page = await visitor.PostAsync("/complain?lang=en", form, "/complain");
        var complaint = await house.WithAsync(db => db.Complaints.Include(c => c.Unit).Include(c => c.Customer).SingleAsync());
        Assert.Contains(complaint.Reference, page, StringComparison.Ordinal);
        Assert.Contains("/c/", page, StringComparison.Ordinal);
        Assert.Equal((Channel.Web, "Group", "Vera Visitor"), (complaint.Channel, complaint.Unit.Name, complaint.Customer.Name));
        Assert.Equal(
            "vera@customer.example",
            await house.WithAsync(db => db.OutMessages.SelectMany(m => m.Deliveries).Select(d => d.Recipient).SingleAsync())
        );
        await visitor.PostAsync("/complain?lang=en", form, "/complain");
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory, OnSqlite]
    public async Task It_speaks_both_languages_and_keeps_what_was_typed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var visitor = house.NewBrowser();
        var page = await visitor.PostAsync("/complain?lang=zh-Hans", Form("王小明", "nobody", "货不对板 😡 שלום"), "/complain");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        Assert.Contains("请填写邮箱或电话", page, StringComparison.Ordinal);
        Assert.Contains("货不对板 😡 שלום</textarea>", page, StringComparison.Ordinal);
        page = await visitor.PostAsync("/complain?lang=en", Form("A", "a@customer.example", new string('x', 20_001)), "/complain");
        Assert.Contains("20001 characters; 20000 fit", page, StringComparison.Ordinal);
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_shared_address_with_another_name_is_somebody_new_with_a_hint(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var visitor = house.NewBrowser();
        await visitor.PostAsync("/complain?lang=en", Form("Tom Okafor", "grace@customer.example", "Mine is broken"), "/complain");
        await visitor.PostAsync("/complain?lang=en", Form("okafor grace", "GRACE@customer.example", "And mine is late"), "/complain");
        Assert.Equal(
            ["Grace Okafor", "Tom Okafor"],
            (await house.WithAsync(db => db.Complaints.Select(c => c.Customer.Name).ToListAsync())).Order(StringComparer.Ordinal)
        );
        var notes = await house.WithAsync(db =>
            db.EntryContents.Where(c =>
                    db.Set<TimelineEntry>().Any(e => e.ComplaintId == c.ComplaintId && e.Seq == c.Seq && e.Kind == EntryKind.Note)
                )
                .ToListAsync()
        );
        Assert.Contains("shares", KeptSentence.Read(Assert.Single(notes).Body.Say).ToString(), StringComparison.Ordinal);
    }

    [Theory, OnSqlite]
    public async Task Programs_are_thanked_and_ignored_and_floods_are_stopped_without_losing_words(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--WebForm:PerHour", "2");
        using var visitor = house.NewBrowser();
        var bot = Form("Bot", "bot@customer.example", "Buy now");
        bot["Website"] = "https://spam.example";
        Assert.Contains("Thank you", await visitor.PostAsync("/complain?lang=en", bot, "/complain"), StringComparison.Ordinal);
        for (var n = 1; n <= 3; n++)
        {
            var page = await visitor.PostAsync("/complain?lang=en", Form("Flo", $"flo{n}@customer.example", $"Number {n}"), "/complain");
            Assert.Equal(n == 3, visitor.Status == HttpStatusCode.TooManyRequests);
            Assert.Equal(n == 3, page.Contains("Number 3</textarea>", StringComparison.Ordinal));
        }

        Assert.Equal(2, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory, OnSqlite]
    public async Task The_house_chooses_the_unit_or_has_no_form_at_all(string database)
    {
        await using (var house = await TestHouse.OpenAsync(database))
        {
            using var ada = await house.SignInAsync("Ada");
            var north = await house.WithAsync(db =>
                db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "North").Select(u => u.Id).SingleAsync()
            );
            await ada.PostAsync(
                "/settings/web-form",
                new() { ["unitId"] = north.ToString(System.Globalization.CultureInfo.InvariantCulture) },
                "/settings/web-form"
            );
            using var visitor = house.NewBrowser();
            await visitor.PostAsync("/complain?lang=en", Form("Vera", "vera@customer.example", "It broke"), "/complain");
            Assert.Equal("North", await house.WithAsync(db => db.Complaints.Select(c => c.Unit.Name).SingleAsync()));
        }

        await using var closed = await TestHouse.OpenAsync(database, "--WebForm:Enabled", "false");
        using var late = closed.NewBrowser();
        await late.GetAsync("/complain");
        Assert.Equal(HttpStatusCode.NotFound, late.Status);
    }

    private static Dictionary<string, string?> Form(string name, string reach, string what) =>
        new()
        {
            ["Name"] = name,
            ["Reach"] = reach,
            ["WhatHappened"] = what,
        };

    [GeneratedRegex("name=\"SubmissionKey\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
