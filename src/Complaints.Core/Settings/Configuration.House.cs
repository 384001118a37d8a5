using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;

namespace Complaints.Settings;

/// <content>The house: units, people, calendars, trees of words, mailboxes.</content>
public static partial class Configuration
{
    private static Described Calendars { get; } =
        new(
            Topic.Calendars,
            typeof(CalendarSetting),
            r => Said(((CalendarSetting)r).Name),
            [
                new("Key", new Sentence("{0}", "key")) { Role = FieldRole.FileOnly },
                NameField(new Sentence("Name")),
                Plain("NameZh", new Sentence("Chinese name")),
                Plain("Zone", new Sentence("Time zone")) with
                {
                    Needed = true,
                },
                Plain("Hours", new Sentence("Weekly hours")) with
                {
                    Needed = true,
                    Split = ';',
                },
                Plain("Holidays", new Sentence("Holidays")) with
                {
                    Split = ';',
                },
                Plain("MakeUp", new Sentence("Make-up working days")) with
                {
                    Split = ';',
                },
            ]
        )
        {
            Section = "calendars",
            Key = ["name"],
            Seeded = true,
            Missing = Missing.GoesUnlessUsed,
            Check = r => ((CalendarSetting)r).Build(),
        };

    private static Described Units { get; } =
        new(
            Topic.Units,
            typeof(Unit),
            r => Said(((Unit)r).Name),
            [
                Ref<Unit>("ParentId", new Sentence("Below")),
                NameField(new Sentence("Name")),
                Plain("NameZh", new Sentence("Chinese name")),
                Ref<CalendarSetting>("CalendarId", new Sentence("Calendar")) with
                {
                    Needed = true,
                },
                Plain("EqualTreatment", new Sentence("Equal treatment of all tiers")),
                Plain("Active", new Sentence("In use")),
            ]
        )
        {
            Section = "units",
            Key = ["parent", "name"],
        };

    private static Described People { get; } =
        new(
            Topic.Staff,
            typeof(StaffMember),
            r => Said(((StaffMember)r).Name),
            [
                Plain("Name", new Sentence("Name")),
                Plain("Email", new Sentence("Mail address")),
                Plain("Role", new Sentence("Role")),
                Plain("Seat", new Sentence("Seat")),
                Ref<Unit>("UnitId", new Sentence("Unit")),
                Plain("BothLanguages", new Sentence("Writes both languages")),
                Ref<Category>("Skills", new Sentence("Knows well")),
                Plain("AlwaysPresent", new Sentence("Counts as always present")),
                Plain("Active", new Sentence("In use")),
            ]
        );

    private static Described Categories { get; } =
        Tree(Topic.Categories, typeof(Category), r => ((Category)r).Name, "categories", Ref<Category>("ParentId", new Sentence("Below")));

    private static Described Causes { get; } =
        Tree(Topic.Causes, typeof(RootCause), r => ((RootCause)r).Name, "causes", Ref<RootCause>("ParentId", new Sentence("Below")));

    private static Described CaseFields { get; } =
        new(
            Topic.Fields,
            typeof(CaseField),
            r => Said(((CaseField)r).Name),
            [
                NameField(new Sentence("Name")),
                Plain("NameZh", new Sentence("Chinese name")),
                Fixed("Kind", new Sentence("What is filled in")),
                Ref<Category>("CategoryId", new Sentence("For complaints of")),
                Plain("Choices", new Sentence("Choices")),
                Plain("RequiredAt", new Sentence("Needed before")),
                Plain("Active", new Sentence("In use")),
                Plain("Position", new Sentence("Place")) with
                {
                    Role = FieldRole.Place,
                },
            ]
        )
        {
            Section = "fields",
            Key = ["name"],
            Order = ["position"],
            Check = r => Checks.Field((CaseField)r),
        };

    private static Described Tags { get; } =
        new(Topic.Tags, typeof(Tag), r => Said(((Tag)r).Name), [NameField(new Sentence("Name"))])
        {
            Section = "tags",
            Unique = true,
            Key = ["name"],
            Check = r => Checks.Tag((Tag)r),
        };

    private static Described Mailboxes { get; } =
        new(
            Topic.Mailboxes,
            typeof(Mailbox),
            r => Said(((Mailbox)r).Name),
            [
                Fixed("Name", new Sentence("Name")) with
                {
                    Needed = true,
                },
                Fixed("Kind", new Sentence("Comes in by")),
                Plain("Address", new Sentence("Mail address")) with
                {
                    Needed = true,
                },
                Ref<Unit>("UnitId", new Sentence("Unit")) with
                {
                    Needed = true,
                },
                Plain("Paused", new Sentence("Paused")),
                Plain("Host", new Sentence("Server")),
                Plain("Port", new Sentence("Port")),
                Plain("Security", new Sentence("Encryption")),
                Plain("UserName", new Sentence("Signs in as")),
                Plain("SealedPassword", new Sentence("Password")) with
                {
                    Role = FieldRole.Secret,
                },
                Plain("TokenUrl", new Sentence("Address of access tokens")),
                Plain("ClientId", new Sentence("Client id")),
                Plain("Scope", new Sentence("Scope")),
                Plain("Folder", new Sentence("Folder")),
                Plain("MoveTo", new Sentence("Moved to")),
                Plain("LargestFileMb", new Sentence("Largest attachment, MB")),
                Plain("TokenHash", new Sentence("Token")) with
                {
                    Role = FieldRole.Secret,
                },
            ]
        )
        {
            Section = "mailboxes",
            Unique = true,
            Key = ["name"],
            Check = r => Checks.Mailbox((Mailbox)r),
        };

    private static Described Tree(Topic topic, Type type, Func<object, string> name, string section, Field parent) =>
        new(
            topic,
            type,
            r => Said(name(r)),
            [
                new("Key", new Sentence("{0}", "key")) { Role = FieldRole.FileOnly },
                parent,
                NameField(new Sentence("Name")),
                Plain("NameZh", new Sentence("Chinese name")),
                Plain("Active", new Sentence("In use")),
                Plain("Position", new Sentence("Place")) with
                {
                    Role = FieldRole.Place,
                },
            ]
        )
        {
            Section = section,
            Key = ["parent", "name"],
            Order = ["position"],
            Seeded = true,
        };
}
