using Complaints.Data;
using Complaints.Mail;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Words;

/// <summary>First templates and phrases; afterwards they are the administrators'.</summary>
public static class WordSeeds
{
    /// <summary>Fills empty tables; never touches what is there.</summary>
    public static async Task SeedAsync(ComplaintsDb db)
    {
        if (await db.Templates.AnyAsync())
        {
            return;
        }

        db.Templates.AddRange(
            SeedFile
                .Read<List<Seeded>>("Words", "templates")
                .Select(t => new Template
                {
                    Purpose = t.Purpose,
                    Language = t.Language,
                    Subject = t.Subject,
                    Body = t.Body,
                })
        );
        db.Phrases.AddRange(
            SeedFile
                .Read<List<SeededPhrase>>("Words", "phrases")
                .Select(p => new Phrase
                {
                    Purpose = p.Purpose,
                    Language = p.Language,
                    Text = p.Text,
                })
        );
        await db.SaveChangesAsync();
    }

    /// <summary>The first text of a template.</summary>
    /// <exception cref="InvalidOperationException">None was ever seeded for that purpose and language.</exception>
    public static (string Subject, string Body) First(MailPurpose purpose, string language)
    {
        var first = SeedFile.Read<List<Seeded>>("Words", "templates").First(t => t.Purpose == purpose && t.Language == language);
        return (first.Subject, first.Body);
    }

    private sealed record Seeded(MailPurpose Purpose, string Language, string Subject, string Body);

    private sealed record SeededPhrase(PhrasePurpose Purpose, string Language, string Text);
}
