using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>The files of a complaint as its page shows them: those in the store, and those held back in its mails.</summary>
public sealed class CaseFiles(ComplaintsDb db, Thumbnails thumbnails, ClamdSetting scanner)
{
    /// <summary>All of them.</summary>
    /// <param name="references">The complaint and those merged into it: id and reference.</param>
    /// <param name="own">Those of the complaint itself in the store, in the order they came.</param>
    public async Task<IReadOnlyList<CaseFile>> OfAsync(IReadOnlyDictionary<long, string> references, IReadOnlyList<Attachment> own)
    {
        var ids = references.Keys.ToList();
        var known = own.Select(f => f.Id).ToList();
        var others =
            ids.Count == 1
                ? []
                : await db
                    .Attachments.AsNoTracking()
                    .Where(f => ids.Contains(f.ComplaintId) && !known.Contains(f.Id))
                    .OrderBy(f => f.Id)
                    .ToListAsync();
        IReadOnlyList<Attachment> files = [.. own, .. others];
        var held = await db
            .HeldFiles.AsNoTracking()
            .Where(f => f.Message!.ComplaintId != null && ids.Contains(f.Message.ComplaintId.Value))
            .OrderBy(f => f.Id)
            .Take(500)
            .ToListAsync();
        var scans = await KnownScans.OfAsync(db, files.Select(f => f.Sha256));
        var policy = held.Count > 0 ? await FilePolicies.ReadAsync(db) : FilePolicy.Seeded;
        return
        [
            .. files.Select(f => new CaseFile(
                f.ComplaintId,
                f.Seq,
                null,
                Line(references[f.ComplaintId], f, scans.GetValueOrDefault(f.Sha256))
            )),
            .. held.Select(f => new CaseFile(null, null, f.MessageId, Line(f, policy))),
        ];
    }

    private FileLine Line(string reference, Attachment file, FileScan? scan)
    {
        var infected = scan?.State == ScanState.Infected;
        var url = $"/complaints/{reference}/attachments/{file.Id}";
        var size = infected ? null : thumbnails.Of(file.Sha256, file.ContentType, file.Bytes);
        return new FileLine(
            file.FileName,
            file.Bytes,
            infected ? null : url,
            size is null ? null : new PictureAt(url + "/picture", size),
            FileScan.Say(scan, scanner.Clamd is not null),
            infected
        );
    }

    private static FileLine Line(HeldFile file, FilePolicy policy)
    {
        var blocked = file.IsBlocked(policy);
        return new FileLine(
            file.FileName,
            file.Bytes,
            blocked ? null : $"/mail/received/{file.MessageId}/files/{file.Part}",
            null,
            file.Say(policy),
            blocked
        );
    }
}

/// <summary>A file of a complaint.</summary>
/// <param name="ComplaintId">The complaint whose entry it came with; null for one held back in a mail.</param>
/// <param name="Seq">The entry it came with; null for one held back in a mail.</param>
/// <param name="MessageId">The mail it is held back in.</param>
/// <param name="Line">The rest.</param>
public sealed record CaseFile(long? ComplaintId, int? Seq, long? MessageId, FileLine Line);
