using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Migrations.Sqlite;

/// <summary>
/// The search on SQLite: an FTS5 index without a copy of the words, kept by triggers on the tables of words. It is made
/// here and not in a migration, because a migration that rebuilds such a table drops its triggers.
/// </summary>
internal static class SqliteSearch
{
    private static readonly (string Table, string Key, string Words)[] _indexes =
    [
        ("ComplaintWords", "ComplaintId", "new.\"Words\" || ' ' || new.\"Who\" || ' ' || new.\"Place\""),
        ("CustomerWords", "CustomerId", "new.\"Words\""),
    ];

    public static async Task PrepareAsync(ComplaintsDb db, CancellationToken cancel)
    {
        foreach (var (table, key, words) in _indexes)
        {
            var index = table + "Index";
            var there = await db
                .Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = {0}", index)
                .SingleAsync(cancel);
            var make =
                there > 0
                    ? ""
                    : $"""
                        CREATE VIRTUAL TABLE "{index}" USING fts5(words, content='', contentless_delete=1, detail='none', tokenize='ascii');
                        INSERT INTO "{index}"(rowid, words) SELECT new."{key}", {words} FROM "{table}" AS new;
                        """;
            // Codes are ASCII letters and digits, so that the brackets and quotes of the stored list only part them.
            await db.Database.ExecuteSqlRawAsync(
                $"""
                {make}
                CREATE TRIGGER IF NOT EXISTS "{table}_added" AFTER INSERT ON "{table}" BEGIN
                  INSERT INTO "{index}"(rowid, words) VALUES (new."{key}", {words});
                END;
                CREATE TRIGGER IF NOT EXISTS "{table}_changed" AFTER UPDATE ON "{table}" BEGIN
                  UPDATE "{index}" SET words = {words} WHERE rowid = new."{key}";
                END;
                CREATE TRIGGER IF NOT EXISTS "{table}_gone" AFTER DELETE ON "{table}" BEGIN
                  DELETE FROM "{index}" WHERE rowid = old."{key}";
                END;
                """,
                cancel
            );
        }
    }

    public static IQueryable<SearchHit> Found(ComplaintsDb db, string index, SearchQuery query, IdRange? among)
    {
        var match = string.Join(
            " AND ",
            query.Groups.Select(g => "(" + string.Join(" OR ", g.Select(way => "(" + string.Join(" AND ", way) + ")")) + ")")
        );
        var ids = $"SELECT rowid AS \"Id\" FROM \"{index}Index\" WHERE \"{index}Index\" MATCH {{0}}";
        return among is { } few
            ? db.Set<SearchHit>().FromSqlRaw($"{ids} AND rowid > {{1}} AND rowid < {{2}}", match, few.After, few.Before)
            : db.Set<SearchHit>().FromSqlRaw(ids, match);
    }
}
