using Complaints.Data;
using Complaints.Mail;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Words;

/// <summary>First templates, phrases and rules of the writing adviser; afterwards they are the administrators'.</summary>
public static class WordSeeds
{
    /// <summary>Fills empty tables; never touches what is there.</summary>
    public static async Task SeedAsync(ComplaintsDb db)
    {
        if (!await db.AdviceRules.AnyAsync())
        {
            db.AdviceRules.AddRange(AdviceRules());
            await db.SaveChangesAsync();
        }

        // Nobody can delete a template, so one that is not there is one this version brought.
        var known = await db.Templates.Select(t => new { t.Purpose, t.Language }).ToListAsync();
        db.Templates.AddRange(
            SeedFile
                .Read<List<Seeded>>("Words", "templates")
                .Where(t => !known.Contains(new { t.Purpose, t.Language }))
                .Select(t => new Template
                {
                    Purpose = t.Purpose,
                    Language = t.Language,
                    Subject = t.Subject,
                    Body = t.Body,
                })
        );
        if (known.Count > 0)
        {
            await db.SaveChangesAsync();
            return;
        }

        db.Phrases.AddRange(
            SeedFile
                .Read<List<SeededPhrase>>("Words", "phrases")
                .Select(
                    (p, i) =>
                        new Phrase
                        {
                            Purpose = p.Purpose,
                            Language = p.Language,
                            Text = p.Text,
                            Position = i,
                        }
                )
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

    /// <summary>The writing adviser's first rules.</summary>
    public static IEnumerable<AdviceRule> AdviceRules() =>
        SeedFile
            .Read<List<SeededRule>>("Words", "advice")
            .Select(r => new AdviceRule
            {
                List = r.List,
                Language = r.Language,
                Text = r.Text,
                Better = r.Better,
                Exceptions = r.Exceptions ?? "",
                ExceptApology = r.ExceptApology,
            });

    private sealed record Seeded(MailPurpose Purpose, string Language, string Subject, string Body);

    private sealed record SeededPhrase(PhrasePurpose Purpose, string Language, string Text);

    private sealed record SeededRule(
        AdviceList List,
        string Language,
        string Text,
        string? Better = null,
        string? Exceptions = null,
        bool ExceptApology = false
    );
}
