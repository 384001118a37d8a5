using System.Globalization;
using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Mail;

/// <summary>
/// Mail both ways over real servers: what customers write goes through Postfix into a mailbox of Dovecot, the house fetches
/// it over IMAP with TLS, and what the house writes goes through Postfix into the customers' mailboxes.
/// </summary>
public sealed class RoundTripTests(Postfix post) : IClassFixture<Postfix>
{
    private const string Grace = "grace@customer.example";

    [OnMailServers, OnSqlite, OnPostgres]
    public async Task A_complaint_arrives_is_worked_followed_up_and_answered_all_by_mail(string database)
    {
        await using var house = await OpenAsync(database);
        var said = Letter(Grace, "Charged twice", "You charged me twice for one room.");
        await post.SendAsync(Grace, Postfix.Desk, said);
        Assert.Equal(1, await FetchAsync(house, 1));

        var complaint = await house.WithAsync(db =>
            db.Complaints.AsNoTracking().Include(c => c.Customer).Include(c => c.Unit).SingleAsync()
        );
        Assert.Equal(("Grace Okafor", "North", "Charged twice"), (complaint.Customer.Name, complaint.Unit.Name, complaint.Summary));
        var receipt = MailReader.Read(await post.ArrivedAsync("grace", 1));
        Assert.Equal([MailReader.MessageIdOf(said)!], receipt.InReplyTo);
        Assert.Equal("auto-generated", receipt.Header("Auto-Submitted"));
        Assert.Contains(complaint.Reference, receipt.Text);

        await WorkAsync(house, complaint.Reference);
        Assert.Equal(State.Resolved, (await Outbox.ComplaintAsync(house, complaint.Id)).State);
        var letter = MailReader.Read(await post.ArrivedAsync("grace", 4));
        Assert.Contains("The second charge is refunded.", letter.Text);
        Assert.Null(letter.Header("Auto-Submitted")); // a person wrote it

        for (var i = 0; i < 10; i++)
        {
            await house.WorkAsync(TimeSpan.FromHours(8)); // in the customer's daytime, three days on
        }

        var asked = await post.ArrivedAsync("grace", 5);
        Assert.Equal(State.InFollowUp, (await Outbox.ComplaintAsync(house, complaint.Id)).State);

        // A machine answers first: shown, folded, and nothing follows from it.
        await post.SendAsync(
            "",
            Postfix.Desk,
            Answer(asked, Grace, "I am away until Monday. 5", ("Auto-Submitted", "auto-replied (vacation)"), ("Precedence", "bulk"))
        );
        Assert.Equal(1, await FetchAsync(house, 2));
        var away = await Outbox.ComplaintAsync(house, complaint.Id);
        Assert.Equal(State.InFollowUp, away.State);
        Assert.Single(away.Timeline, e => e.Kind == EntryKind.AutomaticMail);
        Assert.Single(away.Timeline, e => e.Kind == EntryKind.ContactIn || e.Kind == EntryKind.Logged);
        Assert.Empty(await house.WithAsync(db => db.SurveyAnswers.ToListAsync()));
        Assert.Equal(5, post.Delivered("grace").Count);
        using var lena = await house.SignInAsync("Lena");
        var page = await lena.GetAsync($"/complaints/{complaint.Reference}");
        Assert.Contains("Automatic mail", page);

        // Then Grace herself.
        await post.SendAsync(Grace, Postfix.Desk, Answer(asked, Grace, "5 - all good now, thank you"));
        Assert.Equal(1, await FetchAsync(house, 3));
        var answer = Assert.Single(await house.WithAsync(db => db.SurveyAnswers.AsNoTracking().ToListAsync()));
        Assert.Equal((true, 5, "5 - all good now, thank you"), (answer.Solved, answer.Overall, answer.Comment));
        var closed = await Outbox.ComplaintAsync(house, complaint.Id);
        Assert.Equal(State.Closed, closed.State);
        Assert.Empty(closed.Tasks);
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
        await post.IdleAsync();
        Assert.Equal(5, post.Delivered("grace").Count);
    }

