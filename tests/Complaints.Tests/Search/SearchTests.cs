using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Insight;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Search;

public sealed partial class SearchTests
{
    private static readonly (string Customer, string Unit, string Words)[] _said =
    [
        ("Grace Okafor", "North", "Charged twice for two rooms at the café, 12315 rooms in all 😡"),
        ("王芳", "North", "房间重复收费，已拨打12315投诉"),
        ("Ivar Lindqvist", "North", "重新收到快递，复印收据，费用不对"),
        ("No Mail Norris", "Shanghai", "Charged for nothing; ask about CAFE"),
        ("王芳", "Shanghai", "服务态度差"),
    ];

    /// <summary>What is typed, and which of the five are found by somebody who sees all.</summary>
    public static TheoryData<string, string> Asked() =>
        new()
        {
            { "charged", "1 4" },
            { "CHARGED twice", "1" },
            { "grace rooms", "1" },
            { "café", "1 4" },
            { "cafe", "1 4" },
            { "😡", "1" },
            { "12315", "1 2" },
            { "１２３１５", "1 2" },
            { "重复收费", "2" },
            { "费", "2 3" },
            { "态", "5" },
            { "王芳", "2 5" },
            { "王", "2 5" },
            { "gra", "1" },
            { "138 0013 8000", "2 5" },
            { "+86 138-0013-8000", "2 5" },
            { "13800", "2 5" },
            { "0011", "1" },
            { "grace@customer.example", "1" },
            { "owned up", "3" },
            { "nothing like this", "" },
            { "c260", "1 2 3 4 5" },
            { "C-26-0000", "1 2 3 4 5" },
            { "\" OR * NEAR(", "" },
        };

