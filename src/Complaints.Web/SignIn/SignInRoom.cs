using Complaints.Data;
using Complaints.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Complaints.Web.SignIn;

/// <summary>Registers sign-in: ASP.NET Core Identity with cookies, its stores over <see cref="ComplaintsDb"/>.</summary>
public static class SignInRoom
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<Operation.Welcome>();
        var demo = Demo.From(settings);
        services.AddSingleton(demo);
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
                o.Lockout.MaxFailedAccessAttempts = 8;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddUserStore<UserOnlyStore<StaffMember, ComplaintsDb, long>>();
        services.ConfigureApplicationCookie(o =>
        {
            o.LoginPath = demo.Enabled ? "/welcome" : "/sign-in";
            o.AccessDeniedPath = "/problem/404";
            o.ReturnUrlParameter = "to";
            o.ExpireTimeSpan = TimeSpan.FromHours(12);
            o.SlidingExpiration = true;
        });
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthorization();
        return services;
    }
}
