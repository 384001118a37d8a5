using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Files of a complaint: kept under their SHA-256, given out only as downloads to whoever may read the complaint.</summary>
public sealed class AttachmentController(FileStore files) : CaseController
{
    private const long RequestLimit = FileStore.Limit + (4 * 1024 * 1024);

    /// <summary>Adds a file.</summary>
    [HttpPost("complaints/{reference}/attachments")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public async Task<IActionResult> Create(string reference, IFormFile? file)
    {
        KeptFile? kept = null;
        return await ChangeAsync(
            reference,
            "attachment",
            async (complaint, _) =>
            {
                if (file is null)
                {
                    throw new Refusal(new Sentence("Choose a file first."), "file");
                }

                if (kept is null)
                {
                    await using var content = file.OpenReadStream();
                    kept = await files.KeepAsync(content, NameOf(file.FileName));
                }

                var entry = complaint.Attach(Me.Actor, Now, NameOf(file.FileName));
                Db.Attachments.Add(
                    new Attachment
                    {
                        ComplaintId = complaint.Id,
                        Seq = entry.Seq,
                        FileName = NameOf(file.FileName),
                        ContentType = kept.KindOf(NameOf(file.FileName), file.ContentType ?? "").Type,
                        Bytes = kept.Bytes,
                        Sha256 = kept.Sha256,
                    }
                );
                return new Sentence("File added.");
            },
            mindsOthers: false
        );
    }

    /// <summary>Gives a file out, always as a download that no browser interprets.</summary>
    [HttpGet("complaints/{reference}/attachments/{id:long}")]
    public async Task<IActionResult> Show(string reference, long id)
    {
        var complaint = await Cases.FindAsync(reference);
        var row =
            await Db.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.ComplaintId == complaint.Id)
            ?? throw new Shared.NotHere();
        Response.Headers.XContentTypeOptions = "nosniff";
        return File(files.Open(row.Sha256), "application/octet-stream", row.FileName);
    }

    /// <summary>The last part of the name, whatever path a browser sends, and not endless.</summary>
    private static string NameOf(string sent)
    {
        var name = sent.Split('/', '\\')[^1].Trim();
        name = name.Length == 0 ? "file" : name;
        return name.Length <= 200 ? name : name[^200..];
    }
}
