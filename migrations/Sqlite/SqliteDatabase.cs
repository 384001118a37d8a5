using System.Data.Common;
using Complaints.Data;
using Complaints.Language;
using Microsoft.Data.Sqlite;
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
    public async Task<bool> MakeTablesAsync(string connectionString, CancellationToken cancel)
    {
        var file = new FileInfo(new SqliteConnectionStringBuilder(connectionString).DataSource);
        if (file is { Exists: true, Length: > 0 })
        {
            return false;
        }

        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = Script();
        await command.ExecuteNonQueryAsync(cancel);
        return true;
    }

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

    /// <inheritdoc />
    public async Task BackUpAsync(string connectionString, string file, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString()
        );
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 30000; VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", file);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <inheritdoc />
    public Task RestoreAsync(string connectionString, string file, CancellationToken cancel)
    {
        var path = new SqliteConnectionStringBuilder(connectionString).DataSource;
        if (File.Exists(path))
        {
            throw new Refusal("There is a database at {0} already. Restore into an empty folder.", path);
        }

        File.Copy(file, path);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<long> ChangeStampAsync(ComplaintsDb db, bool raise, CancellationToken cancel) => Task.FromResult(0L);

    /// <inheritdoc />
    public Task PrepareAsync(ComplaintsDb db, CancellationToken cancel) => SqliteSearch.PrepareAsync(db, cancel);

    /// <inheritdoc />
    public IQueryable<SearchHit> Found(ComplaintsDb db, string index, SearchQuery query, IdRange? among = null) =>
        SqliteSearch.Found(db, index, query, among);

    /// <summary>All migrations as one script, which <c>migrations/remake</c> writes.</summary>
    private static string Script()
    {
        using var script = typeof(SqliteDatabase).Assembly.GetManifestResourceStream("Tables.sql")!;
        return new StreamReader(script).ReadToEnd();
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
