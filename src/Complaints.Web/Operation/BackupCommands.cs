using Complaints.Data;
using Complaints.Mail;
using Complaints.Web.Settings;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Operation;

/// <summary>Writes a backup beside a running server.</summary>
public sealed record BackupCommand()
    : Command(
        "backup",
        "writes database, files and keys into one zip, also while the server runs",
        "complaints backup FILE.zip [--Setting:Name value …]\nOn PostgreSQL it calls pg_dump. The zip holds the keys: keep it as safe as the server."
    )
{
    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        if (CommandLine.Split(args) is not ({ } file, var before, var after))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        await using var app = RunCommand.Build([.. before, .. after]);
        var services = app.Services;
        var (folder, now) = (
            services.GetRequiredService<DataFolder>(),
            services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime
        );
        await Backup.WriteAsync(services.GetRequiredService<DatabaseAddress>(), folder, file, now, CancellationToken.None);
        FirstSteps.NoteBackup(folder, now);
        Console.WriteLine($"Backed up to {Path.GetFullPath(file)}.");
        return 0;
    }
}

/// <summary>Unpacks a backup into an empty folder.</summary>
public sealed record RestoreCommand()
    : Command(
        "restore",
        "unpacks a backup into an empty folder; mail stays held until released",
        "complaints restore FILE.zip --Data:Folder NEW [--Setting:Name value …]\nNothing is mailed afterwards until an administrator releases it on the mail page: a copy must not write to customers."
    )
{
    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        if (CommandLine.Split(args) is not ({ } file, var before, var after))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        await using var app = RunCommand.Build([.. before, .. after]);
        using var alone = app.Services.GetRequiredService<ServerLock>().Take();
        await Backup.ReadAsync(
            app.Services.GetRequiredService<DatabaseAddress>(),
            app.Services.GetRequiredService<DataFolder>(),
            file,
            CancellationToken.None
        );
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        await MailHold.HoldAsync(db, app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        Console.WriteLine("Restored. Mail is held until an administrator releases it on the mail page.");
        return 0;
    }
}
