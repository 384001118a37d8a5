using System.Threading.RateLimiting;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Time;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.SignIn;

/// <summary>Registers sign-in: ASP.NET Core Identity with cookies, its stores over <see cref="ComplaintsDb"/>.</summary>
public static class SignInRoom
{
    /// <summary>Name of the limit on tries to get in: per address, so that guessing is slow for many accounts too.</summary>
    public const string Tries = "tries";

    /// <summary>Tries per address and minute.</summary>
    private const int TriesPerMinute = 40;

    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<Operation.Welcome>();
        var demo = Demo.From(settings);
        var cookies = SafeCookies.From(settings);
        services.AddSingleton(demo);
        services.AddSingleton<DemoArrival>();
        services.AddHostedService(s => s.GetRequiredService<DemoArrival>());
        services.AddSingleton(cookies);
        services.AddScoped<OneTimeCodes>();
        services.AddScoped<Invitations>();
        services.AddScoped<Setup>();
        services.AddScoped<Staff.Roster>();
        services.AddScoped<Settings.UnitTree>();
        services.AddIdentity();
        services.ConfigureApplicationCookie(o =>
        {
            cookies.Guard(o.Cookie, "complaints");
            o.LoginPath = demo.Enabled ? "/welcome" : "/sign-in";
            o.Events.OnRedirectToAccessDenied = refused =>
            {
                refused.Response.StatusCode = StatusCodes.Status404NotFound; // what somebody may not see is not there
                return Task.CompletedTask;
            };
            o.ReturnUrlParameter = "to";
            o.ExpireTimeSpan = TimeSpan.FromHours(12);
            o.SlidingExpiration = true;
        });
        services.Configure<AntiforgeryOptions>(o => cookies.Guard(o.Cookie, "complaints-form"));
        services.Configure<CookieTempDataProviderOptions>(o => cookies.Guard(o.Cookie, "complaints-flash"));
        services
            .AddOptions<SecurityStampValidatorOptions>()
            .Configure<TimeProvider>((o, clock) => (o.ValidationInterval, o.TimeProvider) = (TimeSpan.FromMinutes(1), clock));
        services.AddDataProtection().SetApplicationName("complaints");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IServiceScopeFactory, Keys>(
                (o, scopes, keys) => (o.XmlRepository, o.XmlEncryptor) = (new ProtectionRing(scopes), new ProtectionSeal(keys))
            );
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.AddPolicy(Tries, http => RateLimitPartition.GetFixedWindowLimiter(Asking(http), _ => PerMinute(TriesPerMinute)));
        });
        services.AddAuthorization(o =>
        {
            o.AddPolicy(AlarmClockPage.MaySee, p => p.RequireAssertion(c => May(c, Right.Administer) || May(c, Right.Audit)));
            o.AddPolicy(AlarmClockPage.MayChange, p => p.RequireAssertion(c => May(c, Right.Administer)));
        });
        return services;
    }

    private static bool May(AuthorizationHandlerContext asked, Right right) =>
        asked.Resource is HttpContext http && http.RequestServices.GetRequiredService<Me>() is { IsSignedIn: true } me && me.May(right);

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services
            .AddIdentityCore<StaffMember>(o =>
            {
                o.Password.RequiredLength = 10;
                o.Password.RequireDigit =
                    o.Password.RequireLowercase =
                    o.Password.RequireUppercase =
                    o.Password.RequireNonAlphanumeric =
                        false;
                o.User.RequireUniqueEmail = true;
                o.User.AllowedUserNameCharacters = ""; // the user name is the mail address, whatever characters it has
                o.Lockout.MaxFailedAccessAttempts = 8;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddUserStore<UserOnlyStore<StaffMember, ComplaintsDb, long>>();
    }

    private static string Asking(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static FixedWindowRateLimiterOptions PerMinute(int tries) => new() { PermitLimit = tries, Window = TimeSpan.FromMinutes(1) };
}
