using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>A mail whose leaving a person put off: what it says counts when it has left and not before.</summary>
public sealed class SendLaterTests
{
    // Monday 10:00 in London; the step is due at 12:00.
    private const string AtNoon = "2026-11-23T11:30";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_reply_for_later_stands_as_planned_and_breaks_the_silence_only_when_it_has_left(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var page = await mia.ReplyAsync(reference, [("Words", "At noon then."), ("SendAt", AtNoon), ("Cc", "anna@partner.example")]);
        Assert.Contains("It will be sent at", page);
        Assert.Contains("11:30", page);
        Assert.Contains("Take it back", page);
        Assert.Equal(new DateTime(2026, 11, 23, 11, 30, 0, DateTimeKind.Utc), (await house.MailsAsync())[0].NotBefore);
        Assert.Null((await house.ReadAsync(reference)).LastPersonContactAt);
        Assert.DoesNotContain((await house.ReadAsync(reference)).Timeline, e => e.Kind == EntryKind.ContactOut);

        // What is written meanwhile does not wait for it.
        await mia.ReplyAsync(reference, [("Words", "And this now.")]);
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Contains("And this now.", (await house.SentAsync()).Text);
        Assert.Equal(0, await Outbox.SendAsync(house, new RecordingTransport()));

        house.Clock.Pass(TimeSpan.FromMinutes(89));
        Assert.Contains("At noon then.", (await house.SentAsync()).Text);
        var complaint = await house.ReadAsync(reference);
        Assert.Equal(house.Now, complaint.LastPersonContactAt);
        var said = complaint.Timeline.Where(e => e.Kind == EntryKind.ContactOut).OrderBy(e => e.Seq).Last();
        Assert.Equal(("At noon then.", "Mia"), (said.Content!.Body.Words, said.Content.Body.By));
        Assert.DoesNotContain("Take it back", await mia.GetAsync($"/complaints/{reference}"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_acknowledgement_for_later_leaves_the_step_owed_and_stops_its_clock_when_it_has_left(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await AcknowledgeLaterAsync(mia, reference);
        var waiting = await house.ReadAsync(reference);
        Assert.Equal(State.Received, waiting.State);
        Assert.Equal(ClockState.Running, waiting.Clocks.Single(c => c.Name == ClockName.Acknowledge).State);
        Assert.Contains("Next: acknowledge", await mia.GetAsync($"/complaints/{reference}"));

        house.Clock.Pass(TimeSpan.FromMinutes(90));
        var left = house.Now;
        await Outbox.SendAsync(house, new RecordingTransport());
        house.Clock.Pass(TimeSpan.FromMinutes(7)); // the news may come late; the clock stops when it left
        await Outbox.TellAsync(house);
        var complaint = await house.ReadAsync(reference);
        Assert.Equal((State.Acknowledged, left), (complaint.State, complaint.AcknowledgedAt));
        var clock = complaint.Clocks.Single(c => c.Name == ClockName.Acknowledge);
        Assert.Equal((ClockState.Stopped, left), (clock.State, clock.StoppedAt));
        Assert.Equal("Mia", complaint.Timeline.Single(e => e.Kind == EntryKind.Acknowledged).Content!.Body.By);

        // It comes back: the same take-back as of any other mail.
        await BounceAsync(house);
        Assert.Equal(State.Received, (await house.ReadAsync(reference)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Refused_when_its_time_came_it_takes_nothing_back_and_somebody_calls(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await AcknowledgeLaterAsync(mia, reference);
        await house.DoAsync(reference, "Mia", (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "Said it myself."), b));
        house.Clock.Pass(TimeSpan.FromMinutes(90));
        await Outbox.SendAsync(
            house,
            new RecordingTransport { Answer = r => new(r, DeliveryResult.PermanentFailure, "552 5.2.2 mailbox full") }
        );
        await Outbox.TellAsync(house);
        var complaint = await house.ReadAsync(reference);
        Assert.Equal(State.Acknowledged, complaint.State);
        Assert.Single(complaint.Tasks, t => t.Kind == TaskKind.CallInstead);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Done_in_another_way_meanwhile_it_counts_as_a_contact_and_its_bounce_takes_nothing_back(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await AcknowledgeLaterAsync(mia, reference);
        await house.DoAsync(reference, "Mia", (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "Said it myself."), b));
        house.Clock.Pass(TimeSpan.FromMinutes(90));
        await house.SentAsync();
        var complaint = await house.ReadAsync(reference);
        Assert.Single(complaint.Timeline, e => e.Kind == EntryKind.Acknowledged);
        Assert.Single(complaint.Timeline, e => e.Kind == EntryKind.ContactOut);
        await BounceAsync(house);
        Assert.Equal(State.Acknowledged, (await house.ReadAsync(reference)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_colleague_may_change_it_or_take_it_back_until_it_leaves(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        using var sen = await house.SignInAsync("Sen");
        using var chen = await house.SignInAsync("Chen"); // of another unit
        var from = $"/complaints/{reference}";
        await mia.PostFormAsync(
            $"{from}/acknowledgement",
            from,
            [("Channel", "Email"), ("Words", "Tomorrow"), ("SendAt", AtNoon), ("Cc", "anna@partner.example")]
        );
        var mail = (await house.MailsAsync(MailPurpose.Acknowledgement))[0];
        await chen.PostAsync($"/mail/{mail.Id}/undo", []);
        Assert.Equal(HttpStatusCode.NotFound, chen.Status);

        var page = await sen.PostAsync($"/mail/{mail.Id}/undo", new() { ["change"] = "true" });
        Assert.Contains("Tomorrow", page);
        Assert.Contains($"value=\"{AtNoon}\"", page);
        Assert.Contains("value=\"anna@partner.example\"", page);
        Assert.Equal(0, (await house.CountsAsync()).People);
        Assert.DoesNotContain((await house.ReadAsync(reference)).Timeline, e => e.Kind == EntryKind.TakenBack);

        await AcknowledgeLaterAsync(mia, reference);
        mail = (await house.MailsAsync(MailPurpose.Acknowledgement))[1];
        Assert.Contains("Taken back.", await sen.PostAsync($"/mail/{mail.Id}/undo", new() { ["change"] = "false" }));
        house.Clock.Pass(TimeSpan.FromHours(2));
        var transport = new RecordingTransport();
        await Outbox.SendAsync(house, transport);
        Assert.Empty(transport.Sent);
        Assert.Contains("Too late", await mia.PostAsync($"/mail/{await SentReplyAsync()}/undo", []));

        async Task<long> SentReplyAsync()
        {
            await mia.ReplyAsync(reference, [("Words", "Now.")]);
            house.Clock.Pass(TimeSpan.FromSeconds(20));
            await house.SentAsync();
            return (await house.MailsAsync())[0].Id;
        }
    }

    [Theory, OnSqlite]
    public async Task An_apology_for_later_needs_its_shortfall_and_its_turn_and_a_time_to_come(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var from = $"/complaints/{reference}";
        (string, string)[] said = [("Channel", "Email"), ("Words", "Sorry."), ("SendAt", AtNoon)];
        await mia.PostFormAsync($"{from}/apology", from, [.. said, ("Shortfall", "charged twice")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status); // never before acknowledging
        await house.DoAsync(reference, "Mia", (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "Said"), b));
        Assert.Contains("Name the shortfall", await mia.PostFormAsync($"{from}/apology", from, said));
        foreach (
            var (at, no) in ((string, string)[])
                [("2026-11-23T09:59", "has passed"), ("2028-01-01T10:00", "a year away"), ("soon", "no date")]
        )
        {
            Assert.Contains(no, await mia.ReplyAsync(reference, [("Words", "x"), ("SendAt", at)]));
        }

        Assert.Contains("Write down what was said", await mia.ReplyAsync(reference, [("Words", " "), ("SendAt", AtNoon)]));
        await mia.PostFormAsync($"{from}/apology", from, [.. said, ("Shortfall", "charged twice")]);
        house.Clock.Pass(TimeSpan.FromMinutes(90));
        Assert.Contains("charged twice", (await house.SentAsync()).Text);
        Assert.Equal(State.Apologized, (await house.ReadAsync(reference)).State);
    }

    private static Task<string> AcknowledgeLaterAsync(Browser browser, string reference) =>
        browser.PostFormAsync(
            $"/complaints/{reference}/acknowledgement",
            $"/complaints/{reference}",
            [("Channel", "Email"), ("Words", "I look after it."), ("SendAt", AtNoon)]
        );

    private static async Task BounceAsync(TestHouse house)
    {
        var mail = (await house.MailsAsync(MailPurpose.Acknowledgement))[0];
        var raw = SandboxPost.Bounce(mail, "grace@customer.example", "complaints@desk.example", house.Now);
        await house.AskAsync((InboxStore store) => store.StoreAsync(InboxStore.Sandbox, 1, 99, raw));
        await house.AskAsync((Complaints.Intake.InboundRun run) => run.RunAsync());
        await Outbox.TellAsync(house);
    }
}
