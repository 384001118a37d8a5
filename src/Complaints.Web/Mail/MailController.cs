using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Mail;

/// <summary>
/// How mail is doing, for leads and administrators: questions to decide, what waits, what was refused, and received mail
/// that belongs nowhere. A lead sees the mail of complaints they may see; an administrator sees no words of any.
/// </summary>
[Route("mail")]
public sealed class MailController(MailPages pages) : DeskController
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index()
    {
        pages.Allow();
        return View("Mail", await pages.PageAsync());
    }
}
