using Complaints.Language;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.SignIn;

/// <summary>The language of pages nobody is signed in on; kept in a cookie of this browser.</summary>
public sealed class LanguageController(SafeCookies cookies) : Controller
{
    /// <summary>Keeps it and goes back.</summary>
    [HttpPost("language")]
    public IActionResult Update(string? language, string? back)
    {
        var builder = new CookieBuilder { MaxAge = TimeSpan.FromDays(365), IsEssential = true };
        cookies.Guard(builder, SafeCookies.Language);
        Response.Cookies.Append(builder.Name!, Tongue.Nearest(language), builder.Build(HttpContext));
        return LocalRedirect(Url.IsLocalUrl(back) ? back! : "/");
    }
}
