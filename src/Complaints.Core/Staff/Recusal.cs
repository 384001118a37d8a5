using System.Globalization;

namespace Complaints.Staff;

/// <summary>Somebody who works, as far as recusal asks.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Name">For the timeline.</param>
/// <param name="Role">What they are.</param>
/// <param name="Seat">The seat that counts: leads and above are senior.</param>
/// <param name="UnitPath">Path of their unit, such as <c>/1/4/</c>.</param>
public sealed record Colleague(long Id, string Name, Role Role, Seat Seat, string UnitPath);

/// <summary>Who is kept out of a complaint for having decided it before, and who is asked when nobody else could work it.</summary>
/// <param name="Kept">Ids of those who decided it and are kept out.</param>
/// <param name="Stay">Ids of those who decided it and see it all the same, because nobody else can work it.</param>
/// <param name="AskedId">The nearest manager or director, who is asked what to do when somebody stays; null when nobody stays, or nobody is there to be asked.</param>
public sealed record Recused(IReadOnlyList<long> Kept, IReadOnlyList<long> Stay, long? AskedId);

/// <summary>
/// Recusal (回避): whoever is complained about, or decided a complaint before it was reopened, can neither work nor read
/// it. Pure. How it is kept: the ids stand in one column of the complaint, each between slashes (<c>/12/45/</c>), so that
/// a list looks at the row it reads anyway and at nothing else.
/// </summary>
public static class Recusal
{
    /// <summary>How one person stands in the column.</summary>
    public static string Mark(long id) => string.Create(CultureInfo.InvariantCulture, $"/{id}/");

    /// <summary>True when that person stands in the column; the customer and the system never do.</summary>
    public static bool Holds(string? column, long? id) =>
        column is not null && id is { } known && column.Contains(Mark(known), StringComparison.Ordinal);

    /// <summary>The ids of a column, in the order they came.</summary>
    public static IReadOnlyList<long> Ids(string? column) =>
        column is null
            ? []
            : [.. column.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(i => long.Parse(i, CultureInfo.InvariantCulture))];

    /// <summary>A column of those ids, each once; null for none.</summary>
    public static string? Write(IEnumerable<long> ids)
    {
        var once = ids.Distinct().ToList();
        return once.Count == 0 ? null : $"/{string.Join('/', once.Select(i => i.ToString(CultureInfo.InvariantCulture)))}/";
    }

    /// <summary>
    /// Decides who of those who decided before is kept out. All of them, as long as somebody else could work it: an agent
    /// whose seat is high enough or a team lead, of the complaint's unit or one above it, whether present or not. When
    /// nobody could, the one whose decision is oldest and who can work it stays, so that a small desk does not lock itself
    /// out and nobody looks at their own last decision again while there is another; a manager or director is then asked.
    /// </summary>
    /// <param name="complainedAboutId">Never works it and is not asked; null for nobody.</param>
    /// <param name="decided">Who decided it before, the oldest decision first.</param>
    /// <param name="people">Active staff.</param>
    /// <param name="needed">The lowest seat that may work it.</param>
    /// <param name="unitPath">Path of the complaint's unit.</param>
    public static Recused Decide(
        long? complainedAboutId,
        IReadOnlyList<long> decided,
        IReadOnlyCollection<Colleague> people,
        Seat needed,
        string unitPath
    )
    {
        var chain = people
            .Where(p => p.Id != complainedAboutId && unitPath.StartsWith(p.UnitPath, StringComparison.Ordinal))
            .OrderByDescending(p => p.UnitPath.Length)
            .ThenBy(p => p.Role)
            .ThenBy(p => p.Id)
            .ToList();
        bool Works(Colleague p) => p.Role is Role.TeamLead || (p.Role is Role.Agent && p.Seat >= needed);
        if (decided.Count == 0 || chain.Exists(p => Works(p) && !decided.Contains(p.Id)))
        {
            return new Recused(decided, [], null);
        }

        var able = decided.Where(d => chain.Exists(p => p.Id == d && Works(p))).ToList();
        var there = able.Count > 0 ? able : [.. decided.Where(d => chain.Exists(p => p.Id == d && Rights.Has(p.Role, Right.Work)))];
        if (there.Count == 0)
        {
            return new Recused(decided, [], null); // none of them could work it either: it waits for whoever comes
        }

        var stays = there[0];
        var asked = chain.Find(p => p.Role is Role.Manager or Role.Director && !decided.Contains(p.Id));
        return new Recused([.. decided.Where(d => d != stays)], [stays], asked?.Id);
    }
}
