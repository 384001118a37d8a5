using System.Text.RegularExpressions;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// The words of a reply that stands ready in a macro: a phrase of the phrase book, own words, or the one above the other, in
/// the customer's language and with the fields of phrases filled for each complaint. Nobody looks at such a reply before it
/// leaves, so that anything left open refuses it.
/// </summary>
public sealed partial class StandingReply(ComplaintsDb db, Advising advising)
{
    private readonly Dictionary<long, Phrase?> _phrases = [];

    /// <summary>The words as the customer of a complaint reads them.</summary>
    /// <param name="complaint">With customer, unit and clocks.</param>
    /// <exception cref="Refusal">No words in the customer's language, a phrase that is not offered there, or a field that cannot be filled.</exception>
    public async Task<string> WordsAsync(
        Complaint complaint,
        CaseChanges changes,
        Actor actor,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var (words, phraseId) =
            complaint.Customer.Language == Tongue.Chinese
                ? (changes.ReplyChinese, changes.PhraseChinese)
                : (changes.ReplyEnglish, changes.PhraseEnglish);
        if (words is null && phraseId is null)
        {
            throw new Refusal(
                complaint.Customer.Language == Tongue.Chinese
                    ? new Sentence("the customer reads Chinese, and the macro has no reply in Chinese: add one, or answer by hand.")
                    : new Sentence("the customer reads English, and the macro has no reply in English: add one, or answer by hand.")
            );
        }

        var phrase = phraseId is { } id ? await PhraseAsync(id, complaint, cancel) : null;
        var fields = await advising.FieldsAsync(complaint, actor, book, cancel);
        var template = string.Join("\n\n", new[] { phrase, words }.OfType<string>());
        if (LeftOpen(template, fields) is { } open)
        {
            throw new Refusal(new Sentence("{0} in the reply cannot be filled in here: answer this one by hand.", open));
        }

        return PhraseBook.Filled(template, fields);
    }

    /// <summary>The first of a text's fields that has no value, or place left to a writer; null when nothing is left open. Pure.</summary>
    public static string? LeftOpen(string text, IReadOnlyDictionary<string, string> fields) =>
        Places()
            .Matches(text)
            .FirstOrDefault(m => !m.Groups["field"].Success || fields.GetValueOrDefault(m.Groups["field"].Value) is not { Length: > 0 })
            ?.Value;

    /// <summary>True for a phrase that nobody need finish: every place of it is a field.</summary>
    public static bool Stands(string phrase) => LeftOpen(phrase, PhraseBook.Fields.ToDictionary(f => f, f => f)) is null;

    private async Task<string> PhraseAsync(long id, Complaint complaint, CancellationToken cancel)
    {
        if (!_phrases.TryGetValue(id, out var phrase))
        {
            _phrases[id] = phrase = await db.Phrases.AsNoTracking().Include(p => p.Unit).FirstOrDefaultAsync(p => p.Id == id, cancel);
        }

        return
            phrase is { Active: true }
            && (phrase.Unit is null || complaint.Unit.Path.StartsWith(phrase.Unit.Path, StringComparison.Ordinal))
            ? phrase.Text
            : throw new Refusal(new Sentence("the phrase of the macro is not offered here any more: choose another one in the macro."));
    }

    [GeneratedRegex(@"\{\{\s*(?<field>\w+)\s*\}\}|\{\{|\}\}|\[[^\[\]]*\]|［[^［］]*］", RegexOptions.None, 1000)]
    private static partial Regex Places();
}
