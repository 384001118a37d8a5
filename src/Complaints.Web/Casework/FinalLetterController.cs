using Complaints.Casework;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>
/// The final letter before it leaves: put together from the points into the words of the form, and shown as a sheet to
/// print. Both take the form as it stands, and neither does the step.
/// </summary>
public sealed class FinalLetterController(FinalLetter letter, Advising advising, Complaints.Words.House house) : LetterController
{
    /// <summary>
    /// Keeps the answers typed so far and shows the form again with all that was typed; once every point is answered, its
    /// words are the letter put together from them.
    /// </summary>
    [HttpPost("complaints/{reference}/letters/draft")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public Task<IActionResult> Draft(string reference, ResolutionForm form) =>
        TryAsync(
            async () =>
            {
                var complaint = await Cases.FindAsync(reference, Right.Work);
                await RefuseStaleAsync(complaint);
                await Enclosures.PeekAsync(reference, form);
                PointAnswers.Put(complaint, form.Points, Me.Actor, Now, await house.CurrencyAsync());
                await Db.SaveChangesAsync();
                var values = Return(Values());
                if (complaint.OpenPoints == 0)
                {
                    var document = form.Document ?? CaseMail.DocumentFor(complaint, MailPurpose.Resolution);
                    var words = await letter.WordsAsync(complaint, document, await Cases.BookAsync());
                    values["Words"] = words ?? throw new Refusal("There is no point to put a letter together from. Add points first.");
                    Flash("The letter is put together. Change it as you like.");
                }
                else
                {
                    Flash("Kept. {0|point is|points are} still open; then the letter can be put together.", complaint.OpenPoints);
                }

                Db.ChangeTracker.Clear();
                TempData["draft-done"] = $"resolution-{complaint.Reference}"; // an older draft must not cover the new words
                return View("Complaint", await Pages.BuildAsync(reference, typed: new Typed("resolution", values)));
            },
            () => AgainAsync(reference, "resolution")
        );

    /// <summary>The resolution's letter as a sheet of paper; what a regulator demands and is missing stands above it.</summary>
    [HttpPost("complaints/{reference}/letters/resolution")]
    [RequestSizeLimit(RequestLimit)]
    [RequestFormLimits(MultipartBodyLengthLimit = RequestLimit)]
    public Task<IActionResult> Resolution(string reference, ResolutionForm form) =>
        TryAsync(
            async () =>
            {
                var complaint = await Cases.FindAsync(reference, Right.Work);
                var currency = await house.CurrencyAsync();
                PointAnswers.Put(complaint, form.Points, Me.Actor, Now, currency);
                var words = ResolutionController.WordsOf(form.Read(currency, complaint), form.Words ?? "") with
                {
                    AuthorName = Me.Member.Name,
                    Document = form.Document,
                };
                var sheet = await SheetAsync(complaint, MailPurpose.Resolution, words, null);
                Db.ChangeTracker.Clear();
                return View("Sheet", sheet);
            },
            () => AgainAsync(reference, "resolution")
        );

    /// <summary>A letter that was logged as posted, for another print: its words as they stand on the timeline.</summary>
    [HttpGet("complaints/{reference}/letters/{seq:int}")]
    public async Task<IActionResult> Show(string reference, int seq)
    {
        var complaint = await Cases.FindAsync(reference);
        var entry = await Db
            .Timeline.AsNoTracking()
            .Include(e => e.Content)
            .FirstOrDefaultAsync(e => e.ComplaintId == complaint.Id && e.Seq == seq);
        if (entry is null || !LetterSheet.IsOne(entry))
        {
            throw new NotHere();
        }

        await AccessLog.NoteAsync(Db, Me.Member.Id, complaint.CustomerId, complaint.Id, Now);
        var body = entry.Content!.Body;
        var last = entry.Kind == EntryKind.Resolved && complaint.ResolvedAt == entry.At;
        var words = new CaseWords
        {
            Text = body.Words ?? "",
            AuthorName = body.By,
            Solution = last ? complaint.Solution : null,
            Remedy = last ? complaint.Remedy : null,
            Amount = last ? complaint.RemedyAmount : null,
        };
        var purpose = entry.Kind switch
        {
            EntryKind.Acknowledged => MailPurpose.Acknowledgement,
            EntryKind.Apologized => MailPurpose.Apology,
            EntryKind.Resolved => MailPurpose.Resolution,
            _ => MailPurpose.Reply,
        };
        return View("Sheet", await SheetAsync(complaint, purpose, words, entry.At));
    }

    private async Task<LetterSheet> SheetAsync(Complaint complaint, MailPurpose purpose, CaseWords words, DateTime? postedAt)
    {
        var book = await Cases.BookAsync();
        var reader = CaseMail.ReaderOf(complaint, book);
        return new LetterSheet(
            complaint,
            reader,
            await house.NameAsync(reader.Language),
            await house.AddressAsync(),
            await Mails.PaperSubjectAsync(complaint),
            await Mails.PaperAsync(complaint, purpose, words, book),
            postedAt ?? Now,
            postedAt is not null,
            postedAt is null ? await advising.LackingAsync(complaint, purpose, words, book, byMail: false) : []
        );
    }
}

/// <summary>A letter on paper.</summary>
/// <param name="Complaint">With customer and unit.</param>
/// <param name="Reader">The customer's language and zone.</param>
/// <param name="House">Name of the house, in that language.</param>
/// <param name="From">Address of the house, several lines; null when none is set.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Everything between subject and signature.</param>
/// <param name="At">UTC: when it was posted, else now.</param>
/// <param name="Posted">It was logged as posted.</param>
/// <param name="Lacking">Sentences the regulator demands in it and that are missing.</param>
public sealed record LetterSheet(
    Complaint Complaint,
    Reader Reader,
    string House,
    string? From,
    string Subject,
    string Text,
    DateTime At,
    bool Posted,
    IReadOnlyList<string> Lacking
)
{
    /// <summary>True for words that went out on paper.</summary>
    public static bool IsOne(TimelineEntry entry) =>
        entry.Kind is EntryKind.Acknowledged or EntryKind.Apologized or EntryKind.Resolved or EntryKind.ContactOut
        && entry.Content?.Body is { Channel: Complaints.Customers.Channel.Letter, Words.Length: > 0 };
}
