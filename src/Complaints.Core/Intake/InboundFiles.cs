using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>
/// What is attached to a received mail. What is blocked, too large or too much stays in the raw message, which is kept
/// whole, and is put down as held back, so that it is seen.
/// </summary>
public sealed class InboundFiles(ComplaintsDb db, FileStore store)
{
    private const int Most = 20;
    private const int MostHeld = 200;

    /// <summary>Writes the attachments into the store, as far as the rules for files let them in.</summary>
    /// <param name="mailbox">Name of the mailbox the mail came by; it may have a limit of its own.</param>
    public async Task<IncomingFiles> KeepAsync(ReadMail mail, string mailbox, CancellationToken cancel)
    {
        if (mail.Attachments.Count == 0)
        {
            return IncomingFiles.None;
        }

        var policy = await FilePolicies.ReadAsync(db, cancel);
        var mb = await db.Mailboxes.Where(m => m.Name == mailbox).Select(m => m.LargestFileMb).FirstOrDefaultAsync(cancel) ?? policy.MailMb;
        var kept = new List<NewFile>();
        var held = new List<FoundPart>();
        for (var i = 0; i < mail.Attachments.Count; i++)
        {
            var part = mail.Attachments[i];
            if (part.Length == 0)
            {
                continue;
            }

            var start = part.Beginning();
            HoldReason? reason =
                policy.Blocked(part.Name, start, part.Type) is not null ? HoldReason.Blocked
                : part.Length > mb * 1024L * 1024 ? HoldReason.TooLarge
                : kept.Count == Most ? HoldReason.TooMany
                : null;
            if (reason is { } why)
            {
                var limit = why switch
                {
                    HoldReason.TooLarge => mb,
                    HoldReason.TooMany => Most,
                    _ => 0,
                };
                held.Add(new FoundPart(i, part.Name, FileKind.Shown(start, part.Type), part.Length, why, limit));
                continue;
            }

            await using var bytes = part.Open();
            var stored = await store.KeepAsync(bytes, part.Name, cancel);
            kept.Add(new NewFile(part.Name, stored.KindOf(part.Name, part.Type).Type, stored));
        }

        return new IncomingFiles(kept, [.. held.Take(MostHeld)]);
    }

    /// <summary>Adds the rows of what is held back of the message, unless it was read before; the caller saves.</summary>
    public async Task HoldAsync(InMessage message, IncomingFiles files, CancellationToken cancel)
    {
        if (files.Held.Count == 0)
        {
            return;
        }

        var there = await db.HeldFiles.Where(f => f.MessageId == message.Id).Select(f => f.Part).ToListAsync(cancel);
        db.HeldFiles.AddRange(
            files
                .Held.Where(f => !there.Contains(f.Part))
                .Select(f => new HeldFile
                {
                    MessageId = message.Id,
                    Part = f.Part,
                    FileName = f.Name.Length <= 400 ? f.Name : f.Name[^400..],
                    Type = f.Type,
                    Bytes = f.Bytes,
                    Reason = f.Reason,
                    Limit = f.Limit,
                })
        );
    }

    /// <summary>Adds the rows that say the files came with <paramref name="entry"/>; the caller saves.</summary>
    public static void Attach(ComplaintsDb db, Complaint complaint, TimelineEntry entry, IReadOnlyList<NewFile> files) =>
        db.Attachments.AddRange(
            files.Select(f => new Attachment
            {
                ComplaintId = complaint.Id,
                Seq = entry.Seq,
                FileName = f.FileName,
                ContentType = f.ContentType.Length <= 200 ? f.ContentType : "application/octet-stream",
                Bytes = f.Stored.Bytes,
                Sha256 = f.Stored.Sha256,
            })
        );
}

/// <summary>What came with a mail.</summary>
/// <param name="Kept">In the store now.</param>
/// <param name="Held">Left in the message.</param>
public sealed record IncomingFiles(IReadOnlyList<NewFile> Kept, IReadOnlyList<FoundPart> Held)
{
    /// <summary>Nothing came with it.</summary>
    public static IncomingFiles None { get; } = new([], []);
}

/// <summary>A part of a message that is held back; see <see cref="HeldFile"/> for what each value means.</summary>
public sealed record FoundPart(int Part, string Name, string? Type, long Bytes, HoldReason Reason, int Limit);
