using System.Net;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Tests.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Operation;

/// <summary>What whoever watches the servers is told, beside a database that is gone (Failure/DatabaseGoneTests).</summary>
public sealed class HealthTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Mail_that_nobody_sends_is_said_and_mail_held_after_a_restore_is_no_trouble(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var watcher = house.NewBrowser();
        await Outbox.ReceiptAsync(house, await Outbox.ComplaintAsync(house));
        Assert.Contains("\"ready\"", await watcher.GetAsync("/health/ready"));
        house.Clock.Pass(TimeSpan.FromMinutes(40));
        Assert.Contains("the oldest has been due for 40 min", await watcher.GetAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, watcher.Status);

        // Taken from behind its proxy for that, nobody could reach the page where mail is released.
        await house.WithAsync(db => MailHold.HoldAsync(db, house.Now));
        house.Clock.Pass(TimeSpan.FromHours(5));
        Assert.Contains("held since", await watcher.GetAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.OK, watcher.Status);
    }

    [Theory, OnSqlite]
    public async Task A_mail_server_that_is_away_is_said_though_every_try_is_put_off(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var watcher = house.NewBrowser();
        for (var minutes = 0; minutes < 40; minutes += 5)
        {
            await house.WithAsync(db => MailOutage.NoteAsync(db, house.Now, "Nothing answers."));
            Assert.Contains("\"ready\"", await watcher.GetAsync("/health/ready"));
            house.Clock.Pass(TimeSpan.FromMinutes(minutes < 25 ? 5 : 0));
        }

        house.Clock.Pass(TimeSpan.FromMinutes(6));
        await house.WithAsync(db => MailOutage.NoteAsync(db, house.Now, "Nothing answers."));
        var said = await watcher.GetAsync("/health/ready");
        Assert.Contains("the mail server has not been reached for 31 min", said);
        Assert.DoesNotContain("Nothing answers", said); // it may name the server
        Assert.Equal(HttpStatusCode.ServiceUnavailable, watcher.Status);
        await house.WithAsync(db => MailOutage.EndAsync(db, house.Now));
        await watcher.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, watcher.Status);
    }

    [Theory, OnSqlite]
    public async Task A_node_that_should_work_and_does_not_sweep_is_said(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--Node:Work", "true");
        using var watcher = house.NewBrowser();
        await house.WithAsync(async db =>
        {
            await db.WorkRuns.Where(w => w.Name == "sweep").ExecuteDeleteAsync();
            db.WorkRuns.Add(new WorkRun { Name = "sweep", StartedAt = house.Now.AddHours(-1) });
            await db.SaveChangesAsync();
        });
        Assert.Contains("last ran 3600 s ago", await watcher.GetAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, watcher.Status);
    }
}
