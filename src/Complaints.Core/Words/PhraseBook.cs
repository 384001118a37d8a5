using System.Text.RegularExpressions;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Words;

/// <summary>Which phrases are offered where, how their fields are filled, and whether words hold one.</summary>
public static partial class PhraseBook
{
    /// <summary>The fields a phrase may use: what is known of a complaint while somebody writes.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["customer", "reference", "summary", "organisation", "unit", "agent", "due"];

    // What may stand between two stretches of a phrase: the writer's own words for a place, or the value of a field.
    private const int LongestFilling = 300;

    /// <summary>Refuses a phrase with fields that do not exist, naming them.</summary>
    /// <exception cref="Refusal">A field does not exist.</exception>
    public static void Check(string text, string field)
    {
        var unknown = Field().Matches(text).Select(m => m.Groups["field"].Value).Where(f => !Fields.Contains(f)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw new Refusal(
                new Sentence("There is no field {0}. These exist: {1}.", string.Join(", ", unknown), string.Join(", ", Fields)),
                field
            );
        }
    }

    /// <summary>The phrase with its fields filled; a field without a value stays, so that it is seen.</summary>
    public static string Filled(string text, IReadOnlyDictionary<string, string> fields) =>
        Field().Replace(text, m => fields.GetValueOrDefault(m.Groups["field"].Value) is { Length: > 0 } value ? value : m.Value);

    /// <summary>
    /// True when the words hold the phrase: every stretch of it between fields and places, in their order, with at most
    /// <c>300</c> characters in between. Width of spaces and case do not count. Pure.
    /// </summary>
    public static bool Holds(string words, string phrase) => HoldsFolded(Folded(words), phrase);

    /// <summary>The phrases of a language offered in a unit: the house's and those of the units above it, by purpose and place.</summary>
    /// <param name="db">The database.</param>
    /// <param name="language">Language of the phrases; null for all.</param>
    /// <param name="unitPath">Path of the unit.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task<List<Phrase>> OfferedAsync(
        ComplaintsDb db,
        string? language,
        string unitPath,
        CancellationToken cancel = default
    ) =>
        [
            .. (
                await db
                    .Phrases.AsNoTracking()
                    .Include(p => p.Unit)
                    .Where(p => p.Active && (language == null || p.Language == language))
                    .OrderBy(p => p.Purpose)
                    .ThenBy(p => p.Position)
                    .ThenBy(p => p.Id)
                    .ToListAsync(cancel)
            ).Where(p => p.Unit is null || unitPath.StartsWith(p.Unit.Path, StringComparison.Ordinal)),
        ];

    /// <summary>Counts the phrases that words to a customer hold; the caller saves.</summary>
    /// <param name="db">The database.</param>
    /// <param name="words">As they went out.</param>
    /// <param name="unitPath">Path of the complaint's unit.</param>
    /// <param name="complaintId">The complaint.</param>
    /// <param name="staffId">Who said it.</param>
    /// <param name="now">UTC.</param>
    /// <param name="messageKey">Key of the mail; null when it was said in another way.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task CountAsync(
        ComplaintsDb db,
        string words,
        string unitPath,
        long complaintId,
        long? staffId,
        DateTime now,
        string? messageKey,
        CancellationToken cancel = default
    )
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return;
        }

        var folded = Folded(words);
        db.PhraseUses.AddRange(
            (await OfferedAsync(db, null, unitPath, cancel))
                .Where(p => HoldsFolded(folded, p.Text))
                .Select(p => new PhraseUse
                {
                    PhraseId = p.Id,
                    ComplaintId = complaintId,
                    StaffId = staffId,
                    At = now,
                    MessageKey = messageKey,
                })
        );
    }

    /// <summary>The mail was undone: what it said was not said.</summary>
    public static async Task UncountAsync(ComplaintsDb db, string messageKey, CancellationToken cancel = default) =>
        db.PhraseUses.RemoveRange(await db.PhraseUses.Where(u => u.MessageKey == messageKey).ToListAsync(cancel));

    private static bool HoldsFolded(string words, string phrase)
    {
        var stretches = Open().Split(phrase).Select(s => Folded(s).Trim()).Where(s => s.Any(char.IsLetterOrDigit)).ToList();
        if (stretches.Count == 0)
        {
            return false;
        }

        // The first may stand at several places, and only one of them may be the phrase's.
        for (var start = words.IndexOf(stretches[0], StringComparison.Ordinal); start >= 0; )
        {
            var end = start + stretches[0].Length;
            foreach (var next in stretches.Skip(1))
            {
                var at = words.IndexOf(next, end, StringComparison.Ordinal);
                end = at < 0 || at - end > LongestFilling ? -1 : at + next.Length;
                if (end < 0)
                {
                    break;
                }
            }

            if (end >= 0)
            {
                return true;
            }

            start = words.IndexOf(stretches[0], start + 1, StringComparison.Ordinal);
        }

        return false;
    }

    private static string Folded(string text) => Blank().Replace(FoldedText.Of(text), " ");

    [GeneratedRegex(@"\{\{\s*(?<field>\w+)\s*\}\}", RegexOptions.None, 1000)]
    private static partial Regex Field();

    [GeneratedRegex(@"\{\{[^{}]*\}\}|\[[^\[\]]*\]|［[^［］]*］", RegexOptions.None, 1000)]
    private static partial Regex Open();

    [GeneratedRegex(@" {2,}", RegexOptions.None, 1000)]
    private static partial Regex Blank();
}
