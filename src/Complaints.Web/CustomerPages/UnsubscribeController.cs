using Complaints.Customers;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Web.Shared;
using Complaints.Web.Staff;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.CustomerPages;

/// <summary>
/// No more questions about satisfaction: <c>/u/{token}</c>. Opening it changes nothing, because scanners open links; posting
/// does, by the page's button or by a mail program's one click (RFC 8058), which carries no antiforgery token and must not
/// need one. The signature says whose wish it is, and a wish to be left alone does not run out.
/// </summary>
[Route("u/{token}")]
public sealed class UnsubscribeController(ComplaintsDb db, SignedLinks links, StopAsking stop, House house) : CustomerController
{
    /// <summary>The page with the button.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(string token)
    {
        var customer = await FindAsync(token);
        return customer.NoSurveysSince is null ? View("Unsubscribe", token) : View("NoMore");
    }

    /// <summary>Stops asking.</summary>
    /// <param name="oneClick">What a mail program posts: <c>List-Unsubscribe=One-Click</c>.</param>
    [HttpPost("")]
    [IgnoreAntiforgeryToken] // RFC 8058, 3.1: the mail program posts without cookies and without having seen the page
    public async Task<IActionResult> Create(string token, [FromForm(Name = "List-Unsubscribe")] string? oneClick)
    {
        var customer = await FindAsync(token);
        await stop.DoAsync(customer, oneClick is null ? StopAsking.OnThePage : StopAsking.ByOneClick, Now);
        await db.SaveChangesAsync();
        return View("NoMore");
    }

    private async Task<Customer> FindAsync(string token)
    {
        var link = links.Open(LinkPurpose.Unsubscribe, token, Now) ?? throw new NotHere();
        var id = await Merged.SurvivorAsync(db, link.Id);
        var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id) ?? throw new NotHere();
        var language = Request.Query["lang"].FirstOrDefault() is { } chosen ? Tongue.Nearest(chosen) : Tongue.Nearest(customer.Language);
        HttpContext.RequestServices.GetRequiredService<Me>().ReadAs(new Reader(language, TimeZoneInfo.Utc));
        ViewData["organisation"] = await house.NameAsync(language);
        ViewData["chosen"] = Chosen;
        return customer;
    }
}
