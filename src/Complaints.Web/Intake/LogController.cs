using System.Globalization;
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
    CustomerSearch search,
    FileStore store,
    Complaints.Words.House house
) : DeskController
{
    private const long LargestRequest = 110L * 1024 * 1024;
    private IReadOnlyList<Customer> _alike = [];
    private IReadOnlyList<OpenCase> _likely = [];

    /// <summary>The empty form, or one for a known customer.</summary>
    [HttpGet("")]
    public async Task<IActionResult> New(long? customerId)
    {
        Allow();
        var form = new LogForm { CustomerId = customerId };
        form.Who = customerId is null ? null : await db.Customers.Where(c => c.Id == customerId).Select(c => c.Name).FirstOrDefaultAsync();
        return View("New", await pages.PageAsync(form));
    }

    /// <summary>The deadlines that will apply, while typing.</summary>
    [HttpGet("deadlines")]
    public async Task<IActionResult> Deadlines(LogForm form)
    {
        Allow();
        ModelState.Clear();
        return PartialView("_Deadlines", await pages.DeadlinesAsync(form));
    }

    /// <summary>The card of the customer who was taken, or the fields for somebody new.</summary>
    [HttpGet("customer")]
    public async Task<IActionResult> Who(LogForm form)
    {
        Allow();
        ModelState.Clear();
        return PartialView("_Who", await pages.PageAsync(form));
    }

    /// <summary>Logs it; or shows what it looks like; or adds the words to an open one.</summary>
    [HttpPost("")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest, ValueLengthLimit = House.LongestField)]
    public async Task<IActionResult> Create(LogForm form)
    {
        Allow();
        Check(form);
        return await TryAsync(
            async () => form.AddTo is { Length: > 0 } ? await AddAsync(form) : await LogAsync(form),
            async () => View("New", await pages.PageAsync(form, _alike, _likely))
        );
    }

    private async Task<IActionResult> LogAsync(LogForm form)
    {
        // Before anything else: a refreshed form must not be asked whether it looks like the complaint it made.
        if (await desk.EarlierAsync(Trimmed(form.SubmissionKey, 80, "")) is { } earlier)
        {
            return Done(new Logged(earlier, Again: true), earlier.Unit);
        }

        var customer = await CustomerAsync(form);
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
            Channel = form.Channel,
            ReceivedAt = LogReading.Received(form.Received, T.Reader, Now),
            WhatHappened = form.WhatHappened!,
            DesiredOutcome = Trimmed(form.Wants, 1_000_000, "Wants"),
            UnitId = unit.Id,
            CategoryId = form.CategoryId,
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
        var files = await LogReading.FilesAsync(form.Files, store, most: 5, FileStore.Limit);
        var logged = await desk.LogAsync(facts, Me.Actor, spot, files);
        return Done(logged, unit);
    }

    private IActionResult Done(Logged logged, Unit unit)
    {
        TempData["draft-done"] = "complaint-new";
        var complaint = logged.Complaint;
        if (!Rights.MaySee(Me.Actor, unit.Path, complaint.OwnerId, complaint.ComplainedAboutId))
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
        var complaint = await cases.FindAsync(form.AddTo!, Right.Work);
        var words = form.WhatHappened!.Trim() + (string.IsNullOrWhiteSpace(form.Wants) ? "" : "\n\n" + form.Wants.Trim());
        var entry = complaint.HearFrom(Me.Actor, Now, form.Channel, words, await cases.BookAsync());
        var files = await LogReading.FilesAsync(form.Files, store, most: 5, FileStore.Limit);
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
        TempData["draft-done"] = "complaint-new";
        Flash("Added to {0}. No new complaint was made.", complaint.Reference);
        return Redirect("/complaints/" + complaint.Reference);
    }

    private async Task<Customer> CustomerAsync(LogForm form)
    {
        var id = form.CustomerId ?? (long.TryParse(form.Known, CultureInfo.InvariantCulture, out var known) ? known : null);
        if (id is not null)
        {
            return await db.Customers.Include(c => c.ContactPoints).FirstOrDefaultAsync(c => c.Id == id)
                ?? throw new Refusal(new Sentence("That customer is no longer there. Search again."), "Who");
        }

        if (form.Known != "new")
        {
            _alike = await AlikeAsync(form);
            if (_alike.Count > 0)
            {
                throw new Refusal(new Sentence("We may know this customer. Choose below, or say that it is somebody new."), "alike");
            }
        }

        return LogReading.NewCustomer(form, Now);
    }

    /// <summary>Customers with the very same contact point or name.</summary>
    private async Task<IReadOnlyList<Customer>> AlikeAsync(LogForm form)
    {
        var alike = new List<Customer>();
        foreach (var typed in new[] { form.Who, form.NewContact }.Where(t => !string.IsNullOrWhiteSpace(t)))
        {
            alike.AddRange(await search.WithPointAsync(Matching.KindOf(typed!), typed!));
        }

        var ids = await search.FindAsync(form.Who, 10);
        var named = await db.Customers.Include(c => c.ContactPoints).Where(c => ids.Contains(c.Id)).ToListAsync();
        return [.. alike.Concat(named.Where(c => Matching.NameFits(c.Name, form.Who!))).DistinctBy(c => c.Id).Take(5)];
    }

    private void Check(LogForm form)
    {
        void Missing(bool missing, string field, string sentence)
        {
            if (missing)
            {
                ModelState.AddModelError(field, sentence);
            }
        }

        Missing(
            string.IsNullOrWhiteSpace(form.Who) && form.CustomerId is null && form.AddTo is null,
            "Who",
            T["Say who complains: a name, phone or mail address."]
        );
        Missing(string.IsNullOrWhiteSpace(form.WhatHappened), "WhatHappened", T["Write down what happened."]);
        if (form.OnTheSpot && form.AddTo is null)
        {
            Missing(string.IsNullOrWhiteSpace(form.SpotWords), "SpotWords", T["Write down what was said or sent."]);
            Missing(string.IsNullOrWhiteSpace(form.ApologyWords), "ApologyWords", T["Write down the words of the apology."]);
            Missing(
                !form.NoFault && string.IsNullOrWhiteSpace(form.Shortfall),
                "Shortfall",
                T["Name the shortfall we own up to, or mark “no fault found so far”."]
            );
            Missing(string.IsNullOrWhiteSpace(form.Solution), "Solution", T["Write down what was done to put it right."]);
            Missing(form.RootCauseId is null, "RootCauseId", T["Choose the root cause."]);
        }
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
