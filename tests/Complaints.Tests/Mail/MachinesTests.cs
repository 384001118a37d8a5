using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Mail;

public sealed class MachinesTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Receipts_to_one_address_are_capped_and_the_complaint_says_so(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var i = 1; i <= 4; i++)
        {
            await ComeInAsync(house, Letter("loop@machine.example", $"Attempt {i}"));
            house.Clock.Pass(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(3, await ReceiptsAsync(house));
        var last = await house.WithAsync(db => db.Complaints.OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync());
        var complaint = await Outbox.ComplaintAsync(house, last);
        Assert.Contains(
            complaint.Timeline,
            e =>
                e.Kind == EntryKind.Mail
                && e.Content!.Body.Sentence.ToString() == "No receipt: loop@machine.example got 3 in the last hour, and 3 are allowed."
        );

        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("Give a number", await ada.PostAsync("/settings/receipts", new() { ["perHour"] = "0", ["perDay"] = "9" }));
        await ada.PostAsync("/settings/receipts", new() { ["perHour"] = "5", ["perDay"] = "5" });
        await ComeInAsync(house, Letter("loop@machine.example", "Attempt 5"));
        Assert.Equal(4, await ReceiptsAsync(house));
    }

    [Fact]
    public void The_cap_counts_an_hour_and_a_day()
    {
        var (now, cap) = (LittleWorld.Monday, new ReceiptCap());
        DateTime[] Ago(params int[] minutes) => [.. minutes.Select(m => now.AddMinutes(-m))];
        Assert.Null(cap.WhyNot("a@b.example", [], now));
        Assert.Null(cap.WhyNot("a@b.example", Ago(1, 2, 61, 62), now));
        Assert.Contains("hour", cap.WhyNot("a@b.example", Ago(1, 2, 59), now)!.ToString());
        Assert.Contains("24 hours", cap.WhyNot("a@b.example", Ago([.. Enumerable.Range(1, 10).Select(i => i * 90)]), now)!.ToString());
    }

    [Theory, OnSqlite]
    public async Task Two_desks_that_write_to_each_other_fall_silent_after_two_messages(string database)
    {
        await using var a = await TestHouse.OpenAsync(database, "--PublicUrl", "https://a.example");
        await using var b = await TestHouse.OpenAsync(database, "--PublicUrl", "https://b.example");
        await BefriendAsync(a, "complaints@b.example");
        var complaint = await Outbox.ComplaintAsync(a);
        await Outbox.AcknowledgeAsync(a, complaint);

        var passed = await PassAsync(a, b, raw => raw);
        Assert.Equal(2, passed);
        Assert.Equal(1, await b.WithAsync(db => db.Complaints.CountAsync()));
        Assert.Equal(1, await a.WithAsync(db => db.Complaints.CountAsync()));
        Assert.Contains((await Outbox.ComplaintAsync(a, complaint)).Timeline, e => e.Kind == EntryKind.AutomaticMail);
    }

    [Theory, OnSqlite]
    public async Task Even_where_a_gateway_takes_the_signs_away_the_cap_ends_it(string database)
    {
        await using var a = await TestHouse.OpenAsync(database, "--PublicUrl", "https://a.example");
        await using var b = await TestHouse.OpenAsync(database, "--PublicUrl", "https://b.example");
        await BefriendAsync(a, "complaints@b.example");
        await Outbox.AcknowledgeAsync(a, await Outbox.ComplaintAsync(a));
        var passed = await PassAsync(
            a,
            b,
            raw =>
                raw.Replace("Auto-Submitted:", "X-Gone:", StringComparison.Ordinal)
                    .Replace("X-Auto-Response-Suppress:", "X-Gone-Too:", StringComparison.Ordinal)
                    .Replace("In-Reply-To:", "X-Gone-Too:", StringComparison.Ordinal)
                    .Replace("References:", "X-Gone-Too:", StringComparison.Ordinal)
        );
        Assert.InRange(passed, 2, 8);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_reports_our_mail_as_unwanted_gets_none_and_the_agent_is_told(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        await ComeInAsync(
            house,
            Report(sent.MessageId, "feedback-report", "message/feedback-report", "Feedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\n")
        );

        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Null(complaint.Customer.UsableMail);
        Assert.Contains(complaint.Timeline, e => e.Kind == EntryKind.MailProblem);
        Assert.Single(complaint.Tasks, t => t.Kind == TaskKind.CallInstead);

        var next = await Outbox.ReceiptAsync(house, id, n: 7, to: "grace@customer.example");
        var transport = new RecordingTransport();
        await Outbox.SendAsync(house, transport);
        Assert.Empty(transport.Sent);
        Assert.Equal(DeliveryState.Failed, (await Outbox.DeliveryAsync(house, next)).State);

        await ComeInAsync(house, Report("nobody@knows.example", "feedback-report", "message/feedback-report", "Feedback-Type: abuse\n"));
        Assert.Single((await Outbox.ComplaintAsync(house, id)).Tasks);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_late_mail_only_shows_and_an_arrived_one_shows_on_its_delivery(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        await ComeInAsync(house, Dsn(sent.MessageId, "delayed", "4.4.1"));
        await Outbox.TellAsync(house);
        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Acknowledged, complaint.State);
        Assert.Empty(complaint.Tasks);
        Assert.NotNull(complaint.Customer.UsableMail);
        Assert.Contains(complaint.Timeline, e => e.Content!.Body.Sentence.ToString().Contains("is late", StringComparison.Ordinal));

        await ComeInAsync(house, Dsn(sent.MessageId, "delivered", "2.0.0"));
        Assert.Equal(house.Now, (await Outbox.DeliveryAsync(house, sent.Id)).ArrivedAt);
        using var sen = await house.SignInAsync("Sen");
        Assert.Contains("arrived", await sen.GetAsync($"/complaints/{complaint.Reference}"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_resolution_letter_that_comes_back_takes_the_resolution_back_and_every_clock_runs_on(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var sen = await house.ActorAsync("Sen");
        var before = DateTime.MinValue;
        var message = await house.WithAsync(
            async (db, s) =>
            {
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var complaint = await Outbox.LoadAsync(db, id);
                before = complaint.Clocks.Single(c => c.Name == ClockName.Resolve).DueAt;
                complaint.Acknowledge(sen, house.Now, new Statement(Channel.Phone, "Called."), book);
                complaint.Apologize(sen, house.Now, new Apology(false, "We charged twice."), new Statement(Channel.Phone, "Sorry."));
                var key = $"resolution:{id}:1:1";
                complaint.Resolve(
                    sen,
                    house.Now,
                    new Resolution(
                        "Refunded.",
                        Remedy.Explanation,
                        null,
                        (await db.RootCauses.FirstAsync()).Id,
                        null,
                        null,
                        Outcome.Upheld
                    ),
                    new Statement(Channel.Email, "It is refunded."),
                    null,
                    book,
                    key
                );
                var written = await Outbox.WriteAsync(
                    s,
                    complaint,
                    key,
                    MailPurpose.Resolution,
                    personWrote: true,
                    author: sen.StaffId,
                    step: (int)Verb.Resolve
                );
                await db.SaveChangesAsync();
                return written!.Id;
            }
        );
        await Outbox.SendAsync(house, new SandboxTransport());
        await Outbox.TellAsync(house);
        var sent = await house.WithAsync(db => db.OutMessages.AsNoTracking().SingleAsync(m => m.Id == message));
        await ComeInAsync(house, SandboxPost.Bounce(sent, "grace@customer.example", "desk@desk.example", house.Now));
        await Outbox.TellAsync(house);

        var after = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Apologized, after.State);
        var clock = after.Clocks.Single(c => c.Name == ClockName.Resolve);
        Assert.Equal((ClockState.Running, before), (clock.State, clock.DueAt));
        Assert.Single(after.Tasks, t => t.Kind == TaskKind.CallInstead);
        Assert.Null(after.Customer.UsableMail);
    }

    [Theory, OnSqlite]
    public async Task A_mail_from_our_own_address_is_set_aside(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var own = await house.AskAsync(async (MailDoor door) => (await door.OpenAsync()).SenderAddress);
        var message = await ComeInAsync(house, Letter(own, "Hello me"));
        Assert.Equal(InState.Quarantined, message.State);
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    private static Task<int> ReceiptsAsync(TestHouse house) =>
        house.WithAsync(db => db.OutMessages.CountAsync(m => m.Purpose == MailPurpose.Receipt));

    private static Task BefriendAsync(TestHouse house, string address) =>
        house.WithAsync(
            async (db, _) =>
            {
                var point = await db.ContactPoints.SingleAsync(p => p.Value == "grace@customer.example");
                (point.Value, point.Normalised) = (address, address);
                await db.SaveChangesAsync();
            }
        );

    /// <summary>Passes every mail one house sends to the other until both are silent; how many were passed.</summary>
    private static async Task<int> PassAsync(TestHouse a, TestHouse b, Func<string, string> gateway)
    {
        var seen = new HashSet<string>();
        for (var round = 0; round < 12; round++)
        {
            foreach (var (from, to, host) in new[] { (a, b, "@b.example"), (b, a, "@a.example") })
            {
                from.Clock.Pass(TimeSpan.FromMinutes(1));
                await from.AskAsync((OutboxRun run) => run.RunAsync());
                await from.AskAsync((DeliveryNews news) => news.RunAsync());
                var mails = await from.WithAsync(db =>
                    db.OutDeliveries.Where(d => d.State == DeliveryState.Sent && d.Recipient.EndsWith(host))
                        .Select(d => new { d.Message!.MessageId, d.Message.Bytes })
                        .ToListAsync()
                );
                foreach (var mail in mails.Where(m => seen.Add(m.MessageId)))
                {
                    await ComeInAsync(to, Encoding.UTF8.GetBytes(gateway(Encoding.UTF8.GetString(mail.Bytes!))));
                }
            }
        }

        return seen.Count;
    }

    private static async Task<(long Complaint, OutMessage Sent)> SentAsync(TestHouse house)
    {
        var id = await Outbox.ComplaintAsync(house);
        var message = await Outbox.AcknowledgeAsync(house, id);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await Outbox.SendAsync(house, new SandboxTransport());
        await Outbox.TellAsync(house);
        return (id, await house.WithAsync(db => db.OutMessages.AsNoTracking().SingleAsync(m => m.Id == message)));
    }

    private static async Task<InMessage> ComeInAsync(TestHouse house, byte[] raw)
    {
        var uid = await house.WithAsync(db => db.InMessages.CountAsync()) + 1;
        var id = await house.AskAsync((InboxStore store) => store.StoreAsync(InboxStore.Sandbox, 1, uid, raw));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        return await house.WithAsync(db => db.InMessages.AsNoTracking().SingleAsync(m => m.Id == id));
    }

    private static byte[] Letter(string from, string subject) =>
        MailWriter.Write(
            new MailToWrite
            {
                From = new Correspondent(from),
                To = new Correspondent("complaints@desk.example"),
                Subject = subject,
                Text = $"It is about {subject}.",
                MessageId = MessageIds.For(Guid.NewGuid(), "elsewhere.example"),
                Date = LittleWorld.Monday,
            }
        );

    private static byte[] Dsn(string messageId, string action, string status) =>
        Report(
            messageId,
            "delivery-status",
            "message/delivery-status",
            $"Reporting-MTA: dns; mx.customer.example\n\nFinal-Recipient: rfc822; grace@customer.example\nAction: {action}\nStatus: {status}\n"
        );

    private static byte[] Report(string messageId, string kind, string type, string fields) =>
        Encoding.ASCII.GetBytes(
            string.Join(
                    "\n",
                    "From: Mail Delivery <mailer-daemon@customer.example>",
                    "To: complaints@desk.example",
                    "Subject: A report",
                    $"Message-ID: <{Guid.NewGuid():N}@customer.example>",
                    "Date: Mon, 23 Nov 2026 10:00:00 +0000",
                    "MIME-Version: 1.0",
                    $"Content-Type: multipart/report; report-type={kind}; boundary=\"b\"",
                    "",
                    "--b",
                    "Content-Type: text/plain",
                    "",
                    "This is a report.",
                    "",
                    "--b",
                    $"Content-Type: {type}",
                    "",
                    fields,
                    "--b",
                    "Content-Type: text/rfc822-headers",
                    "",
                    $"Message-ID: <{messageId}>",
                    "",
                    "--b--",
                    ""
                )
                .ReplaceLineEndings("\r\n")
        );
}
