using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Complaints.Migrations.Postgres;

/// <summary>PostgreSQL: one server, any number of nodes.</summary>
public sealed class PostgresDatabase : IDatabase
{
    /// <summary>The advisory lock one node holds while it prepares the database; any number no other program of it uses.</summary>
    public const long PrepareLock = 0x436F6D706C;

    /// <inheritdoc />
    public bool OneWriter => false;

    /// <inheritdoc />
    public Task<bool> MakeTablesAsync(string connectionString, CancellationToken cancel) => Task.FromResult(false); // an administrator made it

    /// <inheritdoc />
    public void Use(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(WithoutJit(connectionString), o => o.MigrationsAssembly(typeof(PostgresDatabase).Assembly.GetName().Name));

    // Compiling a plan takes the server a hundred milliseconds and more, and ours run for a few. Whoever sets Options keeps them.
    private static string WithoutJit(string connectionString)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        to.Options ??= "-c jit=off";
        return to.ConnectionString;
    }

    /// <inheritdoc />
    public async Task AloneAsync(ComplaintsDb db, Func<Task> work, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            // Another node may be upgrading for longer than any command may take.
            var usual = db.Database.GetCommandTimeout();
            db.Database.SetCommandTimeout(0);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({PrepareLock})", cancel);
            db.Database.SetCommandTimeout(usual);
            await work();
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({PrepareLock})", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <inheritdoc />
    public Task BackUpAsync(string connectionString, string file, CancellationToken cancel) =>
        ToolAsync("pg_dump", connectionString, ["--format=custom", "--no-owner", "--no-privileges", "--file", file], cancel);

    /// <inheritdoc />
    public async Task RestoreAsync(string connectionString, string file, CancellationToken cancel)
    {
        await using (var source = NpgsqlDataSource.Create(connectionString))
        await using (var command = source.CreateCommand("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"))
        {
            if ((long)(await command.ExecuteScalarAsync(cancel))! > 0)
            {
                throw new Refusal("The database is not empty. Restore into a new one.");
            }
        }

        await ToolAsync(
            "pg_restore",
            connectionString,
            [
                "--no-owner",
                "--no-privileges",
                "--exit-on-error",
                "--dbname",
                new NpgsqlConnectionStringBuilder(connectionString).Database!,
                file,
            ],
            cancel
        );
    }

    private static async Task ToolAsync(string tool, string connectionString, string[] arguments, CancellationToken cancel)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardError = true };
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGPASSWORD"] = to.Password;
        start.Environment["PGDATABASE"] = to.Database;
        try
        {
            using var process = Process.Start(start)!;
            var problems = await process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
            {
                throw new Refusal("{0} failed: {1}", tool, problems.Trim());
            }
        }
        catch (Win32Exception)
        {
            throw new Refusal("{0} is not installed here. It comes with PostgreSQL's client programs (package postgresql-client).", tool);
        }
    }

    /// <inheritdoc />
    public Task<long> ChangeStampAsync(ComplaintsDb db, bool raise, CancellationToken cancel) =>
        db
            .Database.SqlQueryRaw<long>(
                raise
                    ? "SELECT nextval('change_stamp') AS \"Value\""
                    : "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS \"Value\" FROM change_stamp"
            )
            .SingleAsync(cancel);

    /// <inheritdoc />
    public Task PrepareAsync(ComplaintsDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlRawAsync(
            """
            CREATE SEQUENCE IF NOT EXISTS change_stamp;
            CREATE INDEX IF NOT EXISTS "ComplaintWordsIndex" ON "ComplaintWords" USING gin (("Words" || "Who" || "Place"));
            CREATE INDEX IF NOT EXISTS "CustomerWordsIndex" ON "CustomerWords" USING gin ("Words");
            """,
            cancel
        );

    /// <inheritdoc />
    public IQueryable<SearchHit> Found(ComplaintsDb db, string index, SearchQuery query, IdRange? among = null) =>
        PostgresSearch.Found(db, index, query, among);
}
