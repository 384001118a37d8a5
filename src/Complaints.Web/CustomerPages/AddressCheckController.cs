using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Web.Shared;
using Complaints.Web.Staff;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.CustomerPages;

/// <summary>
/// The owner of a mail address says that it is theirs: <c>/v/{token}</c>. Opening the page stores nothing, because scanners
/// open links; its button does. An address that was removed meanwhile, or a link whose time is over, is not here.
/// </summary>
[Route("v/{token}")]
public sealed class AddressCheckController(ComplaintsDb db, SignedLinks links, House house) : CustomerController
{
    /// <summary>The page with the button.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(string token)
    {
        var point = await FindAsync(token);
        return View("AddressCheck", new AddressCheckPage(token, point.Value, point is { VerifiedAt: not null, VerifiedBy: null }));
    }

    /// <summary>It is theirs.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Create(string token)
    {
        var point = await FindAsync(token);
        if (point is not { VerifiedAt: not null, VerifiedBy: null })
        {
            point.Verify(Now, null);
            await db.SaveChangesAsync();
        }

        return View("AddressCheck", new AddressCheckPage(token, point.Value, Done: true));
    }

    private async Task<ContactPoint> FindAsync(string token)
    {
        var link = links.Open(LinkPurpose.AddressCheck, token, Now) is { Expired: false } open ? open : throw new NotHere();
        var point = await db.ContactPoints.FirstOrDefaultAsync(p => p.Id == link.Id && p.Kind == ContactKind.Mail) ?? throw new NotHere();
        var known = await db.Customers.Where(c => c.Id == point.CustomerId).Select(c => c.Language).FirstAsync();
        var language = Tongue.Nearest(Request.Query["lang"].FirstOrDefault() ?? known);
        HttpContext.RequestServices.GetRequiredService<Me>().ReadAs(new Reader(language, TimeZoneInfo.Utc));
        ViewData["organisation"] = await house.NameAsync(language);
        ViewData["chosen"] = Chosen;
        return point;
    }
}

/// <summary>The page.</summary>
/// <param name="Done">Said already.</param>
public sealed record AddressCheckPage(string Token, string Address, bool Done);
