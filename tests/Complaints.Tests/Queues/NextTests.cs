using System.Net;
using Complaints.Casework;
using Complaints.Mail;
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
        await house.WithAsync(db => db.Complaints.ExecuteUpdateAsync(s => s.SetProperty(c => c.ComplainedAboutId, sen)));
        using var about = await house.SignInAsync("Sen");
        Assert.Contains("Nothing waits for you now", await about.PostAsync("/next", [], "/"));
        await house.WithAsync(db => db.Complaints.ExecuteUpdateAsync(s => s.SetProperty(c => c.ComplainedAboutId, (long?)null)));
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
}
