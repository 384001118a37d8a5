using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Complaints.Web.CustomerPages;

/// <summary>How often one address may open or send what needs no sign-in: setting <c>CustomerPages:PerMinute</c>, 60 unless set.</summary>
public static class CustomerLimits
{
    /// <summary>Name of the policy.</summary>
    public const string Policy = "customers";

    /// <summary>Registers it.</summary>
    public static IServiceCollection AddCustomerLimits(this IServiceCollection services, IConfiguration settings)
    {
        var most = int.Parse(settings["CustomerPages:PerMinute"] ?? "60", NumberStyles.None, CultureInfo.InvariantCulture);
        return services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.AddPolicy(
                Policy,
                context =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        context.Connection.RemoteIpAddress?.ToString() ?? "",
                        _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) }
                    )
            );
        });
    }
}
