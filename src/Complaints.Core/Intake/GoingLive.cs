using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Makes the open complaints of an import work like any other, 100 in one transaction.</summary>
public sealed class GoingLive(ComplaintsDb db, DeadlineBooks books, TimeProvider clock)
{
    private const int BatchSize = 100;

    /// <summary>Open complaints of the import that are still historic.</summary>
    public IQueryable<Complaint> Open(long jobId) =>
        db.ImportedRows.Where(r => r.JobId == jobId && r.Complaint!.Historic && r.Complaint.IsOpen).Select(r => r.Complaint!);

    /// <summary>Goes on until none is left; stopped in between, the next run goes on.</summary>
    public async Task RunAsync(ImportJob job, Actor actor, CancellationToken cancel)
    {
        var book = await books.OpenAsync(db, cancel);
        for (var tries = 0; tries < 10_000; tries++)
        {
            cancel.ThrowIfCancellationRequested();
            var now = clock.GetUtcNow().UtcDateTime;
            var ids = await Open(job.Id).OrderBy(c => c.Id).Select(c => c.Id).Take(BatchSize).ToListAsync(cancel);
            if (ids.Count == 0)
            {
                using var turn = await db.Gate.EnterAsync(cancel);
                await db.ImportJobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(s => s.SetProperty(j => j.LiveDoneAt, now), cancel);
                return;
            }

            try
            {
                await db.InTransactionAsync(() => WakeAsync(job, ids, actor, now, book), cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                // somebody works on one of them at this moment: the same hundred again, as they are now
            }

            db.ChangeTracker.Clear();
        }
    }

    private async Task WakeAsync(ImportJob job, List<long> ids, Actor actor, DateTime now, DeadlineBook book)
    {
        var batch = await db.Complaints.Include(c => c.Clocks).ThenInclude(k => k.Pauses).Where(c => ids.Contains(c.Id)).ToListAsync();
        foreach (var complaint in batch)
        {
            complaint.GoLive(actor, now, job.LiveFromNow, book);
        }

        await db.SaveChangesAsync();
        await db.ImportJobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(s => s.SetProperty(j => j.Live, j => j.Live + batch.Count));
    }
}
