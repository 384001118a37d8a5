using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Settings;

/// <content>The rules: deadlines, regulators, escalation, money.</content>
public static partial class Configuration
{
    private static Described PolicyInForce { get; } =
        new(
            Topic.Deadlines,
            typeof(Policy),
            r => Said(((Policy)r).Name),
            [
                NameField(new Sentence("Name")),
                Plain("NameZh", new Sentence("Chinese name")),
                Plain("Acknowledge", new Sentence("Time to acknowledge")),
                Plain("AcknowledgeUnit", new Sentence("Time to acknowledge is counted in")),
                Plain("Apologize", new Sentence("Time to apologize")),
                Plain("ApologizeUnit", new Sentence("Time to apologize is counted in")),
                Plain("Resolve", new Sentence("Time to resolve")),
                Plain("ResolveUnit", new Sentence("Time to resolve is counted in")),
                Plain("FollowUpDays", new Sentence("Survey, calendar days after resolution")),
                Plain("Diamond", new Sentence("Factor of the tier {0}", Customers.Tier.Diamond)),
                Plain("Gold", new Sentence("Factor of the tier {0}", Customers.Tier.Gold)),
                Plain("Brass", new Sentence("Factor of the tier {0}", Customers.Tier.Brass)),
                Plain("Lead", new Sentence("Factor of the tier {0}", Customers.Tier.Lead)),
                Plain("Critical", new Sentence("Factor of critical complaints")),
                Plain("MinimumMinutes", new Sentence("Never shorter than, in minutes")),
            ]
        )
        {
            Section = "policy",
            Check = r => Checks.Policy((Policy)r),
        };

    private static Described PolicyLines { get; } =
        new(
            Topic.Deadlines,
            typeof(PolicyLine),
            r =>
                r is PolicyLine l
                    ? new Sentence(
                        "Special line: {0}",
                        Said(l.Tier, l.Severity, l.Channel, l.CategoryId is null ? null : new Sentence("a category"))
                    )
                    : Said(),
            [
                Plain("Tier", new Sentence("Tier|line")),
                Plain("Severity", new Sentence("Severity|line")),
                Plain("Channel", new Sentence("Channel|line")),
                Ref<Category>("CategoryId", new Sentence("Category|line")),
                Plain("Acknowledge", new Sentence("Time to acknowledge")),
                Plain("Apologize", new Sentence("Time to apologize")),
                Plain("Resolve", new Sentence("Time to resolve")),
            ]
        )
        {
            Section = "policyLines",
            Key = ["tier", "severity", "channel", "category"],
            Missing = Missing.Goes,
            Check = r => Checks.Line((PolicyLine)r),
        };

    private static Described Regimes { get; } =
        new(
            Topic.Regulators,
            typeof(Regime),
            r => Said(((Regime)r).Name),
            [
                Fixed("Key", new Sentence("{0}", "key")) with
                {
                    Needed = true,
                    Role = FieldRole.FileOnly,
                },
                NameField(new Sentence("Name")),
                Plain("NameZh", new Sentence("Chinese name")),
                Plain("Active", new Sentence("In use")),
                Plain("BindsAuthority", new Sentence("Binds the authority, not us")),
                Plain("Pauses", new Sentence("Waiting for the customer pauses it")),
                Ref<CalendarSetting>("CalendarId", new Sentence("Calendar")) with
                {
                    Needed = true,
                },
                Plain("Source", new Sentence("Source")),
                Plain("EffectiveFrom", new Sentence("Applies from")),
                Plain("Remark", new Sentence("Remark")),
                Plain("RemarkZh", new Sentence("Remark in Chinese")),
            ]
        )
        {
            Section = "regimes",
            Unique = true,
            Key = ["key"],
            Check = r => Checks.Regime((Regime)r),
        };

    private static Described RegimeClocks { get; } =
        new(
            Topic.Regulators,
            typeof(RegimeClock),
            r => Said(((RegimeClock)r).Name),
            [
                Ref<Regime>("RegimeId", new Sentence("Regime")) with
                {
                    Role = FieldRole.FileOnly,
                    Needed = true,
                },
                FileOnly("Key") with
                {
                    Needed = true,
                },
                NameField(new Sentence("Name")),
                Plain("NameZh", new Sentence("Chinese name")),
                Plain("Amount", new Sentence("Time allowed")),
                Plain("Unit", new Sentence("Counted in")),
                Plain("From", new Sentence("Runs from")),
                Plain("Exceptional", new Sentence("Only when the case is exceptional")),
                Plain("DateFromNotice", new Sentence("The date stands in the notice")),
                Plain("Document", new Sentence("Stopped by the document")),
            ]
        )
        {
            Section = "regimeClocks",
            Unique = true,
            Key = ["regime", "key"],
            Check = r => Checks.Clock((RegimeClock)r),
        };

