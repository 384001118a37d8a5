using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;

namespace Complaints.Web.Casework;

/// <summary>What replying, acknowledging and apologizing share: the words may go by mail, with copies, files and a time to leave.</summary>
public abstract class LetterController : CaseController
{
    /// <summary>The largest request such a form makes, in bytes: its files and its words.</summary>
    protected const long RequestLimit = OutFile.MostBytes + (6 * 1024 * 1024);

    /// <summary>Reads what goes with the mail.</summary>
    protected Enclosures Enclosures => HttpContext.RequestServices.GetRequiredService<Enclosures>();

    /// <summary>Says it: now by the verb, or, when a later time was chosen, by a mail whose leaving does it.</summary>
    /// <param name="complaint">The complaint.</param>
    /// <param name="book">Deadlines.</param>
    /// <param name="purpose">What the mail would be.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="words">The words as the mail wants them.</param>
    /// <param name="name">Name of the form.</param>
    /// <param name="verb">Does it now, given the key of the mail or null.</param>
    /// <param name="done">The word of success when it is done now.</param>
    protected async Task<Sentence> SayAsync(
        Complaint complaint,
        DeadlineBook book,
        MailPurpose purpose,
        SaidForm form,
        CaseWords words,
        string name,
        Func<string?, TimelineEntry> verb,
        Func<string?, Sentence> done
    )
    {
        var key = await KeyAsync(complaint, purpose, form.Channel);
        var with = await Enclosures.ReadAsync(complaint, form, Me.Reader, key is not null);
        TimelineEntry entry;
        if (with.Later is { } at)
        {
            SaidLater.Check(complaint, Me.Actor, words);
            var planned = new Sentence("“{0}” will be sent at {1}", purpose, at);
            entry = complaint.Record(EntryKind.Mail, Me.Actor, Now, planned, words.Text, Channel.Email, message: key);
        }
        else
        {
            entry = verb(key);
        }

        if (!string.IsNullOrWhiteSpace(form.Promise))
        {
            Promise(complaint, book, form.Promise, PromiseTime.IsCall(form.Promise) ? Channel.Phone : form.Channel, key);
        }

        var full = await EncloseAsync(complaint, entry, key, words, with, name);
        await LeaveAsync(complaint, book, key, purpose, form, full, name);
        return with.Later is { } later
            ? new Sentence("It will be sent at {0}. Until then you can change it or take it back.", later)
            : done(key);
    }

    /// <summary>Puts new files onto the complaint, notes who takes part, and gives the words all that goes with them.</summary>
    protected async Task<CaseWords> EncloseAsync(
        Complaint complaint,
        TimelineEntry entry,
        string? key,
        CaseWords words,
        Enclosed with,
        string name
    )
    {
        PutOn(complaint, entry, with);
        if (key is not null)
        {
            await Participants.JoinAsync(Db, complaint, with.Copies, key, Me.Actor, Now);
        }

        return words with
        {
            Later = with.Later,
            Copies = with.Copies,
            Files = [.. with.Files.Select(f => f.Out)],
            Quoted = with.Quoted,
            Typed = CasePages.Keep(name, OnFile(Values(), with.Files)),
        };
    }

    /// <summary>Puts new files onto the complaint.</summary>
    protected void PutOn(Complaint complaint, TimelineEntry entry, Enclosed with)
    {
        var files = with.Files.Where(f => !f.IsOnFile).Select(f => Row(complaint, entry, f));
        Db.Attachments.AddRange(files.DistinctBy(f => f.Sha256));
    }

    /// <inheritdoc/>
    protected override Dictionary<string, string?> Return(Dictionary<string, string?> values)
    {
        var reference = Reference.Read((string?)RouteData.Values["reference"]) ?? "";
        values["Kept"] = string.Join(',', Enclosures.Tokens(reference));
        values["Warned"] = Enclosures.Warned;
        return values;
    }

    // Whoever undoes it finds the files chosen again; by then they are on the complaint.
    private static Dictionary<string, string?> OnFile(Dictionary<string, string?> values, IReadOnlyList<EnclosedFile> files)
    {
        values.Remove("Kept");
        values["Attached"] = string.Join(',', files.Where(f => !f.Shown).Select(f => f.Sha256));
        values["Shown"] = string.Join(',', files.Where(f => f.Shown).Select(f => f.Sha256));
        return values;
    }

    private static Attachment Row(Complaint complaint, TimelineEntry entry, EnclosedFile file) =>
        new()
        {
            ComplaintId = complaint.Id,
            Seq = entry.Seq,
            FileName = file.Name,
            ContentType = file.Type,
            Bytes = file.Bytes,
            Sha256 = file.Sha256,
        };
}
