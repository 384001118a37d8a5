using System.Security.Cryptography;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Language;
using Complaints.Web.Shared;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>
/// Where mail goes while none may leave: everybody's in the demo, the administrators' otherwise, and not there at all
/// once a mail server is set. One can answer here as the customer.
/// </summary>
public sealed class SandboxController(ComplaintsDb db, MailDoor door, FixedMail set, InboxStore inbox, Me me, Spoken t, TimeProvider clock)
    : Controller
{
    private const int Page = 50;

    // The mail's own page: its styles stand in the document, nothing runs, nothing is fetched, links open beside it.
    private const string MailPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    /// <summary>What was sent, newest first.</summary>
    [HttpGet("sandbox")]
    public async Task<IActionResult> Index(long? before)
    {
        await OpenAsync();
        return View("Sandbox", await ListAsync(before));
    }

    /// <summary>One mail.</summary>
    [HttpGet("sandbox/{id:long}")]
    public async Task<IActionResult> Show(long id)
    {
        await OpenAsync();
        return View("SandboxMail", await FindAsync(id));
    }

    /// <summary>Its HTML part, as the customer's mail program would show it.</summary>
    [HttpGet("sandbox/{id:long}/html")]
    public async Task<IActionResult> Html(long id)
    {
        await OpenAsync();
        var html = (await FindAsync(id)).Message!.Html;
        Response.Headers.ContentSecurityPolicy = MailPolicy;
        return Content(html.Replace("<head>", "<head><base target=\"_blank\">", StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    /// <summary>Its bytes as they would have left.</summary>
    [HttpGet("sandbox/{id:long}/source")]
    public async Task<IActionResult> Source(long id)
    {
        await OpenAsync();
        return File((await FindAsync(id)).Message!.Bytes ?? throw new NotHere(), "text/plain; charset=utf-8");
    }

    /// <summary>Answers as the customer.</summary>
    [HttpPost("sandbox/{id:long}/answer")]
    public async Task<IActionResult> Answer(long id, string? words)
    {
        var desk = await OpenAsync();
        var delivery = await FindAsync(id);
        if (string.IsNullOrWhiteSpace(words))
        {
            ModelState.AddModelError("words", t["Write the answer first."]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("SandboxMail", delivery);
        }

        return await ComeInAsync(delivery, SandboxPost.Answer(delivery.Message!, delivery.Recipient, desk, words.Trim(), Now));
    }

    /// <summary>Lets the mail come back undelivered.</summary>
    [HttpPost("sandbox/{id:long}/bounce")]
    public async Task<IActionResult> Bounce(long id)
    {
        var desk = await OpenAsync();
        var delivery = await FindAsync(id);
        return await ComeInAsync(delivery, SandboxPost.Bounce(delivery.Message!, delivery.Recipient, desk, Now));
    }

    /// <summary>Answers as an absent customer's mail program.</summary>
    [HttpPost("sandbox/{id:long}/absence")]
    public async Task<IActionResult> Absence(long id)
    {
        var desk = await OpenAsync();
        var delivery = await FindAsync(id);
        return await ComeInAsync(delivery, SandboxPost.Absence(delivery.Message!, delivery.Recipient, desk, Now));
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<IActionResult> ComeInAsync(OutDelivery delivery, byte[] raw)
    {
        var uid = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue;
        var id = await inbox.StoreAsync(InboxStore.Sandbox, 1, uid, raw, cancel: HttpContext.RequestAborted);
        await HttpContext.RequestServices.GetRequiredService<InboundRun>().TryAsync(id);
        await HttpContext.RequestServices.GetRequiredService<Complaints.Casework.DeliveryNews>().RunAsync();
        var came = await db.InMessages.Where(m => m.Id == id).Select(m => new { m.State, m.Why }).FirstAsync();
        TempData["flash"] =
            came.State == InState.Waiting
                ? t["It has come in and is read in a moment."]
                : t["It has come in. {0}", KeptSentence.Read(came.Why ?? "")];
        return LocalRedirect($"/sandbox/{delivery.Id}");
    }

    /// <summary>The desk's address, for whoever may come in.</summary>
    private async Task<string> OpenAsync()
    {
        var way = await door.OpenAsync(HttpContext.RequestAborted);
        return way.IsSandbox && (set.Demo || me.May(Right.Administer)) ? way.SenderAddress : throw new NotHere();
    }

    private async Task<OutDelivery> FindAsync(long id) =>
        await db.OutDeliveries.AsNoTracking().Include(d => d.Message).FirstOrDefaultAsync(d => d.Id == id) ?? throw new NotHere();

    private async Task<SandboxPage> ListAsync(long? before)
    {
        var rows = await db
            .OutDeliveries.Where(d => before == null || d.Id < before)
            .OrderByDescending(d => d.Id)
            .Take(Page + 1)
            .Select(d => new SandboxRow(
                d.Id,
                d.Recipient,
                d.Message!.Subject,
                d.Message.Purpose,
                d.Message.Reference,
                d.Message.PersonWrote,
                d.State,
                d.SettledAt ?? d.Message.NotBefore
            ))
            .ToListAsync();
        return new SandboxPage([.. rows.Take(Page)], before is not null, rows.Count > Page ? rows[Page - 1].Id : null);
    }
}

/// <summary>A page of the sandbox.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Later">True when this is not the first page.</param>
/// <param name="Older">Key of the next page; null when there is none.</param>
public sealed record SandboxPage(IReadOnlyList<SandboxRow> Rows, bool Later, long? Older);

/// <summary>A mail in the sandbox.</summary>
public sealed record SandboxRow(
    long Id,
    string To,
    string Subject,
    MailPurpose Purpose,
    string? Reference,
    bool PersonWrote,
    DeliveryState State,
    DateTime At
);
