using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>Somebody work can be spread over.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Seat">The seat that counts.</param>
/// <param name="UnitPath">Path of their unit.</param>
/// <param name="Present">Not away. Whoever is away gets nothing.</param>
/// <param name="Language">Their own language.</param>
/// <param name="BothLanguages">They write in the other one too.</param>
/// <param name="Skills">Categories they know well, each with all below it.</param>
public sealed record Shoulder(
    long Id,
    Seat Seat,
    string UnitPath,
    bool Present,
    string Language,
    bool BothLanguages,
    IReadOnlyCollection<long> Skills
);

/// <summary>An open complaint that may go to somebody else.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OwnerId">Who holds it; null for nobody.</param>
/// <param name="Needs">The lowest seat that may work it.</param>
/// <param name="UnitPath">Path of its unit.</param>
/// <param name="Language">The customer's.</param>
/// <param name="Categories">What it is about: the category and all above it.</param>
/// <param name="KeptFrom">Who never gets it, as <see cref="Recusal"/> writes it.</param>
/// <param name="Begun">Somebody has worked on it: better left where it is.</param>
/// <param name="QueueAt">UTC; the most urgent stays where it is.</param>
public sealed record Burden(
    long Id,
    long? OwnerId,
    Seat Needs,
    string UnitPath,
    string Language,
    IReadOnlyCollection<long> Categories,
    string? KeptFrom,
    bool Begun,
    DateTime QueueAt
);

/// <summary>One that would go to somebody else.</summary>
/// <param name="Id">The complaint.</param>
/// <param name="From">Who holds it; null for nobody.</param>
/// <param name="To">Who would.</param>
public sealed record Move(long Id, long? From, long To);

/// <summary>
/// Proposes how open work would be spread evenly, with as few moves as possible: nothing moves between two people whose
/// numbers differ by one, and nothing moves twice. What nobody holds, and what somebody away holds where that is asked for,
/// goes to whoever has least. Nobody gets what routing would not give them: seat, unit, the customer's language where
/// somebody present writes it, and never what they are kept out of; nobody loses what they know well to somebody who does
/// not. What is not begun and due last goes first. Pure.
/// </summary>
public static class Spreading
{
    /// <summary>The moves.</summary>
    /// <param name="people">Whoever takes part.</param>
    /// <param name="work">All they hold, what of it may not move included, and what nobody holds where that is to be given out.</param>
    /// <param name="fromAway">Whether what people who are away hold is given out too.</param>
    /// <param name="most">Not more than so many moves.</param>
    public static IReadOnlyList<Move> Propose(IReadOnlyList<Shoulder> people, IReadOnlyList<Burden> work, bool fromAway, int most)
    {
        var present = people.Where(p => p.Present).OrderBy(p => p.Id).ToList();
        var load = people.ToDictionary(p => p.Id, p => work.Count(w => w.OwnerId == p.Id));
        var away = people.Where(p => !p.Present).Select(p => p.Id).ToHashSet();
        var moves = new List<Move>();
        foreach (
            var one in work.Where(w => w.OwnerId is null || (fromAway && away.Contains(w.OwnerId.Value)))
                .OrderBy(w => w.QueueAt)
                .ThenBy(w => w.Id)
        )
        {
            if (moves.Count < most && Best(one, present, load) is { } to)
            {
                moves.Add(new Move(one.Id, one.OwnerId, to.Id));
                load[to.Id]++;
            }
        }

        var movable = present.ToDictionary(
            p => p.Id,
            p => work.Where(w => w.OwnerId == p.Id).OrderBy(w => w.Begun).ThenByDescending(w => w.QueueAt).ThenBy(w => w.Id).ToList()
        );
        while (moves.Count < most && Next(present, load, movable) is var (one, to))
        {
            moves.Add(new Move(one.Id, one.OwnerId, to.Id));
            movable[one.OwnerId!.Value].Remove(one);
            load[one.OwnerId.Value]--;
            load[to.Id]++;
        }

        return moves;
    }

    /// <summary>True when routing would give it to them, present or not.</summary>
    public static bool Fits(Burden one, Shoulder person, IReadOnlyList<Shoulder> present) =>
        person.Seat >= one.Needs
        && !Recusal.Holds(one.KeptFrom, person.Id)
        && (
            one.UnitPath.StartsWith(person.UnitPath, StringComparison.Ordinal)
            || person.UnitPath.StartsWith(one.UnitPath, StringComparison.Ordinal)
        )
        && (Writes(person, one.Language) || !present.Any(p => Writes(p, one.Language)));

    private static bool Writes(Shoulder person, string language) => person.BothLanguages || person.Language == language;

    private static bool Knows(Shoulder person, Burden one) => person.Skills.Any(one.Categories.Contains);

    private static Shoulder? Best(Burden one, List<Shoulder> present, Dictionary<long, int> load) =>
        present
            .Where(p => Fits(one, p, present))
            .OrderBy(p => load[p.Id])
            .ThenByDescending(p => Knows(p, one))
            .ThenBy(p => p.Seat)
            .ThenBy(p => p.Id)
            .FirstOrDefault();

    /// <summary>One from whoever has most to whoever has least, where that makes it more even; null when nothing does.</summary>
    private static (Burden One, Shoulder To)? Next(
        List<Shoulder> present,
        Dictionary<long, int> load,
        Dictionary<long, List<Burden>> movable
    )
    {
        foreach (var giver in present.OrderByDescending(p => load[p.Id]).ThenBy(p => p.Id))
        {
            foreach (var taker in present.Where(p => load[giver.Id] - load[p.Id] >= 2).OrderBy(p => load[p.Id]).ThenBy(p => p.Id))
            {
                var one = movable[giver.Id].Find(w => Fits(w, taker, present) && (!Knows(giver, w) || Knows(taker, w)));
                if (one is not null)
                {
                    return (one, taker);
                }
            }
        }

        return null;
    }
}
