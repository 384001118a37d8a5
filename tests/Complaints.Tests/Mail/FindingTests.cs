using System.Text;
using Complaints.Casework;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Mail;

public sealed class FindingTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_mail_to_the_complaints_own_address_finds_it_whatever_else_it_says(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, _) = await SentAsync(house);
        var address = await house.AskAsync((MailDoor door) => Task.FromResult(door.Plus.Write("complaints@desk.example", id)!));
        await ComeInAsync(house, Letter("grace@customer.example", "Hello", "It is me.", to: address));
        await ComeInAsync(
            house,
            [.. Encoding.ASCII.GetBytes($"Delivered-To: {address}\r\n"), .. Letter("grace@customer.example", "Hello", "Redirected.")]
        );
        await ComeInAsync(
            house,
            Letter("grace@customer.example", "Hello", "Forged.", to: address.Replace("+a", "+b", StringComparison.Ordinal))
        );

        Assert.Equal(["It is me.", "Redirected."], await HeardAsync(house, id));
    }

    [Fact]
    public void Answers_go_to_the_plus_address_only_where_the_mailbox_knows_them()
    {
        var plus = new PlusAddress(new PlusKey(1, new byte[32]));
        var way = new MailWay(new SandboxTransport(), "desk@shop.example", null, false);
        var mail = Out(7, 3);
        Assert.Null(MailForm.Of(mail, way, LittleWorld.Monday).ReplyTo);
        Assert.Equal(7, plus.Read(MailForm.Of(mail, way with { Plus = plus }, LittleWorld.Monday).ReplyTo!.Address));
        Assert.Null(MailForm.Of(Out(7, null), way with { Plus = plus }, LittleWorld.Monday).ReplyTo);
        Assert.EndsWith("[C-26-00482-7]", MailForm.Of(mail, way, LittleWorld.Monday).Text);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_marker_of_a_quoted_mail_lets_in_the_customer_and_nobody_else(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        var quoted = $"\n\n> Hello Grace,\n>\n> [{sent.Reference}]\n";
        await ComeInAsync(house, Letter("grace@customer.example", "(no subject)", "From my old phone." + quoted));
        await ComeInAsync(house, Letter("mallory@evil.example", "(no subject)", "Let me in." + quoted));

        Assert.Equal("From my old phone.", Assert.Single(await HeardAsync(house, id)));
        Assert.Equal(2, await house.WithAsync(db => db.Complaints.CountAsync()));
        Assert.DoesNotContain((await Outbox.ComplaintAsync(house, id)).Tasks, t => t.Kind == TaskKind.ReadAnswer);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_colleague_of_the_customer_is_offered_to_the_agent_and_joins_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);
        await ComeInAsync(
            house,
            SandboxPost.Answer(sent, "bob@customer.example", "desk@desk.example", "I take over from Grace.", house.Now)
        );

        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Empty(await HeardAsync(house, id));
        var other = await house.WithAsync(db => db.Complaints.SingleAsync(c => c.Id != id));
        Assert.Contains(other.Reference, KeptSentence.Read(Assert.Single(complaint.Tasks).Why).ToString());
    }

    [Theory, OnSqlite]
    public async Task Somebody_else_who_holds_our_mail_is_heard_but_answers_nothing_for_the_customer(string database)
    {
        await using var course = await FollowUp.Course.ResolvedAsync(database, "Grace Okafor");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        var mail = Assert.Single(await course.MailsAsync());
        await ComeInAsync(course.House, SandboxPost.Answer(mail, "grace@gmail.example", "desk@desk.example", "5", course.House.Now));
        Assert.Empty(await course.AnswersAsync());
        Assert.Equal(TaskKind.ReadAnswer, Assert.Single(await course.TasksAsync()).Kind);
    }

    [Fact]
    public void Sharing_a_free_mail_provider_makes_no_colleagues()
    {
        Assert.Equal(Standing.Known, InboundMatch.StandingOf("a@gmail.com", ["a@gmail.com"]));
        Assert.Equal(Standing.Stranger, InboundMatch.StandingOf("b@gmail.com", ["a@gmail.com"]));
        Assert.Equal(Standing.Stranger, InboundMatch.StandingOf("b@qq.com", ["a@qq.com"]));
        Assert.Equal(Standing.Colleague, InboundMatch.StandingOf("b@acme.example", ["a@acme.example"]));
        Assert.Equal(Standing.Stranger, InboundMatch.StandingOf("b@me.acme.example", ["a@acme.example"]));
        Assert.Equal(Standing.Stranger, InboundMatch.StandingOf("", ["a@acme.example"]));
    }

    [Theory, OnSqlite]
    public async Task Forwarded_copied_and_doubled_mail_is_decided_once_and_by_its_sender(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (id, sent) = await SentAsync(house);

        // Forwarded by the customer: theirs. Forwarded by a stranger: a complaint of its own, with a hint.
        var below = $"\n\n---------- Forwarded message ----------\nFrom: Sen\nSubject: {sent.Subject}\n\nHello";
        await ComeInAsync(house, Letter("grace@customer.example", $"Fwd: {sent.Subject}", "For your files." + below));
        await ComeInAsync(house, Letter("neighbour@else.example", $"Fwd: {sent.Subject}", "She gave me this." + below));
        Assert.Single(await HeardAsync(house, id));
        Assert.Equal(2, await house.WithAsync(db => db.Complaints.CountAsync()));

        // A copy to us of what the customer answers somebody else, and the same message through a second mailbox.
        var copy = SandboxPost.Answer(sent, "grace@customer.example", "lawyer@else.example", "See below.", house.Now);
        var first = await ComeInAsync(house, copy);
        var second = await house.AskAsync((InboxStore store) => store.StoreAsync("other", 1, 99, [.. "Received: by b\r\n"u8, .. copy]));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        Assert.Equal(first.Id, second);
        Assert.Equal(2, (await HeardAsync(house, id)).Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Staff_answer_the_customer_by_mail_from_their_own_address(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var notice = await NoticeAsync(house, id, "Sen");
        var read = await ComeInAsync(
            house,
            SandboxPost.Answer(notice, "Sen@desk.example", "desk@desk.example", "I refund it today.", house.Now)
        );

        Assert.Equal((InState.Read, id), (read.State, read.ComplaintId));
        var mail = await house.WithAsync(db => db.OutMessages.Include(m => m.Deliveries).SingleAsync(m => m.Purpose == MailPurpose.Reply));
        Assert.Contains("I refund it today.", mail.Text);
        Assert.DoesNotContain("INTERNAL", mail.Text);
        Assert.True(mail.PersonWrote);
        Assert.Equal("grace@customer.example", mail.Deliveries[0].Recipient);
        Assert.Contains(
            (await Outbox.ComplaintAsync(house, id)).Timeline,
            e => e.Kind == EntryKind.ContactOut && e.ActorId == mail.AuthorId
        );
    }

    [Theory, OnSqlite]
    public async Task What_staff_write_is_set_aside_where_it_is_not_theirs_to_send(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var notice = await NoticeAsync(house, id, "Sen");
        var toWen = await NoticeAsync(house, id, "Wen"); // Shanghai may not work on a complaint of North
        byte[] Answer(OutMessage mail, string name, string words) =>
            SandboxPost.Answer(mail, LittleWorld.Mail(name), "desk@desk.example", words, house.Now);

        foreach (
            var raw in new[]
            {
                Answer(notice, "Jun", "Not my notice."),
                Answer(toWen, "Wen", "Not my unit."),
                Answer(notice, "Sen", "See: " + notice.Text),
                Answer(notice, "Sen", ""),
            }
        )
        {
            var message = await ComeInAsync(house, raw);
            Assert.Equal(InState.Quarantined, message.State);
            Assert.NotNull(message.Why);
        }

        Assert.Equal(0, await house.WithAsync(db => db.OutMessages.CountAsync(m => m.Purpose == MailPurpose.Reply)));
    }

    private static Task<OutMessage> NoticeAsync(TestHouse house, long complaintId, string name) =>
        house.WithAsync(
            async (db, s) =>
            {
                var complaint = await Outbox.LoadAsync(db, complaintId);
                var message = await s.GetRequiredService<Letters>()
                    .WriteAsync(
                        new Letter
                        {
                            Key = $"escalation:{complaintId}:{name}",
                            Purpose = MailPurpose.EscalationNotice,
                            To = LittleWorld.Mail(name),
                            Language = Tongue.English,
                            ComplaintId = complaintId,
                            Reference = complaint.Reference,
                            Fields = new() { ["person"] = name, ["why"] = "INTERNAL: the acknowledgement is late by an hour" },
                        }
                    );
                await db.SaveChangesAsync();
                return message!;
            }
        );

    private static OutMessage Out(long complaintId, long? customerId) =>
        new()
        {
            Key = "k",
            Purpose = MailPurpose.Reply,
            ComplaintId = complaintId,
            CustomerId = customerId,
            Reference = "C-26-00482-7",
            SenderName = "The shop",
            MessageId = "a@b.example",
            Subject = "About it",
            Text = "Hello",
            Html = "",
            Deliveries = [new OutDelivery { Recipient = "grace@customer.example" }],
        };

    private static async Task<List<string?>> HeardAsync(TestHouse house, long id) =>
        [
            .. (await Outbox.ComplaintAsync(house, id))
                .Timeline.Where(e => e.Kind == EntryKind.ContactIn)
                .OrderBy(e => e.Seq)
                .Select(e => e.Content!.Body.Words),
        ];

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

    private static byte[] Letter(string from, string subject, string words, string to = "complaints@desk.example") =>
        MailWriter.Write(
            new MailToWrite
            {
                From = new Correspondent(from),
                To = new Correspondent(to),
                Subject = subject,
                Text = words,
                MessageId = MessageIds.For(Guid.NewGuid(), "elsewhere.example"),
                Date = LittleWorld.Monday,
            }
        );
}
