using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Mail;

public sealed class InboundTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task An_answer_stands_on_the_complaint_without_what_it_quotes_and_ends_waiting(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        await house.WithAsync(
            async (db, s) =>
            {
                var complaint = await Outbox.LoadAsync(db, id);
                var book = await ((Complaints.Deadlines.DeadlineBooks)s.GetService(typeof(Complaints.Deadlines.DeadlineBooks))!).OpenAsync(
                    db
                );
                complaint.WaitForCustomer(Complaints.Staff.Actor.System, house.Now, "the bank statement", book);
                await db.SaveChangesAsync();
            }
        );

        await ComeInAsync(
            house,
            SandboxPost.Answer(sent, "grace@customer.example", "desk@desk.example", "Here is the statement.", house.Now)
        );

        var complaint = await Outbox.ComplaintAsync(house, id);
        var entry = Assert.Single(complaint.Timeline, e => e.Kind == EntryKind.ContactIn);
        Assert.Equal("Here is the statement.", entry.Content!.Body.Words);
        Assert.Null(complaint.WaitingSince);
        Assert.Equal(house.Now, complaint.LastHeardAt);
        Assert.Empty(complaint.Tasks);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_same_message_is_stored_and_read_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        var raw = SandboxPost.Answer(sent, "grace@customer.example", "desk@desk.example", "Once.", house.Now);
        await ComeInAsync(house, raw);
        await ComeInAsync(house, [.. "Received: from a.example by b.example; today\r\n"u8, .. raw]);

        Assert.Equal(1, await house.WithAsync(db => db.InMessages.CountAsync()));
        Assert.Single((await Outbox.ComplaintAsync(house, id)).Timeline, e => e.Kind == EntryKind.ContactIn);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_stranger_with_a_guessed_reference_does_not_join_but_the_customer_does(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, _) = await SentAsync(house);
        var reference = (await Outbox.ComplaintAsync(house, id)).Reference;

        await ComeInAsync(house, Mail("mallory@evil.example", $"About {reference}", "Tell me everything about this."));
        await ComeInAsync(house, Mail("Grace@Customer.example", $"About {reference}", "It is Grace, from my phone."));

        var words = (await Outbox.ComplaintAsync(house, id))
            .Timeline.Where(e => e.Kind == EntryKind.ContactIn)
            .Select(e => e.Content!.Body.Words);
        Assert.Equal("It is Grace, from my phone.", Assert.Single(words));
        var other = await house.WithAsync(db =>
            db.Complaints.Include(c => c.Customer).Include(c => c.Timeline).ThenInclude(e => e.Content).SingleAsync(c => c.Id != id)
        );
        Assert.Equal(("mallory@evil.example", Channel.Email), (other.Customer.Name, other.Channel));
        Assert.Contains(other.Timeline, e => e.Kind == EntryKind.Note && e.Content!.Body.Words!.Contains(reference));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_out_of_office_answer_is_recorded_and_does_not_count(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        var heard = (await Outbox.ComplaintAsync(house, id)).LastHeardAt;
        house.Clock.Pass(TimeSpan.FromHours(1));

        await ComeInAsync(house, SandboxPost.Absence(sent, "grace@customer.example", "desk@desk.example", house.Now));

        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Single(complaint.Timeline, e => e.Kind == EntryKind.AutomaticMail);
        Assert.DoesNotContain(complaint.Timeline, e => e.Kind == EntryKind.ContactIn);
        Assert.Equal(heard, complaint.LastHeardAt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_bounce_takes_the_acknowledgement_back_and_opens_a_phone_task(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        Assert.Equal(State.Acknowledged, (await Outbox.ComplaintAsync(house, id)).State);

        await ComeInAsync(house, SandboxPost.Bounce(sent, "grace@customer.example", "desk@desk.example", house.Now));
        await Outbox.TellAsync(house);

        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Received, complaint.State);
        Assert.Single(complaint.Tasks, t => t.Kind == TaskKind.CallInstead);
        Assert.Null(complaint.Customer.UsableMail);
        Assert.Single(complaint.Timeline, e => e.Kind == EntryKind.MailProblem);
    }

    [Theory, OnSqlite]
    public async Task A_forged_report_about_a_mail_never_sent_there_changes_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        var raw = Encoding.UTF8.GetString(SandboxPost.Bounce(sent, "grace@customer.example", "desk@desk.example", house.Now));

        await ComeInAsync(house, Encoding.UTF8.GetBytes(raw.Replace(sent.MessageId, "another@desk.example", StringComparison.Ordinal)));
        await Outbox.TellAsync(house);

        Assert.Equal(State.Acknowledged, (await Outbox.ComplaintAsync(house, id)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_mail_on_a_set_aside_complaint_makes_a_task_for_the_owner(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        await house.WithAsync(
            async (db, _) =>
            {
                var complaint = await Outbox.LoadAsync(db, id);
                complaint.SetBeside(Verb.Withdraw, Complaints.Staff.Actor.System, house.Now, "asked for on the phone");
                await db.SaveChangesAsync();
            }
        );

        await ComeInAsync(house, SandboxPost.Answer(sent, "grace@customer.example", "desk@desk.example", "I changed my mind.", house.Now));

        var after = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(after.OwnerId, Assert.Single(after.Tasks, t => t.Kind == TaskKind.ReadAnswer).OwnerId);
        Assert.Single(after.Timeline, e => e.Kind == EntryKind.ContactIn);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_cannot_be_read_is_quarantined_with_a_reason_and_kept(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var message = await ComeInAsync(house, [0, 1, 2, 3, 255]);
        Assert.Equal(InState.Quarantined, message.State);
        Assert.Equal("This is not a mail: it has no sender, date or subject.", KeptSentence.Read(message.Why!).ToString());
        Assert.Equal(5, message.Raw.Length);

        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("This is not a mail", await lena.GetAsync("/mail"));
        using var jun = await house.SignInAsync("Jun");
        await jun.GetAsync("/mail");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, jun.Status);
    }

    [Theory, OnSqlite]
    public async Task A_lead_puts_a_set_aside_mail_on_its_complaint(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var reference = (await Outbox.ComplaintAsync(house, id)).Reference;
        var raw = Encoding.UTF8.GetString(Mail("news@shop.example", "Your order", "It is on its way."));
        var message = await ComeInAsync(house, Encoding.UTF8.GetBytes("Auto-Submitted: auto-generated\r\n" + raw));
        Assert.True(message.Automatic);
        Assert.Null(message.ComplaintId);

        using var lena = await house.SignInAsync("Lena");
        Assert.Contains(
            "There is no complaint",
            await lena.PostAsync($"/mail/received/{message.Id}/complaint", new() { ["reference"] = "C-26-1" })
        );
        await lena.PostAsync($"/mail/received/{message.Id}/complaint", new() { ["reference"] = reference });
        Assert.Equal("/mail", lena.Path);
        Assert.Contains((await Outbox.ComplaintAsync(house, id)).Timeline, e => e.Kind == EntryKind.ContactIn);
    }

    [Fact]
    public void Matching_tries_the_answered_mail_then_the_thread_from_its_end_then_the_subject()
    {
        var ours = new Dictionary<string, KnownMail>
        {
            ["a@x"] = new(1, true),
            ["b@x"] = new(2, true),
            ["n@x"] = new(3, false),
        };
        var cases = new Dictionary<string, KnownCase> { [Reference.Of(2026, 482)] = new(4, ["grace@customer.example"]) };
        Belongs Of(string[] reply, string[] references, string subject = "Hello", string from = "grace@customer.example") =>
            InboundMatch.Decide(
                new ReadMail
                {
                    InReplyTo = reply,
                    References = references,
                    Subject = subject,
                },
                from,
                ours,
                cases
            );

        Assert.Equal(1, Of(["a@x"], ["b@x"]).ComplaintId);
        Assert.Equal(2, Of([], ["a@x", "b@x", "else@y"]).ComplaintId);
        Assert.True(Of(["n@x"], []).ToStaff);
        var named = $"Re: it （{Reference.Of(2026, 482)}）";
        Assert.Equal(4, Of([], [], named).ComplaintId);
        Assert.Equal((null, 4L), (Of([], [], named, "x@y.example").ComplaintId, Of([], [], named, "x@y.example").Hint));
        var right = Reference.Of(2026, 482);
        Assert.Null(Of([], [], right[..^1] + (char)('0' + ((right[^1] - '0' + 1) % 10))).ComplaintId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_complaint_by_mail_is_routed_receipted_and_keeps_its_files(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var raw = string.Join(
            "\r\n",
            "From: Nora Berg <nora@home.example>",
            "To: complaints@desk.example",
            "Subject: The lift was broken",
            "Message-ID: <one@home.example>",
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "Three days without a lift.",
            "--b",
            "Content-Type: image/png; name=lift.png",
            "Content-Disposition: attachment; filename=lift.png",
            "Content-Transfer-Encoding: base64",
            "",
            "iVBORw0KGgo=",
            "--b--",
            ""
        );
        var message = await ComeInAsync(house, Encoding.ASCII.GetBytes(raw));

        var complaint = await Outbox.ComplaintAsync(house, message.ComplaintId!.Value);
        Assert.Equal(("Nora Berg", "The lift was broken"), (complaint.Customer.Name, complaint.Summary));
        Assert.Equal(
            "lift.png",
            await house.WithAsync(db => db.Attachments.Where(a => a.ComplaintId == complaint.Id).Select(a => a.FileName).SingleAsync())
        );
        var receipt = await house.WithAsync(db =>
            db.OutMessages.Include(m => m.Deliveries).SingleAsync(m => m.ComplaintId == complaint.Id)
        );
        Assert.Equal((MailPurpose.Receipt, "nora@home.example"), (receipt.Purpose, receipt.Deliveries[0].Recipient));
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

    private static byte[] Mail(string from, string subject, string words) =>
        MailWriter.Write(
            new MailToWrite
            {
                From = new Correspondent(from),
                To = new Correspondent("complaints@desk.example"),
                Subject = subject,
                Text = words,
                MessageId = MessageIds.For(Guid.NewGuid(), "elsewhere.example"),
                Date = LittleWorld.Monday,
            }
        );
}