    [Theory, OnSqlite, OnPostgres]
    public async Task The_same_words_find_the_same_complaints_on_both_databases(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--Queues:LookThrough", "2"); // hits lie beyond the newest
        await LogAsync(house);
        using var dora = await house.SignInAsync("Dora");
        foreach (var asked in Asked())
        {
            var (typed, expected) = ((string)asked[0], (string)asked[1]);
            Assert.Equal($"{typed}: {expected}", $"{typed}: {await FoundAsync(dora, typed)}");
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_finds_what_they_may_not_see(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LogAsync(house);
        using var chen = await house.SignInAsync("Chen");
        Assert.Equal("4", await FoundAsync(chen, "charged"));
        using var mia = await house.SignInAsync("Mia");
        Assert.Equal("1", await FoundAsync(mia, "charged"));
        Assert.Equal("", await FoundAsync(mia, "重复收费")); // it complains about Mia
        await mia.GetAsync("/search?q=" + Reference.Of(26, 2));
        Assert.DoesNotContain("/complaints/", mia.Path, StringComparison.Ordinal);
        using var ada = await house.SignInAsync("Ada");
        await ada.GetAsync("/search?q=charged");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_moves_to_another_unit_or_person_is_found_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LogAsync(house);
        using var mia = await house.SignInAsync("Mia");
        using var chen = await house.SignInAsync("Chen");
        Assert.Equal(("1", "4"), (await FoundAsync(mia, "charged"), await FoundAsync(chen, "charged")));
        await house.WithAsync(
            async (db, s) =>
            {
                var complaint = await db.Complaints.Include(c => c.Unit).SingleAsync(c => c.Reference == Reference.Of(26, 4));
                complaint.Assign(Actor.System, house.Now, await db.Staff.Include(m => m.Unit).SingleAsync(m => m.Name == "Mia"));
                await db.SaveChangesAsync();
            }
        );
        Assert.Equal(("1 4", "4"), (await FoundAsync(mia, "charged"), await FoundAsync(chen, "charged")));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task References_jump_however_they_are_typed_and_a_wrong_digit_is_said(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LogAsync(house);
        using var dora = await house.SignInAsync("Dora");
        var reference = Reference.Of(26, 3);
        foreach (
            var typed in (string[])
                [reference, reference.ToLowerInvariant(), reference.Replace("-", "", StringComparison.Ordinal), " ｃ" + reference[1..]]
        )
        {
            await dora.GetAsync("/search?q=" + Uri.EscapeDataString(typed));
            Assert.Equal("/complaints/" + reference, dora.Path);
        }

        var wrong = reference[..^1] + (char)('0' + ((reference[^1] - '0' + 1) % 10));
        Assert.Contains("does not fit", await dora.GetAsync("/search?q=" + wrong));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task New_words_and_a_new_name_are_found_and_an_old_name_is_not(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await LogAsync(house);
        using var dora = await house.SignInAsync("Dora");
        await house.WithAsync(
            async (db, s) =>
            {
                var customer = await db.Customers.SingleAsync(c => c.Name == "Grace Okafor");
                customer.Name = "Grace Marlowe";
                customer.ContactPoints.Add(
                    new ContactPoint
                    {
                        Kind = ContactKind.Phone,
                        Value = "07700 900123",
                        Normalised = "07700900123",
                    }
                );
                var complaint = await db.Complaints.SingleAsync(c => c.CustomerId == customer.Id);
                complaint.Note(Actor.System, house.Now, "the ledger shows a zeppelin");
                await db.SaveChangesAsync();
            }
        );
        Assert.Equal("1", await FoundAsync(dora, "zeppelin"));
        Assert.Equal("1", await FoundAsync(dora, "marlowe"));
        Assert.Equal("", await FoundAsync(dora, "okafor"));
        Assert.Equal("1", await FoundAsync(dora, "07700 900 123"));
        Assert.Equal(5, await house.WithAsync(db => WordKeeper.RemakeAsync(db, CancellationToken.None)));
        Assert.Equal("1", await FoundAsync(dora, "zeppelin"));
        Assert.Equal("", await FoundAsync(dora, "okafor"));
    }

    private static Task LogAsync(TestHouse house) =>
        house.WithAsync(
            async (db, services) =>
            {
                var book = await ((DeadlineBooks)services.GetService(typeof(DeadlineBooks))!).OpenAsync(db);
                var mia = await db.Staff.SingleAsync(s => s.Name == "Mia");
                for (var i = 0; i < _said.Length; i++)
                {
                    var (name, unit, words) = _said[i];
                    var complaint = Complaint.Log(
                        new LogFacts
                        {
                            Customer = await db.Customers.SingleAsync(c => c.Name == name),
                            Channel = Channel.Phone,
                            ReceivedAt = house.Now,
                            Summary = $"No {i + 1}",
                            WhatHappened = words,
                            UnitId = await db.Units.Where(u => u.Name == unit).Select(u => u.Id).SingleAsync(),
                            ComplainedAboutId = i == 1 ? mia.Id : null,
                        },
                        Reference.Of(26, i + 1),
                        Actor.System,
                        house.Now,
                        book
                    );
                    if (i == 2)
                    {
                        complaint.SpeakTo(Actor.System, house.Now, new Statement(Channel.Phone, "We owned up to it."));
                    }

                    db.Complaints.Add(complaint);
                    await db.SaveChangesAsync();
                }
            }
        );

    private static async Task<string> FoundAsync(Browser browser, string typed)
    {
        var page = await browser.GetAsync("/search?q=" + Uri.EscapeDataString(typed));
        if (browser.Path.StartsWith("/complaints/", StringComparison.Ordinal))
        {
            return NumberOf(browser.Path["/complaints/".Length..]);
        }

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return string.Join(' ', Hit().Matches(page).Select(m => NumberOf(m.Groups[1].Value)).Order(StringComparer.Ordinal));
    }

    private static string NumberOf(string reference) => reference[5..^2].TrimStart('0');

    [GeneratedRegex("<a href=\"/complaints/([^\"]+)\"><b class=\"ref\">", RegexOptions.None, 1000)]
    private static partial Regex Hit();
}
