using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>
/// Files that only administrators may have: blocked ones in received mail, and those with a virus. Handed out by a form
/// after a warning, never by a link; each time noted in the log, and in the access log where there is a complaint.
/// </summary>
[Route("settings/files/held")]
[Needs(Right.Administer)]
public sealed class HeldFilesController(ComplaintsDb db, FileStore store, ILogger<HeldFilesController> log) : DeskController
{
    private const int PageLength = 50;

    /// <summary>All of them, newest first.</summary>
    /// <param name="before">Goes on below this one; ids of held files.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(long? before)
    {
        var policy = await FilePolicies.ReadAsync(db);
        var held = await db
            .HeldFiles.AsNoTracking()
            .Where(f => f.Reason == HoldReason.Blocked && (before == null || f.Id < before))
            .OrderByDescending(f => f.Id)
            .Take(PageLength + 1)
            .Select(f => new
            {
                File = f,
                f.Message!.StoredAt,
                f.Message.ComplaintId,
            })
            .ToListAsync();
        var ids = held.Select(h => h.ComplaintId).OfType<long>().Distinct().ToList();
        var references = await db.Complaints.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Reference);
        var infected = before is not null
            ? []
            : await (
                from scan in db.Set<FileScan>().AsNoTracking()
                where scan.State == ScanState.Infected
                join file in db.Set<Attachment>() on scan.Sha256 equals file.Sha256
                join complaint in db.Set<Complaint>() on file.ComplaintId equals complaint.Id
                orderby file.Id descending
                select new HeldLine(
                    $"infected/{file.Id}",
                    file.FileName,
                    file.Bytes,
                    new Sentence("virus found: {0}", scan.Found),
                    complaint.Reference,
                    scan.TriedAt
                )
            )
                .Take(PageLength)
                .ToListAsync();
        return View(
            "HeldFiles",
            new HeldPage(
                infected,
                [
                    .. held.Take(PageLength)
                        .Select(h => new HeldLine(
                            $"mail/{h.File.Id}",
                            h.File.FileName,
                            h.File.Bytes,
                            h.File.Say(policy),
                            h.ComplaintId is { } id ? references.GetValueOrDefault(id) : null,
                            h.StoredAt
                        )),
                ],
                held.Count > PageLength ? held[PageLength - 1].File.Id : null
            )
        );
    }

    /// <summary>The warning before a blocked file of a mail.</summary>
    [HttpGet("mail/{id:long}")]
    public async Task<IActionResult> Blocked(long id)
    {
        var (held, _) = await HeldAsync(id);
        var what = held.Say(await FilePolicies.ReadAsync(db));
        return View("HeldFile", new HeldLine($"mail/{id}", held.FileName, held.Bytes, what, null, null));
    }

    /// <summary>Hands it out.</summary>
    [HttpPost("mail/{id:long}")]
    public async Task<IActionResult> HandOutBlocked(long id)
    {
        var (held, message) = await HeldAsync(id);
        var parts = MailReader.Read(message.Raw).Attachments;
        if (held.Part >= parts.Count)
        {
            throw new NotHere();
        }

        await NoteAsync($"mail/{id}", message.ComplaintId);
        return Download.Of(Response, parts[held.Part].Open(), held.FileName + ".blocked");
    }

    /// <summary>Hands out the message it is in, byte for byte.</summary>
    [HttpPost("mail/{id:long}/message")]
    public async Task<IActionResult> HandOutMessage(long id)
    {
        var (_, message) = await HeldAsync(id);
        await NoteAsync($"mail/{id}", message.ComplaintId);
        return Download.Of(Response, new MemoryStream(message.Raw), $"message-{message.Id}.eml.blocked");
    }

    /// <summary>The warning before a file with a virus.</summary>
    [HttpGet("infected/{id:long}")]
    public async Task<IActionResult> Infected(long id)
    {
        var (file, scan) = await InfectedAsync(id);
        return View(
            "HeldFile",
            new HeldLine($"infected/{id}", file.FileName, file.Bytes, new Sentence("virus found: {0}", scan.Found), null, null)
        );
    }

    /// <summary>Hands it out.</summary>
    [HttpPost("infected/{id:long}")]
    public async Task<IActionResult> HandOutInfected(long id)
    {
        var (file, _) = await InfectedAsync(id);
        await NoteAsync($"infected/{id}", file.ComplaintId);
        return Download.Of(Response, store.Open(file.Sha256), file.FileName + ".blocked");
    }

    private async Task<(HeldFile Held, InMessage Message)> HeldAsync(long id)
    {
        var held = await db.HeldFiles.AsNoTracking().Include(f => f.Message).FirstOrDefaultAsync(f => f.Id == id) ?? throw new NotHere();
        return (held, held.Message!);
    }

    private async Task<(Attachment File, FileScan Scan)> InfectedAsync(long id)
    {
        var file = await db.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id) ?? throw new NotHere();
        var scan =
            await db.FileScans.AsNoTracking().FirstOrDefaultAsync(s => s.Sha256 == file.Sha256 && s.State == ScanState.Infected)
            ?? throw new NotHere();
        return (file, scan);
    }

    private async Task NoteAsync(string path, long? complaintId)
    {
        log.LogWarning("Held file {File} was downloaded by staff member {Member}", path, Me.Member.Id);
        if (complaintId is { } id)
        {
            var customer = await db.Complaints.Where(c => c.Id == id).Select(c => c.CustomerId).FirstAsync();
            await AccessLog.NoteAsync(db, Me.Member.Id, customer, id, Now);
        }
    }
}

/// <summary>A file only administrators may have.</summary>
/// <param name="Path">Below this page.</param>
/// <param name="Reference">Of its complaint; null when it belongs to none.</param>
/// <param name="At">UTC it came in, or was found out.</param>
public sealed record HeldLine(string Path, string Name, long Bytes, Sentence What, string? Reference, DateTime? At);

/// <summary>The list.</summary>
/// <param name="Infected">With a virus.</param>
/// <param name="Blocked">Blocked in received mail.</param>
/// <param name="Before">To go on from; null at the end.</param>
public sealed record HeldPage(IReadOnlyList<HeldLine> Infected, IReadOnlyList<HeldLine> Blocked, long? Before);
