using Complaints.Data;
using Complaints.Language;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Mail;

/// <summary>The exact bytes of a mail, fixed at its first claim and never changed.</summary>
public sealed class OutboxBytes(ComplaintsDb db, FileStore store)
{
    /// <summary>The bytes, fixed now unless they were before.</summary>
    /// <param name="message">With its deliveries.</param>
    /// <param name="way">The way out, for the sender.</param>
    /// <param name="date">UTC, whole milliseconds.</param>
    /// <exception cref="Refusal">The customer's address is none (its field is <c>to</c>), a file is gone from the store, or carries a virus.</exception>
    public async Task<byte[]> FixAsync(OutMessage message, MailWay way, DateTime date, CancellationToken cancel)
    {
        if (message.Bytes is not null)
        {
            return message.Bytes;
        }

        var rows = await db.OutFiles.AsNoTracking().Where(f => f.MessageId == message.Id).OrderBy(f => f.Id).ToListAsync(cancel);
        await KnownScans.CheckOutgoingAsync(db, [.. rows.Select(f => (f.FileName, f.Sha256))], cancel: cancel);
        var bytes = Write(message, way, date, [.. rows.Select(Open)]);
        using (await db.Gate.EnterAsync(cancel))
        {
            await db
                .OutMessages.Where(m => m.Id == message.Id && m.Bytes == null)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.Bytes, bytes).SetProperty(m => m.DatedAt, date), cancel);
        }

        // With two recipients another node may have been first; what it fixed counts.
        return await db.OutMessages.Where(m => m.Id == message.Id).Select(m => m.Bytes!).FirstAsync(cancel);
    }

    /// <summary>The bytes of a mail with this content of its files.</summary>
    /// <exception cref="Refusal">The customer's address is none; its field is <c>to</c>.</exception>
    public static byte[] Write(OutMessage message, MailWay way, DateTime date, IReadOnlyList<MailFile> files)
    {
        try
        {
            return MailWriter.Write(MailForm.Of(message, way, date, files));
        }
        catch (ArgumentException)
        {
            var to = message.Deliveries.First(d => d.Kind == RecipientKind.To).Recipient;
            throw new Refusal(new Sentence("“{0}” is not a mail address that can be sent to. Correct it.", to), "to");
        }
    }

    private MailFile Open(OutFile file)
    {
        try
        {
            using var from = store.Open(file.Sha256);
            var bytes = new byte[from.Length];
            from.ReadExactly(bytes);
            return new MailFile(file.FileName, file.ContentType, bytes, file.ContentId);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Refusal(
                new Sentence(
                    "The file “{0}” is no longer on the server. Put it back from a backup, or write again without it.",
                    file.FileName
                )
            );
        }
    }
}
