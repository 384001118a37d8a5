using System.Text;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Operation;

/// <summary>The import of the command line, as a process of its own.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("complaints-import-").FullName;

    [Theory, OnSqlite, OnPostgres]
    public async Task Columns_are_mapped_refused_rows_written_and_a_second_run_finds_all_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var csv = await WriteAsync(
            "odd.csv",
            "alpha;beta;gamma\n1;2026-10-01;Nobody came\n2;31 Brumaire;When was it?\n3;2027-09-09;In the future\n"
        );
        var map = await WriteAsync("map.json", """{ "Key": "alpha", "Received": "beta", "WhatHappened": "gamma" }""");
        var refused = Path.Combine(_folder, "refused.csv");
        string[] asked = ["import", csv, "--map", map, "--refused", refused, "--source=odd", "--unit", "Shanghai", .. house.Arguments];
        await RunAsync([.. asked, "--dry-run"], 0, "imported 1, refused 2, already there 0");
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.CountAsync()));
        await RunAsync(asked, 0, "imported 1, refused 2, already there 0");
        var rows = await File.ReadAllLinesAsync(refused);
        Assert.Equal("alpha,beta,gamma,line,reason", rows[0]);
        Assert.Equal(3, rows.Length);
        Assert.StartsWith("2,31 Brumaire,When was it?,3,", rows[1], StringComparison.Ordinal);
        Assert.Contains("is not a date", rows[1], StringComparison.Ordinal);
        Assert.Contains("lies in the future", rows[2], StringComparison.Ordinal);
        Assert.Equal("Shanghai", await house.WithAsync(db => db.Complaints.Select(c => c.Unit.Name).SingleAsync()));
        await RunAsync(asked, 0, "imported 0, refused 2, already there 1");
    }

    [Theory, OnSqlite]
    public async Task What_it_cannot_understand_it_says(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var csv = await WriteAsync("few.csv", "id,date,text\n1,2026-10-01,late\n");
        string[] args = house.Arguments;
        await RunAsync(["import", csv, "--map", await WriteAsync("bad.json", "{ Received: }"), .. args], 1, "The map is not understood.");
        await RunAsync(
            ["import", csv, "--map", await WriteAsync("no.json", """{ "Received": "day", "WhatHappened": "text" }"""), .. args],
            1,
            "The file has no column “day”"
        );
        await RunAsync(["import", csv, "--map", Path.Combine(_folder, "none.json"), .. args], 1, "There is no file");
        await RunAsync(["import", csv, "--refused", Path.Combine(_folder, "no", "such", "r.csv"), .. args], 1, "r.csv");
        await RunAsync(["import", csv, "--unit", "Mars", .. args], 1, "There is no unit “Mars”. There are: Group, North, Shanghai.");
        await RunAsync(["import", csv, "--map"], 1, "--map needs a value.");
        await RunAsync(["import", Path.Combine(_folder, "none.csv"), .. args], 1, "There is no file");
        await RunAsync(["import", await WriteAsync("one.csv", "id^date\n1^2026-10-01\n"), .. args], 1, "Only one column was found");
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory, OnSqlite]
    public async Task While_a_server_runs_it_names_the_page(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var server = new ServerLock(new Migrations.Sqlite.SqliteDatabase(), new DataFolder(house.Folder)).Take();
        var csv = await WriteAsync("few.csv", "id,date,text\n1,2026-10-01,late\n");
        await RunAsync(["import", csv, .. house.Arguments], 1, "Import through its page /import instead");
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task RunAsync(string[] args, int code, string says)
    {
        var (got, text) = await ProgramRun.ToEndAsync(args);
        Assert.True(got == code, text);
        Assert.Contains(says, text);
        Assert.DoesNotContain("Unhandled exception", text);
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, text, Encoding.UTF8);
        return file;
    }
}
