using global::Hangfire;
using Complaints.Time;
using global::Hangfire.Dashboard;
using global::Hangfire.InMemory;
using global::Hangfire.PostgreSql;
using global::Hangfire.PostgreSql.Factories;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: HostingStartup(typeof(Complaints.Hangfire.HangfireStartup))]

namespace Complaints.Hangfire;

/// <summary>
/// Hangfire as alarm clock instead of Quartz. Runs before the house registers its own, which then gives way; named in
/// <c>HostingStartupAssemblies</c>.
/// </summary>
public sealed class HangfireStartup : IHostingStartup
{
    /// <summary>Where the dashboard is.</summary>
    public const string Dashboard = "/settings/work/hangfire";

    /// <inheritdoc />
    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(services =>
        {
            services.AddSingleton(s => new HangfireClock(
                Storage(s.GetRequiredService<IConfiguration>()),
                s.GetService<ILogger<HangfireClock>>()
            ));
            services.AddSingleton<IAlarmClock>(s => s.GetRequiredService<HangfireClock>());
            // What the dashboard asks for, and no more: AddHangfire would set the library's settings for the whole process,
            // and with them the log of one house for all. Whether it ticks shows on our own page and in /health/ready.
            services.AddSingleton<IGlobalConfiguration>(GlobalConfiguration.Configuration);
            services.AddSingleton(DashboardRoutes.Routes);
            services.AddSingleton(new AlarmClockPage(Dashboard));
            services.AddSingleton<Action<IEndpointRouteBuilder>>(MapDashboard);
        });

    /// <summary>
    /// Administrators alone may change anything, auditors look, everybody else is refused: by the rights of the house and
    /// not by the address asked from, which behind a proxy is always this machine's own.
    /// </summary>
    private static void MapDashboard(IEndpointRouteBuilder pages)
    {
        var options = new DashboardOptions
        {
            AppPath = "/settings/work",
            DashboardTitle = "Complaints",
            DisplayStorageConnectionString = false,
            IsReadOnlyFunc = asked => !MayChange(asked.GetHttpContext()),
        };
        pages.MapHangfireDashboardWithAuthorizationPolicy(
            AlarmClockPage.MaySee,
            Dashboard,
            options,
            pages.ServiceProvider.GetRequiredService<HangfireClock>().Storage
        );
    }

    private static bool MayChange(HttpContext http) =>
        http
            .RequestServices.GetRequiredService<IAuthorizationService>()
            .AuthorizeAsync(http.User, http, AlarmClockPage.MayChange)
            .GetAwaiter()
            .GetResult() // the rights are already loaded; the library's own question knows no waiting
            .Succeeded;

    /// <summary>In memory beside SQLite; in a schema of its own, <c>hangfire</c>, beside PostgreSQL.</summary>
    public static JobStorage Storage(IConfiguration settings)
    {
        if (!string.Equals(settings["Database:Provider"], "postgres", StringComparison.OrdinalIgnoreCase))
        {
            return new InMemoryStorage();
        }

        var options = new PostgreSqlStorageOptions
        {
            // A long run keeps its job by renewing it, and is not begun again by another node meanwhile.
            UseSlidingInvisibilityTimeout = true,
            QueuePollInterval = TimeSpan.FromSeconds(1),
            // Its locks are rows, and a killed node leaves them: for ten minutes nothing would ring anywhere. A lock taken
            // from somebody who is merely slow doubles a tick, which changes nothing.
            DistributedLockTimeout = TimeSpan.FromSeconds(10),
            JobExpirationCheckInterval = TimeSpan.FromMinutes(10),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(settings.GetConnectionString("Complaints") ?? "", options), options);
    }
}
