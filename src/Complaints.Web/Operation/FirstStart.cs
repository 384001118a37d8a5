using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Web.SignIn;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Operation;

/// <summary>Prepares the database before anything is served: migrations when some are pending, and what is seeded.</summary>
public static class FirstStart
{
    private static readonly Func<ComplaintsDb, Task>[] _seeds =
    [
        DeadlineSeeds.SeedAsync,
        CaseworkSeeds.SeedAsync,
        WordSeeds.SeedAsync,
        EscalationSeeds.SeedAsync,
    ];

    /// <summary>Gives a new database its tables; true when it is one. <see cref="PrepareAsync(WebApplication)"/> does so by itself, later.</summary>
    public static Task<bool> MakeTablesAsync(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<DatabaseAddress>();
        return address.Provider.MakeTablesAsync(address.Connection, CancellationToken.None);
    }

    /// <summary>Migrates and seeds; several nodes may call it at once.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<Demo>().Check(app.Configuration);
        app.Services.GetRequiredService<Keys>().Make();
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        var address = scope.ServiceProvider.GetRequiredService<DatabaseAddress>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        await app.MakeTablesAsync();
        await AppliedAsync(db); // a database that is not there is said in a sentence before anything else
        await database.AloneAsync(
            db,
            async () =>
            {
                await PrepareAsync(db, address, app.Services.GetRequiredService<DataFolder>(), clock);
                var world = scope.ServiceProvider.GetRequiredService<DemoWorld>();
                await app.Services.GetRequiredService<Demo>().PrepareAsync(db, world, clock.GetUtcNow().UtcDateTime);
            },
            CancellationToken.None
        );
    }

    private static async Task PrepareAsync(ComplaintsDb db, DatabaseAddress address, DataFolder folder, TimeProvider clock)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        var applied = await AppliedAsync(db);
        if (applied.Find(m => !known.Contains(m)) is { } newer)
        {
            throw new Refusal(
                "The database was prepared by a newer version of this program (it has {0}). Start that version, or restore a backup.",
                newer
            );
        }

        if (applied.Count < known.Count)
        {
            if (applied.Count > 0 && address.Provider.OneWriter)
            {
                var backup = folder.Of($"before-upgrade-{clock.GetUtcNow():yyyyMMdd-HHmmss}.db");
                await address.Provider.BackUpAsync(address.Connection, backup, CancellationToken.None);
                Console.WriteLine($"The database is upgraded; as it was, it is kept in {backup}.");
            }

            await db.Database.MigrateAsync();
        }

        await address.Provider.PrepareAsync(db, CancellationToken.None);
        await db.InTransactionAsync(async () =>
        {
            foreach (var seed in _seeds)
            {
                await seed(db);
                db.ChangeTracker.Clear(); // or every later save looks through all of it again
            }
        });
    }

    private static async Task<List<string>> AppliedAsync(ComplaintsDb db)
    {
        try
        {
            return [.. await db.Database.GetAppliedMigrationsAsync()];
        }
        catch (System.Data.Common.DbException e) when (e.Message.Contains("file is not a database", StringComparison.Ordinal))
        {
            throw new Refusal(
                "{0} is no database of this program, or is damaged. Move it away and restore a backup into an empty folder.",
                db.Database.GetDbConnection().DataSource
            );
        }
    }
}
