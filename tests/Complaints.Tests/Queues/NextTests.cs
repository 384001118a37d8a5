using System.Net;
using Complaints.Casework;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Queues;

/// <summary>“Next complaint” hands out what is due first, of one's own or of nobody's, to one person only.</summary>
public sealed class NextTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_due_first_comes_next_and_what_nobody_held_is_ones_own(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var free = await house.LogAsync();
        await house.WithAsync(db => db.Complaints.ExecuteUpdateAsync(s => s.SetProperty(c => c.OwnerId, (long?)null)));
        house.Clock.Pass(TimeSpan.FromMinutes(10));
        var mine = await house.LogAsync();
        var mia = (await house.ActorAsync("Mia")).StaffId;
        await house.WithAsync(db =>
            db.Complaints.Where(c => c.Reference == mine).ExecuteUpdateAsync(s => s.SetProperty(c => c.OwnerId, mia))
        );

        using var browser = await house.SignInAsync("Mia");
        await browser.PostAsync("/next", [], "/");
        Assert.Equal($"/complaints/{free}", browser.Path);
        Assert.Equal(mia, (await house.ReadAsync(free)).OwnerId);
        await browser.PostAsync("/next", new() { ["skip"] = free }, "/");
        Assert.Equal($"/complaints/{mine}", browser.Path);

        using var sen = await house.SignInAsync("Sen");
        Assert.Contains("Nothing waits for you now", await sen.PostAsync("/next", [], "/"));
        using var otto = await house.SignInAsync("Otto"); // looks, and does not work
        await otto.PostAsync("/next", [], "/");
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_junior_is_not_handed_what_only_a_senior_may_do_and_nobody_what_is_about_them(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var sen = (await house.ActorAsync("Sen")).StaffId;
        await house.WithAsync(db =>
            db.Complaints.ExecuteUpdateAsync(s =>
                s.SetProperty(c => c.OwnerId, (long?)null)
                    .SetProperty(c => c.Public, true)
                    .SetProperty(c => c.Tier, Complaints.Customers.Tier.Brass)
            )
        );
        using var jun = await house.SignInAsync("Jun");
        Assert.Contains("Nothing waits for you now", await jun.PostAsync("/next", [], "/"));
        await house.WithAsync(db =>
            db.Complaints.ExecuteUpdateAsync(s => s.SetProperty(c => c.KeptFrom, Complaints.Staff.Recusal.Mark(sen!.Value)))
        );
        using var about = await house.SignInAsync("Sen");
        Assert.Contains("Nothing waits for you now", await about.PostAsync("/next", [], "/"));
        await house.WithAsync(db => db.Complaints.ExecuteUpdateAsync(s => s.SetProperty(c => c.KeptFrom, (string?)null)));
        await about.PostAsync("/next", [], "/");
        Assert.Equal($"/complaints/{reference}", about.Path);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_step_and_next_goes_to_the_next_one_where_the_mail_can_still_be_undone(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var mia = (await house.ActorAsync("Mia")).StaffId;
        var (first, second) = (await house.LogAsync(), await house.LogAsync());
        await house.WithAsync(db => db.Complaints.ExecuteUpdateAsync(s => s.SetProperty(c => c.OwnerId, mia)));
        using var browser = await house.SignInAsync("Mia");
        Dictionary<string, string?> said = new()
        {
            ["Seen"] = await house.SeenAsync(first),
            ["Channel"] = "Email",
            ["Words"] = "We have it.",
            ["then"] = "next",
        };
        var page = await browser.PostAsync($"/complaints/{first}/acknowledgement", said, $"/complaints/{first}");
        Assert.Equal($"/complaints/{second}", browser.Path);
        Assert.Equal(State.Acknowledged, (await house.ReadAsync(first)).State);
        Assert.Contains("leaves in a moment", page);
        var mail = await house.WithAsync(db => db.OutMessages.Where(m => m.PersonWrote).Select(m => m.Id).SingleAsync());
        await browser.PostAsync($"/mail/{mail}/undo", [], $"/complaints/{second}");
        Assert.StartsWith($"/complaints/{first}", browser.Path);
        Assert.Equal(State.Received, (await house.ReadAsync(first)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_at_once_never_get_the_same(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var references = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            references.Add(await house.LogAsync(customer: "王芳", owner: null));
        }

        await house.WithAsync(db => db.Staff.ExecuteUpdateAsync(s => s.SetProperty(p => p.BothLanguages, true)));
        string[] names = ["Jun", "Mia", "Sen", "Lena", "Max", "Dora"];
        var people = await Task.WhenAll(names.Select(house.SignInAsync));
        var taken = await Task.WhenAll(
            people.Select(async person =>
            {
                await person.PostAsync("/next", [], "/");
                return person.Path;
            })
        );
        Assert.All(taken, path => Assert.StartsWith("/complaints/", path));
        Assert.Equal(names.Length, taken.Distinct().Count());
        Assert.Equal(
            references.Take(names.Length).Order(),
            taken.Select(path => path.Split('/')[^1]).Order() // and together they got the first ones
        );
        foreach (var person in people)
        {
            person.Dispose();
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_language_somebody_there_writes_is_left_to_them_and_what_they_know_better_for_a_while(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var chinese = await house.LogAsync(customer: "王芳", owner: null);
        house.Clock.Pass(TimeSpan.FromMinutes(5));
        var english = await house.LogAsync(customer: "No Mail Norris", owner: null);
        await house.WithAsync(db =>
            db.Staff.Where(s => s.Name == "Mia").ExecuteUpdateAsync(s => s.SetProperty(p => p.BothLanguages, true))
        );
        using var jun = await house.SignInAsync("Jun");
        await jun.PostAsync("/next", [], "/");
        Assert.Equal($"/complaints/{english}", jun.Path);
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync("/next", [], "/");
        Assert.Equal($"/complaints/{chinese}", mia.Path);

        var known = await house.LogAsync(customer: "No Mail Norris", owner: null);
        await house.WithAsync(async db =>
        {
            var category = await db.Set<Complaints.Deadlines.Category>().Where(c => c.ParentId == null).Select(c => c.Id).FirstAsync();
            var below = await db.Set<Complaints.Deadlines.Category>()
                .Where(c => c.ParentId == category)
                .Select(c => (long?)c.Id)
                .FirstOrDefaultAsync();
            await db
                .Complaints.Where(c => c.Reference == known)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.CategoryId, below ?? category));
            (await db.Staff.SingleAsync(s => s.Name == "Mia")).Skills = [category];
            await db.SaveChangesAsync();
        });
        var skip = new Dictionary<string, string?> { ["skip"] = english };
        Assert.Contains("Nothing waits for you now", await jun.PostAsync("/next", skip, "/"));
        await house.WithAsync(db =>
            db.Staff.Where(s => s.Name == "Mia").ExecuteUpdateAsync(s => s.SetProperty(p => p.AwayUntil, house.Now.AddDays(2)))
        );
        await jun.PostAsync("/next", skip, "/"); // who knows it is away: nobody waits for somebody who is not there
        Assert.Equal($"/complaints/{known}", jun.Path);
    }
}
