using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.FollowUp;

/// <summary>Finds and keeps the questions customers are asked with.</summary>
public sealed class Questionnaires(ComplaintsDb db)
{
    /// <summary>Fields a script may use.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["agent", "organisation", "customer", "reference", "summary"];

    /// <summary>Id of the one in force for a complaint, the unit nearest first, then the category; null for the house's own.</summary>
    public async Task<long?> ForAsync(Complaint complaint, CancellationToken cancel = default)
    {
        var all = await db.Questionnaires.AsNoTracking().Where(q => q.ReplacedAt == null).ToListAsync(cancel);
        if (all.Count == 0)
        {
            return null;
        }

        var path = await db.Units.Where(u => u.Id == complaint.UnitId).Select(u => u.Path).FirstAsync(cancel);
        List<long> units = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        var parents = await db.Categories.Select(c => new { c.Id, c.ParentId }).ToDictionaryAsync(c => c.Id, c => c.ParentId, cancel);
        var categories = new List<long>();
        for (var id = complaint.CategoryId; id is { } at && !categories.Contains(at); id = parents.GetValueOrDefault(at))
        {
            categories.Insert(0, at);
        }

        return Best(all, units, categories)?.Id;
    }

    /// <summary>The most specific one that fits: first by unit, then by category. Pure.</summary>
    /// <param name="all">In force.</param>
    /// <param name="units">From the top down to the complaint's.</param>
    /// <param name="categories">From the top down to the complaint's; empty when it has none.</param>
    public static Questionnaire? Best(IEnumerable<Questionnaire> all, List<long> units, List<long> categories) =>
        all.Where(q =>
                (q.UnitId is null || units.Contains(q.UnitId.Value)) && (q.CategoryId is null || categories.Contains(q.CategoryId.Value))
            )
            .OrderByDescending(q => q.UnitId is { } unit ? units.IndexOf(unit) : -1)
            .ThenByDescending(q => q.CategoryId is { } category ? categories.IndexOf(category) : -1)
            .FirstOrDefault();

    /// <summary>Keeps a version; the one in force for the same unit and category ends. The caller saves.</summary>
    /// <exception cref="Refusal">A script uses a field there is not.</exception>
    public async Task<Questionnaire> KeepAsync(
        long? unitId,
        long? categoryId,
        bool asksParts,
        IReadOnlyDictionary<string, Questions> texts,
        Actor by,
        DateTime now
    )
    {
        foreach (var (language, questions) in texts)
        {
            foreach (var line in questions.Lines)
            {
                TemplateText.Check(line, Fields, nameof(Questions.Script) + language);
            }
        }

        var there = await db.Questionnaires.Where(q => q.UnitId == unitId && q.CategoryId == categoryId).ToListAsync();
        foreach (var old in there.Where(q => q.ReplacedAt is null))
        {
            old.ReplacedAt = now;
        }

        var made = new Questionnaire
        {
            UnitId = unitId,
            CategoryId = categoryId,
            Version = there.Select(q => q.Version).DefaultIfEmpty().Max() + 1,
            MadeAt = now,
            MadeById = by.StaffId,
            AsksParts = asksParts,
            Texts = Questionnaire.Write(texts),
        };
        db.Questionnaires.Add(made);
        return made;
    }
}

/// <summary>The table of the questions.</summary>
public static class QuestionnaireTables
{
    extension(ComplaintsDb db)
    {
        public DbSet<Questionnaire> Questionnaires => db.Set<Questionnaire>();
    }

    internal sealed class OfQuestionnaires : IEntityTypeConfiguration<Questionnaire>
    {
        public void Configure(EntityTypeBuilder<Questionnaire> builder)
        {
            builder.ToTable("Questionnaires");
            builder.Property(q => q.Texts).HasMaxLength(-1);
            builder.HasIndex(q => new { q.UnitId, q.CategoryId });
            builder.HasOne<Unit>().WithMany().HasForeignKey(q => q.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Category>().WithMany().HasForeignKey(q => q.CategoryId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
