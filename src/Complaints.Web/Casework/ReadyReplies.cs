using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Web.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>A phrase a macro may reply with.</summary>
public sealed record ReadyPhrase(long Id, string Language, PhrasePurpose Purpose, string Text);

/// <summary>What the reply of a macro can be taken from.</summary>
/// <param name="Phrases">Of both languages, in the order of the phrase book.</param>
/// <param name="Documents">Key and name of each document a regulator may wait for.</param>
public sealed record ReadyWords(IReadOnlyList<ReadyPhrase> Phrases, IReadOnlyList<(string Key, string Name)> Documents);

/// <summary>Reads what macros can reply with: phrases that nobody need finish.</summary>
public sealed class ReadyReplies(ComplaintsDb db, Cases cases, Me me)
{
    /// <summary>What is offered to the person, and what the macro holds already.</summary>
    public async Task<ReadyWords> ReadAsync(CaseChanges changes)
    {
        var phrases = (await PhraseBook.OfferedAsync(db, null, me.Actor.UnitPath)).Where(p => StandingReply.Stands(p.Text)).ToList();
        foreach (
            var id in new[] { changes.PhraseEnglish, changes.PhraseChinese }.OfType<long>().Where(id => phrases.TrueForAll(p => p.Id != id))
        )
        {
            phrases.AddRange(await db.Phrases.AsNoTracking().Where(p => p.Id == id).ToListAsync());
        }

        var language = me.Reader.Language;
        var book = await cases.BookAsync();
        return new ReadyWords(
            [.. phrases.Select(p => new ReadyPhrase(p.Id, p.Language, p.Purpose, p.Text))],
            [
                .. book
                    .Regimes.SelectMany(r => r.Documents)
                    .Where(d => d.Key.Length > 0)
                    .DistinctBy(d => d.Key)
                    .Select(d => (d.Key, d.NameIn(language))),
            ]
        );
    }

    /// <summary>The words of a reply as the list of macros shows them, in the reader's language where there are some.</summary>
    public async Task<string> ShownAsync(CaseChanges changes)
    {
        var chinese = changes.ReplyChinese is not null || changes.PhraseChinese is not null;
        var english = changes.ReplyEnglish is not null || changes.PhraseEnglish is not null;
        var inChinese = chinese && (!english || me.Reader.Language == Tongue.Chinese);
        var (words, id) = inChinese ? (changes.ReplyChinese, changes.PhraseChinese) : (changes.ReplyEnglish, changes.PhraseEnglish);
        var phrase = id is { } known ? await db.Phrases.Where(p => p.Id == known).Select(p => p.Text).FirstOrDefaultAsync() : null;
        return string.Join(" ", new[] { phrase, words }.OfType<string>());
    }
}
