using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Mail;

public sealed class OutboxTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_mail_waits_for_its_undo_time_then_leaves_once_and_the_complaint_learns_of_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        await Outbox.AcknowledgeAsync(house, id);
        var transport = new RecordingTransport();

        Assert.Equal(0, await Outbox.SendAsync(house, transport));
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await Outbox.SendAsync(house, transport));
        Assert.Equal(0, await Outbox.SendAsync(house, transport));
        Assert.Equal(1, await Outbox.TellAsync(house));
        Assert.Equal(0, await Outbox.TellAsync(house));

        Assert.Equal("grace@customer.example", Assert.Single(transport.Sent).Recipient);
        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Acknowledged, complaint.State);
        var said = Assert.Single(complaint.Timeline, e => e.Kind == EntryKind.Mail).Content!.Body.Sentence.ToString();
        Assert.Equal("Acknowledgement sent to grace@customer.example: 250 ok", said);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_mail_no_person_wrote_says_that_it_is_automatic(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        await Outbox.ReceiptAsync(house, id);
        var transport = new RecordingTransport();
        await Outbox.SendAsync(house, transport);
        await Outbox.AcknowledgeAsync(house, id);
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await Outbox.SendAsync(house, transport);

        var (receipt, letter) = (MailReader.Read(transport.Sent.First().Bytes), MailReader.Read(transport.Sent.Last().Bytes));
        Assert.Equal("auto-generated", receipt.Header("Auto-Submitted"));
        Assert.Null(letter.Header("Auto-Submitted"));
        Assert.Null(letter.Header("X-Auto-Response-Suppress"));
        Assert.Equal(receipt.MessageId, Assert.Single(letter.InReplyTo));
        Assert.Equal("complaints@desk.example", letter.From[0].Address);
    }

    [Theory, OnPostgres]
    public async Task Two_nodes_send_every_mail_exactly_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var second = await house.SecondNodeAsync();
        for (var i = 0; i < 20; i++)
        {
            await Outbox.ReceiptAsync(house, await Outbox.ComplaintAsync(house));
        }

        var transport = new RecordingTransport();
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(n => Outbox.SendAsync(house, transport, $"node{n}", n % 2 == 0 ? house.Services : second.Services))
        );

        Assert.Equal(20, counts.Sum());
        Assert.Equal(20, transport.Sent.Count);
        Assert.Equal(20, transport.Sent.Select(s => MailReader.Read(s.Bytes).MessageId).Distinct().Count());
        await second.StopAsync();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task After_a_crash_a_receipt_is_sent_again_with_the_same_bytes(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var message = await Outbox.ReceiptAsync(house, await Outbox.ComplaintAsync(house));
        var transport = new RecordingTransport();
        await Outbox.SendAsync(house, transport);
        house.Clock.Pass(TimeSpan.FromMinutes(5));
        await CrashAsync(house, message);

        Assert.Equal(1, await Outbox.SendAsync(house, transport));

        Assert.Equal(transport.Sent.First().Bytes, transport.Sent.Last().Bytes);
        Assert.Equal(2, transport.Sent.Count);
        Assert.Equal(DeliveryState.Sent, (await Outbox.DeliveryAsync(house, message)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task After_a_crash_a_person_is_asked_about_what_a_person_wrote_and_decides(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var message = await Outbox.AcknowledgeAsync(house, id);
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await CrashAsync(house, message);
        var transport = new RecordingTransport();

        await Outbox.SendAsync(house, transport);
        await Outbox.TellAsync(house);

        Assert.Empty(transport.Sent);
        var delivery = await Outbox.DeliveryAsync(house, message);
        Assert.Equal(DeliveryState.Asked, delivery.State);
        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Acknowledged, complaint.State);
        Assert.Equal(complaint.OwnerId, Assert.Single(complaint.Tasks, t => t.Kind == TaskKind.MailQuestion).OwnerId);

        var sen = await house.ActorAsync("Sen");
        await house.AskAsync(
            async (MailQuestions questions) =>
            {
                await questions.SendAgainAsync(delivery.Id, sen);
                await Assert.ThrowsAsync<Refusal>(() => questions.CountAsSentAsync(delivery.Id, sen));
                return 0;
            }
        );
        await Outbox.SendAsync(house, transport);
        Assert.Single(transport.Sent);
        Assert.NotNull((await Outbox.ComplaintAsync(house, id)).Tasks.Single(t => t.Kind == TaskKind.MailQuestion).DoneAt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Undo_takes_the_step_back_and_is_too_late_once_sending_began(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var first = await Outbox.AcknowledgeAsync(house, id);
        await UndoAsync(house, first);

        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Received, complaint.State);
        Assert.Null(complaint.LastPersonContactAt);
        Assert.Equal(ClockState.Running, complaint.Clocks.Single(c => c.Name == ClockName.Acknowledge).State);
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        var transport = new RecordingTransport();
        await Outbox.SendAsync(house, transport);
        Assert.Empty(transport.Sent);

        var second = await Outbox.AcknowledgeAsync(house, id);
        house.Clock.Pass(TimeSpan.FromSeconds(20));
        await Outbox.SendAsync(house, transport);
        await Assert.ThrowsAsync<Refusal>(() => UndoAsync(house, second));
        Assert.Equal(State.Acknowledged, (await Outbox.ComplaintAsync(house, id)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_undo_and_sending_at_the_same_moment_exactly_one_wins(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var i = 0; i < 8; i++)
        {
            var id = await Outbox.ComplaintAsync(house);
            var message = await Outbox.AcknowledgeAsync(house, id);
            house.Clock.Pass(TimeSpan.FromSeconds(15));
            var transport = new RecordingTransport();
            var sending = Task.Run(() => Outbox.SendAsync(house, transport));
            var undoing = Task.Run(async () =>
            {
                try
                {
                    await UndoAsync(house, message);
                    return true;
                }
                catch (Refusal)
                {
                    return false;
                }
            });
            await Task.WhenAll(sending, undoing);
            Assert.Equal(await undoing ? 0 : 1, transport.Sent.Count);
            Assert.Equal(await undoing ? State.Received : State.Acknowledged, (await Outbox.ComplaintAsync(house, id)).State);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_server_that_says_later_is_asked_again_with_growing_pauses(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var message = await Outbox.ReceiptAsync(house, await Outbox.ComplaintAsync(house));
        var transport = new RecordingTransport { Answer = r => new(r, DeliveryResult.TemporaryFailure, "451 4.7.1 come back later") };

        await Outbox.SendAsync(house, transport);
        var first = await Outbox.DeliveryAsync(house, message);
        Assert.Equal((DeliveryState.Waiting, house.Now.AddMinutes(1)), (first.State, first.NextTryAt));
        Assert.Equal(0, await Outbox.SendAsync(house, transport));

        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await Outbox.SendAsync(house, transport);
        Assert.Equal(house.Now.AddMinutes(2), (await Outbox.DeliveryAsync(house, message)).NextTryAt);

        for (var i = 0; i < 100 && (await Outbox.DeliveryAsync(house, message)).State == DeliveryState.Waiting; i++)
        {
            house.Clock.Pass(TimeSpan.FromHours(4));
            await Outbox.SendAsync(house, transport);
        }

        var last = await Outbox.DeliveryAsync(house, message);
        Assert.Equal(DeliveryState.Failed, last.State);
        Assert.False(last.AddressBad);
        Assert.InRange(last.SettledAt!.Value - LittleWorld.Monday, TimeSpan.FromDays(5), TimeSpan.FromDays(5.2));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_refused_address_takes_the_acknowledgement_back_and_makes_a_phone_task(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        await Outbox.AcknowledgeAsync(house, id);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        var transport = new RecordingTransport { Answer = r => new(r, DeliveryResult.PermanentFailure, "550 5.1.1 no such user") };
        await Outbox.SendAsync(house, transport);
        await Outbox.TellAsync(house);

        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Received, complaint.State);
        Assert.Null(complaint.LastPersonContactAt);
        Assert.Contains(
            complaint.Timeline,
            e => e.Kind == EntryKind.MailProblem && e.Content!.Body.Sentence.ToString().Contains("550 5.1.1")
        );
        Assert.Contains(complaint.Timeline, e => e.Kind == EntryKind.TakenBack);
        Assert.Single(complaint.Tasks, t => t.Kind == TaskKind.CallInstead);
        Assert.Null(complaint.Customer.UsableMail);

        // Nothing more is sent to an address that came back.
        var next = await Outbox.ReceiptAsync(house, id, to: "grace@customer.example");
        await Outbox.SendAsync(house, transport);
        Assert.Single(transport.Sent);
        Assert.Equal(DeliveryState.Failed, (await Outbox.DeliveryAsync(house, next)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_thread_keeps_its_order_but_a_failed_mail_holds_nothing_up(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var (first, second) = (await Outbox.ReceiptAsync(house, id), await Outbox.ReceiptAsync(house, id, 2));
        var transport = new RecordingTransport { Answer = r => new(r, DeliveryResult.TemporaryFailure, "451 later") };

        Assert.Equal(1, await Outbox.SendAsync(house, transport)); // the second waits for the first
        transport.Answer = r => new(r, DeliveryResult.PermanentFailure, "552 5.2.2 mailbox full");
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await Outbox.SendAsync(house, transport));

        Assert.Equal(DeliveryState.Failed, (await Outbox.DeliveryAsync(house, first)).State);
        var (a, b) = (await IdAsync(house, first), await IdAsync(house, second));
        Assert.Equal([a, a, b], transport.Sent.Select(s => MailReader.Read(s.Bytes).MessageId!));
        Assert.Equal(DeliveryState.Failed, (await Outbox.DeliveryAsync(house, second)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_no_longer_owed_is_not_sent_and_says_why(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        await house.WithAsync(
            async (db, s) =>
            {
                await Outbox.WriteAsync(s, await Outbox.LoadAsync(db, id), $"survey:{id}:-:1:1", MailPurpose.Survey);
                await db.SaveChangesAsync();
            }
        );
        var transport = new RecordingTransport();
        await Outbox.SendAsync(house, transport);
        await Outbox.TellAsync(house);
        Assert.Empty(transport.Sent);
        var said = (await Outbox.ComplaintAsync(house, id)).Timeline.Single(e => e.Kind == EntryKind.Mail).Content!.Body.Sentence;
        Assert.Contains("nobody is asked about it any more", said.ToString());
    }

    [Fact]
    public async Task A_password_is_kept_encrypted_and_opens_only_with_its_key()
    {
        var folder = Directory.CreateTempSubdirectory("keys-");
        var (keys, other) = (new Keys(Path.Combine(folder.FullName, "a")), new Keys(Path.Combine(folder.FullName, "b")));
        var stored = SealedSecret.Seal(keys, "pass 密码");
        Assert.DoesNotContain("pass", stored);
        Assert.Equal("pass 密码", SealedSecret.Open(keys, stored));
        Assert.Null(SealedSecret.Open(other, stored));
        Assert.Null(SealedSecret.Open(keys, stored[..^4] + "AAAA"));
        await Task.Run(() => folder.Delete(recursive: true));
    }

    private static Task<string> IdAsync(TestHouse house, long message) =>
        house.WithAsync(db => db.OutMessages.Where(m => m.Id == message).Select(m => m.MessageId).SingleAsync());

    private static Task UndoAsync(TestHouse house, long message) =>
        house.WithAsync(
            async (db, s) =>
                await s.GetRequiredService<MailUndo>()
                    .UndoAsync(await db.OutMessages.AsNoTracking().SingleAsync(m => m.Id == message), await house.ActorAsync("Sen"))
        );

    // As a killed process leaves it: claimed, on its way, and the lease has run out.
    private static Task CrashAsync(TestHouse house, long message) =>
        house.WithAsync(db =>
            db.OutDeliveries.Where(d => d.MessageId == message)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(d => d.State, DeliveryState.Claimed)
                        .SetProperty(d => d.InFlight, true)
                        .SetProperty(d => d.ClaimedBy, "killed")
                        .SetProperty(d => d.SettledAt, (DateTime?)null)
                        .SetProperty(d => d.LeaseUntil, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc))
                        .SetProperty(d => d.NextTryAt, house.Now)
                )
        );
}
