using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Escalation;
using Complaints.FollowUp;
using Complaints.Insight;
using Complaints.Intake;
using Complaints.Web.Casework;
using Complaints.Web.CustomerPages;
using Complaints.Web.Escalation;
using Complaints.Web.Intake;
using Complaints.Web.Live;
using Complaints.Web.Mail;
using Complaints.Web.Queues;
using Complaints.Web.Search;
using Complaints.Web.Shared;
using Complaints.Web.Timetable;
using Complaints.Web.Words;
using Complaints.Words;

namespace Complaints.Web.Operation;

/// <summary>What each room registers, in the order of the arrows.</summary>
public static class Rooms
{
    /// <summary>
    /// The setting <c>PublicUrl</c>; without it this machine's own address, so that the links of a trial on another port
    /// lead somewhere.
    /// </summary>
    private static Uri PublicAddress(IConfiguration settings) =>
        settings["PublicUrl"] is { Length: > 0 } set ? new Uri(set)
        : Uri.TryCreate(settings["urls"]?.Split(';')[0], UriKind.Absolute, out var own) && own is { IsLoopback: true, Port: > 0 } ? own
        : new Uri("http://localhost:5080");

    /// <summary>Registers all rooms.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services, IConfiguration settings)
    {
        // Mail
        var publicUrl = PublicAddress(settings);
        services.AddMail(settings, publicUrl);
        // Customers
        services.AddScoped<CustomerSearch>();
        services.AddScoped<Complaints.Web.Customers.ProfileReader>();
        services.AddScoped<Complaints.Web.Customers.LineReader>();
        services.AddScoped<Complaints.Web.Customers.Repeats>();
        services.AddScoped<Complaints.Web.Customers.Care>();
        services.AddScoped<Complaints.Web.Customers.Alike>();

        // Words
        services.AddSingleton(new PublicUrl(publicUrl));
        services.AddScoped<Complaints.Words.House>();
        services.AddScoped<Letters>();

        // Casework
        services.AddSingleton(new ClamdSetting(Clamd.From(settings["Files:Clamd"])));
        services.AddScoped<FileScanRun>();
        services.AddSingleton<Thumbnails>();
        services.AddScoped<Uploads>();
        services.AddScoped<Cases>();
        services.AddScoped<CaseFiles>();
        services.AddScoped<JoinedReader>();
        services.AddScoped<CasePages>();
        services.AddScoped<Macros>();
        services.AddScoped<ReadyReplies>();
        services.AddScoped<StandingReply>();
        services.AddScoped<CaseMail>();
        services.AddScoped<Advising>();
        services.AddScoped<FinalLetter>();
        services.AddScoped<OfferedPhrases>();
        services.AddScoped<Enclosures>();
        services.AddScoped<TimelineVerifier>();
        services.AddScoped<Merging>();
        services.AddScoped<CommonAnswers>();
        services.AddScoped<CaseChanging>();
        services.AddScoped<Mentions>();
        services.AddScoped<NoticeMails>();
        services.AddScoped<Checklists>();
        services.AddScoped<CaseLabels>();
        services.AddScoped<BulkRuns>();
        services.AddScoped<PolicyChange>();
        services.AddScoped<PolicyCount>();
        services.AddScoped<Tallying>();
        services.AddScoped(s => new HeadOfHeads(
            s.GetRequiredService<ComplaintsDb>(),
            s.GetRequiredService<Keys>(),
            s.GetRequiredService<DataFolder>().Of("heads")
        ));

        // Escalation
        services.AddScoped<Sweep>();
        services.AddScoped<SweepFailures>();
        services.AddScoped<Raising>();
        services.AddScoped<IDuty, RecusalDuty>(); // before all others: they must not tell whoever is kept out
        services.AddScoped<IDuty, PromiseDuty>(); // before the escalations: it gives reasons for them
        services.AddScoped<IDuty, PaymentDuty>(); // likewise
        services.AddScoped<IDuty, EscalationDuty>(); // before the follow-up's: what it does may owe one
        services.AddScoped<EscalationQueue>();
        services.AddTimetable(settings);

        // FollowUp
        services.AddScoped<IDuty, FollowUpDuty>();
        services.AddScoped<SurveyMails>();
        services.AddScoped<Questionnaires>();
        services.AddScoped<SecondTouch>();
        services.AddScoped<Answers>();
        services.AddScoped<StopAsking>();
        services.AddScoped<Replies>();
        services.AddScoped<Calls>();
        services.AddCustomerLimits(settings);

        // Intake
        services.AddScoped<DemoWorld>();
        services.AddSingleton(s => new ImportFolder(s.GetRequiredService<DataFolder>().Of("imports")));
        services.AddScoped<Importer>();
        services.AddScoped<ImportStart>();
        services.AddScoped<GoingLive>();
        services.AddScoped<CustomerMerging>();
        services.AddScoped<Receipts>();
        services.AddScoped<LogDesk>();
        services.AddScoped<SplitDesk>();
        services.AddScoped<LogPages>();
        services.AddSingleton(new WebForm(settings));
        services.AddScoped<ComplainReading>();
        services.AddScoped<LogCustomers>();
        services.AddScoped<MailPages>();

        // Settings
        services.AddScoped<Complaints.Settings.Importing>();
        services.AddScoped<Complaints.Web.Settings.FirstSteps>();
        services.AddScoped<Complaints.Settings.Foreseeing>();

        // Insight: lists, live pages
        services.AddMemoryCache();
        services.AddSingleton<LiveNews>();
        services.AddHostedService<LivePump>();
        services.AddScoped<Reach>();
        services.AddSingleton(new LookThrough(settings.GetValue("Queues:LookThrough", 2_000)));
        services.AddScoped<QueueReader>();
        services.AddScoped<LoadReader>();
        services.AddScoped<Offered>();
        services.AddScoped<Views>();
        services.AddScoped<Counts>();
        services.AddScoped<Finder>();
        services.AddScoped<Complaints.Web.Home.NeedsReader>();
        services.AddScoped<NextWork>();
        return services;
    }
}
