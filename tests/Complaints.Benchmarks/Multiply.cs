using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Insight;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Complaints.Benchmarks;

/// <summary>
/// Makes a large house out of a small one: the complaints that are there, with customers, clocks and timelines, are
/// copied inside the database, one statement a table. Every complaint in it was once made by the real verbs.
/// </summary>
public static class Multiply
{
    private const long Stride = 1_000_000;

    private static readonly Type[] _tables =
    [
        typeof(Customer),
        typeof(ContactPoint),
        typeof(Complaint),
        typeof(DeadlineClock),
        typeof(ClockPause),
        typeof(TimelineEntry),
        typeof(EntryContent),
        typeof(Point),
        typeof(Grant),
        typeof(Payment),
        typeof(DeskTask),
        typeof(Promise),
        typeof(CaseTag),
        typeof(CaseFieldValue),
        typeof(CustomerMoment),
        typeof(CustomerWords),
        typeof(ComplaintWords),
    ];

    /// <summary>Adds <paramref name="copies"/> copies of everything.</summary>
    public static async Task ByAsync(ComplaintsDb db, int copies)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        if (db.IsSqlite)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
        }

        foreach (var type in _tables)
        {
            var entity = db.Model.FindEntityType(type)!;
            var store = StoreObjectIdentifier.Table(entity.GetTableName()!);
            var columns = entity
                .GetProperties()
                .Select(p => (Name: p.GetColumnName(store)!, Value: Value(p, p.GetColumnName(store)!)))
                .ToList();
            var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
            var values = string.Join(", ", columns.Select(c => c.Value));
            var table = $"\"{entity.GetTableName()}\"";
            var key = entity.FindPrimaryKey()!.Properties[0].GetColumnName(store);
            var bound = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Stride}");
            var numbers = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {copies})"
            );
#pragma warning disable EF1002 // names from the model and numbers of our own
            await db.Database.ExecuteSqlRawAsync(
                $"INSERT INTO {table} ({names}) {numbers} SELECT {values} FROM {table} AS t, k WHERE t.\"{key}\" < {bound}"
            );
#pragma warning restore EF1002
        }

        await db.Database.ExecuteSqlRawAsync(db.IsSqlite ? "ANALYZE" : "VACUUM ANALYZE");
    }

    private static string Value(IProperty property, string column)
    {
        var moved = $"t.\"{column}\" + k.n * {Stride}";
        var points = property.GetContainingForeignKeys().Any(f => Array.IndexOf(_tables, f.PrincipalEntityType.ClrType) >= 0);
        return property.IsPrimaryKey() && !property.IsForeignKey() && property.ClrType == typeof(long) ? moved
            : points && property.ClrType == typeof(long) ? moved
            : column is "CustomerId" ? moved // of the words, which know their customer without a foreign key
            : column is "Reference" ? $"t.\"{column}\" || '-' || k.n"
            : column is "SubmissionKey" ? "NULL"
            : $"t.\"{column}\"";
    }
}
