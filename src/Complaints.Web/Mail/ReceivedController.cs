using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>
/// A received message as a whole. Whoever may read its complaint may read it; one that belongs to no complaint, whoever
/// puts such messages in place. Its HTML is written anew from an allow-list and shown in a frame that may do nothing.
/// </summary>
[Route("mail/received/{id:long}")]
public sealed class ReceivedController(ComplaintsDb db, Cases cases, ReceivedFiles files) : DeskController
{
    private const int LargestPicture = 2 * 1024 * 1024;
    private const int LargestPictures = 8 * 1024 * 1024;

    private const string Frame =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:{0}; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    /// <summary>The page: who, when, why it was read so, the words, and the files.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(long id, bool images = false)
    {
        var (message, complaint) = await OpenAsync(id);
        var mail = MailReader.Read(message.Raw);
        var lines = await files.OfAsync(message, mail);
        return View(
            "Received",
            new ReceivedPage(message, complaint?.Reference, mail, lines, Clean(mail, images)?.RemoteImages ?? 0, images)
        );
    }

    /// <summary>Its words as HTML, for the frame. Pictures on other servers only when somebody asked for them.</summary>
    [HttpGet("body")]
    public async Task<IActionResult> Body(long id, bool images = false)
    {
        var (message, _) = await OpenAsync(id);
        var clean = Clean(MailReader.Read(message.Raw), images) ?? throw new NotHere();
        Response.Headers.ContentSecurityPolicy = Frame.Replace("{0}", images ? " https: http:" : "", StringComparison.Ordinal);
        Response.Headers["Referrer-Policy"] = "no-referrer";
        return Content(
            $"<!doctype html><html><head><meta charset=\"utf-8\"><base target=\"_blank\"><style>body{{font:15px/1.5 system-ui,sans-serif;margin:12px;overflow-wrap:anywhere;background:#fff;color:#1b1f24}}img{{max-width:100%;height:auto}}.{CleanHtml.LeftOutPicture}{{display:inline-block;padding:2px 8px;border:1px dashed #767676;color:#595959;font-size:13px}}</style></head><body>{clean.Html}</body></html>",
            "text/html; charset=utf-8"
        );
    }

    /// <summary>One of its files, always as a download that no browser interprets; one that is blocked or has a virus is not here.</summary>
    [HttpGet("files/{number:long}")]
    public async Task<IActionResult> Attached(long id, long number)
    {
        var part = await PartAsync(id, number);
        return Download.Of(Response, part.Open(), part.Name.Length > 0 ? part.Name : "file");
    }

    /// <summary>The picture, for the small one on the page; only where <see cref="Thumbnails"/> finds it harmless.</summary>
    [HttpGet("files/{number:long}/picture")]
    public async Task<IActionResult> Picture(long id, long number)
    {
        var part = await PartAsync(id, number);
        using var content = part.Open();
        var size = Thumbnails.Of(content, part.Length) ?? throw new NotHere();
        return Download.Picture(Response, part.Open(), size.Type);
    }

    /// <summary>The message byte for byte; where a file in it is only for administrators, its headers.</summary>
    [HttpGet("source")]
    public async Task<IActionResult> Source(long id)
    {
        var (message, _) = await OpenAsync(id);
        return await files.AreFreeAsync(MailReader.Read(message.Raw))
            ? Download.Of(Response, new MemoryStream(message.Raw), $"message-{message.Id}.eml")
            : Download.Of(Response, new MemoryStream(Headers(message.Raw)), $"message-{message.Id}-headers.txt");
    }

    private async Task<MailPart> PartAsync(long id, long number)
    {
        var (message, _) = await OpenAsync(id);
        var parts = MailReader.Read(message.Raw).Attachments;
        var part = number >= 0 && number < parts.Count ? parts[(int)number] : throw new NotHere();
        return await files.IsFreeAsync(part) ? part : throw new NotHere();
    }

    private static byte[] Headers(byte[] raw)
    {
        var crlf = raw.AsSpan().IndexOf("\r\n\r\n"u8);
        var lf = raw.AsSpan().IndexOf("\n\n"u8);
        var end = crlf >= 0 && (lf < 0 || crlf < lf) ? crlf : lf;
        return end < 0 ? [] : raw[..end];
    }

    private async Task<(InMessage Message, Complaint? Complaint)> OpenAsync(long id)
    {
        var message = await db.InMessages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id) ?? throw new NotHere();
        if (message.ComplaintId is not { } belongs)
        {
            return Me.May(Right.Lead) ? (message, null) : throw new NotHere();
        }

        var reference = await db.Complaints.Where(c => c.Id == belongs).Select(c => c.Reference).FirstAsync();
        var complaint = await cases.FindAsync(reference);
        await AccessLog.NoteAsync(db, Me.Member.Id, complaint.CustomerId, complaint.Id, Now);
        return (message, complaint);
    }

    private static CleanHtml? Clean(ReadMail mail, bool images)
    {
        var left = LargestPictures;
        return mail.Html is { Length: > 0 } html ? CleanHtml.Of(html, Inline, images) : null;

        // Into the page itself: the frame has no origin, so that it could not fetch them from us with the reader's rights.
        string? Inline(string contentId)
        {
            var part = mail.Parts.FirstOrDefault(p => p.ContentId == contentId);
            if (part is null || part.Length > LargestPicture || part.Length > left)
            {
                return null;
            }

            using var content = part.Open();
            if (Thumbnails.Of(content, part.Length) is not { } size)
            {
                return null;
            }

            left -= (int)part.Length;
            return $"data:{size.Type};base64,{Convert.ToBase64String(part.Bytes)}";
        }
    }
}

/// <summary>The page of a received message.</summary>
/// <param name="Reference">Of its complaint; null when it belongs to none.</param>
/// <param name="Files">What is attached.</param>
/// <param name="RemoteImages">How many pictures on other servers it wants to show.</param>
/// <param name="Images">They are shown.</param>
public sealed record ReceivedPage(
    InMessage Message,
    string? Reference,
    ReadMail Mail,
    IReadOnlyList<FileLine> Files,
    int RemoteImages,
    bool Images
);
