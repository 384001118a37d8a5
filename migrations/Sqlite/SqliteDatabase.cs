using System.Data.Common;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Migrations.Sqlite;

/// <summary>SQLite: one file, one process, write-ahead log.</summary>
public sealed class SqliteDatabase : IDatabase
{
    /// <inheritdoc />
    public bool OneWriter => true;

    /// <inheritdoc />
    public void Use(DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseSqlite(connectionString, o => o.MigrationsAssembly(typeof(SqliteDatabase).Assembly.GetName().Name))
            .AddInterceptors(Pragmas.Instance);

    /// <inheritdoc />
    public async Task AloneAsync(ComplaintsDb db, Func<Task> work, CancellationToken cancel)
    {
        // The exclusive lock file is ours already, so a row here can only be left by a start that was killed; every later
        // start would wait for it forever.
        var there = await db
            .Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancel);
        if (there > 0 && await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancel) > 0)
        {
            await Console.Error.WriteLineAsync("An earlier start was stopped while it prepared the database; going on from there.");
        }

        await work();
    }

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static Pragmas Instance { get; } = new();

        // busy_timeout: the driver otherwise sleeps 150 ms between tries and starves writers. synchronous stays FULL.
        private const string Text =
            "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
