using System.Globalization;
using System.Text.Json;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.FollowUp;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Complaints.Words;

namespace Complaints.Settings;

/// <content>What is kept as text under a name.</content>
public static partial class Configuration
{
    /// <summary>Setting that holds the unit of the public form.</summary>
    public const string WebUnitSetting = "intake.webUnit";

    /// <summary>Settings with a name, in the order of the file.</summary>
    public static IReadOnlyList<NamedSetting> Named { get; } =
    [
        new(Topic.Organisation, House.NameSetting, new Sentence("Name")) { Read = t => Checks.Line(t, 200) },
        new(Topic.Organisation, House.NameZhSetting, new Sentence("Chinese name")) { Read = t => Checks.Line(t, 200) },
        new(Topic.Organisation, House.ZoneSetting, new Sentence("Time zone")) { Read = Checks.Zone },
        new(Topic.Organisation, House.CurrencySetting, new Sentence("Currency")) { Read = t => Money.Read("0", t).Currency },
        new(Topic.Organisation, House.AddressSetting, new Sentence("Address on letters")) { Read = t => Checks.Line(t, 400) },
        new(Topic.PublicForm, WebUnitSetting, new Sentence("Unit")) { To = typeof(Unit) },
        new(Topic.Limits, DeadlineBooks.PayWithinSetting, new Sentence("Working days within which a granted remedy is settled"))
        {
            Otherwise = "10",
            Read = t =>
                int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 250
                    ? days.ToString(CultureInfo.InvariantCulture)
                    : throw new Refusal("Give working days from 0 to 250."),
        },
        Json<EscalationOptions>(
            Topic.Escalation,
            EscalationOptions.Name,
            EscalationOptions.Seeded,
            o => o.Check(),
            [
                new("TakeWithin", new Sentence("Working minutes within which somebody takes it")),
                new("SilenceWarn", new Sentence("Silence: warn after working hours")),
                new("SilenceRaise", new Sentence("Silence: escalate after working hours")),
                new("Levels.*", new Sentence("Level at once")) { Of = typeof(Trigger) },
            ]
        ),
        Json<FollowUpOptions>(
            Topic.FollowUp,
            FollowUpOptions.SettingName,
            new FollowUpOptions(),
            o => o.Check(),
            [
                new("ReminderDays", new Sentence("Reminders, days after the survey")),
                new("CallAfterDays", new Sentence("Call, days after the survey")),
                new("CallWithinHours", new Sentence("Hours in which a call is made")),
                new("DaysBetweenCalls", new Sentence("Days between two attempts")),
                new("CallAttempts", new Sentence("Attempts to call")),
                new("RecoveryWithinHours", new Sentence("Hours in which an unhappy customer is won back")),
                new("DayStartHour", new Sentence("The customer's day starts at")),
                new("DayEndHour", new Sentence("The customer's day ends at")),
                new("LinkDays", new Sentence("Days the link in the mail lives")),
                new("AskShare", new Sentence("Share of customers asked, percent")),
                new("CoolDownDays", new Sentence("Days in which a customer is not asked again")),
                new("SecondTouchDays", new Sentence("Asked once more after days")),
            ]
        ),
        Json<ReceiptCap>(
            Topic.Receipts,
            ReceiptCap.SettingName,
            new ReceiptCap(),
            o => o.Check(),
            [new("PerHour", new Sentence("Receipts an hour to one address")), new("PerDay", new Sentence("Receipts a day to one address"))]
        ),
        Json<RepeatRule>(
            Topic.Customers,
            RepeatRule.Name,
            new RepeatRule(),
            o => o.Check(),
            [new("From", new Sentence("Stands out from complaints")), new("Months", new Sentence("Counted over months"))]
        ),
        Json<CallerQuestions>(
            Topic.Callers,
            CallerQuestions.Name,
            new CallerQuestions(),
            o => CallerQuestions.Of(string.Join('\n', o.English), string.Join('\n', o.Chinese)),
            [new("English", new Sentence("Questions in English")), new("Chinese", new Sentence("Questions in Chinese"))]
        ),
        Json<FilePolicy>(
            Topic.Files,
            FilePolicies.Name,
            FilePolicy.Seeded,
            o => o.CheckItself(),
            [
                new("Classes", new Sentence("Kinds that are blocked")) { Of = typeof(FileClass) },
                new("Endings", new Sentence("Endings that are blocked")),
                new("StaffMb", new Sentence("Largest file of staff, MB")),
                new("PublicMb", new Sentence("Largest file of the public form, MB")),
                new("StatusMb", new Sentence("Largest file of the status page, MB")),
                new("MailMb", new Sentence("Largest attachment, MB")),
            ]
        ),
        new(Topic.Mail, MailSettings.Name, new Sentence("Mail server"))
        {
            Parts =
            [
                new("host", new Sentence("Server")),
                new("port", new Sentence("Port")),
                new("security", new Sentence("Encryption")) { Of = typeof(SmtpSecurity) },
                new("userName", new Sentence("Signs in as")),
                new("sealedPassword", new Sentence("Password")) { Secret = true },
                new("senderName", new Sentence("Sender's name")),
                new("senderAddress", new Sentence("Sender's address")),
                new("plusAddresses", new Sentence("Answers go to each complaint's own address")) { Own = true },
            ],
            Otherwise = new MailSettings().Write(),
            Read = t => Checks.Mail(MailSettings.Read(t)).Write(),
            Keep = Checks.KeepMail,
        },
    ];

    private static NamedSetting Json<T>(Topic topic, string name, T otherwise, Action<T> check, IReadOnlyList<Part> parts) =>
        new(topic, name, new Sentence("{0}", topic))
        {
            Parts = parts,
            Otherwise = JsonSerializer.Serialize(otherwise),
            Read = text =>
            {
                var value = JsonSerializer.Deserialize<T>(text) ?? throw new Refusal("This cannot stay empty.");
                check(value);
                return JsonSerializer.Serialize(value);
            },
        };
}
