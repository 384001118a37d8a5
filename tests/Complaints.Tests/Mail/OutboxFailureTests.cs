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

/// <summary>Servers that refuse or put off, and what order is kept meanwhile.</summary>
public sealed class OutboxFailureTests
{
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

    private static Task<string> IdAsync(TestHouse house, long message) =>
        house.WithAsync(db => db.OutMessages.Where(m => m.Id == message).Select(m => m.MessageId).SingleAsync());
}
