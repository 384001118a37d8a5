using System.Security.Cryptography;
using System.Text;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Mail;

/// <summary>
/// The door mail comes in by: raw bytes are stored first, whatever they are; what they mean is decided later. The same
/// message is stored once, whether a mailbox shows it twice or two mailboxes got it.
/// </summary>
public sealed class InboxStore(ComplaintsDb db, TimeProvider clock)
{
    /// <summary>Name of the mailbox of answers given in the sandbox.</summary>
    public const string Sandbox = "sandbox";

    /// <summary>Stores the message.</summary>
    /// <param name="mailbox">Name of the mailbox.</param>
    /// <param name="uidValidity">The mailbox's UIDVALIDITY (RFC 3501, 2.3.1.1).</param>
    /// <param name="uid">The message's UID in it.</param>
    /// <param name="raw">The message as it came.</param>
    /// <param name="setAside">Why it is not to be read, such as that only its headers could be fetched; null to read it.</param>
    /// <returns>Its id; that of the earlier one when it was stored before.</returns>
    public async Task<long> StoreAsync(
        string mailbox,
        long uidValidity,
        long uid,
        byte[] raw,
        Sentence? setAside = null,
        CancellationToken cancel = default
    )
    {
        var print = Fingerprint(raw, out var messageId);
        if (await FindAsync() is { } earlier)
        {
            return earlier;
        }

        var message = new InMessage
        {
            Mailbox = mailbox,
            UidValidity = uidValidity,
            Uid = uid,
            Fingerprint = print,
            Raw = raw,
            StoredAt = clock.GetUtcNow().UtcDateTime,
            MessageIdHeader = messageId,
            State = setAside is null ? InState.Waiting : InState.Quarantined,
            Why = setAside is null ? null : KeptSentence.Write(setAside),
        };
        db.InMessages.Add(message);
        try
        {
            await db.SaveChangesAsync(cancel);
            return message.Id;
        }
        catch (DbUpdateException refused) when (ComplaintsDb.IsAlreadyThere(refused))
        {
            db.Entry(message).State = EntityState.Detached;
            return await FindAsync() ?? throw new InvalidOperationException("A message that is already there cannot be found.", refused);
        }

        Task<long?> FindAsync() =>
            db
                .InMessages.Where(m => m.Fingerprint == print || (m.Mailbox == mailbox && m.UidValidity == uidValidity && m.Uid == uid))
                .Select(m => (long?)m.Id)
                .FirstOrDefaultAsync(cancel);
    }

    // Two mailboxes add different trace headers to the same message, so with a Message-ID only that and the body count.
    private static string Fingerprint(byte[] raw, out string? messageId)
    {
        messageId = MailReader.MessageIdOf(raw);
        var end = raw.AsSpan().IndexOf("\r\n\r\n"u8);
        if (messageId is null || end < 0)
        {
            return Convert.ToHexStringLower(SHA256.HashData(raw));
        }

        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256); // without copying a large message
        sum.AppendData(Encoding.UTF8.GetBytes(messageId));
        sum.AppendData([0]);
        sum.AppendData(raw.AsSpan(end));
        return Convert.ToHexStringLower(sum.GetHashAndReset());
    }
}
