using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Writes rows of one import, some hundred at a time, together with how many are done.</summary>
internal abstract class ImportRun(ComplaintsDb db, long jobId)
{
    /// <summary>The database.</summary>
    protected ComplaintsDb Db => db;

    /// <summary>Of the import.</summary>
    protected long JobId => jobId;

    /// <summary>Writes the rows and that they are done, in one transaction; rows the database will not have are refused one by one.</summary>
    /// <returns>False when somebody else went on with the job: nothing was written.</returns>
    internal async Task<bool> WriteAsync(ImportLine[] lines, int done, DateTime now, DateTime busyUntil, CancellationToken cancel)
    {
        try
        {
            return await db.InTransactionAsync(() => WriteOnceAsync(lines, done, now, busyUntil, null, cancel), cancel);
        }
        catch (NotOurs)
        {
            return false;
        }
        catch (DbUpdateException refused) when (refused is not DbUpdateConcurrencyException)
        {
            Forget();
            db.ChangeTracker.Clear();
            if (lines.Length == 1)
            {
                var why = new Sentence("The database would not take this row: {0}", refused.InnerException?.Message ?? refused.Message);
                return await db.InTransactionAsync(() => WriteOnceAsync(lines, done, now, busyUntil, why, cancel), cancel);
            }

            foreach (var (i, line) in lines.Index())
            {
                if (!await WriteAsync([line], done + i, now, busyUntil, cancel))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            db.ChangeTracker.Clear();
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private async Task<bool> WriteOnceAsync(
        ImportLine[] lines,
        int done,
        DateTime now,
        DateTime busyUntil,
        Sentence? refuse,
        CancellationToken cancel
    )
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false; // thousands of new rows and no changed ones
        var refused = 0;
        void Refuse(ImportLine line, Sentence why)
        {
            refused++;
            db.RefusedRows.Add(
                new RefusedRow
                {
                    JobId = jobId,
                    Line = line.Line,
                    Row = string.Join('\u001f', line.Fields),
                    Why = KeptSentence.Write(why) is { Length: <= 4000 } kept
                        ? kept
                        : KeptSentence.Write(new Sentence("This row cannot be understood.")),
                }
            );
        }

        var there = 0;
        if (refuse is not null)
        {
            Array.ForEach(lines, line => Refuse(line, refuse));
        }
        else
        {
            there = await TakeAsync(lines, Refuse, now, cancel);
        }

        await db.SaveChangesAsync(cancel);
        var imported = lines.Length - refused - there;
        var counted = await db
            .ImportJobs.Where(j => j.Id == jobId && j.Done == done && j.State == ImportState.Running)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(j => j.Done, done + lines.Length)
                        .SetProperty(j => j.Imported, j => j.Imported + imported)
                        .SetProperty(j => j.Refused, j => j.Refused + refused)
                        .SetProperty(j => j.AlreadyThere, j => j.AlreadyThere + there)
                        .SetProperty(j => j.BusyUntil, busyUntil),
                cancel
            );
        return counted == 1 ? true : throw new NotOurs();
    }

    /// <summary>Adds what the rows say, not yet saved, and refuses those it cannot.</summary>
    /// <returns>How many were there already.</returns>
    protected abstract Task<int> TakeAsync(ImportLine[] lines, Action<ImportLine, Sentence> refuse, DateTime now, CancellationToken cancel);

    /// <summary>What was looked up in a transaction that was rolled back is looked up again.</summary>
    protected virtual void Forget() { }

    /// <summary>Somebody else works on the job; what was about to be written is rolled back.</summary>
    private sealed class NotOurs : Exception;
}
