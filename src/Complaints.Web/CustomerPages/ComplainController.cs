using System.Globalization;
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

/// <summary>What a customer types into the public form.</summary>
public sealed class ComplainForm
{
    public string? Name { get; set; }

    /// <summary>Mail address or phone number.</summary>
    public string? Reach { get; set; }
    public string? WhatHappened { get; set; }
    public string? Wants { get; set; }
    public long? UnitId { get; set; }
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>People leave it empty because they do not see it; programs fill it in.</summary>
    public string? Website { get; set; }
    public string? SubmissionKey { get; set; }
}

/// <summary>The public form.</summary>
public sealed record ComplainPage(ComplainForm Form, IReadOnlyList<Choice> Units, string House);

/// <summary>After sending.</summary>
public sealed record ComplainedPage(string House, string? Reference, string? Link, string? Mail);

/// <summary>Complaining without an account and without scripts.</summary>
[Route("complain")]
public sealed class ComplainController(
    ComplaintsDb db,
    WebForm settings,
    LogDesk desk,
    CustomerSearch search,
    FileStore store,
    Complaints.Words.House house,
    Spoken t,
    TimeProvider clock
) : Controller
{
    private const long LargestFile = 10L * 1024 * 1024;
    private const int MostFiles = 3;
    private const int LongestText = 20_000;
    private const long LargestRequest = 40L * 1024 * 1024;

    private string Language => t.Reader.Language;

    /// <summary>The empty form.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Form()
    {
        Allow();
        return await PageAsync(new ComplainForm { SubmissionKey = Guid.NewGuid().ToString("N") });
    }

    /// <summary>Takes the complaint.</summary>
    [HttpPost("")]
    [RequestSizeLimit(LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> Create(ComplainForm form)
    {
        Allow();
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
                var files = await LogReading.FilesAsync(form.Files, store, MostFiles, LargestFile);
                var (customer, hint) = await CustomerAsync(form);
                var logged = await desk.LogAsync(await FactsAsync(form, customer), Actor.Customer, files: files);
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

    /// <summary>Thanks, with the reference. Shown to the browser that sent it; a reload keeps it.</summary>
    [HttpGet("thanks")]
    public async Task<IActionResult> Thanks()
    {
        Allow();
        var reference = TempData.Peek("complain") as string;
        var complaint = reference is null
            ? null
            : await db
                .Complaints.AsNoTracking()
                .Include(c => c.Customer)
                    .ThenInclude(c => c.ContactPoints)
                .FirstOrDefaultAsync(c => c.Reference == reference);
        return complaint is null
            ? Redirect("/complain")
            : View(
                "Complained",
                new ComplainedPage(
                    await house.NameAsync(Language),
                    complaint.Reference,
                    house.StatusLink(complaint.Id, clock.GetUtcNow().UtcDateTime),
                    complaint.Customer.UsableMail
                )
            );
    }

    private async Task<LogFacts> FactsAsync(ComplainForm form, Customer customer) =>
        new()
        {
            Customer = customer,
            Channel = Channel.Web,
            ReceivedAt = clock.GetUtcNow().UtcDateTime,
            WhatHappened = form.WhatHappened!,
            DesiredOutcome = string.IsNullOrWhiteSpace(form.Wants) ? null : form.Wants.Trim(),
            UnitId = await UnitAsync(form.UnitId),
            SubmissionKey = form.SubmissionKey is { Length: > 0 and <= 60 } key ? "web:" + key : null,
        };

    /// <summary>Known only when the contact point is theirs and the name fits; otherwise somebody new, with a hint for the desk.</summary>
    private async Task<(Customer Customer, Sentence? Hint)> CustomerAsync(ComplainForm form)
    {
        var point = LogReading.Point(form.Reach!, "Reach");
        var name = form.Name!.Trim();
        var alike = await search.WithPointAsync(point.Kind, point.Value);
        var known = alike.FirstOrDefault(c => Matching.NameFits(c.Name, name));
        if (known is not null)
        {
            return (known, null);
        }

        var hint =
            alike.Count == 0
                ? null
                : new Sentence("{0} shares “{1}” with {2}. Check whether they are the same customer.", name, point.Value, alike[0].Name);
        var customer = new Customer
        {
            Name = name,
            Language = Language,
            PreferredChannel = point.Kind == ContactKind.Mail ? Channel.Email : Channel.Phone,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
            ContactPoints = [point],
        };
        return (customer, hint);
    }

    private async Task<long> UnitAsync(long? chosen)
    {
        if (chosen is not null && await db.Units.AnyAsync(u => u.Id == chosen && u.Active))
        {
            return chosen.Value;
        }

        var set = await db.Settings.Where(s => s.Name == WebForm.UnitSetting).Select(s => s.Value).FirstOrDefaultAsync();
        return
            long.TryParse(set, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await db.Units.AnyAsync(u => u.Id == id && u.Active)
            ? id
            : await db.Units.Where(u => u.Active).OrderBy(u => u.Path.Length).ThenBy(u => u.Id).Select(u => u.Id).FirstAsync();
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
        View("Complain", new ComplainPage(form, await LogPages.UnitsAsync(db, Language), await house.NameAsync(Language)));

    /// <summary>One IPv6 customer has a whole /64; counting single addresses would count nobody.</summary>
    private string Address()
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        return address is null ? "?"
            : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes()[..8])
            : address.ToString();
    }

    private void Allow()
    {
        if (!settings.Enabled)
        {
            throw new NotHere();
        }
    }
}
