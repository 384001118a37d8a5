using Complaints.Language;

namespace Complaints.Settings;

/// <summary>
/// The list of everything that is set: what the history watches and the file of the whole configuration carries. In the
/// order in which rows are put into place: what others point at comes first.
/// </summary>
public static partial class Configuration
{
    private const string Paused = "work.paused.";
    private static readonly Dictionary<Type, Described> _byType;

    // In a constructor, because the descriptions stand in other files, whose order of coming into being is not ours to say.
    static Configuration()
    {
        Tables =
        [
            Calendars,
            Units,
            People,
            Categories,
            Causes,
            PolicyInForce,
            PolicyLines,
            Regimes,
            RegimeClocks,
            RegimeDocuments,
            RegimeAttachments,
            Rules,
            TriggerWords,
            RemedyLimits,
            CaseFields,
            Tags,
            Templates,
            PhraseBook,
            Advice,
            SharedMacros,
            Asked,
            ThingsToDo,
            Mailboxes,
        ];
        _byType = Tables.ToDictionary(t => t.Type);
    }

    /// <summary>Tables of settings.</summary>
    public static IReadOnlyList<Described> Tables { get; }

    /// <summary>The description of a row; null for what is no setting.</summary>
    public static Described? Of(Type type) => _byType.GetValueOrDefault(type);

    /// <summary>The description of a named setting; null for what the program keeps there for itself.</summary>
    public static NamedSetting? Of(string name) =>
        Named.FirstOrDefault(n => n.Name == name)
        ?? (
            name.StartsWith(Paused, StringComparison.Ordinal)
                ? new NamedSetting(Topic.Work, name, new Sentence("Paused: {0}", name[Paused.Length..]))
                : null
        );

    private static Field Plain(string name, Sentence label) => new(name, label);

    private static Field NameField(Sentence label) => new("Name", label) { Needed = true };

    private static Field Fixed(string name, Sentence label) => new(name, label) { Role = FieldRole.Fixed };

    private static Field FileOnly(string name) => new(name, new Sentence("{0}", name)) { Role = FieldRole.FileOnly };

    private static Field Ref<T>(string name, Sentence label) => new(name, label) { To = typeof(T) };

    private static Sentence Said(params object?[] parts) =>
        new(
            string.Join(" · ", Enumerable.Range(0, parts.Count(p => p is not null)).Select(i => $"{{{i}}}")),
            [.. parts.Where(p => p is not null)]
        );

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private static object LanguageName(string language) => language == Tongue.Chinese ? "中文" : "English";
}
