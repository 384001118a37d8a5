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
    public static IReadOnlyList<string> Lines(string language, IReadOnlyDictionary<string, string> fields) =>
        [.. _scripts.Value[language].Select(l => TemplateText.Line(l, fields))];

    private sealed record Script(string Language, IReadOnlyList<string> Lines);
}
