using System.Globalization;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// Puts the words of a final letter together: the house's template with one paragraph for each answered point, and the
/// sentences a regulator demands. A person changes them as they like before they leave.
/// </summary>
public sealed class FinalLetter(ComplaintsDb db, Letters letters)
{
    /// <summary>The words, in the customer's language; null when no point is answered.</summary>
    /// <param name="complaint">With customer, unit, clocks and points.</param>
    /// <param name="document">Key of the regulator's document the letter is; null or empty for none.</param>
    /// <param name="book">Deadlines.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<string?> WordsAsync(Complaint complaint, string? document, DeadlineBook book, CancellationToken cancel = default)
    {
        if (PointsTogether.Found(complaint.Points) is not { } found)
        {
            return null;
        }

        var reader = CaseMail.ReaderOf(complaint, book);
        var paragraph = await db
            .Templates.AsNoTracking()
            .Where(t => t.Purpose == MailPurpose.PointParagraph && t.Language == reader.Language)
            .Select(t => t.Body)
            .FirstAsync(cancel);
        var paragraphs = PointsTogether.Answered(complaint.Points).Select((p, i) => TemplateText.Text(paragraph, Fields(p, i + 1, reader)));
        var text = await letters.TextAsync(
            MailPurpose.FinalLetter,
            reader.Language,
            new()
            {
                ["customer"] = complaint.Addressee,
                ["summary"] = complaint.Summary,
                ["unit"] = complaint.Unit.NameIn(reader.Language),
                ["points"] = string.Join("\n\n", paragraphs),
                ["outcome"] = Tongue.Name(reader.Language, found),
            },
            complaint.Reference,
            cancel
        );
        return string.Join("\n\n", DemandedSentences.Missing(text, CaseMail.SentencesOf(complaint, document, book)).Prepend(text));
    }

    private static Dictionary<string, string> Fields(Point point, int number, Reader reader) =>
        new()
        {
            ["number"] = number.ToString(CultureInfo.InvariantCulture),
            ["point"] = point.What,
            ["finding"] = point.Finding ?? "",
            ["outcome"] = point.Outcome is { } outcome ? Tongue.Name(reader.Language, outcome) : "",
            // An explanation is the finding itself; naming it as what the customer gets would mock them.
            ["remedy"] = point.Remedy is { } remedy and not Remedy.Explanation
                ? Tongue.Say(reader, CaseMail.RemedyPhrase(remedy, point.Amount))
                : "",
        };
}
