using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Casework;

/// <summary>
/// When a complaint ends while something is owed on one that was merged into it, its timeline says so in the same save, however
/// it ends: nobody shall read it as settled. Stands before <see cref="TimelineSeal"/>, which seals what it adds.
/// </summary>
public sealed class OwedKeeper : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = (ComplaintsDb)eventData.Context!;
        var ended = db
            .ChangeTracker.Entries<Complaint>()
            .Where(e => e.State == EntityState.Modified && e.Property(c => c.IsOpen) is { OriginalValue: true, CurrentValue: false })
            .Select(e => e.Entity)
            .ToList();
        foreach (var complaint in ended)
        {
            foreach (var (reference, due) in await OwedAsync(db, complaint.Id, cancellationToken))
            {
                complaint.Record(
                    EntryKind.Remedy,
                    Actor.System,
                    complaint.ClosedAt!.Value,
                    new Sentence(
                        "A remedy of {0}, which was merged into this one, is still owed, due {1}. It stays on the list of what is to be paid.",
                        reference,
                        due
                    )
                );
            }
        }

        return result;
    }

    private static async Task<List<(string Reference, DateTime Due)>> OwedAsync(ComplaintsDb db, long id, CancellationToken cancel)
    {
        var merged = await Merging.IntoAsync(db, id, cancel);
        return merged.Count == 0
            ? []
            :
            [
                .. (
                    await db
                        .Complaints.Where(c => merged.Contains(c.Id) && c.PaymentDueAt != null)
                        .OrderBy(c => c.Id)
                        .Select(c => new { c.Reference, c.PaymentDueAt })
                        .ToListAsync(cancel)
                ).Select(c => (c.Reference, c.PaymentDueAt!.Value)),
            ];
    }
}
