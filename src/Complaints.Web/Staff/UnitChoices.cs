using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Staff;

/// <summary>A unit to choose, in the order of the tree.</summary>
/// <param name="Depth">0 at the top.</param>
public sealed record UnitChoice(long Id, string Name, int Depth)
{
    /// <summary>Name with its depth made visible in a select.</summary>
    public string Indented => new string(' ', Depth * 3) + Name;

    /// <summary>The active units.</summary>
    public static async Task<IReadOnlyList<UnitChoice>> ReadAsync(ComplaintsDb db, string language)
    {
        var units = await db.Units.AsNoTracking().Where(u => u.Active).ToListAsync();
        return
        [
            .. units
                .OrderBy(u => u.Path, StringComparer.Ordinal)
                .Select(u => new UnitChoice(u.Id, u.NameIn(language), Math.Max(0, u.Path.Count(c => c == '/') - 2))),
        ];
    }
}

/// <summary>A colleague to choose.</summary>
public sealed record PersonChoice(long Id, string Name)
{
    /// <summary>Everybody who works here but <paramref name="but"/>.</summary>
    public static async Task<IReadOnlyList<PersonChoice>> ReadAsync(ComplaintsDb db, long but) =>
        await db
            .Staff.AsNoTracking()
            .Where(s => s.Active && s.Id != but && s.Role != Role.Auditor && s.Role != Role.Administrator)
            .OrderBy(s => s.Name)
            .Select(s => new PersonChoice(s.Id, s.Name))
            .ToListAsync();
}
