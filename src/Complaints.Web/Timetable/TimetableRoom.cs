using Complaints.Time;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Web.Timetable;

/// <summary>What this room registers.</summary>
public static class TimetableRoom
{
    /// <summary>
    /// The list and its engine; the engine only where <c>Node:Work</c> is not false. Whoever registered another alarm
    /// clock before (a plug-in) keeps it.
    /// </summary>
    public static void AddTimetable(this IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<WorkReport>();
        services.AddSingleton<WorkBook>();
        foreach (var work in Timetable.All)
        {
            services.AddSingleton(work);
        }

        if (settings.GetValue("Node:Work", true))
        {
            services.Configure<HostOptions>(o => o.ShutdownTimeout = Engine.Drain + TimeSpan.FromSeconds(5));
            services.TryAddSingleton<IAlarmClock, QuartzClock>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Engine>());
        }
    }
}
