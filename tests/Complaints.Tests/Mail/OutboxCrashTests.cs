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

/// <summary>A process killed while it sends, and undo against sending: never twice, never lost, and exactly one wins.</summary>
public sealed class OutboxCrashTests
{
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
