using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Complaints.Data;

/// <summary>
/// The one database. It knows no room: each room's <c>…Tables.cs</c> holds its entity configurations and the
/// extension properties that read as tables (<c>db.Complaints</c>). Inside a lambda use <c>db.Set&lt;T&gt;()</c>.
/// </summary>
public sealed class ComplaintsDb(DbContextOptions<ComplaintsDb> options, WriteGate gate) : DbContext(options)
{
    /// <summary>The gate writers of this process pass one at a time on SQLite; open on PostgreSQL.</summary>
    public WriteGate Gate { get; } = gate;

    /// <summary>True on SQLite.</summary>
    public bool IsSqlite => Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);

    /// <summary>True when the exception says that a unique key already holds the row, on either provider.</summary>
    public static bool IsAlreadyThere(DbUpdateException refused) =>
        refused.InnerException is { } inner
        && (
            inner.Message.Contains("UNIQUE constraint failed", StringComparison.Ordinal)
            || inner.Message.StartsWith("23505", StringComparison.Ordinal)
        );

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RaiseVersions();
        if (Database.CurrentTransaction is not null)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken); // the transaction holds the gate
        }

        using var _ = await Gate.EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RaiseVersions();
        using var _ = Database.CurrentTransaction is null ? Gate.Enter() : null;
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction behind the gate and commits when it returns. Keep it short: on
    /// SQLite nobody else writes meanwhile. Inside a running transaction it simply joins.
    /// </summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancel = default)
    {
        if (Database.CurrentTransaction is not null)
        {
            return await work();
        }

        using var _ = await Gate.EnterAsync(cancel);
        await using var transaction = await Database.BeginTransactionAsync(cancel);
        var result = await work();
        await transaction.CommitAsync(cancel);
        return result;
    }

    /// <summary>As the generic one, for work without a result.</summary>
    public Task InTransactionAsync(Func<Task> work, CancellationToken cancel = default) =>
        InTransactionAsync(
            async () =>
            {
                await work();
                return 0;
            },
            cancel
        );

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ComplaintsDb).Assembly);

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMilliseconds>();
        configurationBuilder.Properties<string>().HaveMaxLength(400); // whoever needs more says so; SQLite ignores it, PostgreSQL does not
    }

    private static bool IsQuiet(PropertyEntry property) => property.Metadata.PropertyInfo?.IsDefined(typeof(QuietAttribute), false) == true;

    private void RaiseVersions()
    {
        foreach (EntityEntry entry in ChangeTracker.Entries())
        {
            if (entry is { State: EntityState.Modified, Entity: IVersioned } && entry.Properties.Any(p => p.IsModified && !IsQuiet(p)))
            {
                var version = entry.Property(nameof(IVersioned.Version));
                version.CurrentValue = (long)version.OriginalValue! + 1;
            }
        }
    }
}
