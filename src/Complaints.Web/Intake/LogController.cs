using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Operation;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Intake;

/// <summary>Logging a complaint.</summary>
[Route("complaints/new")]
public sealed class LogController(
    ComplaintsDb db,
    LogPages pages,
    LogDesk desk,
    Cases cases,
    LogCustomers customers,
    Uploads uploads,
    Complaints.Words.House house
) : DeskController
{
    private IReadOnlyList<OpenCase> _likely = [];

    /// <summary>The empty form, or one for a known customer.</summary>
    /// <param name="customerId">Who complains.</param>
    /// <param name="personId">Who speaks for them, when they are an organisation.</param>
    /// <param name="contactId">A contact out of which a complaint is made.</param>
    [HttpGet("")]
    public async Task<IActionResult> New(long? customerId, long? personId, long? contactId)
    {
        Allow();
        var form =
            (contactId is { } contact ? await customers.OfContactAsync(contact, T.Reader) : null)
            ?? new LogForm { CustomerId = customerId, PersonId = personId };
        customerId = form.CustomerId;
        form.Who = customerId is null ? null : await db.Customers.Where(c => c.Id == customerId).Select(c => c.Name).FirstOrDefaultAsync();
        return View("New", await pages.PageAsync(form));
    }

    /// <summary>Logs it; or shows what it looks like; or adds the words to an open one.</summary>
    [HttpPost("")]
    [TakesFiles(FileDoor.Staff)]
    public async Task<IActionResult> Create(LogForm form)
    {
        Allow();
        foreach (var (field, sentence) in form.Missing())
        {
            ModelState.AddModelError(field, T[sentence]);
        }

        return await TryAsync(
            async () => form.AddTo is { Length: > 0 } ? await AddAsync(form) : await LogAsync(form),
            async () => View("New", await pages.PageAsync(form, customers.Alike, _likely))
        );
    }

    private async Task<IActionResult> LogAsync(LogForm form)
    {
        // Before anything else: a refreshed form must not be asked whether it looks like the complaint it made.
        if (await desk.EarlierAsync(Trimmed(form.SubmissionKey, 80, "")) is { } earlier)
        {
            return Done(new Logged(earlier, Again: true), earlier.Unit);
        }

        var customer = await customers.OfAsync(form);
        if (!form.Anyway && customer.Id > 0 && await pages.LikelyAsync(customer.Id, form.WhatHappened!) is { Count: > 0 } likely)
        {
            _likely = likely;
            (form.CustomerId, form.Who) = (customer.Id, customer.Name);
            ModelState.Clear();
            throw new Refusal(new Sentence("This may be in our books already. Add it to the open complaint, or log it anyway."), "likely");
        }

        var currency = await house.CurrencyAsync();
        var unit =
            await db.Units.FirstOrDefaultAsync(u => u.Id == (form.UnitId ?? Me.Member.UnitId) && u.Active)
            ?? throw new Refusal(new Sentence("That unit is closed. Choose another."), "UnitId");
        var facts = new LogFacts
        {
            Customer = customer,
            ContactPerson = await customers.PersonAsync(form, customer),
            Channel = form.Channel,
            ReceivedAt = LogReading.Received(form.Received, T.Reader, Now),
            WhatHappened = form.WhatHappened!,
            DesiredOutcome = Trimmed(form.Wants, 1_000_000, "Wants"),
            UnitId = unit.Id,
            CategoryId = form.CategoryId,
            Points = PointsController.Lines(form.Points),
            Severity = form.Severity,
            Public = form.Public,
            AmountInDispute = LogReading.Amount(form.Amount, form.Currency, currency, "Amount"),
            ComplainedAboutId = form.AboutId,
            AffectedPerson = Trimmed(form.AffectedPerson, 1000, "AffectedPerson"),
            Authority = Trimmed(form.Authority, 4000, "Authority"),
            ProofOfChannel = Trimmed(form.Proof, 4000, "Proof"),
            Need = form.Need,
            Stage = form.Stage,
            Technical = form.Technical,
            OnSite = form.OnSite,
            Paid = form.Paid,
            SubmissionKey = Trimmed(form.SubmissionKey, 80, ""),
        };
        var spot = LogReading.Spot(form, currency);
        var files = await uploads.KeepAsync(form.Files, FileDoor.Staff, "Files");
        var logged = await desk.LogAsync(facts, Me.Actor, spot, files);
        await customers.MadeAsync(form, logged);
        return Done(logged, unit);
    }

    private IActionResult Done(Logged logged, Unit unit)
    {
        TempData["draft-done"] = "complaint-new";
        var complaint = logged.Complaint;
        if (!Rights.MaySee(Me.Actor, unit.Path, complaint.OwnerId, complaint.KeptFrom))
        {
            Flash("{0} is logged. It now belongs to {1}, so you cannot open it.", complaint.Reference, unit.NameIn(T.Reader.Language));
            return Redirect("/");
        }

        if (logged.Again)
        {
            Flash("This was logged already, as {0}.", complaint.Reference);
        }
        else if (complaint.AwaitingApproval)
        {
            Flash("{0} is logged. The remedy is above your limit and waits for approval.", complaint.Reference);
        }
        else
        {
            Flash("{0} is logged.", complaint.Reference);
        }

        return Redirect("/complaints/" + complaint.Reference);
    }

    private async Task<IActionResult> AddAsync(LogForm form)
    {
        var complaint = await OpenCaseAsync(form.AddTo!);
        var words = form.WhatHappened!.Trim() + (string.IsNullOrWhiteSpace(form.Wants) ? "" : "\n\n" + form.Wants.Trim());
        if (await IsAddedAsync(complaint.Id, words))
        {
            return Added(complaint);
        }

        var entry = complaint.HearFrom(Me.Actor, Now, form.Channel, words, await cases.BookAsync());
        var files = await uploads.KeepAsync(form.Files, FileDoor.Staff, "Files");
        db.Attachments.AddRange(
            files.Select(f => new Attachment
            {
                ComplaintId = complaint.Id,
                Seq = entry.Seq,
                FileName = f.FileName,
                ContentType = f.ContentType,
                Bytes = f.Stored.Bytes,
                Sha256 = f.Stored.Sha256,
            })
        );
        await db.SaveChangesAsync();
        return Added(complaint);
    }

    private async Task<Complaint> OpenCaseAsync(string reference)
    {
        try
        {
            return await cases.FindAsync(reference, Right.Work);
        }
        catch (NotHere)
        {
            throw new Refusal(
                new Sentence(
                    "There is no complaint {0} here that you could add to. Log this as a new one, or look it up first.",
                    reference
                ),
                "likely"
            );
        }
    }

    // The answer to the first may have been lost on its way; nobody says the same twice in ten minutes.
    private async Task<bool> IsAddedAsync(long id, string words)
    {
        var since = Now.AddMinutes(-10);
        var me = Me.Member.Id;
        var lately = await db
            .Timeline.AsNoTracking()
            .Where(e => e.ComplaintId == id && e.Kind == EntryKind.ContactIn && e.ActorId == me && e.At >= since)
            .Select(e => e.Content)
            .ToListAsync();
        return lately.Exists(c => c?.Body.Words == words);
    }

    private RedirectResult Added(Complaint complaint)
    {
        TempData["draft-done"] = "complaint-new";
        Flash("Added to {0}. No new complaint was made.", complaint.Reference);
        return Redirect("/complaints/" + complaint.Reference);
    }

    private static string? Trimmed(string? text, int most, string field)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null
            : trimmed.Length <= most ? trimmed
            : throw new Refusal(new Sentence("That text has {0} characters; {1} fit.", trimmed.Length, most), field);
    }

    private void Allow()
    {
        if (!Me.May(Right.Work))
        {
            throw new NotHere();
        }
    }
}
