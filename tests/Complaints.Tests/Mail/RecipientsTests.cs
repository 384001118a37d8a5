using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Mail;

/// <summary>Each recipient has an outcome of its own, and only the customer's decides about the step.</summary>
public sealed class RecipientsTests
{
    private const string Anna = "anna@partner.example";
    private const string Bob = "bob@partner.example";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_refused_copy_and_a_deferred_one_keep_the_mail_from_nobody(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new LittleSmtp
        {
            Refuses = a =>
                a == Anna ? "550 5.1.1 no such user"
                : a == Bob ? "450 4.2.1 greylisted"
                : null,
        };
        var id = await Outbox.ComplaintAsync(house);
        var message = await AcknowledgeAsync(house, id, Anna, Bob);

        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await Outbox.SendAsync(house, server.Transport);
        await Outbox.TellAsync(house);

        var (grace, anna, bob) = await ToAsync(house, message);
        Assert.Equal((DeliveryState.Sent, "250 2.0.0 queued as 1"), (grace.State, grace.Reply));
        Assert.Equal((DeliveryState.Failed, "550 5.1.1 no such user", true), (anna.State, anna.Reply, anna.AddressBad));
        Assert.Equal((DeliveryState.Waiting, house.Now.AddMinutes(1)), (bob.State, bob.NextTryAt));
        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Acknowledged, complaint.State);
        Assert.DoesNotContain(complaint.Tasks, t => t.Kind == TaskKind.CallInstead);
        Assert.NotNull((await ParticipantAsync(house, Anna)).BouncedAt);

