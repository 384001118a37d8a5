namespace Complaints.Web.SignIn;

/// <summary>
/// How our cookies are called and guarded. Over https (the public address says so) every name has the prefix
/// <c>__Host-</c>, which browsers accept only with Secure, for one host and the whole of it. Over plain http, as in the
/// demo on this machine, browsers would drop such cookies, so the names go without.
/// </summary>
/// <param name="Https">True when the public address is https.</param>
public sealed record SafeCookies(bool Https)
{
    /// <summary>Name of the cookie that keeps the language of a signed-out page.</summary>
    public const string Language = "lang";

    /// <summary>As the setting <c>PublicUrl</c> says.</summary>
    public static SafeCookies From(IConfiguration settings) =>
        new(settings["PublicUrl"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The whole name of a cookie.</summary>
    public string Named(string name) => Https ? "__Host-" + name : name;

    /// <summary>Sets name and guards.</summary>
    public void Guard(CookieBuilder cookie, string name)
    {
        cookie.Name = Named(name);
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = Https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
