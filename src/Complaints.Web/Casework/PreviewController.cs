using System.Net;
using System.Text;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>
/// A mail as the customer will see it, for a frame beside the form it is typed in: the form is sent there as it stands and
/// stays as it is. The mail is written by the very code that sends, and then forgotten; nothing is saved.
/// </summary>
public sealed class PreviewController(MailDoor door, Advising advising, Complaints.Words.House house) : LetterController
{
    private const string Frame =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    /// <summary>Shows it.</summary>
    /// <param name="reference">As in the address.</param>
    /// <param name="step"><c>reply</c>, <c>acknowledgement</c> or <c>apology</c>.</param>
    /// <param name="form">What was typed; the fields of an apology stay empty on the other forms.</param>
    [HttpPost("complaints/{reference}/previews/{step}")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public async Task<IActionResult> Create(string reference, string step, ApologyForm form)
    {
        return await ShowAsync(() =>
        {
            var (purpose, words) = step switch
            {
                "reply" => (MailPurpose.Reply, new CaseWords { Text = form.Words?.Trim() ?? "" }),
                "acknowledgement" => (MailPurpose.Acknowledgement, new CaseWords { Text = form.Words?.Trim() ?? "" }),
                "apology" => (form.Purpose, form.CaseWords),
                _ => throw new NotHere(),
            };
            return WriteAsync(reference, purpose, words, form);
        });
    }

    /// <summary>Shows the letter of a resolution; it says what is still missing for one.</summary>
    [HttpPost("complaints/{reference}/previews/resolution")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public Task<IActionResult> Resolution(string reference, ResolutionForm form) =>
        ShowAsync(async () =>
        {
            var currency = await house.CurrencyAsync();
            var complaint = await Cases.FindAsync(reference, Right.Work);
            PointAnswers.Put(complaint, form.Points, Me.Actor, Now, currency);
            var resolution = form.Read(currency, complaint);
            var words = ResolutionController.WordsOf(resolution, form.Words ?? "");
            return await WriteAsync(reference, MailPurpose.Resolution, words, form);
        });

    private async Task<IActionResult> ShowAsync(Func<Task<string>> write)
    {
        Response.Headers.ContentSecurityPolicy = Frame;
        Response.Headers["Referrer-Policy"] = "no-referrer";
        try
        {
            return Page(await write());
        }
        catch (Refusal refused)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page($"<!doctype html><html><body><p role=\"alert\">{WebUtility.HtmlEncode(T[refused.Sentence])}</p></body></html>");
        }
        finally
        {
            Db.ChangeTracker.Clear();
        }
    }

    private async Task<string> WriteAsync(string reference, MailPurpose purpose, CaseWords words, SaidForm form)
    {
        var complaint = await Cases.FindAsync(reference, Right.Work);
        if (form.Channel != Complaints.Customers.Channel.Email || complaint.UsableMail is null)
        {
            throw new Refusal(new Sentence("This is not said by mail, so there is nothing to preview. Choose mail above."));
        }

        await Enclosures.PeekAsync(reference, form);
        var with = await Enclosures.ReadAsync(complaint, form, Me.Reader, isMail: true);
        var book = await Cases.BookAsync();
        var document = words with { Document = form.Document };
        var advice = await advising.ReadAsync(complaint, purpose, document, Me.Actor, book, byMail: true);
        var files = with.Files.Select(f => (File: f, f.Out)).ToList();
        var message = await Mails.WriteAsync(
            complaint,
            purpose,
            await Mails.KeyAsync(purpose, complaint),
            words with
            {
                AuthorId = Me.Member.Id,
                AuthorName = Me.Member.Name,
                Copies = with.Copies,
                Files = [.. files.Select(f => f.Out)],
                Quoted = with.Quoted,
                Later = with.Later,
            },
            book
        );
        var contents = new List<MailFile>();
        foreach (var (file, sent) in files)
        {
            contents.Add(new MailFile(file.Name, file.Type, await Enclosures.ContentAsync(file), sent.ContentId));
        }

        return Shown(MailReader.Read(OutboxBytes.Write(message!, await door.OpenAsync(), Now, contents)), with.Later, advice);
    }

    /// <summary>The mail's own HTML with its pictures in it, below who gets what.</summary>
    private string Shown(ReadMail mail, DateTime? later, IReadOnlyList<Advice> advice)
    {
        var html = mail.Html ?? "";
        foreach (var part in mail.Parts.Where(p => p.ContentId is not null))
        {
            html = html.Replace(
                "cid:" + part.ContentId,
                $"data:{FileKind.Of(part.Beginning(), part.Name, part.Type).Type};base64,{Convert.ToBase64String(part.Bytes)}",
                StringComparison.Ordinal
            );
        }

        var head = new StringBuilder(
            "<div style=\"margin:0 0 20px;padding:0 0 12px;border-bottom:1px solid #99a;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere\">"
        );
        Line("Subject|mail", mail.Subject);
        Line("From|mail", People(mail.From));
        Line("To|mail", People(mail.To));
        Line("Copy to", People(mail.Cc));
        Line("Files", string.Join(", ", mail.Attachments.Where(a => a.ContentId is null).Select(a => a.Name)));
        Line("Leaves", later is { } at ? T["{0}", at] : "");
        foreach (var one in advice)
        {
            // Here it can be read without scripts too; the words are changed in the form.
            Line(
                one.Kind,
                (one.Found.Length > 0 ? $"“{one.Found}” " : "")
                    + (one.Better is { } better && one.Found.Length > 0 ? $"→ “{better}” " : "")
                    + T[one.Why]
            );
        }

        head.Append("</div>");
        var body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        var end = body < 0 ? -1 : html.IndexOf('>', body);
        return html.Insert(end + 1, head.ToString());

        void Line(object name, string value)
        {
            if (value.Length > 0)
            {
                head.Append("<div><b>")
                    .Append(WebUtility.HtmlEncode(name is AdviceKind kind ? T["Advice: {0}", kind] : T[(string)name]))
                    .Append("</b> ")
                    .Append(WebUtility.HtmlEncode(value))
                    .Append("</div>");
            }
        }
    }

    private static string People(IReadOnlyList<Correspondent> people) =>
        string.Join(", ", people.Select(p => p.Name.Length > 0 ? $"{p.Name} <{p.Address}>" : p.Address));

    private ContentResult Page(string html) => Content(html, "text/html; charset=utf-8");
}
