using System.Data.Common;
using System.Runtime.CompilerServices;
using Complaints.Casework;
using Complaints.Escalation;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Web.Live;

/// <summary>Sees what is saved and tells <see cref="LiveNews"/> once it is committed.</summary>
public sealed class ChangeWatch(LiveNews news) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, HashSet<string>> _seen = [];

    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Look(eventData.Context!);
        return result;
    }

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Look(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc />
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context!);
        return result;
    }

    /// <inheritdoc />
    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Saved(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc />
    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Tell(eventData.Context!);

    /// <inheritdoc />
    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Tell(eventData.Context!);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => _seen.Remove(eventData.Context!);

    private void Look(DbContext db)
    {
        var names = db
            .ChangeTracker.Entries()
            .Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached))
            .SelectMany(NamesOf);
        foreach (var name in names)
        {
            _seen.GetOrCreateValue(db).Add(name);
        }
    }

    private void Saved(DbContext db)
    {
        if (db.Database.CurrentTransaction is null)
        {
            Tell(db);
        }
    }

    private void Tell(DbContext db)
    {
        if (_seen.TryGetValue(db, out var names))
        {
            _seen.Remove(db);
            news.Tell(names);
        }
    }

    private static string[] NamesOf(EntityEntry entry) =>
        entry.Entity switch
        {
            Complaint or DeskTask => ["queue", "counts"],
            RaisedEscalation => ["escalations", "counts"],
            StaffMember
                when entry.Property(nameof(StaffMember.Active)).IsModified
                    || entry.Property(nameof(StaffMember.SecurityStamp)).IsModified => [LiveController.Staff],
            _ => [],
        };
}
