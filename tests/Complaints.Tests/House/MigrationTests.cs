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

    private static void Agree(IDatabase database, string connection)
    {
        var options = new DbContextOptionsBuilder<ComplaintsDb>();
        database.Use(options, connection);
        using var db = new ComplaintsDb(options.Options, new WriteGate(database.OneWriter));
        Assert.False(
            db.Database.HasPendingModelChanges(),
            "Entities changed without a migration. See src/README.md, “migrations”, for the command that writes one for each provider."
        );
    }
}
