using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Web.Language;
using Complaints.Web.Staff;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;

namespace Complaints.Web.CustomerPages;

/// <summary>
/// What every page behind a signed link has: the customer's language and zone, no trace in search engines, caches or
/// other sites' logs, and a limit on tries. Opening a page stores nothing: mail scanners open every link.
/// </summary>
[EnableRateLimiting(CustomerLimits.Policy)]
public abstract class CustomerController : Controller
{
    /// <summary>UTC.</summary>
    protected DateTime Now => HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>Says sentences in the customer's language.</summary>
    protected Spoken T => HttpContext.RequestServices.GetRequiredService<Spoken>();

    /// <summary><c>?lang=…</c> when the customer chose another language on the page, for links and forms; else empty.</summary>
    protected string Chosen => Request.Query["lang"].FirstOrDefault() is { } lang ? $"?lang={Tongue.Nearest(lang)}" : "";

    /// <inheritdoc />
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        Response.Headers.CacheControl = "no-store";
    }

    /// <summary>From here on the page speaks the customer's language, in their zone.</summary>
    protected async Task SpeakToAsync(Complaint complaint, DeadlineBook book)
    {
        var language = Request.Query["lang"].FirstOrDefault() is { } chosen ? Tongue.Nearest(chosen) : complaint.Customer.Language;
        HttpContext.RequestServices.GetRequiredService<Me>().ReadAs(new Reader(language, FollowUpDuty.ZoneOf(complaint, book)));
        ViewData["organisation"] = await HttpContext.RequestServices.GetRequiredService<House>().NameAsync(language);
        ViewData["chosen"] = Chosen;
    }

    /// <summary>The page for a link whose time is over: how to reach us, and a new link to the address we know.</summary>
    protected IActionResult Expired(Complaint complaint, string path) =>
        View("Expired", new ExpiredPage(complaint.Reference, path, complaint.UsableMail is not null));

    /// <summary>Opens the form again with what was typed and what is wrong.</summary>
    protected async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act, Func<Task<IActionResult>> again)
    {
        try
        {
            return await act();
        }
        catch (Refusal refused)
        {
            ModelState.AddModelError(refused.Field ?? "", T[refused.Sentence]);
        }
        catch (Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            ModelState.AddModelError("", T["Something changed on our side while you were writing. Please send it once more."]);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await again();
    }
}

/// <summary>A link whose time is over.</summary>
/// <param name="Reference">The complaint's.</param>
/// <param name="Path">Where a new link is asked for.</param>
/// <param name="CanMail">An address is known and good.</param>
public sealed record ExpiredPage(string Reference, string Path, bool CanMail);
