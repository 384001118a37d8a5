using System.Globalization;
using Complaints.Web.Operation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Complaints.Tests.World;

/// <summary>
/// Fresh databases with the little world in them. Each provider's is prepared once in a test run, by the real start;
/// every test gets a copy.
/// </summary>
public static class TestDatabases
{
    private static readonly Lazy<Task<string>> _sqlite = new(PrepareSqliteAsync);
    private static readonly Lazy<Task<string>> _postgres = new(PreparePostgresAsync);
    private static readonly Lazy<NpgsqlDataSource> _maintenance = new(() => NpgsqlDataSource.Create(Postgres!));
    private static int _count;

    /// <summary>Connection string of the server's maintenance database; null when there is none.</summary>
    public static string? Postgres { get; } =
        Environment.GetEnvironmentVariable("COMPLAINTS_TEST_POSTGRES") is { Length: > 0 } set ? set : null;

    /// <summary>A copy for one test; the arguments that make a house use it.</summary>
    public static async Task<string[]> CopyAsync(string database, string folder)
    {
        if (database == "sqlite")
        {
            File.Copy(await _sqlite.Value, Path.Combine(folder, "complaints.db"));
            CopyKeys(Path.GetDirectoryName(await _sqlite.Value)!, folder);
            return ["--Database:Provider", "sqlite", "--Data:Folder", folder];
        }

        var template = await _postgres.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template.Split('|')[0]}");
        CopyKeys(template.Split('|')[1], folder);
        return ["--Database:Provider", "postgres", "--Data:Folder", folder, "--ConnectionStrings:Complaints", Connection(name)];
    }

    /// <summary>Drops the copy that <see cref="CopyAsync"/> made.</summary>
    public static async Task DropAsync(string[] args)
    {
        if (args[1] == "postgres")
        {
            await using var connection = new NpgsqlConnection(args[^1]);
            NpgsqlConnection.ClearPool(connection);
            await ExecuteAsync($"DROP DATABASE IF EXISTS {connection.Database} WITH (FORCE)");
        }
    }

    private static async Task<string> PrepareSqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-template-").FullName;
        await FillAsync(["--Database:Provider", "sqlite", "--Data:Folder", folder]);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return Path.Combine(folder, "complaints.db");
    }

    private static async Task<string> PreparePostgresAsync()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-template-").FullName;
        var name = string.Create(CultureInfo.InvariantCulture, $"template{Environment.ProcessId}");
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await ExecuteAsync($"CREATE DATABASE {name}");
        await FillAsync(["--Database:Provider", "postgres", "--Data:Folder", folder, "--ConnectionStrings:Complaints", Connection(name)]);
        NpgsqlConnection.ClearAllPools();
        return name + "|" + folder;
    }

    private static async Task FillAsync(string[] args)
    {
        await using var app = RunCommand.Build([.. args, .. TestHouse.Quiet], b => b.Services.ForTests(new FakeClock(LittleWorld.Monday)));
        await app.PrepareAsync();
        await using var scope = app.Services.CreateAsyncScope();
        await LittleWorld.MakeAsync(scope.ServiceProvider);
    }

    private static string Connection(string database) =>
        new NpgsqlConnectionStringBuilder(Postgres!) { Database = database, MaxPoolSize = 20 }.ToString();

    private static async Task ExecuteAsync(string sql)
    {
        await using var command = _maintenance.Value.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static void CopyKeys(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "keys"));
        foreach (var key in Directory.GetFiles(Path.Combine(from, "keys")))
        {
            File.Copy(key, Path.Combine(to, "keys", Path.GetFileName(key)));
        }
    }
}
