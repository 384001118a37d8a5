using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Operation;

public sealed class BackupTests
{
    [Theory, OnSqlite]
    public async Task A_backup_of_a_working_server_is_restored_into_an_empty_folder_with_mail_held(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var zip = Path.Combine(house.Folder, "backup.zip");
        Assert.Equal(0, await Commands.RunAsync(["backup", zip, "--Data:Folder", house.Folder]));

        var folder = Directory.CreateTempSubdirectory("complaints-restored-").FullName;
        Assert.Equal(0, await Commands.RunAsync(["restore", zip, "--Data:Folder", folder]));

        Assert.True(File.Exists(Path.Combine(folder, "complaints.db")));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(house.Folder, "keys", "timeline.key")),
            File.ReadAllBytes(Path.Combine(folder, "keys", "timeline.key"))
        );
        await using var restored = RunCommand.Build(["--Data:Folder", folder, .. TestHouse.Quiet]);
        await restored.PrepareAsync();
        await using var scope = restored.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        Assert.True(await db.Staff.AnyAsync(s => s.Name == "Jun"));
        Assert.NotNull(await MailHold.SinceAsync(db));
        await MailHold.ReleaseAsync(db, oldToo: false, house.Now);
        Assert.Null(await MailHold.SinceAsync(db));
    }

    [Theory, OnSqlite]
    public async Task Nothing_is_restored_over_what_is_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var zip = Path.Combine(house.Folder, "backup.zip");
        Assert.Equal(0, await Commands.RunAsync(["backup", zip, "--Data:Folder", house.Folder]));
        var folder = Directory.CreateTempSubdirectory("complaints-full-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "something"), "here");
        Assert.Equal(1, await Commands.RunAsync(["restore", zip, "--Data:Folder", folder]));
        Assert.Equal(1, await Commands.RunAsync(["restore", Path.Combine(folder, "none.zip"), "--Data:Folder", folder]));
    }

    [Theory, OnSqlite]
    public async Task A_second_server_on_the_same_file_is_refused_with_a_sentence(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var folder = new DataFolder(house.Folder);
        using var first = new ServerLock(new Migrations.Sqlite.SqliteDatabase(), folder).Take();
        var refused = Assert.Throws<Refusal>(() => new ServerLock(new Migrations.Sqlite.SqliteDatabase(), folder).Take());
        Assert.Contains("already uses the data", refused.Message);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_schema_from_a_newer_version_is_refused(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(async db =>
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0.0')")
        );
        await using var later = RunCommand.Build([.. house.Arguments, .. TestHouse.Quiet]);
        var refused = await Assert.ThrowsAsync<Refusal>(() => later.PrepareAsync());
        Assert.Contains("newer version", refused.Message);
    }

    [Theory, OnSqlite]
    public async Task What_a_killed_migration_left_behind_does_not_block_the_next_start(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(async db =>
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT); INSERT OR REPLACE INTO \"__EFMigrationsLock\" VALUES (1, 'x'); DELETE FROM \"__EFMigrationsHistory\" WHERE 0"
            )
        );
        await using var again = RunCommand.Build([.. house.Arguments, .. TestHouse.Quiet]);
        await again.PrepareAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Health_says_that_it_is_ready(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var browser = house.NewBrowser();
        Assert.Contains("\"ready\"", await browser.GetAsync("/health/ready"));
        Assert.Contains("alive", await browser.GetAsync("/health/live"));
    }
}