        server.Refuses = _ => null;
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Outbox.SendAsync(house, server.Transport));
        Assert.Equal(["grace@customer.example", Bob], server.Taken.Select(t => t.Recipient));
        Assert.Equal(server.Taken.First().Bytes, server.Taken.Last().Bytes); // and so with the same Message-ID
        var read = MailReader.Read(server.Taken.Last().Bytes);
        Assert.Equal("grace@customer.example", Assert.Single(read.To).Address);
        Assert.Equal([Anna, Bob], read.Cc.Select(c => c.Address));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_refused_customer_takes_the_step_back_though_the_copy_arrived(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new LittleSmtp
        {
            Refuses = a => a.StartsWith("grace", StringComparison.Ordinal) ? "550 5.1.1 gone" : null,
        };
        var id = await Outbox.ComplaintAsync(house);
        await AcknowledgeAsync(house, id, Anna, Bob);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await Outbox.SendAsync(house, server.Transport);
        await Outbox.TellAsync(house);

        Assert.Equal([Anna, Bob], server.Taken.Select(t => t.Recipient));
        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Received, complaint.State);
        Assert.Single(complaint.Tasks, t => t.Kind == TaskKind.CallInstead);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_bounce_marks_the_recipient_it_is_about_and_nobody_else(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new LittleSmtp();
        var id = await Outbox.ComplaintAsync(house);
        var message = await AcknowledgeAsync(house, id, Anna, Bob);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await Outbox.SendAsync(house, server.Transport);
        await Outbox.TellAsync(house);
        await ComeInAsync(house, SandboxPost.Bounce(await MessageAsync(house, message), Bob, "desk@desk.example", house.Now));
        await Outbox.TellAsync(house);

        var (grace, anna, bob) = await ToAsync(house, message);
        Assert.Equal((DeliveryState.Sent, DeliveryState.Sent, DeliveryState.Failed), (grace.State, anna.State, bob.State));
        Assert.Equal(house.Now, bob.BouncedAt);
        Assert.Null(anna.BouncedAt);
        Assert.NotNull((await ParticipantAsync(house, Bob)).BouncedAt);
        Assert.Null((await ParticipantAsync(house, Anna)).BouncedAt);
        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal(State.Acknowledged, complaint.State);
        Assert.NotNull(complaint.Customer.UsableMail);

        // Nothing more goes to Bob on this complaint; the others still get theirs.
        var next = await AcknowledgeAsync(house, await AgainAsync(house, id), Anna, Bob, join: false);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await Outbox.SendAsync(house, server.Transport);
        Assert.Equal(5, server.Taken.Count);
        Assert.Equal(DeliveryState.Failed, (await ToAsync(house, next)).Bob.State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_copy_that_is_put_off_holds_up_only_what_goes_to_the_same_address(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new LittleSmtp { Refuses = a => a == Bob ? "450 4.2.1 later" : null };
        var id = await Outbox.ComplaintAsync(house);
        await AcknowledgeAsync(house, id, Anna, Bob);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await Outbox.SendAsync(house, server.Transport);
        await AcknowledgeAsync(house, await AgainAsync(house, id), Anna, Bob, join: false);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await Outbox.SendAsync(house, server.Transport);

        Assert.Equal(["grace@customer.example", Anna, "grace@customer.example", Anna], server.Taken.Select(t => t.Recipient));
        server.Refuses = _ => null;
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await Outbox.SendAsync(house, server.Transport);
        var bobs = server.Taken.Where(t => t.Recipient == Bob).Select(t => MailReader.Read(t.Bytes).MessageId).ToList();
        Assert.Equal(server.Taken.Where(t => t.Recipient == Anna).Select(t => MailReader.Read(t.Bytes).MessageId), bobs);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_was_copied_in_is_known_there_and_answers_for_nobody_but_themselves(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        await AcknowledgeAsync(house, id, Anna, Bob);
        var reference = (await Outbox.ComplaintAsync(house, id)).Reference;
        await ComeInAsync(house, Letter("Anna Ash <anna@partner.example>", $"About {reference}", "The invoice was ours."));
        await ComeInAsync(house, Letter("carol@partner.example", $"About {reference}", "Mine too."));

        var complaint = await Outbox.ComplaintAsync(house, id);
        var heard = Assert.Single(complaint.Timeline, e => e.Kind == EntryKind.ContactIn);
        Assert.Equal("The invoice was ours.", heard.Content!.Body.Words);
        Assert.Equal(2, await house.WithAsync(db => db.Complaints.CountAsync())); // Carol is a stranger
        Assert.Equal("Anna Ash", (await house.WithAsync(async db => await LastWords.OfAsync(db, await Outbox.LoadAsync(db, id))))!.From);
    }

    private static Task<long> AgainAsync(TestHouse house, long id) =>
        house.WithAsync(
            async (db, s) =>
            {
                var book = await ((Complaints.Deadlines.DeadlineBooks)s.GetService(typeof(Complaints.Deadlines.DeadlineBooks))!).OpenAsync(
                    db
                );
                var complaint = await Outbox.LoadAsync(db, id);
                complaint.TakeBack(Verb.Acknowledge, Complaints.Staff.Actor.System, house.Now, new("to be done again"), book);
                await db.SaveChangesAsync();
                return id;
            }
        );

    internal static async Task<long> AcknowledgeAsync(TestHouse house, long id, string anna, string bob, bool join = true)
    {
        var message = await Outbox.AcknowledgeAsync(house, id);
        var sen = await house.ActorAsync("Sen");
        await house.WithAsync(async db =>
        {
            var mail = await db.OutMessages.Include(m => m.Deliveries).SingleAsync(m => m.Id == message);
            foreach (var copy in (string[])[anna, bob])
            {
                mail.Deliveries.Add(
                    new OutDelivery
                    {
                        Recipient = copy,
                        Kind = RecipientKind.Copy,
                        NextTryAt = mail.NotBefore,
                    }
                );
            }

            if (join)
            {
                await Participants.JoinAsync(db, await Outbox.LoadAsync(db, id), [anna, bob], mail.Key, sen, house.Now);
            }

            await db.SaveChangesAsync();
        });
        return message;
    }

    private static async Task<(OutDelivery Grace, OutDelivery Anna, OutDelivery Bob)> ToAsync(TestHouse house, long message)
    {
        var all = await house.WithAsync(db =>
            db.OutDeliveries.AsNoTracking().Where(d => d.MessageId == message).OrderBy(d => d.Id).ToListAsync()
        );
        return (all.Single(d => d.Kind == RecipientKind.To), all.Single(d => d.Recipient == Anna), all.Single(d => d.Recipient == Bob));
    }

    private static Task<OutMessage> MessageAsync(TestHouse house, long id) =>
        house.WithAsync(db => db.OutMessages.AsNoTracking().SingleAsync(m => m.Id == id));

    private static Task<Participant> ParticipantAsync(TestHouse house, string address) =>
        house.WithAsync(db => db.Participants.AsNoTracking().SingleAsync(p => p.Address == address));

    private static async Task ComeInAsync(TestHouse house, byte[] raw)
    {
        var uid = await house.WithAsync(db => db.InMessages.CountAsync()) + 1;
        await house.AskAsync((InboxStore store) => store.StoreAsync(InboxStore.Sandbox, 1, uid, raw));
        await house.AskAsync((InboundRun run) => run.RunAsync());
    }

    private static byte[] Letter(string from, string subject, string words) =>
        System.Text.Encoding.UTF8.GetBytes(
            $"From: {from}\r\nTo: complaints@desk.example\r\nSubject: {subject}\r\nMessage-ID: <{Guid.NewGuid():N}@elsewhere.example>\r\n\r\n{words}\r\n"
        );
}
