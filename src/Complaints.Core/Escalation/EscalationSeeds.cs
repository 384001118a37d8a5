using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Escalation;

/// <summary>First rules and trigger words; afterwards they are the administrators'.</summary>
public static class EscalationSeeds
{
    /// <summary>Fills empty tables; never touches what is there.</summary>
    public static async Task SeedAsync(ComplaintsDb db)
    {
        if (await db.EscalationRules.AnyAsync())
        {
            return;
        }

        db.EscalationRules.AddRange(
            new[] { 75m, 100m, 150m, 200m }.Select(
                (share, level) =>
                    new EscalationRule
                    {
                        Moment = MomentKind.Share,
                        Amount = share,
                        Level = level,
                    }
            )
        );
        db.TriggerWords.AddRange(
            SeedFile
                .Read<Seeded>("Escalation", "triggerwords")
                .Words.Select(w => new TriggerWord
                {
                    Language = w.Language,
                    Word = w.Word,
                    Exceptions = string.Join(';', w.Exceptions),
                })
        );
        await db.SaveChangesAsync();
    }

    private sealed record Seeded(List<SeededWord> Words);

    private sealed record SeededWord(string Language, string Word, List<string> Exceptions);
}
