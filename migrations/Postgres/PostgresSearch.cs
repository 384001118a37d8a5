using System.Globalization;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Migrations.Postgres;

/// <summary>The search on PostgreSQL: arrays of codes under a GIN index.</summary>
internal static class PostgresSearch
{
    /// <summary>More ways to put the words together than this are asked group by group.</summary>
    private const int MostWays = 48;

    public static IQueryable<SearchHit> Found(ComplaintsDb db, string index, SearchQuery query, IdRange? among)
    {
        var (key, words) = index == "ComplaintWords" ? ("ComplaintId", "(\"Words\" || \"Who\" || \"Place\")") : ("CustomerId", "\"Words\"");
        var codes = new List<object>();
        var found = Together(query) is { Count: > 0 } ways ? Any(ways) : string.Join(" AND ", query.Groups.Select(g => $"({Any(g)})"));
        var ids = $"SELECT \"{key}\" AS \"Id\" FROM \"{index}\" WHERE ";
        if (among is { } few)
        {
            codes.AddRange(few.After, few.Before);
            return db.Set<SearchHit>()
                .FromSqlRaw($"{ids}\"{key}\" > {{{codes.Count - 2}}} AND \"{key}\" < {{{codes.Count - 1}}} AND ({found})", [.. codes]);
        }

        // OFFSET keeps the planner from walking all rows from the newest back: it hopes to meet enough soon, and where the
        // words and the place never stand together that is the whole table.
        return db.Set<SearchHit>().FromSqlRaw($"SELECT \"Id\" FROM ({ids}{found} OFFSET 0) AS f", [.. codes]);

        string Any(IEnumerable<IEnumerable<string>> any) =>
            string.Join(
                " OR ",
                any.Select(way =>
                {
                    codes.Add(way.Distinct(StringComparer.Ordinal).ToArray());
                    return string.Create(CultureInfo.InvariantCulture, $"{words} @> {{{codes.Count - 1}}}");
                })
            );
    }

    // All codes that must stand together in one array: GIN then begins with the rarest. Asked one by one, it would read the
    // whole list of every common word. Empty when that makes too many arrays.
    private static List<IEnumerable<string>> Together(SearchQuery query)
    {
        IEnumerable<IEnumerable<string>> ways =
        [
            [],
        ];
        foreach (var group in query.Groups)
        {
            ways = [.. ways.SelectMany(codes => group.Select(codes.Concat)).Take(MostWays + 1)];
        }

        return ways.Count() > MostWays ? [] : [.. ways];
    }
}
