using System.Net;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Customers;

/// <summary>What a profile keeps: purchases, consent, tiers, and whose address is whose.</summary>
public sealed class KeptTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Purchases_come_change_and_go_and_cannot_end_before_they_begin(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var id = await house.CustomerAsync("Grace Okafor");
        var form = new Dictionary<string, string?>
        {
            ["HeldName"] = "Gold card",
            ["HeldNumber"] = "GC-77",
            ["HeldSince"] = "2026-02-01",
            ["HeldUntil"] = "2026-01-01",
        };
        var page = await jun.PostProfileAsync(id, "/purchases", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        Assert.Contains("It cannot have ended before it began.", page, StringComparison.Ordinal);
        Assert.Contains("GC-77", page, StringComparison.Ordinal);
        form["HeldUntil"] = "";
        page = await jun.PostProfileAsync(id, "/purchases", form);
        Assert.Contains("since 2026-02-01", page, StringComparison.Ordinal);
        var held = await house.WithAsync(db => db.Purchases.SingleAsync());
        form["HeldUntil"] = "2026-03-31";
        Assert.Contains("until 2026-03-31", await jun.PostProfileAsync(id, $"/purchases/{held.Id}", form), StringComparison.Ordinal);
        var other = await house.CustomerAsync("王芳");
        await jun.PostProfileAsync(other, $"/purchases/{held.Id}/removal", []);
        Assert.Equal(HttpStatusCode.NotFound, jun.Status); // it is somebody else's
        await jun.PostProfileAsync(id, $"/purchases/{held.Id}/removal", []);
        Assert.Equal(0, await house.WithAsync(db => db.Purchases.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_last_word_on_consent_counts_and_the_earlier_one_stays(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var id = await house.CustomerAsync("Grace Okafor");
        var form = new Dictionary<string, string?> { ["purpose"] = "Offers", ["given"] = "true" };
        await jun.PostProfileAsync(id, "/consents", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        form["ConsentHow"] = "Signed form";
        form["ConsentDay"] = "2026-11-01";
        await jun.PostProfileAsync(id, "/consents", form);
        (form["given"], form["ConsentHow"], form["ConsentDay"]) = ("false", "On the phone", null);
        var page = await jun.PostProfileAsync(id, "/consents", form);
        Assert.Contains("What was said before", page, StringComparison.Ordinal);
        var said = await house.WithAsync(db => db.Consents.OrderBy(c => c.At).Select(c => c.Given).ToListAsync());
        Assert.Equal([true, false], said);
        form["ConsentDay"] = "2027-11-01";
        Assert.Contains("That day lies in the future.", await jun.PostProfileAsync(id, "/consents", form), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_tier_has_a_history(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var id = await house.CustomerAsync("Grace Okafor");
        await jun.PostProfileAsync(
            id,
            "/tier",
            new()
            {
                ["tier"] = "Diamond",
                ["reason"] = "Took the whole floor",
                ["version"] = "0",
            }
        );
        var page = await jun.GetAsync($"/customers/{id}");
        Assert.Contains("Gold → Diamond", page, StringComparison.Ordinal);
        Assert.Contains("Jun: Took the whole floor", page, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_address_is_verified_by_the_link_mailed_to_it_or_by_phone_and_opening_the_link_stores_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var id = await house.CustomerAsync("Grace Okafor");
        var points = await house.WithAsync(db => db.ContactPoints.Where(p => p.CustomerId == id).ToDictionaryAsync(p => p.Kind, p => p.Id));
        var mail = points[ContactKind.Mail];
        await jun.PostProfileAsync(id, $"/contact-points/{mail}/verification-mail", []);
        Assert.Equal(HttpStatusCode.OK, jun.Status);
        var written = await house.WithAsync(db => db.OutMessages.Include(m => m.Deliveries).SingleAsync());
        Assert.Equal((MailPurpose.AddressCheck, "grace@customer.example"), (written.Purpose, written.Deliveries[0].Recipient));
        await jun.PostProfileAsync(id, $"/contact-points/{mail}/verification-mail", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status); // one an hour
        var link = await house.WithAsync(
            (_, s) => Task.FromResult(s.GetRequiredService<Complaints.Words.House>().AddressCheckLink(mail, house.Now))
        );
        var path = new Uri(link).AbsolutePath;
        Assert.Contains(path, written.Text, StringComparison.Ordinal);
        using var grace = house.NewBrowser();
        await grace.GetAsync(path);
        Assert.Null(await VerifiedAsync(house, mail));
        await grace.PostAsync(path, [], path);
        Assert.Equal(house.Now, await VerifiedAsync(house, mail));
        Assert.Contains("by the link in our mail", await jun.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        await jun.PostProfileAsync(id, $"/contact-points/{points[ContactKind.Phone]}/verification", []);
        Assert.Contains("on the phone, by Jun", await jun.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        await grace.GetAsync(path[..^3] + "xxx");
        Assert.Equal(HttpStatusCode.NotFound, grace.Status);
        house.Clock.Pass(TimeSpan.FromDays(15));
        await grace.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, grace.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_bounced_address_says_since_when_and_why_and_can_be_tried_again(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var id = await house.CustomerAsync("Grace Okafor");
        var mail = await house.WithAsync(async db =>
        {
            var point = await db.ContactPoints.SingleAsync(p => p.CustomerId == id && p.Kind == ContactKind.Mail);
            point.Bounce(house.Now.AddDays(-3), Language.KeptSentence.Write(new Language.Sentence("{0}", "550 no such user")));
            await db.SaveChangesAsync();
            return point.Id;
        });
        var page = await jun.GetAsync($"/customers/{id}");
        Assert.Contains("550 no such user", page, StringComparison.Ordinal);
        await jun.PostProfileAsync(id, $"/contact-points/{mail}/verification-mail", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        page = await jun.PostProfileAsync(id, $"/contact-points/{mail}/repair", []);
        Assert.DoesNotContain("550 no such user", page, StringComparison.Ordinal);
    }

    private static Task<DateTime?> VerifiedAsync(TestHouse house, long point) =>
        house.WithAsync(db => db.ContactPoints.Where(p => p.Id == point).Select(p => p.VerifiedAt).SingleAsync());
}
