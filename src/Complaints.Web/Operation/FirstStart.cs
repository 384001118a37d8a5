using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Operation;

/// <summary>Prepares the database before anything is served: migrations when some are pending, and what is seeded.</summary>
public static class FirstStart
{
    /// <summary>Migrates and seeds; several nodes may call it at once.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<Keys>().Make();
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var database = scope.ServiceProvider.GetRequiredService<IDatabase>();
        await database.AloneAsync(db, () => PrepareAsync(db), CancellationToken.None);
    }

    private static async Task PrepareAsync(ComplaintsDb db)
    {
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            await db.Database.MigrateAsync();
        }

        await DeadlineSeeds.SeedAsync(db);
        await CaseworkSeeds.SeedAsync(db);
        await WordSeeds.SeedAsync(db);
        await EscalationSeeds.SeedAsync(db);
    }
}
