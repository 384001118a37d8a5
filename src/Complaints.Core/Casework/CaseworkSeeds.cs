using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>First categories, root causes and remedy limits; afterwards they are the administrators'.</summary>
public static class CaseworkSeeds
{
    private static readonly (Role Role, Seat? Seat, long Major)[] _limits =
    [
        (Role.Agent, Seat.Junior, 50),
        (Role.Agent, Seat.Middle, 200),
        (Role.Agent, Seat.Senior, 500),
        (Role.TeamLead, null, 2_000),
        (Role.Manager, null, 10_000),
        (Role.Director, null, 1_000_000),
    ];

    /// <summary>Seeded amounts are in these; 1 GBP counts as 10 CNY so that limits read round.</summary>
    private static readonly (string Currency, int Times)[] _currencies = [("GBP", 1), ("EUR", 1), ("USD", 1), ("AUD", 2), ("CNY", 10)];

    /// <summary>Fills empty tables; never touches what is there.</summary>
    public static async Task SeedAsync(ComplaintsDb db)
    {
        if (await db.Categories.AnyAsync())
        {
            return;
        }

        await AddAsync(
            db,
            SeedFile.Read<List<Node>>("Casework", "categories"),
            (n, parent) =>
                new Category
                {
                    Key = n.Key,
                    ParentId = parent,
                    Name = n.Name,
                    NameZh = n.NameZh,
                },
            c => c.Id
        );
        await AddAsync(
            db,
            SeedFile.Read<List<Node>>("Casework", "rootcauses"),
            (n, parent) =>
                new RootCause
                {
                    Key = n.Key,
                    ParentId = parent,
                    Name = n.Name,
                    NameZh = n.NameZh,
                },
            c => c.Id
        );
        foreach (var (currency, times) in _currencies)
        {
            db.RemedyLimits.AddRange(
                _limits.Select(l => new RemedyLimit
                {
                    Role = l.Role,
                    Seat = l.Seat,
                    Currency = currency,
                    Minor = l.Major * times * 100,
                })
            );
        }

        await db.SaveChangesAsync();
    }

    /// <summary>A tree, level by level: children hold the ids of their parents.</summary>
    private static async Task AddAsync<T>(ComplaintsDb db, List<Node> roots, Func<Node, long?, T> make, Func<T, long> id)
        where T : class
    {
        var level = roots.ConvertAll(n => (Node: n, Made: make(n, null)));
        while (level.Count > 0)
        {
            db.AddRange(level.Select(l => l.Made));
            await db.SaveChangesAsync();
            level = [.. level.SelectMany(l => l.Node.Children.Select(n => (n, make(n, id(l.Made)))))];
        }
    }

    private sealed record Node(string Key, string Name, string? NameZh, List<Node> Children);
}
