using Complaints.Casework;
using Complaints.Data;
using Complaints.Web.Casework;
using Complaints.Web.Staff;
using Complaints.Words;

namespace Complaints.Web.Words;

/// <summary>A phrase ready to be put in: its fields filled as far as they are known.</summary>
public sealed record OfferedPhrase(PhrasePurpose Purpose, string Language, string Text);

/// <summary>The phrases offered beside the boxes of a page; read once a page.</summary>
public sealed class OfferedPhrases(ComplaintsDb db, Advising advising, Complaints.Words.House house, Me me)
{
    private IReadOnlyList<OfferedPhrase>? _offered;

    /// <summary>For words to the customer of a complaint, in the customer's language.</summary>
    public async Task<IReadOnlyList<OfferedPhrase>> OfAsync(CasePage page) =>
        _offered ??= await OfferedAsync(
            page.Complaint.Customer.Language,
            page.Complaint.Unit.Path,
            await advising.FieldsAsync(page.Complaint, me.Actor, page.Book)
        );

    /// <summary>
    /// While a complaint is logged: in both languages, the reader's first. What needs the complaint is not offered; the
    /// customer's name is put in by the page, which knows it once it is typed.
    /// </summary>
    public async Task<IReadOnlyList<OfferedPhrase>> WhileLoggingAsync()
    {
        var language = me.Reader.Language;
        var fields = new Dictionary<string, string>
        {
            ["agent"] = me.Member.Name,
            ["organisation"] = await house.NameAsync(language),
            ["unit"] = me.Member.Unit?.NameIn(language) ?? "",
        };
        string[] later = ["{{reference}}", "{{due}}", "{{summary}}"];
        return _offered ??= [
            .. (await OfferedAsync(null, me.Actor.UnitPath, fields))
                .Where(p => !Array.Exists(later, l => p.Text.Contains(l, StringComparison.Ordinal)))
                .OrderBy(p => p.Language == language ? 0 : 1),
        ];
    }

    private async Task<IReadOnlyList<OfferedPhrase>> OfferedAsync(string? language, string unitPath, Dictionary<string, string> fields) =>
        [
            .. (await PhraseBook.OfferedAsync(db, language, unitPath)).Select(p => new OfferedPhrase(
                p.Purpose,
                p.Language,
                PhraseBook.Filled(p.Text, fields)
            )),
        ];
}
