using System.Collections.Concurrent;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Complaints.Tests.Mail;

/// <summary>A transport that keeps what it was given and answers as told.</summary>
internal sealed class RecordingTransport : IMailTransport
{
    public ConcurrentQueue<(string Recipient, byte[] Bytes)> Sent { get; } = [];

    public Func<string, RecipientOutcome> Answer { get; set; } = r => new RecipientOutcome(r, DeliveryResult.Accepted, "250 ok");

    public async Task<IReadOnlyList<RecipientOutcome>> SendAsync(
        string envelopeSender,
        IReadOnlyList<string> recipients,
        ReadOnlyMemory<byte> message,
        CancellationToken cancellation
    )
    {
        await Task.Yield();
        Sent.Enqueue((recipients[0], message.ToArray()));
        return [Answer(recipients[0])];
    }

    public Task<Complaints.Language.Sentence?> TestAsync(string? envelopeSender, CancellationToken cancellation) =>
        Task.FromResult<Complaints.Language.Sentence?>(null);
}

/// <summary>What tests about mail do with a house.</summary>
internal static class Outbox
{
    /// <summary>A complaint of Grace Okafor, logged and owned by Sen.</summary>
    public static Task<long> ComplaintAsync(TestHouse house, string customer = "Grace Okafor", string? reference = null) =>
        house.WithAsync(
            async (db, s) =>
            {
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var north = await db.Units.SingleAsync(u => u.Name == "North");
                var sen = await db.Staff.Include(m => m.Unit).SingleAsync(m => m.Name == "Sen");
                var number = 90_000 + await db.Complaints.CountAsync(); // far from those the house gives out
                var complaint = Complaint.Log(
                    new LogFacts
                    {
                        Customer = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Name == customer),
                        Channel = Channel.Email,
                        ReceivedAt = house.Now,
                        WhatHappened = "Charged twice for two rooms.",
                        UnitId = north.Id,
                    },
                    reference ?? Reference.Of(2026, number),
                    Actor.Of(sen, TimeZoneInfo.Utc),
                    house.Now,
                    book
                );
                complaint.Assign(Actor.System, house.Now, sen);
                db.Complaints.Add(complaint);
                await db.SaveChangesAsync();
                return complaint.Id;
            }
        );

    /// <summary>Acknowledges by mail, as the page does; what is sent may be undone for 15 s.</summary>
    public static Task<long> AcknowledgeAsync(TestHouse house, long complaintId, string? document = null) =>
        house.WithAsync(
            async (db, s) =>
            {
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var complaint = await LoadAsync(db, complaintId);
                var sen = await db.Staff.Include(m => m.Unit).SingleAsync(m => m.Name == "Sen");
                var key = $"acknowledgement:{complaintId}:house:1:{complaint.TimelineCount}";
                complaint.Acknowledge(
                    Actor.Of(sen, TimeZoneInfo.Utc),
                    house.Now,
                    new Statement(Channel.Email, "I look after it."),
                    book,
                    key
                );
                var message = await WriteAsync(
                    s,
                    complaint,
                    key,
                    MailPurpose.Acknowledgement,
                    personWrote: true,
                    author: sen.Id,
                    step: (int)Verb.Acknowledge,
                    notBefore: house.Now + Letters.UndoTime,
                    document: document
                );
                await db.SaveChangesAsync();
                return message!.Id;
            }
        );

    /// <summary>A receipt: written by no person, sent at once.</summary>
    public static Task<long> ReceiptAsync(TestHouse house, long complaintId, int n = 1, string? to = null) =>
        house.WithAsync(
            async (db, s) =>
            {
                var message = await WriteAsync(
                    s,
                    await LoadAsync(db, complaintId),
                    $"receipt:{complaintId}:-:1:{n}",
                    MailPurpose.Receipt,
                    to: to
                );
                await db.SaveChangesAsync();
                return message!.Id;
            }
        );

    public static Task<OutMessage?> WriteAsync(
        IServiceProvider services,
        Complaint complaint,
        string key,
        MailPurpose purpose,
        bool personWrote = false,
        long? author = null,
        int? step = null,
        DateTime? notBefore = null,
        string? document = null,
        string? to = null
    ) =>
        services
            .GetRequiredService<Letters>()
            .WriteAsync(
                new Letter
                {
                    Key = key,
                    Purpose = purpose,
                    To = to ?? complaint.Customer.UsableMail!,
                    Language = Tongue.English,
                    Fields = new()
                    {
                        ["customer"] = complaint.Customer.Name,
                        ["summary"] = complaint.Summary,
                        ["words"] = "I look after it.",
                    },
                    ComplaintId = complaint.Id,
                    Reference = complaint.Reference,
                    CustomerId = complaint.CustomerId,
                    AuthorId = author,
                    PersonWrote = personWrote,
                    Step = step,
                    DocumentKey = document,
                    Typed = personWrote ? """{"words":"I look after it."}""" : null,
                    NotBefore = notBefore,
                }
            );

    public static Task<Complaint> LoadAsync(ComplaintsDb db, long id) =>
        db
            .Complaints.Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Timeline)
                .ThenInclude(e => e.Content)
            .Include(c => c.Tasks)
            .Include(c => c.Causes)
            .AsSplitQuery()
            .SingleAsync(c => c.Id == id);

    public static Task<Complaint> ComplaintAsync(TestHouse house, long id) => house.WithAsync(db => LoadAsync(db, id));

    /// <summary>Runs the outbox once over this transport.</summary>
    public static Task<int> SendAsync(TestHouse house, IMailTransport transport, string owner = "node", IServiceProvider? node = null) =>
        SendAsync(node ?? house.Services, transport, owner);

    private static async Task<int> SendAsync(IServiceProvider services, IMailTransport transport, string owner)
    {
        await using var scope = services.CreateAsyncScope();
        var s = scope.ServiceProvider;
        var db = s.GetRequiredService<ComplaintsDb>();
        var door = new MailDoor(
            db,
            s.GetRequiredService<Keys>(),
            new FixedMail(false, "desk.example") { Host = "mail.example" },
            _ => transport
        );
        return await new OutboxRun(
            db,
            door,
            new OutboxBytes(db, s.GetRequiredService<FileStore>()),
            s.GetServices<OwedCheck>(),
            s.GetRequiredService<TimeProvider>(),
            NullLogger<OutboxRun>.Instance
        )
        {
            Owner = owner,
        }.RunAsync();
    }

    public static Task<int> TellAsync(TestHouse house) => house.AskAsync((DeliveryNews news) => news.RunAsync());

    public static Task<OutDelivery> DeliveryAsync(TestHouse house, long messageId) =>
        house.WithAsync(db => db.OutDeliveries.AsNoTracking().Include(d => d.Message).SingleAsync(d => d.MessageId == messageId));
}
