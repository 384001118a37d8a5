using Complaints.Casework;
using Complaints.Data;
using Complaints.Escalation;
using Complaints.Insight;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Time;

namespace Complaints.Web.Timetable;

/// <summary>
/// THE list of recurring work. It is an alarm clock only: what is owed stands in the tables, so a lost or doubled tick
/// changes nothing, and on several nodes every node ticks.
/// </summary>
public static class Timetable
{
    /// <summary>All of it.</summary>
    public static IReadOnlyList<NamedWork> All { get; } =
    [
        new(
            SweepFailures.Work,
            new Sentence("Watching the deadlines"),
            new Sentence("Sees to complaints whose moment has come: warns, escalates, asks whether it is solved, reminds."),
            TimeSpan.FromSeconds(15),
            (services, cancel) => services.GetRequiredService<Sweep>().RunAsync(cancel)
        ),
        new(
            "import",
            new Sentence("Importing"),
            new Sentence("Works through files that somebody imports, and goes live with them when asked."),
            TimeSpan.FromSeconds(5),
            (services, cancel) => services.GetRequiredService<Importer>().RunWaitingAsync(cancel)
        ),
        new(
            "policy-count",
            new Sentence("Counting what new targets move"),
            new Sentence("Counts which deadlines of open complaints changed targets would move."),
            TimeSpan.FromSeconds(5),
            (services, cancel) => services.GetRequiredService<PolicyCount>().RunAsync(cancel)
        ),
        new(
            "policy",
            new Sentence("Applying new targets"),
            new Sentence("Applies changed targets to open complaints when asked."),
            TimeSpan.FromSeconds(5),
            (services, cancel) => services.GetRequiredService<PolicyChange>().RunAsync(cancel)
        ),
        new(
            "common-answers",
            new Sentence("Answering everybody under a common cause"),
            new Sentence("Writes one answer to all complaints under a common cause when asked."),
            TimeSpan.FromSeconds(5),
            (services, cancel) => services.GetRequiredService<CommonAnswers>().RunAsync(cancel)
        ),
        new(
            Tallying.Work,
            new Sentence("Counting the figures"),
            new Sentence("Counts anew the days whose figures a change made wrong."),
            TimeSpan.FromSeconds(10),
            (services, cancel) => services.GetRequiredService<Tallying>().RunAsync(cancel)
        ),
        new(
            "bulk",
            new Sentence("Changing many complaints"),
            new Sentence("Does what somebody asked for on many complaints of a list."),
            TimeSpan.FromSeconds(3),
            (services, cancel) => services.GetRequiredService<BulkRuns>().RunAsync(cancel)
        ),
        new(
            "notices",
            new Sentence("Telling people by mail"),
            new Sentence("Writes the mails of notices and the digests that people asked for."),
            TimeSpan.FromSeconds(15),
            (services, cancel) => services.GetRequiredService<NoticeMails>().RunAsync(cancel)
        ),
        new(
            "drafts",
            new Sentence("Clearing old drafts"),
            new Sentence("Forgets drafts that nobody went on with for thirty days."),
            TimeSpan.FromHours(1),
            (services, cancel) =>
                Draft.TidyAsync(
                    services.GetRequiredService<ComplaintsDb>(),
                    services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
                    cancel
                )
        ),
        new(
            "timeline-heads",
            new Sentence("Safeguarding the timelines"),
            new Sentence("Writes the heads of all timelines outside the database once a day, so that cutting one off shows."),
            TimeSpan.FromHours(1),
            (services, cancel) =>
                services
                    .GetRequiredService<HeadOfHeads>()
                    .WriteAsync(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, cancel)
        ),
        new(
            "mail-out",
            new Sentence("Sending mail"),
            new Sentence("Sends the mail that is due."),
            TimeSpan.FromSeconds(5),
            (s, cancel) => s.GetRequiredService<OutboxRun>().RunAsync(cancel)
        ),
        new(
            "mail-in",
            new Sentence("Reading mail"),
            new Sentence("Reads received mail and puts it on its complaint."),
            TimeSpan.FromSeconds(10),
            (s, cancel) => s.GetRequiredService<InboundRun>().RunAsync(cancel)
        ),
        new(
            "mail-news",
            new Sentence("What became of our mail"),
            new Sentence("Tells complaints what became of their mail."),
            TimeSpan.FromSeconds(5),
            (s, cancel) => s.GetRequiredService<DeliveryNews>().RunAsync(cancel)
        ),
        new(
            "file-scan",
            new Sentence("Looking for viruses"),
            new Sentence("Has new files looked through by the virus scanner, where one is set up (setting Files:Clamd)."),
            TimeSpan.FromSeconds(15),
            (s, cancel) => s.GetRequiredService<FileScanRun>().RunAsync(cancel)
        ),
    ];
}
