using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Files of a complaint: kept under their SHA-256, given out only as downloads to whoever may read the complaint.</summary>
public sealed class AttachmentController(FileStore files, Uploads uploads, Thumbnails thumbnails) : CaseController
{
    /// <summary>Adds a file.</summary>
    [HttpPost("complaints/{reference}/attachments")]
    [TakesFiles(FileDoor.Staff)]
    public async Task<IActionResult> Create(string reference, IFormFile? file)
    {
        NewFile? kept = null;
        return await ChangeAsync(
            reference,
            "attachment",
            async (complaint, _) =>
            {
                if (file is null)
                {
                    throw new Refusal(new Sentence("Choose a file first."), "file");
                }

                if (file.Length == 0)
                {
                    throw new Refusal(new Sentence("“{0}” is empty. Choose another file.", Uploads.NameOf(file)), "file");
                }

                kept ??= (await uploads.KeepAsync([file], FileDoor.Staff, "file"))[0];
                var entry = complaint.Attach(Me.Actor, Now, kept.FileName);
                Db.Attachments.Add(
                    new Attachment
                    {
                        ComplaintId = complaint.Id,
                        Seq = entry.Seq,
                        FileName = kept.FileName,
                        ContentType = kept.ContentType,
                        Bytes = kept.Stored.Bytes,
                        Sha256 = kept.Stored.Sha256,
                    }
                );
                return new Sentence("File added.");
            },
            mindsOthers: false
        );
    }

    /// <summary>Gives a file out, always as a download that no browser interprets; one with a virus is not here.</summary>
    [HttpGet("complaints/{reference}/attachments/{id:long}")]
    public async Task<IActionResult> Show(string reference, long id)
    {
        var row = await FindAsync(reference, id);
        return Download.Of(Response, files.Open(row.Sha256), row.FileName);
    }

    /// <summary>The picture, for the small one on the page; only where <see cref="Thumbnails"/> found it harmless.</summary>
    [HttpGet("complaints/{reference}/attachments/{id:long}/picture")]
    public async Task<IActionResult> Picture(string reference, long id)
    {
        var row = await FindAsync(reference, id);
        var size = thumbnails.Of(row.Sha256, row.ContentType, row.Bytes) ?? throw new NotHere();
        return Download.Picture(Response, files.Open(row.Sha256), size.Type);
    }

    private async Task<Attachment> FindAsync(string reference, long id)
    {
        var complaint = await Cases.FindAsync(reference);
        var row =
            await Db.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.ComplaintId == complaint.Id)
            ?? throw new NotHere();
        return await KnownScans.IsInfectedAsync(Db, row.Sha256) ? throw new NotHere() : row;
    }
}
