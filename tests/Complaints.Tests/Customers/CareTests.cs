using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Customers;

/// <summary>That a customer needs more care is for those who speak with them, and nobody else learns that there is anything.</summary>
public sealed class CareTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Only_who_works_a_complaint_or_leads_its_unit_sees_and_writes_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await house.CustomerAsync("Grace Okafor");
        var reference = await house.LogAsync(owner: "Mia");
        using var mia = await house.SignInAsync("Mia");
        await mia.PostProfileAsync(id, "/care", new() { ["Helps"] = "Speak slowly" });
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        foreach (var name in new[] { "Mia", "Lena", "Max", "Dora" })
        {
            using var knows = await house.SignInAsync(name);
            Assert.Contains("Speak slowly", await knows.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
            Assert.Contains("Speak slowly", await knows.GetAsync($"/complaints/{reference}"), StringComparison.Ordinal);
        }

        foreach (var name in new[] { "Jun", "Sen", "Wen", "Chen", "Otto", "Ada" })
        {
            using var other = await house.SignInAsync(name);
            foreach (
                var path in new[]
                {
                    $"/customers/{id}",
                    $"/complaints/{reference}",
                    "/customers?q=Grace",
                    $"/complaints/new/customer?customerId={id}",
                }
            )
            {
                var page = await other.GetAsync(path);
                Assert.False(page.Contains("Speak slowly", StringComparison.Ordinal), $"{name} reads it on {path}");
                Assert.False(page.Contains("Needs more care", StringComparison.Ordinal), $"{name} learns of it on {path}");
            }

            await other.PostAsync($"/customers/{id}/care", new() { ["Helps"] = "Shout" }, "/profile");
            Assert.Equal(HttpStatusCode.NotFound, other.Status);
            await other.PostAsync($"/customers/{id}/care/removal", [], "/profile");
            Assert.Equal(HttpStatusCode.NotFound, other.Status);
        }

        Assert.Equal(1, await house.WithAsync(db => db.CareNotes.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_no_longer_works_it_no_longer_knows_and_the_history_stays_for_the_lead(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await house.CustomerAsync("Grace Okafor");
        var reference = await house.LogAsync(owner: "Mia");
        using var mia = await house.SignInAsync("Mia");
        await mia.PostProfileAsync(id, "/care", new() { ["Helps"] = "" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        await mia.PostProfileAsync(id, "/care", new() { ["Helps"] = new string('x', 161) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        await mia.PostProfileAsync(id, "/care", new() { ["Helps"] = "Speak slowly" });
        await mia.PostProfileAsync(id, "/care", new() { ["Helps"] = "Write instead" });
        var page = await mia.PostProfileAsync(id, "/care/removal", []);
        Assert.Contains("Nothing noted.", page, StringComparison.Ordinal);
        await house.DoAsync(reference, "Lena", (c, a, _) => c.SetBeside(Verb.Withdraw, a, house.Now, "Grace changed her mind"));
        Assert.DoesNotContain("Needs more care", await mia.GetAsync($"/customers/{id}"), StringComparison.Ordinal);
        using var lena = await house.SignInAsync("Lena");
        page = await lena.GetAsync($"/customers/{id}");
        Assert.Contains("Mia: Speak slowly", page, StringComparison.Ordinal);
        Assert.Contains("Mia: Write instead", page, StringComparison.Ordinal);
        Assert.Contains("Mia: taken off", page, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Reading_it_is_noted_and_the_note_does_not_say_whether_there_is_something(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await house.CustomerAsync("Grace Okafor");
        var reference = await house.LogAsync(owner: "Mia");
        using var jun = await house.SignInAsync("Jun");
        using var mia = await house.SignInAsync("Mia");
        await jun.GetAsync($"/complaints/{reference}");
        await mia.GetAsync($"/complaints/{reference}"); // nothing is noted, and it is logged all the same
        await mia.GetAsync($"/customers/{id}");
        var log = await house.WithAsync(db =>
            db.AccessLog.Join(db.Set<StaffMember>(), a => a.StaffId, s => s.Id, (a, s) => new { s.Name, a.Care }).ToListAsync()
        );
        Assert.True(log.Where(l => l.Name == "Mia").All(l => l.Care) && log.Count(l => l.Name == "Mia") == 2);
        Assert.False(log.Single(l => l.Name == "Jun").Care);
        using var otto = await house.SignInAsync("Otto");
        Assert.Contains("and whether they need more care", await otto.GetAsync("/audit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mia", true, true)]
    [InlineData("Mia", false, false)]
    [InlineData("Jun", true, false)]
    [InlineData("Lena", false, true)]
    public void The_rule_is_in_one_place(string name, bool open, bool may)
    {
        var reader = new Language.Reader("en", TimeZoneInfo.Utc);
        var actor = name switch
        {
            "Mia" => new Actor(1, name, Role.Agent, Seat.Middle, 2, "/1/2/", reader),
            "Jun" => new Actor(2, name, Role.Agent, Seat.Junior, 2, "/1/2/", reader),
            _ => new Actor(3, name, Role.TeamLead, Seat.Senior, 2, "/1/2/", reader),
        };
        Assert.Equal(may, Rights.MaySeeCare(actor, "/1/2/", ownerId: 1, keptFrom: null, open));
        Assert.False(Rights.MaySeeCare(actor, "/1/2/", ownerId: 1, keptFrom: Recusal.Mark(actor.StaffId!.Value), open));
        Assert.False(Rights.MaySeeCare(Actor.Customer, "/1/2/", null, null, open));
    }
}
