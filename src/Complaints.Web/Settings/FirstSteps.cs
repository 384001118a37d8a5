using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Operation;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>A step of the checklist.</summary>
/// <param name="Url">Where it is done; null when elsewhere.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Why">What it is good for.</param>
/// <param name="Stands">What the data say of it now; null for nothing.</param>
/// <param name="Confirm">The name under which somebody says that it is right as it is; null where only the data decide.</param>
public sealed record FirstStep(string? Url, Sentence What, Sentence Why, bool Done, Sentence? Stands = null, string? Confirm = null);

/// <summary>What a new desk needs before the first complaint. Read from the data, so that it ticks itself.</summary>
public sealed class FirstSteps(ComplaintsDb db, DataFolder folder, IConfiguration settings, TimeProvider clock)
{
    /// <summary>Somebody ran the ladder dry.</summary>
    public const string LadderTried = "checklist.ladder";

    /// <summary>Somebody put the list away.</summary>
    public const string Away = "checklist.away";

    private const string Prefix = "checklist.";

    /// <summary>What can be said to be right as it is.</summary>
    public static IReadOnlyList<string> Confirmed { get; } = ["calendar", "units", "categories"];

    /// <summary>Notes that it is so; doing it twice does no harm.</summary>
    public static async Task NoteAsync(ComplaintsDb db, string name)
    {
        if (await db.Settings.FindAsync(name) is null)
        {
            db.Settings.Add(new Setting { Name = name, Value = "yes" });
            await db.SaveChangesAsync();
        }
    }

    /// <summary>True once somebody put the list away.</summary>
    public Task<bool> IsAwayAsync() => db.Settings.AnyAsync(s => s.Name == Away);

