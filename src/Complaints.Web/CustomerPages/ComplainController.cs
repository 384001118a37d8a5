using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Intake;
using Complaints.Web.Language;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.CustomerPages;

/// <summary>Complaining without an account and without scripts.</summary>
[Route("complain")]
public sealed class ComplainController(
    ComplaintsDb db,
    WebForm settings,
    LogDesk desk,
    ComplainReading reading,
    Uploads uploads,
    Complaints.Words.House house,
    Spoken t,
    TimeProvider clock
) : Controller
{
    private const int LongestText = 20_000;

    private string Language => t.Reader.Language;

    /// <summary>The empty form.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Form()
    {
        await AllowAsync();
        return await PageAsync(new ComplainForm { SubmissionKey = Guid.NewGuid().ToString("N") });
    }

    /// <summary>Takes the complaint.</summary>
    [HttpPost("")]
    [TakesFiles(FileDoor.Public)]
    public async Task<IActionResult> Create(ComplainForm form)
    {
        await AllowAsync();
        if (!string.IsNullOrEmpty(form.Website))
        {
            // A program: it is thanked, so that it does not try harder, and nothing is kept.
            return View("Complained", new ComplainedPage(await house.NameAsync(Language), null, null, null));
        }

        Check(form);
        if (ModelState.IsValid && !settings.Allows(Address()))
        {
            ModelState.AddModelError(
                "",
                t[
                    "Many complaints came from your connection in the last hour. Your words are still here: send them again later, or call us."
                ]
            );
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return await PageAsync(form);
        }

        if (ModelState.IsValid)
        {
            try
            {
                var files = await uploads.KeepAsync(form.Files, FileDoor.Public, "Files");
                var (customer, hint) = await reading.CustomerAsync(form);
                var logged = await desk.LogAsync(await reading.FactsAsync(form, customer), Actor.Customer, files: files);
                if (!logged.Again && hint is not null)
                {
                    logged.Complaint.Record(EntryKind.Note, Actor.System, clock.GetUtcNow().UtcDateTime, hint);
                    await db.SaveChangesAsync();
                }

                TempData["complain"] = logged.Complaint.Reference;
                return Redirect("/complain/thanks?lang=" + Language);
            }
            catch (Refusal refused)
            {
                ModelState.AddModelError(refused.Field ?? "", t[refused.Sentence]);
            }
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await PageAsync(form);
    }

    private void Check(ComplainForm form)
    {
        void Wrong(bool wrong, string field, string sentence)
        {
            if (wrong)
            {
                ModelState.AddModelError(field, sentence);
            }
        }

        Wrong(string.IsNullOrWhiteSpace(form.Name), "Name", t["Please tell us your name."]);
        Wrong(form.Name?.Trim().Length > 200, "Name", t["A name has at most {0} characters here.", 200]);
        Wrong(
            string.IsNullOrWhiteSpace(form.Reach) || Matching.KindOf(form.Reach.Trim()) == ContactKind.Social,
            "Reach",
            t["Please give a mail address or a phone number, so that we can answer you."]
        );
        Wrong(string.IsNullOrWhiteSpace(form.WhatHappened), "WhatHappened", t["Please tell us what happened."]);
        Wrong(
            form.WhatHappened?.Length > LongestText,
            "WhatHappened",
            t["Your text has {0} characters; {1} fit here. Shorten it, or attach it as a file.", form.WhatHappened?.Length, LongestText]
        );
        Wrong(
            form.Wants?.Length > LongestText,
            "Wants",
            t["Your text has {0} characters; {1} fit here. Shorten it, or attach it as a file.", form.Wants?.Length, LongestText]
        );
    }

    private async Task<IActionResult> PageAsync(ComplainForm form) =>
        View(
            "Complain",
            new ComplainPage(
                form,
                await LogPages.UnitsAsync(db, Language),
                await house.NameAsync(Language),
                (await FilePolicies.ReadAsync(db)).Largest(FileDoor.Public)
            )
        );

    /// <summary>One IPv6 customer has a whole /64; counting single addresses would count nobody.</summary>
    private string Address()
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        return address is null ? "?"
            : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : address.GetAddressBytes() is { Length: 16 } bytes ? Convert.ToHexString(bytes[..8])
            : address.ToString();
    }

    // Before the house is set up there is no unit that could get it.
    private async Task AllowAsync()
    {
        if (!settings.Enabled || !await db.Units.AnyAsync(u => u.Active))
        {
            throw new NotHere();
        }
    }
}
