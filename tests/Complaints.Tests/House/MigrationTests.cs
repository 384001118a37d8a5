using Complaints.Data;
using Complaints.Migrations.Postgres;
using Complaints.Migrations.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.House;

/// <summary>The model and both sets of migrations agree. Compares models only; nothing is connected to.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void The_model_and_the_migrations_of_sqlite_agree() => Agree(new SqliteDatabase(), "Data Source=nowhere.db");

    [Fact]
    public void The_model_and_the_migrations_of_postgres_agree() => Agree(new PostgresDatabase(), "Host=nowhere.example");

    [Fact]
    public async Task A_new_file_gets_from_the_script_what_the_migrations_would_make()
    {
        var (scripted, migrated) = (NewFile(), NewFile());
        var database = new SqliteDatabase();
        Assert.True(await database.MakeTablesAsync(scripted, default));
        Assert.False(await database.MakeTablesAsync(scripted, default));
        await using (var db = Open(database, migrated))
        {
            await db.Database.MigrateAsync();
        }

        Assert.True(
            (await SchemaAsync(database, scripted)).SequenceEqual(await SchemaAsync(database, migrated)),
            "The script for new files is not that of the migrations. migrations/remake writes it."
        );
    }

    private static async Task<List<string>> SchemaAsync(IDatabase database, string connection)
    {
        await using var db = Open(database, connection);
        var tables = await db
            .Database.SqlQueryRaw<string>(
                "SELECT name || ': ' || coalesce(sql, '') AS Value FROM sqlite_master WHERE name <> '__EFMigrationsLock' ORDER BY name"
            )
            .ToListAsync();
        Assert.True(tables.Count > 100);
        return [.. tables, .. await db.Database.GetAppliedMigrationsAsync()];
    }

    private static string NewFile() =>
        $"Data Source={Path.Combine(Directory.CreateTempSubdirectory("complaints-test-").FullName, "new.db")};Pooling=False";

    private static void Agree(IDatabase database, string connection)
    {
        using var db = Open(database, connection);
        Assert.False(
            db.Database.HasPendingModelChanges(),
            "Entities changed without a migration. See src/README.md, “migrations”, for the command that writes one for each provider."
        );
    }

    private static ComplaintsDb Open(IDatabase database, string connection)
    {
        var options = new DbContextOptionsBuilder<ComplaintsDb>();
        database.Use(options, connection);
        return new ComplaintsDb(options.Options, new WriteGate(database.OneWriter));
    }
}