    [OnMailServers, OnSqlite, OnPostgres]
    public async Task What_comes_back_from_the_server_takes_the_step_back_and_somebody_is_to_call(string database)
    {
        await using var house = await OpenAsync(database);
        const string Gone = "gone@customer.example"; // Postfix knows no such mailbox
        await post.SendAsync(Gone, Postfix.Desk, Letter(Gone, "No heating", "It has been cold for a week."));
        await FetchAsync(house, 1);
        var complaint = await house.WithAsync(db => db.Complaints.AsNoTracking().SingleAsync());
        var due = (await Outbox.ComplaintAsync(house, complaint.Id)).Clocks.Single(c => c.Name == ClockName.Acknowledge).DueAt;

        // Said before anybody can know that the receipt did not arrive.
        using var sen = await house.SignInAsync("Sen");
        await SayAsync(house, sen, complaint.Reference, "acknowledgement", []);
        var acknowledged = await Outbox.ComplaintAsync(house, complaint.Id);
        Assert.Equal(State.Acknowledged, acknowledged.State);
        Assert.NotNull(acknowledged.Customer.UsableMail);

        await FetchAsync(house, 3); // the two reports
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        var back = await Outbox.ComplaintAsync(house, complaint.Id);
        Assert.Equal(State.Received, back.State);
        var clock = back.Clocks.Single(c => c.Name == ClockName.Acknowledge);
        Assert.Equal((ClockState.Running, due), (clock.State, clock.DueAt));
        Assert.Contains(back.Tasks, t => t.Kind == TaskKind.CallInstead && t.DoneAt is null);
        Assert.Null(back.Customer.UsableMail);
        Assert.NotNull(back.Customer.ContactPoints.Single(p => p.Kind == ContactKind.Mail).BouncedAt);
        var reports = await house.WithAsync(db => db.InMessages.AsNoTracking().OrderBy(m => m.Id).Skip(1).ToListAsync());
        Assert.All(reports, m => Assert.Equal((true, complaint.Id, InState.Read), (m.Automatic, m.ComplaintId, m.State)));
        Assert.All(
            await house.WithAsync(db => db.OutDeliveries.AsNoTracking().ToListAsync()),
            d => Assert.Contains("unknown user", d.Reply, StringComparison.OrdinalIgnoreCase)
        );
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync())); // no report became a complaint

        await post.IdleAsync();
        Assert.Equal(0, await LookAsync(house)); // and nobody answered a report
    }

    [OnMailServers, OnSqlite]
    public async Task An_answer_to_the_signed_address_finds_its_complaint_without_any_thread(string database)
    {
        await using var house = await OpenAsync(database);
        await house.WithAsync(async db =>
        {
            await new MailSettings { PlusAddresses = true }.WriteAsync(db);
            await db.SaveChangesAsync();
        });
        await post.SendAsync(Grace, Postfix.Desk, Letter(Grace, "Charged twice", "You charged me twice for one room."));
        await FetchAsync(house, 1);
        var receipt = MailReader.Read(await post.ArrivedAsync("grace", 1));
        var address = Assert.Single(receipt.ReplyTo).Address;
        Assert.StartsWith("complaints+", address);

        // From an address nobody knows, with a subject that says nothing.
        await post.SendAsync("home@many.example", address, Letter("home@many.example", "It is me", "The bank sent a paper.", address));
        await FetchAsync(house, 2);
        var complaint = await house.WithAsync(db => db.Complaints.AsNoTracking().SingleAsync());
        Assert.Single((await Outbox.ComplaintAsync(house, complaint.Id)).Timeline, e => e.Kind == EntryKind.ContactIn);
    }

    private async Task<TestHouse> OpenAsync(string database)
    {
        post.Empty("complaints");
        post.Empty("grace");
        post.Dovecot.MakeFolder("complaints", "Done");
        var house = await TestHouse.OpenAsync(database, [.. post.Smtp, "--Smtp:AllowUntrustedCertificate", "true"]);
        using var ada = await house.SignInAsync("Ada");
        var north = await house.WithAsync(db =>
            db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "North").Select(u => u.Id).SingleAsync()
        );
        await ada.PostAsync(
            "/settings/mailboxes",
            new()
            {
                ["Name"] = "desk",
                ["Kind"] = nameof(MailboxKind.Imap),
                ["UnitId"] = $"{north}",
                ["Address"] = Postfix.Desk,
                ["Host"] = "127.0.0.1",
                ["Port"] = $"{post.Dovecot.TlsPort}",
                ["Security"] = nameof(ImapSecurity.ImplicitTls),
                ["UserName"] = "complaints",
                ["Password"] = Dovecot.Password,
                ["Folder"] = "INBOX",
                ["MoveTo"] = "Done",
            },
            $"/settings/mailboxes/new?kind={MailboxKind.Imap}"
        );
        Assert.Equal(1, await house.WithAsync(db => db.Mailboxes.CountAsync()));
        return house;
    }

    /// <summary>Waits until Postfix has delivered what it has, fetches it, and lets the house do what follows; how many came.</summary>
    private async Task<int> FetchAsync(TestHouse house, int altogether)
    {
        await post.IdleAsync();
        var came = await LookAsync(house);
        Assert.Equal(altogether, await house.WithAsync(db => db.InMessages.CountAsync()));
        await house.WorkAsync(TimeSpan.FromSeconds(20));
        await post.IdleAsync();
        return came!.Value;
    }

    private static async Task<int?> LookAsync(TestHouse house)
    {
        var box = await house.WithAsync(db => db.Mailboxes.Select(m => m.Id).SingleAsync());
        var came = await house.AskAsync((MailboxRun run) => run.LookAsync(box));
        Assert.Null(await house.WithAsync(db => db.Mailboxes.Select(m => m.Trouble).SingleAsync()));
        return came;
    }

    /// <summary>Acknowledged, apologized for and resolved, each by mail and through the page.</summary>
    private static async Task WorkAsync(TestHouse house, string reference)
    {
        using var sen = await house.SignInAsync("Sen");
        await SayAsync(house, sen, reference, "acknowledgement", []);
        await SayAsync(house, sen, reference, "apology", new() { ["Shortfall"] = "We charged twice." });
        var cause = await house.WithAsync(db => db.RootCauses.Select(c => c.Id).FirstAsync());
        await SayAsync(
            house,
            sen,
            reference,
            "resolution",
            new()
            {
                ["Solution"] = "The second charge is refunded.",
                ["Remedy"] = nameof(Remedy.Explanation),
                ["RootCauseId"] = $"{cause}",
                ["Outcome"] = nameof(Outcome.Upheld),
            }
        );
    }

    private static async Task SayAsync(TestHouse house, Browser agent, string reference, string step, Dictionary<string, string?> more)
    {
        var version = await house.WithAsync(db =>
            db.Complaints.Where(c => c.Reference == reference).Select(c => c.TimelineCount).SingleAsync()
        );
        more["Seen"] = version.ToString(CultureInfo.InvariantCulture);
        more["Channel"] = nameof(Channel.Email);
        more["Words"] = $"My words at the {step}. The second charge is refunded.";
        await agent.PostAsync($"/complaints/{reference}/{step}", more, $"/complaints/{reference}");
        Assert.Equal(System.Net.HttpStatusCode.OK, agent.Status);
        await house.WorkAsync(TimeSpan.FromSeconds(20)); // longer than it can be undone
    }

    private static byte[] Letter(string from, string subject, string words, string to = Postfix.Desk) =>
        MailWriter.Write(
            new MailToWrite
            {
                From = new Correspondent(from),
                To = new Correspondent(to),
                Subject = subject,
                Text = words,
                MessageId = MessageIds.For(Guid.NewGuid(), from.Split('@')[1]),
                Date = LittleWorld.Monday,
            }
        );

    /// <summary>What a mail program makes of an answer to that mail.</summary>
    private static byte[] Answer(byte[] got, string from, string words, params (string Name, string Value)[] headers)
    {
        var mail = MailReader.Read(got);
        var quoted = string.Join('\n', mail.Text.Split('\n').Select(l => "> " + l.TrimEnd()));
        return MailWriter.Write(
            new MailToWrite
            {
                From = new Correspondent(from),
                To = (mail.ReplyTo.Count > 0 ? mail.ReplyTo : mail.From)[0],
                Subject = "Re: " + mail.Subject,
                Text = $"{words}\n\nOn Thu, 26 Nov 2026 at 10:00, {mail.From[0].Name} <{mail.From[0].Address}> wrote:\n{quoted}\n",
                MessageId = MessageIds.For(Guid.NewGuid(), from.Split('@')[1]),
                InReplyTo = mail.MessageId,
                References = [.. mail.References, mail.MessageId!],
                Date = LittleWorld.Monday.AddDays(3),
                Headers = [.. headers.Select(h => KeyValuePair.Create(h.Name, h.Value))],
            }
        );
    }
}
