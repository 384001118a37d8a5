using System.Net;
using System.Text.RegularExpressions;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Complaints.Tests.Failure;

public sealed partial class DatabaseGoneTests
{
    [Theory, OnPostgres]
    public async Task A_database_that_goes_away_is_said_loses_nothing_and_is_found_again_by_itself(string database)
    {
        Wire? wire = null;
        await using var house = await TestHouse.OpenAsync(
            database,
            args => ["--Node:Work", "true", "--ConnectionStrings:Complaints", Through(args[^1], out wire)]
        );
        using var jun = await house.SignInAsync("Jun");
        using var nobody = house.NewBrowser();
        var page = await jun.GetAsync("/complaints/new");
        var form = new Dictionary<string, string?>
        {
            ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
            ["SubmissionKey"] = Key().Match(page).Groups[1].Value,
            ["Who"] = "Nora Newman",
            ["NewContact"] = "nora@customer.example",
            ["Channel"] = "Phone",
            ["WhatHappened"] = "The parcel never came",
        };

        wire!.Cut();
        page = await jun.SendAsync("/complaints/new", form);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, jun.Status);
        Assert.Contains("The database cannot be reached right now, so nothing was saved.", page);
        Assert.Contains("The parcel never came", page);
        house.Clock.Pass(TimeSpan.FromMinutes(3)); // now already the cookie is checked against the database
        Assert.Contains("The database cannot be reached", await jun.GetAsync("/"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, jun.Status);
        page = await jun.SendAsync("/complaints/new", form);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, jun.Status);
        Assert.Contains("cannot be reached", await nobody.GetAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, nobody.Status);
        Assert.Contains("alive", await nobody.GetAsync("/health/live"));
        await Task.Delay(TimeSpan.FromSeconds(6)); // every piece of work that ticks has failed at least once

        wire.Mend();
        await UntilAsync(async () => (await nobody.GetAsync("/health/ready")).Contains("\"ready\"", StringComparison.Ordinal));
        await jun.SubmitAsync();
        Assert.StartsWith("/complaints/C-26-00001-", jun.Path, StringComparison.Ordinal);
        await UntilAsync(async () => await house.WithAsync(db => db.OutDeliveries.AnyAsync(d => d.State == DeliveryState.Sent)));
        wire.Dispose();
    }

    [Theory, OnPostgres]
    public async Task Connections_that_the_server_ended_do_not_linger(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    using var other = house.NewBrowser();
                    await other.GetAsync("/health/ready");
                })
        );
        var name = new NpgsqlConnectionStringBuilder(house.Arguments[^1]).Database!;
        await using (var source = NpgsqlDataSource.Create(TestDatabases.Postgres!))
        {
            await using var end = source.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1");
            end.Parameters.AddWithValue(name);
            await end.ExecuteNonQueryAsync();
        }

        var failed = 0;
        for (var i = 0; i < 12; i++)
        {
            await jun.GetAsync("/");
            failed += jun.Status == HttpStatusCode.OK ? 0 : 1;
            Assert.True(jun.Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable);
        }

        Assert.True(failed <= 1, $"{failed} pages failed");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=9;Username=x;Timeout=2", "cannot be reached")]
    [InlineData("Host=nowhere.example;Username=x;Timeout=2", "cannot be reached")]
    public async Task Down_at_start_it_is_a_sentence_and_an_exit_code(string connection, string says)
    {
        var folder = Directory.CreateTempSubdirectory("complaints-down-").FullName;
        var (code, error) = await ProgramRun.ToEndAsync(
            "run",
            "--Database:Provider",
            "postgres",
            "--ConnectionStrings:Complaints",
            connection,
            "--Data:Folder",
            folder
        );
        Assert.Equal(1, code);
        Assert.Contains(says, error);
        Assert.DoesNotContain("   at ", error);
    }

    [Theory, OnPostgres]
    public async Task A_database_that_is_not_there_is_a_sentence_too(string database)
    {
        Assert.Equal("postgres", database);
        var folder = Directory.CreateTempSubdirectory("complaints-down-").FullName;
        var connection = new NpgsqlConnectionStringBuilder(TestDatabases.Postgres!) { Database = "no_such_database" }.ToString();
        var (code, error) = await ProgramRun.ToEndAsync(
            "migrate",
            "--Database:Provider",
            "postgres",
            "--ConnectionStrings:Complaints",
            connection,
            "--Data:Folder",
            folder
        );
        Assert.Equal(1, code);
        Assert.Contains("no_such_database", error);
        Assert.DoesNotContain("   at ", error);
    }

    private static string Through(string connection, out Wire wire)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        wire = new Wire(to.Host!, to.Port);
        return new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = wire.Port }.ToString();
    }

    private static async Task UntilAsync(Func<Task<bool>> so)
    {
        for (var i = 0; i < 400 && !await so(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(await so());
    }

    [GeneratedRegex("name=\"SubmissionKey\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("<meta name=\"antiforgery\" content=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
