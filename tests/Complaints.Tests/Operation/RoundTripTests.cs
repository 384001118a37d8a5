using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Tests.Escalation;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Complaints.Tests.Operation;

public sealed class RoundTripTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_backup_under_load_restores_to_a_whole_house_that_mails_nobody(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        byte[] photo = [.. Enumerable.Range(0, 200_000).Select(n => (byte)n)];
        await jun.PostFileAsync(
            "/complaints/new",
            new()
            {
                ["Who"] = "Nora Newman",
                ["NewContact"] = "nora@customer.example",
                ["Channel"] = "Phone",
                ["WhatHappened"] = "Broken",
            },
            "Files",
            "photo.jpg",
            photo
        );
        var sealedWord = house.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("still readable");
        using var enough = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            var logged = 0;
            for (; !enough.IsCancellationRequested; logged += 5)
            {
                await house.LogAsync(5);
            }

            return logged;
        });

        var zip = Path.Combine(house.Folder, "backup.zip");
        var (code, text) = await ProgramRun.ToEndAsync(["backup", zip, .. house.Arguments]);
        await enough.CancelAsync();
        Assert.True(await load > 0);
        Assert.True(code == 0, text);

        var folder = Directory.CreateTempSubdirectory("complaints-restored-").FullName;
        var args = await EmptyAsync(house.Arguments, folder);
        try
        {
            (code, text) = await ProgramRun.ToEndAsync(["restore", zip, .. args]);
            Assert.True(code == 0, text);
            Assert.Contains("Mail is held until an administrator releases it", text);
            (code, text) = await ProgramRun.ToEndAsync(["verify", .. args]);
            Assert.True(code == 0, text);
            Assert.Contains("tampered with 0", text);
            Assert.DoesNotContain("checked 0", text);
            (code, text) = await ProgramRun.ToEndAsync(["restore", zip, .. args]);
            Assert.Equal(1, code);
            Assert.Contains("empty", text);
            await LiveAsync([.. args, .. TestHouse.Quiet], house.Clock, photo, sealedWord);
        }
        finally
        {
            await TestDatabases.DropAsync(args);
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory, OnSqlite]
    public async Task A_backup_of_the_other_database_or_none_at_all_is_refused(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var zip = Path.Combine(house.Folder, "backup.zip");
        Assert.Equal(0, await Commands.RunAsync(["backup", zip, .. house.Arguments]));
        Assert.Equal(1, await Commands.RunAsync(["backup", zip, .. house.Arguments])); // never over an older one
        var folder = Directory.CreateTempSubdirectory("complaints-restored-").FullName;
        var (code, text) = await ProgramRun.ToEndAsync([
            "restore",
            zip,
            "--Data:Folder",
            folder,
            "--Database:Provider",
            "postgres",
            "--ConnectionStrings:Complaints",
            "Host=127.0.0.1;Port=9",
        ]);
        Assert.Equal(1, code);
        Assert.Contains("This backup was made on sqlite, but the settings name postgres.", text);
        var broken = Path.Combine(house.Folder, "broken.zip");
        await File.WriteAllBytesAsync(broken, [.. (await File.ReadAllBytesAsync(zip)).Take(5000)]);
        (code, text) = await ProgramRun.ToEndAsync(["restore", broken, "--Data:Folder", folder]);
        Assert.Equal(1, code);
        Assert.Contains("is damaged or no backup at all", text);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    private static async Task LiveAsync(string[] args, FakeClock clock, byte[] photo, string sealedWord)
    {
        await using var restored = RunCommand.Build(args, b => b.Services.AddSingleton<TimeProvider>(clock));
        await RunCommand.OpenAsync(restored);
        using var browser = new Browser(new Uri(restored.Urls.First()));
        await browser.PostAsync("/sign-in", new() { ["Email"] = LittleWorld.Mail("Ada"), ["Password"] = LittleWorld.Password });
        Assert.Equal("/", browser.Path);
        Assert.Equal(
            "still readable",
            restored.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(sealedWord)
        );
        await using var scope = restored.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        await using (
            var kept = scope.ServiceProvider.GetRequiredService<FileStore>().Open(await db.Attachments.Select(a => a.Sha256).SingleAsync())
        )
        {
            var bytes = new MemoryStream();
            await kept.CopyToAsync(bytes);
            Assert.Equal(photo, bytes.ToArray());
        }

        clock.Pass(TimeSpan.FromMinutes(5));
        await SendAsync(restored.Services);
        Assert.Equal([DeliveryState.Waiting], await db.OutDeliveries.Select(d => d.State).Distinct().ToListAsync());
        await MailHold.ReleaseAsync(db, oldToo: true, clock.Now);
        await SendAsync(restored.Services);
        Assert.True(await db.OutDeliveries.AnyAsync(d => d.State == DeliveryState.Sent));
        await restored.StopAsync();
    }

    private static async Task SendAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OutboxRun>().RunAsync(CancellationToken.None);
    }

    private static async Task<string[]> EmptyAsync(string[] original, string folder)
    {
        if (original[1] == "sqlite")
        {
            return ["--Database:Provider", "sqlite", "--Data:Folder", folder];
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"restored{Environment.ProcessId}");
        await using var source = NpgsqlDataSource.Create(TestDatabases.Postgres!);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        var connection = new NpgsqlConnectionStringBuilder(TestDatabases.Postgres!) { Database = name }.ToString();
        return ["--Database:Provider", "postgres", "--Data:Folder", folder, "--ConnectionStrings:Complaints", connection];
    }
}
