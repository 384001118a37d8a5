using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>How often a phrase was said, and how satisfied those were who heard it.</summary>
/// <param name="Uses">Times it was said.</param>
/// <param name="Answers">Follow-ups answered with marks, of complaints in which it was said.</param>
/// <param name="Mean">Their mean mark, 1 to 5; null below <see cref="PhraseFigures.Fewest"/> answers, where it would mislead.</param>
public sealed record PhraseFigure(int Uses, int Answers, double? Mean);

/// <summary>Use and satisfaction of the phrase book.</summary>
public static class PhraseFigures
{
    /// <summary>So many answers at least before a mean is shown.</summary>
    public const int Fewest = 5;

    /// <summary>By id of the phrase; those never said are left out.</summary>
    public static async Task<IReadOnlyDictionary<long, PhraseFigure>> OfAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var uses = await db
            .PhraseUses.GroupBy(u => u.PhraseId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var heard = db.PhraseUses.Select(u => new { u.PhraseId, u.ComplaintId }).Distinct();
        var marks = await (
            from h in heard
            join a in db.SurveyAnswers.Where(a => a.Current && a.Mean != null) on h.ComplaintId equals a.ComplaintId
            group a.Mean by h.PhraseId into g
            select new
            {
                g.Key,
                Count = g.Count(),
                Mean = g.Average(),
            }
        ).ToDictionaryAsync(g => g.Key, g => (g.Count, g.Mean), cancel);
        return uses.ToDictionary(
            u => u.Key,
            u =>
            {
                var (count, mean) = marks.GetValueOrDefault(u.Key);
                return new PhraseFigure(u.Value, count, count >= Fewest ? mean : null);
            }
        );
    }
}
