using Complaints.Casework;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>What the tests of writing share.</summary>
internal static class Letters
{
    public static readonly byte[] Png =
    [
        .. Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="),
    ];

    public static readonly byte[] Pdf = [.. "%PDF-1.4\nan invoice of our own invention"u8];

    /// <summary>Replies by mail as the page does.</summary>
    public static async Task<string> ReplyAsync(
        this Browser browser,
        string reference,
        IEnumerable<(string Field, string Value)> fields,
        params (string Field, string Name, byte[] Bytes)[] files
    ) =>
        await browser.PostFormAsync(
            $"/complaints/{reference}/replies",
            $"/complaints/{reference}",
            [("Channel", "Email"), .. fields],
            files
        );

    /// <summary>The mails of that purpose, oldest first.</summary>
    public static Task<List<OutMessage>> MailsAsync(this TestHouse house, MailPurpose purpose = MailPurpose.Reply) =>
        house.WithAsync(db =>
            db.OutMessages.AsNoTracking()
                .Include(m => m.Deliveries)
                .Include(m => m.Files)
                .Where(m => m.Purpose == purpose)
                .OrderBy(m => m.Id)
                .AsSplitQuery()
                .ToListAsync()
        );

    /// <summary>Sends what is due and reads the first mail as its recipient would.</summary>
    public static async Task<ReadMail> SentAsync(this TestHouse house)
    {
        var transport = new RecordingTransport();
        await Outbox.SendAsync(house, transport);
        await Outbox.TellAsync(house);
        return MailReader.Read(transport.Sent.First().Bytes);
    }

    /// <summary>How much there is of what a mere look must not add to.</summary>
    public static Task<(int Mails, int Files, int Entries, int People)> CountsAsync(this TestHouse house) =>
        house.WithAsync(async db =>
            (
                await db.OutMessages.CountAsync(),
                await db.Attachments.CountAsync(),
                await db.Timeline.CountAsync(),
                await db.Participants.CountAsync()
            )
        );
}
