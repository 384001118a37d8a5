using Complaints.Data;
using Complaints.Words;

namespace Complaints.FollowUp;

/// <summary>What to say on the phone, in the customer's language.</summary>
public static class CallScript
{
    private static readonly Lazy<Dictionary<string, IReadOnlyList<string>>> _scripts = new(() =>
        SeedFile.Read<List<Script>>("Words", "followupscript").ToDictionary(s => s.Language, s => s.Lines)
    );

    /// <summary>The lines in order, with names filled in.</summary>
    /// <param name="language">The customer's.</param>
    /// <param name="fields">agent, organisation, customer, reference, summary.</param>
    /// <param name="own">The lines of a questionnaire of its own; empty for the house's.</param>
    public static IReadOnlyList<string> Lines(
        string language,
        IReadOnlyDictionary<string, string> fields,
        IReadOnlyList<string>? own = null
    ) => [.. (own is { Count: > 0 } ? own : Of(language)).Select(l => TemplateText.Line(l, fields))];

    /// <summary>The house's own lines, with their fields.</summary>
    public static IReadOnlyList<string> Of(string language) => _scripts.Value[language];

    private sealed record Script(string Language, IReadOnlyList<string> Lines);
}
