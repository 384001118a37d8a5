using Complaints.Casework;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Words;

namespace Complaints.Settings;

/// <content>Words: templates, phrases, advice, questions, macros.</content>
public static partial class Configuration
{
    private static Described Templates { get; } =
        new(
            Topic.Templates,
            typeof(Template),
            r => r is Template t ? Said(t.Purpose, LanguageName(t.Language)) : Said(),
            [
                Fixed("Purpose", new Sentence("Purpose")),
                Fixed("Language", new Sentence("Language")) with
                {
                    Needed = true,
                },
                Plain("Subject", new Sentence("Subject")),
                Plain("Body", new Sentence("Text")),
            ]
        )
        {
            Section = "templates",
            Unique = true,
            Key = ["purpose", "language"],
            Check = r => Checks.Template((Template)r),
        };

    private static Described PhraseBook { get; } =
        new(
            Topic.Phrases,
            typeof(Phrase),
            r => r is Phrase p ? Said(p.Purpose, LanguageName(p.Language), Short(p.Text)) : Said(),
            [
                Plain("Language", new Sentence("Language")) with
                {
                    Needed = true,
                },
                Plain("Purpose", new Sentence("Purpose")),
                Ref<Unit>("UnitId", new Sentence("Unit")),
                Plain("Position", new Sentence("Place")) with
                {
                    Role = FieldRole.Place,
                },
                Plain("Text", new Sentence("Text")) with
                {
                    Needed = true,
                },
                Plain("Active", new Sentence("In use")),
            ]
        )
        {
            Section = "phrases",
            Key = ["language", "purpose", "unit", "text"],
            Order = ["language", "purpose", "position"],
            Missing = Missing.GoesUnlessUsed,
            Check = r => Checks.Phrase((Phrase)r),
        };

    private static Described Advice { get; } =
        new(
            Topic.Advice,
            typeof(AdviceRule),
            r => r is AdviceRule a ? Said(a.List, LanguageName(a.Language), Short(a.Text)) : Said(),
            [
                Fixed("Language", new Sentence("Language")) with
                {
                    Needed = true,
                },
                Fixed("List", new Sentence("List")),
                Plain("Text", new Sentence("Words|advice")) with
                {
                    Needed = true,
                },
                Plain("Better", new Sentence("Better")),
                Plain("Exceptions", new Sentence("Exceptions")) with
                {
                    Split = ';',
                },
                Plain("ExceptApology", new Sentence("Not while apologizing")),
                Plain("Active", new Sentence("In use")),
            ]
        )
        {
            Section = "writingAdvice",
            Unique = true,
            Key = ["language", "list", "text"],
            Missing = Missing.Goes,
            Check = r => Checks.Advice((AdviceRule)r),
        };

    /// <summary>All points of a list in one sentence.</summary>
    public static Sentence Saying(ChecklistVersion list) => ChecklistRows.Say(list.Kept, " · ");

    private static Described SharedMacros { get; } =
        new(
            Topic.Macros,
            typeof(Macro),
            r => Said(((Macro)r).Name),
            [
                NameField(new Sentence("Name")),
                Ref<Unit>("UnitId", new Sentence("Shared with")) with
                {
                    Needed = true,
                },
                Plain("Changes", new Sentence("Changes")) with
                {
                    Role = FieldRole.Json,
                    Needed = true,
                    Parts =
                    [
                        new("OwnerId", new Sentence("Given to a person")) { Own = true },
                        new("Owners", new Sentence("Given to a person")) { Own = true },
                        new("ToNobody", new Sentence("Back to the queue")),
                        new("ToMe", new Sentence("To whoever does it")),
                        new("Severity", new Sentence("Severity")) { Of = typeof(Severity) },
                        new("Note", new Sentence("Note")) { Text = true },
                        new("Acknowledgement", new Sentence("Acknowledgement")) { Text = true },
                        new("Reply", new Sentence("Reply")) { Text = true },
                        new("ReplyEnglish", new Sentence("Reply in English")) { Text = true },
                        new("ReplyChinese", new Sentence("Reply in Chinese")) { Text = true },
                        new("PhraseEnglish", new Sentence("Phrase of the reply in English")) { Own = true },
                        new("PhraseChinese", new Sentence("Phrase of the reply in Chinese")) { Own = true },
                        new("ReplyDocument", new Sentence("Document of the reply")),
                        new("Apology", new Sentence("Apology")) { Text = true },
                        new("Shortfall", new Sentence("Shortfall")) { Text = true },
                        new("Promise", new Sentence("Promise")),
                        new("AddTags", new Sentence("Tags put on")),
                        new("RemoveTags", new Sentence("Tags taken off")),
                        new("Ending", new Sentence("Ends as")) { Of = typeof(Verb) },
                        new("Outcome", new Sentence("Outcome")) { Of = typeof(Outcome) },
                        new("Reason", new Sentence("Reason")) { Text = true },
                        new("Body", new Sentence("Outside body")),
                        new("IsEmpty", new Sentence("Empty")) { Own = true },
                    ],
                },
            ]
        )
        {
            Section = "macros",
            Key = ["unit", "name"],
            Missing = Missing.Goes,
            // No people in the file, and no phrases by their number: it would be another phrase elsewhere.
            Counts = r =>
                r is Macro { UnitId: not null } m
                && CaseChanges.Read(m.Changes) is { OwnerId: null, PhraseEnglish: null, PhraseChinese: null },
            Check = r => CaseChanges.Read(((Macro)r).Changes).Checked(),
        };

