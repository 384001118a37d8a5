using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Migrations.Postgres;

/// <summary>PostgreSQL: one server, any number of nodes.</summary>
public sealed class PostgresDatabase : IDatabase
{
    private const long PrepareLock = 0x436F6D706C; // any number no other program of this database uses

    /// <inheritdoc />
    public bool OneWriter => false;

    /// <inheritdoc />
    public void Use(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, o => o.MigrationsAssembly(typeof(PostgresDatabase).Assembly.GetName().Name));

    /// <inheritdoc />
    public async Task AloneAsync(ComplaintsDb db, Func<Task> work, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({PrepareLock})", cancel);
            await work();
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({PrepareLock})", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }
}
