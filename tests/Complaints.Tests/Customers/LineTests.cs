using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Customers;

/// <summary>The one line of time of a customer.</summary>
public sealed partial class LineTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Complaints_contacts_and_remedies_stand_on_one_line_newest_first(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var mia = await house.SignInAsync("Mia");
        var id = await house.CustomerAsync("Grace Okafor");
        var reference = await house.LogAsync();
        house.Clock.Pass(TimeSpan.FromMinutes(5));
        await house.DoAsync(reference, "Mia", (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "We are on it"), b));
        house.Clock.Pass(TimeSpan.FromMinutes(5));
        await mia.PostProfileAsync(
            id,
            "/contacts",
            new()
            {
                ["channel"] = "Counter",
                ["incoming"] = "true",
                ["Said"] = "Asked for the opening hours",
            }
        );
        var page = await mia.GetAsync($"/customers/{id}");
        var (said, answered, logged) = (
            page.IndexOf("Asked for the opening hours", StringComparison.Ordinal),
            page.IndexOf("We are on it", StringComparison.Ordinal),
            page.IndexOf("Charged twice for two rooms", StringComparison.Ordinal)
        );
        Assert.True(said > 0 && said < answered && answered < logged, $"{said} {answered} {logged}");
        await mia.PostProfileAsync(id, "/contacts", new() { ["channel"] = "Phone", ["Said"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        page = await mia.PostProfileAsync(
            id,
            "/contacts",
            new()
            {
                ["channel"] = "Phone",
                ["Said"] = "x",
                ["SaidAt"] = "2027-01-01T10:00",
            }
        );
        Assert.Contains("lies in the future", page, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_somebody_may_not_read_is_not_on_their_line_nor_counted(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await house.CustomerAsync("Grace Okafor");
        for (var i = 0; i < 3; i++)
        {
            await house.LogAsync(complainedAbout: "Mia", owner: "Sen");
        }

        using var mia = await house.SignInAsync("Mia");
        using var sen = await house.SignInAsync("Sen");
        using var wen = await house.SignInAsync("Wen");
        foreach (var blind in new[] { mia, wen })
        {
            var page = await blind.GetAsync($"/customers/{id}");
            Assert.DoesNotContain("Charged twice", page, StringComparison.Ordinal);
            Assert.DoesNotContain("complaints in 12 months", page, StringComparison.Ordinal);
            Assert.DoesNotContain("complains often", await blind.GetAsync("/customers/matches?q=Grace"), StringComparison.Ordinal);
        }

        Assert.Contains("3 complaints in 12 months", await sen.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        Assert.Contains("complains often", await sen.GetAsync("/customers/matches?q=Grace"), StringComparison.Ordinal);
        Assert.Contains(
            "3 complaints in 12 months",
            await sen.GetAsync($"/complaints/new/customer?customerId={id}"),
            StringComparison.Ordinal
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task How_many_make_somebody_stand_out_is_a_setting(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await house.CustomerAsync("Grace Okafor");
        var reference = await house.LogAsync();
        await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        Assert.DoesNotContain("2 complaints in 12 months", await mia.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        using var ada = await house.SignInAsync("Ada");
        await ada.PostAsync("/settings/customers", new() { ["from"] = "1", ["months"] = "12" }, "/settings/customers");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        await ada.PostAsync("/settings/customers", new() { ["from"] = "2", ["months"] = "6" }, "/settings/customers");
        Assert.Contains("2 complaints in 6 months", await mia.GetAsync($"/complaints/{reference}"), StringComparison.Ordinal);
        house.Clock.Pass(TimeSpan.FromDays(200));
        Assert.DoesNotContain("complaints in 6 months", await mia.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_contact_becomes_a_complaint_and_is_then_seen_by_those_who_may_read_that(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await house.CustomerAsync("Grace Okafor");
        using var mia = await house.SignInAsync("Mia");
        using var wen = await house.SignInAsync("Wen");
        await mia.PostProfileAsync(
            id,
            "/contacts",
            new()
            {
                ["channel"] = "Social",
                ["incoming"] = "true",
                ["Said"] = "The lift stood still again",
            }
        );
        Assert.Contains("The lift stood still again", await wen.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        var contact = await house.WithAsync(db => db.CustomerContacts.Select(c => c.Id).SingleAsync());
        var form = await mia.GetAsync($"/complaints/new?contactId={contact}");
        Assert.Contains(">The lift stood still again</textarea>", form, StringComparison.Ordinal);
        Assert.Matches("value=\"Social\" checked", form);
        await mia.PostAsync(
            "/complaints/new",
            new()
            {
                ["Who"] = "Grace Okafor",
                ["CustomerId"] = People.Text(id),
                ["ContactId"] = People.Text(contact),
                ["Channel"] = "Social",
                ["WhatHappened"] = "The lift stood still again",
            },
            "/complaints/new"
        );
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Contains("became", await mia.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("The lift stood still again", await wen.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            ">The lift stood still again</textarea>",
            await mia.GetAsync($"/complaints/new?contactId={contact}"),
            StringComparison.Ordinal
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Pages_of_the_line_hold_every_moment_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await house.CustomerAsync("Grace Okafor");
        await house.WithAsync(async db =>
        {
            var grace = await db.Customers.SingleAsync(c => c.Id == id);
            for (var i = 0; i < 75; i++)
            {
                db.CustomerContacts.Add(
                    new CustomerContact
                    {
                        Customer = grace,
                        Channel = Channel.Phone,
                        Incoming = true,
                        At = house.Now.AddMinutes(-(i / 3)), // several at the same moment
                        Words = $"Said number {i}.",
                        By = "Jun",
                    }
                );
            }

            await db.SaveChangesAsync();
        });
        using var mia = await house.SignInAsync("Mia");
        var (next, pages, all) = ($"/customers/{id}", 0, new List<string>());
        for (; next is not null; pages++)
        {
            var page = await mia.GetAsync(next);
            all.AddRange(Said().Matches(page).Select(m => m.Value));
            next = Older().Match(page) is { Success: true } older ? older.Groups[1].Value : null;
        }

        Assert.Equal(3, pages);
        Assert.Equal(75, all.Count);
        Assert.Equal(75, all.Distinct().Count());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Receipt_that_is_corrected_moves_the_complaint_on_the_line(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var earlier = house.Now.AddDays(-2);
        await house.DoAsync(reference, "Mia", (c, a, b) => c.CorrectReceipt(a, house.Now, earlier, "The letter lay in the wrong tray", b));
        Assert.Equal(earlier, await house.WithAsync(db => db.CustomerMoments.Where(m => m.Seq == 1).Select(m => m.At).SingleAsync()));
    }

    [GeneratedRegex("Said number [0-9]+\\.", RegexOptions.None, 1000)]
    private static partial Regex Said();

    [GeneratedRegex("rel=\"next\" href=\"([^\"#]+)#line\"", RegexOptions.None, 1000)]
    private static partial Regex Older();
}
