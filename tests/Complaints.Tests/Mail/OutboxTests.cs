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
}
