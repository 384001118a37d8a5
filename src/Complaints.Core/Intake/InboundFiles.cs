using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail.Wire;

namespace Complaints.Intake;

/// <summary>What is attached to a received mail. What the store does not take stays in the raw message, which is kept whole.</summary>
public sealed class InboundFiles(FileStore store)
{
    private const int Most = 20;

    /// <summary>Writes the attachments into the store.</summary>
    public async Task<IReadOnlyList<NewFile>> KeepAsync(ReadMail mail, CancellationToken cancel)
    {
        var kept = new List<NewFile>();
        foreach (var part in mail.Attachments.Where(p => p.Length is > 0 and <= FileStore.Limit).Take(Most))
        {
            await using var bytes = part.Open();
            var stored = await store.KeepAsync(bytes, part.Name, cancel);
            kept.Add(new NewFile(part.Name, stored.KindOf(part.Name, part.Type).Type, stored));
        }

        return kept;
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