    /// <summary>The steps in their order.</summary>
    public async Task<IReadOnlyList<FirstStep>> ReadAsync()
    {
        var noted = (await db.Settings.Where(s => s.Name.StartsWith(Prefix)).Select(s => s.Name).ToListAsync()).ToHashSet();
        Topic[] looked = [Topic.Calendars, Topic.Units, Topic.Categories, Topic.Causes];
        var changed = (
            await db
                .SettingsChanges.Where(c => looked.Contains(c.Topic) && c.By != ChangedBy.House)
                .Select(c => c.Topic)
                .Distinct()
                .ToListAsync()
        ).ToHashSet();
        bool Fits(string name, params Topic[] topics) => noted.Contains(Prefix + name) || topics.Any(changed.Contains);
        var first = await db.Units.Where(u => u.ParentId == null).OrderBy(u => u.Id).Select(u => u.CalendarId).FirstOrDefaultAsync();
        var calendar = await db.Calendars.AsNoTracking().FirstOrDefaultAsync(c => c.Id == first);
        var (units, people) = (await db.Units.CountAsync(u => u.Active), await db.Staff.CountAsync(s => s.Active));
        var smtp = (await MailSettings.ReadAsync(db)).Host is { Length: > 0 } host ? host : settings["Smtp:Host"] ?? "";
        var tested = await db.OutMessages.AnyAsync(m =>
            m.Purpose == MailPurpose.Test && m.Deliveries.Any(d => d.State == DeliveryState.Sent)
        );
        var read = await db.Mailboxes.AnyAsync(m => !m.Paused && m.SeenAt != null);
        return
        [
            new(
                "/settings/calendars",
                new Sentence("Hours and holidays"),
                new Sentence("Deadlines count open hours only. A holiday that is missing makes everything late on that day."),
                Fits("calendar", Topic.Calendars),
                calendar is null
                    ? null
                    : new Sentence(
                        "Now: {0}, {1}; {2|closed day|closed days}.",
                        calendar.Zone,
                        calendar.Hours,
                        calendar.Holidays.Split(';', StringSplitOptions.RemoveEmptyEntries).Length
                    ),
                "calendar"
            ),
            new(
                "/settings/units",
                new Sentence("Units"),
                new Sentence("A complaint belongs to a unit: its people see it, its calendar counts, its leads are told."),
                units > 1 || Fits("units"),
                new Sentence("Now: {0|unit|units}.", units),
                "units"
            ),
            new(
                "/staff/new",
                new Sentence("People"),
                new Sentence("Work is given to agents and escalates to leads, managers and directors. One person alone can do neither."),
                people > 1,
                new Sentence("Now: {0|person|people}.", people)
            ),
            new(
                "/settings/categories",
                new Sentence("Categories and root causes"),
                new Sentence(
                    "They decide which rules apply and what the figures can tell you. A dozen that everybody understands beats a hundred."
                ),
                Fits("categories", Topic.Categories, Topic.Causes),
                new Sentence("Now: {0|category|categories}.", await db.Categories.CountAsync(c => c.Active)),
                "categories"
            ),
            new(
                "/settings/escalation",
                new Sentence("The ladder, with a dry run"),
                new Sentence(
                    "Nothing is forgotten only if somebody stands on each level. The dry run shows who would be told about what today."
                ),
                noted.Contains(LadderTried),
                await LadderAsync()
            ),
            new(
                "/settings/mailboxes",
                new Sentence("The mailbox customers write to"),
                new Sentence(
                    "Mail becomes complaints by itself, and answers find theirs. Without it somebody has to type what customers write."
                ),
                read,
                await db.Mailboxes.AnyAsync()
                    ? (read ? null : new Sentence("A mailbox is there, and nothing was read from it yet."))
                    : new Sentence("No mailbox yet.")
            ),
            new(
                "/settings/mail",
                new Sentence("Outgoing mail, and a test mail that arrives"),
                new Sentence("Receipts, answers and surveys leave by it. Until it is set, all mail stays in the sandbox."),
                smtp.Length > 0 && tested,
                smtp.Length == 0 ? new Sentence("No mail server is named yet.")
                    : tested ? new Sentence("By {0}.", smtp)
                    : new Sentence("By {0}; no test mail was delivered yet.", smtp)
            ),
            new(
                null,
                new Sentence("The public address"),
                new Sentence(
                    "It stands in every mail. It is set as PublicUrl where the program is started, never on a page, so that nobody can point customers elsewhere."
                ),
                settings["PublicUrl"] is { Length: > 0 },
                settings["PublicUrl"] is { Length: > 0 } url ? new Sentence("{0}", url) : null
            ),
            new(
                null,
                new Sentence("A backup"),
                new Sentence("Run “complaints backup FILE.zip” every night and keep the file elsewhere; it holds the keys too."),
                LastBackup() is { } at && clock.GetUtcNow().UtcDateTime - at < TimeSpan.FromDays(7),
                LastBackup() is { } last
                    ? new Sentence("The last one was made on {0}.", last)
                    : new Sentence("None was made from this machine yet.")
            ),
            new(
                null,
                new Sentence("Go live: the first complaint"),
                new Sentence("Let somebody log one, and follow it: the deadline, the mail, the survey. From then on the desk is open."),
                await db.Complaints.AnyAsync(c => !c.Historic)
            ),
        ];
    }

    /// <summary>Notes a backup that was made, for the list.</summary>
    public static void NoteBackup(DataFolder folder, DateTime now) =>
        File.WriteAllText(folder.Of("last-backup"), now.ToString("O", CultureInfo.InvariantCulture));

    private DateTime? LastBackup() =>
        File.Exists(folder.Of("last-backup"))
        && DateTime.TryParse(
            File.ReadAllText(folder.Of("last-backup")),
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind,
            out var at
        )
            ? at
            : null;

    private async Task<Sentence> LadderAsync()
    {
        var roles = await db.Staff.Where(s => s.Active).Select(s => s.Role).Distinct().ToListAsync();
        var empty = Enumerable.Range(1, Ladder.Top).Select(Ladder.RoleAt).Where(r => !roles.Contains(r)).ToList();
        return empty.Count == 0
            ? new Sentence("Somebody stands on each level.")
            : new Sentence("Nobody is there yet as {0}; the next level is told instead.", empty[0]);
    }
}
