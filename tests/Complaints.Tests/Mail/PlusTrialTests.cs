using System.Globalization;
using System.Net;
using System.Text;
using Complaints.Casework;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Mail;

/// <summary>Complaints' own addresses are used once a mail to one came back, and then say what a report is about.</summary>
public sealed class PlusTrialTests
{
    private const string Hello = "S: 220 mail.example ESMTP\nC: EHLO\nS: 250 mail.example\n";
    private const string Taken = "S: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 2.0.0 queued\nC: QUIT\nS: 221 bye\n";

    [Theory, OnSqlite, OnPostgres]
    public async Task Once_the_test_came_back_answers_and_reports_go_to_the_complaints_own_address(string database)
    {
        await using var trial = new ScriptedMailServer($"{Hello}C: MAIL FROM:<desk@shop.example>\nS: 250 ok\nC: RCPT TO:<desk+\n{Taken}");
        await using var house = await OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        await SendByAsync(house, ada, trial);
        Assert.Contains("The test is on its way", await ada.PostAsync("/settings/mail/plus", [], "/settings/mail"));
        Assert.Equal(1, await house.AskAsync((OutboxRun run) => run.RunAsync()));
        Assert.Null(trial.Surprise);
        Assert.Contains("on its way since", await ada.GetAsync("/settings/mail"));
        Assert.Null(await PlusAsync(house));

        // The same mail at the plain address proves nothing: some providers cut the plus off.
        var sent = Encoding.UTF8.GetString(trial.Body[..^3]);
        Assert.False(await TakenAsync(house, sent, ["desk@shop.example"]));
        Assert.Null(await PlusAsync(house));
        var came = await ComeInAsync(house, sent);
        Assert.True(came.Automatic);
        Assert.NotNull(await PlusAsync(house));
        Assert.Contains("The test came back by", await ada.GetAsync("/settings/mail"));
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.CountAsync()));

        var id = await Outbox.ComplaintAsync(house);
        await Outbox.AcknowledgeAsync(house, id);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await using var next = new ScriptedMailServer(
            $"{Hello}C: MAIL FROM:<desk+\nS: 250 ok\nC: RCPT TO:<grace@customer.example>\n{Taken}"
        );
        await SendByAsync(house, ada, next);
        Assert.Equal(1, await house.AskAsync((OutboxRun run) => run.RunAsync()));
        Assert.Null(next.Surprise);
        await Outbox.TellAsync(house);
        Assert.Matches("Reply-To: +<?desk\\+", Encoding.UTF8.GetString(next.Body).Replace("\r\n ", " ", StringComparison.Ordinal));
        Assert.Equal(State.Acknowledged, (await Outbox.ComplaintAsync(house, id)).State);

        // A report that quotes nothing: forged it says nothing, true it takes the acknowledgement back.
        var envelope = next.Heard.Single(l => l.StartsWith("MAIL FROM", StringComparison.Ordinal)).Split('<', '>')[1];
        await ComeInAsync(house, Report(envelope.Replace("+a", "+b", StringComparison.Ordinal)));
        await Outbox.TellAsync(house);
        Assert.Equal(State.Acknowledged, (await Outbox.ComplaintAsync(house, id)).State);
        await ComeInAsync(house, Report(envelope));
        await Outbox.TellAsync(house);
        Assert.Equal(State.Received, (await Outbox.ComplaintAsync(house, id)).State);

        Assert.Contains("the plain address", await ada.PostAsync("/settings/mail/plus/off", [], "/settings/mail"));
        Assert.Null(await PlusAsync(house));
    }

    [Theory, OnSqlite]
    public async Task A_test_that_is_refused_or_lost_says_so_and_another_sender_is_tried_anew(string database)
    {
        await using var server = new ScriptedMailServer(
            $"{Hello}C: MAIL FROM:\nS: 250 ok\nC: RCPT TO:<desk+\nS: 550 5.1.1 no such mailbox\nC: QUIT\nS: 221 bye\n"
        );
        await using var house = await OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        await SendByAsync(house, ada, server);
        await ada.PostAsync("/settings/mail/plus", [], "/settings/mail");
        await house.AskAsync((OutboxRun run) => run.RunAsync());
        var page = await ada.GetAsync("/settings/mail");
        Assert.Contains("A server refused the test", page);
        Assert.Contains("550 5.1.1 no such mailbox", page);

        await ada.PostAsync("/settings/mail/plus", [], "/settings/mail");
        house.Clock.Pass(PlusTrial.Patience + TimeSpan.FromSeconds(1));
        using var later = await house.SignInAsync("Ada");
        Assert.Contains("The test has not come back.", await later.GetAsync("/settings/mail"));

        await house.WithAsync(
            async (db, _) =>
            {
                await ((await MailSettings.ReadAsync(db)) with { PlusAddresses = true }).WriteAsync(db);
                await db.SaveChangesAsync();
            }
        );
        Assert.NotNull(await PlusAsync(house));
        await SendByAsync(house, later, server, "post@shop.example");
        Assert.Null(await PlusAsync(house));
        Assert.DoesNotContain("has not come back", await later.GetAsync("/settings/mail"));
        using var lena = await house.SignInAsync("Lena");
        await lena.PostAsync("/settings/mail/plus", [], "/");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
    }

    [Theory, OnSqlite]
    public async Task In_the_sandbox_there_is_nothing_to_test(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("Name a mail server first", await ada.PostAsync("/settings/mail/plus", [], "/settings/mail"));
        Assert.Equal(0, await house.WithAsync(db => db.OutMessages.CountAsync()));
    }

    private static Task<TestHouse> OpenAsync(string database) =>
        TestHouse.OpenAsync(database, "--Smtp:Host", "127.0.0.1", "--Smtp:Security", "None");

    private static Task<string> SendByAsync(TestHouse house, Browser ada, ScriptedMailServer server, string from = "desk@shop.example") =>
        ada.PostAsync(
            "/settings/mail",
            new()
            {
                ["Port"] = server.Port.ToString(CultureInfo.InvariantCulture),
                ["Security"] = "None",
                ["SenderAddress"] = from,
            }
        );

    private static Task<PlusAddress?> PlusAsync(TestHouse house) => house.AskAsync(async (MailDoor door) => (await door.OpenAsync()).Plus);

    private static async Task<InMessage> ComeInAsync(TestHouse house, string raw)
    {
        var uid = await house.WithAsync(db => db.InMessages.CountAsync()) + 1;
        var id = await house.AskAsync((InboxStore store) => store.StoreAsync("desk", 1, uid, Encoding.UTF8.GetBytes(raw)));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        return await house.WithAsync(db => db.InMessages.AsNoTracking().SingleAsync(m => m.Id == id));
    }

    private static Task<bool> TakenAsync(TestHouse house, string raw, string[] sentTo) =>
        house.WithAsync(
            async (db, s) =>
            {
                var mail = MailReader.Read(Encoding.UTF8.GetBytes(raw));
                return await PlusTrial.TakeAsync(
                    db,
                    mail,
                    sentTo,
                    s.GetRequiredService<MailDoor>().Plus,
                    "desk",
                    house.Now,
                    CancellationToken.None
                );
            }
        );

    private static string Report(string to) =>
        $"Return-Path: <>\r\nFrom: MAILER-DAEMON@relay.example\r\nTo: <{to}>\r\nSubject: Undelivered\r\nMessage-ID: <{Guid.NewGuid():N}@relay.example>\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNo.\r\n"
        + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; grace@customer.example\r\n"
        + "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n";
}
