using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Escalation;

/// <summary>A member of staff as the ladder sees them.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">As colleagues say it.</param>
/// <param name="Role">What they are.</param>
/// <param name="UnitPath">Path of their unit, such as <c>/1/4/</c>.</param>
/// <param name="Active">False once deactivated.</param>
/// <param name="Away">True while away.</param>
/// <param name="DelegateId">Who acts meanwhile, or null.</param>
public sealed record Rung(long Id, string Name, Role Role, string UnitPath, bool Active, bool Away, long? DelegateId);

/// <summary>Whom the ladder leads to.</summary>
/// <param name="ToldId">Null when nobody could be found up to the top.</param>
/// <param name="Level">The level reached, 1 to 3; higher than asked for when nobody stood there.</param>
/// <param name="Says">Who is told and who was passed over, for the record.</param>
public sealed record Found(long? ToldId, int Level, Sentence Says);

/// <summary>
/// The way up: level 1 is the team lead of the complaint's unit, or of the nearest unit above that has one; 2 its
/// manager; 3 its director. Whoever is kept out of the complaint or gone is passed over, and for who is away stands their
/// delegate. Where nobody is left, the next level is told, and the record says so. Pure.
/// </summary>
public static class Ladder
{
    /// <summary>The highest level.</summary>
    public const int Top = 3;

    /// <summary>The person to tell at <paramref name="level"/> or the nearest above it.</summary>
    /// <param name="people">At least every lead, manager and director, and their delegates.</param>
    /// <param name="unitPath">Path of the complaint's unit.</param>
    /// <param name="keptFrom">Who may never be told, as <see cref="Recusal"/> writes it; null for nobody.</param>
    public static Found Find(IReadOnlyList<Rung> people, int level, string unitPath, string? keptFrom)
    {
        for (var at = level; at <= Top; at++)
        {
            foreach (var lead in On(people, RoleAt(at), unitPath))
            {
                if (StandIn(people, lead, keptFrom) is { } person)
                {
                    return new Found(person.Id, at, Says(level, at, lead, person));
                }
            }
        }

        return new Found(null, Top, new Sentence("Nobody up the ladder could be found: everybody is missing, away or complained about."));
    }

    /// <summary>The person, or who acts for them; null when neither can.</summary>
    public static Rung? StandIn(IReadOnlyList<Rung> people, Rung person, string? keptFrom)
    {
        var at = person;
        for (var hops = 0; hops < 5; hops++)
        {
            if (!at.Away)
            {
                return at.Active && !Recusal.Holds(keptFrom, at.Id) ? at : null;
            }

            if (at.DelegateId is not { } id || people.FirstOrDefault(p => p.Id == id) is not { } next)
            {
                return null;
            }

            at = next;
        }

        return null; // delegates who point at each other
    }

    /// <summary>What somebody is at a level.</summary>
    public static Role RoleAt(int level) =>
        level switch
        {
            <= 1 => Role.TeamLead,
            2 => Role.Manager,
            _ => Role.Director,
        };

    /// <summary>Holders of the role, those of the unit itself first, then of the nearest units above.</summary>
    private static IEnumerable<Rung> On(IReadOnlyList<Rung> people, Role role, string unitPath) =>
        people
            .Where(p => p.Role == role && p.Active && unitPath.StartsWith(p.UnitPath, StringComparison.Ordinal))
            .OrderByDescending(p => p.UnitPath.Length)
            .ThenBy(p => p.Away)
            .ThenBy(p => p.Id);

    private static Sentence Says(int asked, int reached, Rung lead, Rung person)
    {
        var told = ReferenceEquals(lead, person)
            ? new Sentence("Told: {0} ({1}).", person.Name, person.Role)
            : new Sentence("Told: {0}, who acts for {1} ({2}).", person.Name, lead.Name, lead.Role);
        return reached == asked ? told : new Sentence("No {0} can be told, so it goes one level higher. {1}", RoleAt(asked), told);
    }
}
