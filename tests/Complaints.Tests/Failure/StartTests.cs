using System.Net;
using Complaints.Tests.World;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Complaints.Tests.Failure;

/// <summary>The program as a process of its own: killed while it starts, started twice, too old, and empty.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("complaints-start-").FullName;

    private string Database => Path.Combine(_folder, "complaints.db");

    [Fact]
    public async Task Killed_while_it_prepares_the_database_the_next_start_goes_on_and_a_second_beside_it_is_refused()
    {
        using (var first = ProgramRun.Start(Arguments))
        {
            await UntilAsync(() => Task.FromResult(new FileInfo(Database) is { Exists: true, Length: > 0 }));
            first.Kill();
            await first.EndAsync();
            Assert.DoesNotContain("/setup", first.Said); // it was not ready
        }

        using var second = ProgramRun.Start(Arguments);
        using var browser = new Browser(await second.AddressAsync());
        await second.HearAsync("/setup"); // a real, empty installation asks for its first administrator
        Assert.Contains("\"ready\"", await browser.GetAsync("/health/ready"));
        Assert.True((await browser.GetAsync("/css/site.css")).Length > 1000);
        await browser.GetAsync("/welcome");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status); // no faces of a demo

        var (code, text) = await ProgramRun.ToEndAsync(Arguments);
        Assert.Equal(1, code);
        Assert.Contains("Another Complaints server already uses the data in " + _folder, text);
        (code, text) = await ProgramRun.ToEndAsync(["import", await CsvAsync(), "--Data:Folder", _folder]);
        Assert.Equal(1, code);
        Assert.Contains("Import through its page /import instead", text);
        (code, text) = await ProgramRun.ToEndAsync(["verify", "--Data:Folder", _folder]);
        Assert.True(code == 0, text);
        Assert.Contains("checked 0, tampered with 0", text);
    }

    [Fact]
    public async Task A_lock_that_a_killed_upgrade_left_blocks_no_start()
    {
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
                """;
            await command.ExecuteNonQueryAsync();
        }

        using var run = ProgramRun.Start(Arguments);
        using var browser = new Browser(await run.AddressAsync());
        Assert.Contains("An earlier start was stopped while it prepared the database; going on from there.", run.Said);
        Assert.Contains("\"ready\"", await browser.GetAsync("/health/ready"));
    }

    [Theory, OnPostgres]
    public async Task Killed_on_postgres_it_starts_again(string database)
    {
        Assert.Equal("postgres", database);
        await using var source = NpgsqlDataSource.Create(TestDatabases.Postgres!);
        var name = $"start{Environment.ProcessId}";
        await ExecuteAsync(source, $"CREATE DATABASE {name}");
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(TestDatabases.Postgres!) { Database = name }.ToString();
            string[] args = ["--Database:Provider", "postgres", "--ConnectionStrings:Complaints", connection, .. Arguments];
            using (var first = ProgramRun.Start(args))
            {
                await UntilAsync(async () =>
                    await CountAsync(
                        source,
                        $"SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = '{name}'"
                    ) > 0
                );
                first.Kill();
                await first.EndAsync();
            }

            using var second = ProgramRun.Start(args);
            using var browser = new Browser(await second.AddressAsync());
            Assert.Contains("\"ready\"", await browser.GetAsync("/health/ready"));
        }
        finally
        {
            await ExecuteAsync(source, $"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    [Theory, OnPostgres]
    public Task Whoever_comes_while_it_gets_ready_is_told_so(string database) =>
        WhileAnotherNodeUpgradesAsync(
            database,
            async (run, http, upgraded) =>
            {
                Assert.True(await SaysAsync(http, "/health/ready", HttpStatusCode.ServiceUnavailable));
                using var told = await http.GetAsync("/queues/mine");
                Assert.Equal(HttpStatusCode.ServiceUnavailable, told.StatusCode);
                Assert.Equal("1", told.Headers.GetValues("Refresh").Single());
                var page = await told.Content.ReadAsStringAsync();
                Assert.Contains("Getting ready", page);
                Assert.Contains("正在准备", page);
                await upgraded();
                await run.AddressAsync();
                Assert.True(await SaysAsync(http, "/health/ready", HttpStatusCode.OK));
                run.Stop();
                Assert.Equal(0, await run.EndAsync());
            }
        );

    [Theory, OnPostgres]
    public Task Told_to_stop_while_it_gets_ready_it_stops(string database) =>
        WhileAnotherNodeUpgradesAsync(
            database,
            async (run, _, _) =>
            {
                run.Stop();
                await run.EndAsync().WaitAsync(TimeSpan.FromSeconds(20));
            }
        );

    [Theory, OnSqlite]
    public async Task What_cannot_start_says_why_in_a_sentence_and_no_stack(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await RefusedAsync("already listens", [.. Arguments, "--urls", house.Address.ToString()]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "complaints.db"), new string('x', 5000));
        await RefusedAsync("is no database of this program", Arguments);
        var file = Path.Combine(_folder, "a-file");
        await File.WriteAllTextAsync(file, "");
        await RefusedAsync(file, ["--Data:Folder", Path.Combine(file, "data")]);
        await RefusedAsync("Database:Provider is “oracle”", ["--Data:Folder", Path.Combine(_folder, "o"), "--Database:Provider", "oracle"]);
    }

    [Theory, OnSqlite]
    public async Task An_older_program_refuses_a_newer_database(string database)
    {
        Assert.Equal("sqlite", database);
        Assert.Equal(0, (await ProgramRun.ToEndAsync("migrate", "--Data:Folder", _folder)).Code);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "complaints.db")};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0.0')";
            await command.ExecuteNonQueryAsync();
        }

        await RefusedAsync("prepared by a newer version of this program (it has 29990101000000_Later)", Arguments);
        await RefusedAsync("prepared by a newer version", ["migrate", "--Data:Folder", _folder]);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Starts the program on a database another node holds for its upgrade; it answers, and is not ready.</summary>
    private async Task WhileAnotherNodeUpgradesAsync(string database, Func<ProgramRun, HttpClient, Func<Task>, Task> then)
    {
        Assert.Equal("postgres", database);
        await using var source = NpgsqlDataSource.Create(TestDatabases.Postgres!);
        var name = $"door{Environment.ProcessId}";
        await ExecuteAsync(source, $"CREATE DATABASE {name}");
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(TestDatabases.Postgres!) { Database = name, Pooling = false }.ToString();
            await using var upgrading = new NpgsqlConnection(connection);
            await upgrading.OpenAsync();
            await using (
                var command = new NpgsqlCommand(
                    $"SELECT pg_advisory_lock({Complaints.Migrations.Postgres.PostgresDatabase.PrepareLock})",
                    upgrading
                )
            )
            {
                await command.ExecuteNonQueryAsync();
            }

            var address = $"http://127.0.0.1:{FreePort()}";
            string[] at = ["--Database:Provider", "postgres", "--ConnectionStrings:Complaints", connection, "--urls", address];
            using var run = ProgramRun.Start([.. Arguments, .. at]);
            using var http = new HttpClient { BaseAddress = new Uri(address) };
            await UntilAsync(async () => await SaysAsync(http, "/health/live", HttpStatusCode.OK));
            await then(run, http, upgrading.CloseAsync);
        }
        finally
        {
            await ExecuteAsync(source, $"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task<bool> SaysAsync(HttpClient http, string path, HttpStatusCode status)
    {
        try
        {
            using var answer = await http.GetAsync(path);
            return answer.StatusCode == status;
        }
        catch (HttpRequestException)
        {
            return false; // nobody at the door yet
        }
    }

    private string[] Arguments => ["--Data:Folder", _folder, "--urls", "http://127.0.0.1:0", "--Node:Work", "false"];

    private static async Task RefusedAsync(string says, string[] args)
    {
        var (code, text) = await ProgramRun.ToEndAsync(args);
        Assert.True(code == 1, $"{code}: {text}");
        Assert.Contains(says, text);
        Assert.DoesNotContain("Unhandled exception", text);
    }

    private async Task<string> CsvAsync()
    {
        var file = Path.Combine(_folder, "few.csv");
        await File.WriteAllTextAsync(file, "id,date,text\n1,2026-10-01,late\n");
        return file;
    }

    /// <summary>True while a row stands in the lock of the migrations.</summary>
    private static async Task UntilAsync(Func<Task<bool>> so)
    {
        for (var i = 0; i < 20_000; i++)
        {
            if (await so())
            {
                return;
            }

            await Task.Delay(1);
        }

        Assert.Fail("It never came to that.");
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