    private static Described Asked { get; } =
        new(
            Topic.Questions,
            typeof(Questionnaire),
            _ => new Sentence("Questions"),
            [
                Ref<Unit>("UnitId", new Sentence("Unit")) with
                {
                    Role = FieldRole.Fixed,
                },
                Ref<Category>("CategoryId", new Sentence("Category")) with
                {
                    Role = FieldRole.Fixed,
                },
                Plain("AsksParts", new Sentence("Asks about parts and supplies")),
                Plain("Texts", new Sentence("Questions")) with
                {
                    Role = FieldRole.Json,
                    Needed = true,
                    Parts = [.. QuestionParts(Tongue.English, "English"), .. QuestionParts(Tongue.Chinese, "中文")],
                },
                Plain("ReplacedAt", new Sentence("Out of use since")) with
                {
                    Role = FieldRole.HistoryOnly,
                },
            ]
        )
        {
            Section = "questionnaires",
            Unique = true,
            Key = ["unit", "category"],
            Counts = r => ((Questionnaire)r).ReplacedAt is null,
            Check = r => Checks.Questions((Questionnaire)r),
        };

    private static Described ThingsToDo { get; } =
        new(
            Topic.Checklists,
            typeof(ChecklistVersion),
            _ => new Sentence("Checklist"),
            [
                Ref<Category>("CategoryId", new Sentence("Category")) with
                {
                    Role = FieldRole.Fixed,
                },
                Plain("Kept", new Sentence("To do")) with
                {
                    Needed = true,
                    CalledInFile = "points",
                    Listed = (ChecklistRows.Write, ChecklistRows.Read),
                    Say = (_, kept) => ChecklistRows.Say((string)kept, "\n"),
                },
                Plain("ReplacedAt", new Sentence("Out of use since")) with
                {
                    Role = FieldRole.HistoryOnly,
                },
            ]
        )
        {
            Section = "checklists",
            Unique = true,
            Key = ["category"],
            Counts = r => r is ChecklistVersion { ReplacedAt: null, Points.Count: > 0 },
        };

    private static IEnumerable<Part> QuestionParts(string language, string name)
    {
        (string Path, Sentence Label)[] parts =
        [
            ("Introduction", new Sentence("Introduction")),
            ("Solved", new Sentence("Is it solved?")),
            ("Skill", new Sentence("{0}", Dimension.Skill)),
            ("Attitude", new Sentence("{0}", Dimension.Attitude)),
            ("Timeliness", new Sentence("{0}", Dimension.Timeliness)),
            ("Parts", new Sentence("{0}", Dimension.Parts)),
            ("Overall", new Sentence("{0}", Dimension.Overall)),
            ("Comment", new Sentence("Comment")),
            ("Script", new Sentence("Script for the phone")),
        ];
        return parts
            .Select(p => new Part($"{language}.{p.Path}", new Sentence("{0}: {1}", name, p.Label)) { Text = p.Path == "Script" })
            .Append(new Part($"{language}.Lines", new Sentence("Script for the phone")) { Own = true });
    }
}
