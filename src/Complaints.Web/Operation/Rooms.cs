using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Intake;
using Complaints.Web.Casework;
using Complaints.Web.Live;
using Complaints.Web.Queues;
using Complaints.Web.Search;
using Complaints.Words;

namespace Complaints.Web.Operation;

/// <summary>What each room registers, in the order of the arrows.</summary>
public static class Rooms
{
    /// <summary>Registers all rooms.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services, IConfiguration settings)
    {
        // Words
        services.AddSingleton(new PublicUrl(new Uri(settings["PublicUrl"] is { Length: > 0 } url ? url : "http://localhost:5080")));
        services.AddScoped<Complaints.Words.House>();
        services.AddScoped<Letters>();

        // Casework
        services.AddScoped<Cases>();
        services.AddScoped<CasePages>();
        services.AddScoped<CaseMail>();
        services.AddScoped<TimelineVerifier>();
        services.AddScoped(s => new HeadOfHeads(
            s.GetRequiredService<ComplaintsDb>(),
            s.GetRequiredService<Keys>(),
            s.GetRequiredService<DataFolder>().Of("heads")
        ));

        // Escalation

        // FollowUp

        // Intake
        services.AddScoped<DemoWorld>();
        services.AddSingleton(s => new ImportFolder(s.GetRequiredService<DataFolder>().Of("imports")));
        services.AddScoped<Importer>();
        services.AddScoped<ImportStart>();
        services.AddScoped<GoingLive>();

        // Insight: lists, live pages
        services.AddMemoryCache();
        services.AddSingleton<LiveNews>();
        services.AddHostedService<LivePump>();
        services.AddScoped<Reach>();
        services.AddScoped<QueueReader>();
        services.AddScoped<Counts>();
        services.AddScoped<Finder>();
        return services;
    }
}