    private static Described RegimeDocuments { get; } =
        new(
            Topic.Regulators,
            typeof(RegimeDocument),
            r => Said(((RegimeDocument)r).Name),
            [
                Ref<Regime>("RegimeId", new Sentence("Regime")) with
                {
                    Role = FieldRole.FileOnly,
                    Needed = true,
                },
                FileOnly("Key") with
                {
                    Needed = true,
                },
                NameField(new Sentence("Name")),
                Plain("NameZh", new Sentence("Chinese name")),
                Plain("MustSay", new Sentence("Must say")),
                Plain("MustSayZh", new Sentence("Must say in Chinese")),
            ]
        )
        {
            Section = "regimeDocuments",
            Unique = true,
            Key = ["regime", "key"],
        };

    private static Described RegimeAttachments { get; } =
        new(
            Topic.Regulators,
            typeof(RegimeAttachment),
            _ => new Sentence("Where a regime applies"),
            [
                Ref<Regime>("RegimeId", new Sentence("Regime")) with
                {
                    Needed = true,
                },
                Ref<Unit>("UnitId", new Sentence("Unit")),
                Ref<Category>("CategoryId", new Sentence("Category")),
            ]
        )
        {
            Section = "regimeAttachments",
            Unique = true,
            Key = ["regime", "unit", "category"],
            Missing = Missing.Goes,
            Check = r => Checks.Attachment((RegimeAttachment)r),
        };

    private static Described Rules { get; } =
        new(
            Topic.Escalation,
            typeof(EscalationRule),
            r =>
                r is EscalationRule rule
                    ? Said(new Sentence("Level {0}", rule.Level), rule.Clock ?? (object)new Sentence("every clock"), rule.Moment)
                    : Said(),
            [
                Plain("Clock", new Sentence("Clock")),
                Plain("Moment", new Sentence("Moment")),
                Plain("Amount", new Sentence("Percent or minutes")),
                Plain("Level", new Sentence("Level")),
                Plain("Action", new Sentence("What happens")),
                Plain("Active", new Sentence("In use")),
            ]
        )
        {
            Section = "escalationRules",
            Key = ["clock", "moment", "level"],
            Order = ["clock", "level", "moment", "amount"],
            Missing = Missing.Goes,
            Check = r => Checks.Rule((EscalationRule)r),
        };

    private static Described TriggerWords { get; } =
        new(
            Topic.Escalation,
            typeof(TriggerWord),
            r => new Sentence("Trigger word “{0}”", ((TriggerWord)r).Word),
            [
                Plain("Language", new Sentence("Language")) with
                {
                    Needed = true,
                },
                Plain("Word", new Sentence("Word")) with
                {
                    Needed = true,
                },
                Plain("Exceptions", new Sentence("Exceptions")) with
                {
                    Split = ';',
                },
                Plain("Active", new Sentence("In use")),
            ]
        )
        {
            Section = "triggerWords",
            Key = ["language", "word"],
            Missing = Missing.Goes,
            Check = r => Checks.Word((TriggerWord)r),
        };

    private static Described RemedyLimits { get; } =
        new(
            Topic.Limits,
            typeof(RemedyLimit),
            r => r is RemedyLimit l ? Said(l.Currency, l.Tier, l.Role, l.Seat) : Said(),
            [
                Plain("Currency", new Sentence("Currency")) with
                {
                    Needed = true,
                },
                Plain("Tier", new Sentence("Tier|line")),
                Plain("Role", new Sentence("Role")),
                Plain("Seat", new Sentence("Seat")),
                Plain("Minor", new Sentence("May grant alone")) with
                {
                    Say = (r, minor) => new Money((long)minor, ((RemedyLimit)r).Currency).Amount,
                },
            ]
        )
        {
            Section = "limits",
            Unique = true,
            Key = ["currency", "tier", "role", "seat"],
            Missing = Missing.Goes,
            Check = r => Checks.Limit((RemedyLimit)r),
        };
}
