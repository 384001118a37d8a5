using Complaints.Data;
using Complaints.Language;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// Has the kept files looked through by the virus scanner, in the background: no upload and no mail waits for it. A
/// scanner that is down is asked again, with growing pauses for each file; what came meanwhile is done when it is back.
/// </summary>
/// <param name="scanner">Where none is set up, nothing is done, and everything is still there to do later.</param>
public sealed class FileScanRun(ComplaintsDb db, FileStore store, ClamdSetting scanner, WorkReport report, TimeProvider clock)
{
    private const int Batch = 100;
    private const int MostStumbles = 3;
    private static readonly TimeSpan _firstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromHours(6);
    private static readonly TimeSpan _tooLargePause = TimeSpan.FromDays(7);

    /// <summary>Puts new files down, and scans what is due; ends at once when the scanner cannot be reached.</summary>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        if (scanner.Clamd is not { } clamd)
        {
            return;
        }

        while (await PutDownAsync(cancel) == Batch) { }

        var (done, infected, stumbles) = (0, 0, 0);
        for (long after = 0; ; )
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var due = await db
                .FileScans.AsNoTracking()
                .Where(s => s.NextAt != null && s.NextAt <= now && s.Id > after)
                .OrderBy(s => s.Id)
                .Take(Batch)
                .ToListAsync(cancel);
            foreach (var scan in due)
            {
                var outcome = await ScanAsync(clamd, scan, cancel);
                stumbles = outcome == Outcome.Stumbled ? stumbles + 1 : 0;
                if (outcome == Outcome.Gone || stumbles == MostStumbles)
                {
                    return; // it is the scanner then, not the files
                }

                if (outcome != Outcome.Done)
                {
                    continue;
                }

                done++;
                infected += scan.State == ScanState.Infected ? 1 : 0;
                report.Say("{0|file|files} looked through, {1} with a virus", done, infected);
            }

            if (due.Count < Batch)
            {
                return;
            }

            after = due[^1].Id;
        }
    }

    /// <summary>A row for each new content; the files point at it by their hash.</summary>
    private async Task<int> PutDownAsync(CancellationToken cancel)
    {
        var fresh = await db
            .Attachments.Where(a => a.ScanAskedAt == null)
            .OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.Sha256 })
            .Take(Batch)
            .ToListAsync(cancel);
        if (fresh.Count == 0)
        {
            return 0;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var ids = fresh.ConvertAll(f => f.Id);
        try
        {
            await db.InTransactionAsync(
                async () =>
                {
                    var known = await KnownScans.OfAsync(db, fresh.Select(f => f.Sha256), cancel);
                    db.FileScans.AddRange(
                        fresh
                            .Select(f => f.Sha256)
                            .Distinct(StringComparer.Ordinal)
                            .Where(h => !known.ContainsKey(h))
                            .Select(h => new FileScan { Sha256 = h, NextAt = now })
                    );
                    await db.SaveChangesAsync(cancel);
                    return await db
                        .Attachments.Where(a => ids.Contains(a.Id))
                        .ExecuteUpdateAsync(s => s.SetProperty(a => a.ScanAskedAt, now), cancel);
                },
                cancel
            );
            return fresh.Count;
        }
        catch (DbUpdateException other) when (ComplaintsDb.IsAlreadyThere(other))
        {
            return 0; // another node puts the same down at this moment
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private enum Outcome
    {
        Done,
        Stumbled,
        Gone,
    }

    private async Task<Outcome> ScanAsync(Clamd clamd, FileScan scan, CancellationToken cancel)
    {
        var outcome = Outcome.Done;
        try
        {
            await using var content = store.Open(scan.Sha256);
            var answer = await clamd.ScanAsync(content, cancel);
            (scan.State, scan.Found) = (answer.State, answer.Found);
            scan.Why = answer.Why is { } why ? KeptSentence.Write(why) : null;
            scan.Failures = answer.State == ScanState.NotScanned ? scan.Failures + 1 : 0;
            scan.NextAt =
                answer.State != ScanState.NotScanned ? null
                : answer.TooLarge ? clock.GetUtcNow().UtcDateTime + _tooLargePause // somebody may raise its limit
                : Later(scan.Failures);
        }
        catch (ClamdGone gone)
        {
            // Down is no fault of the file: it comes again soon. One that the scanner stumbles over has to wait longer.
            outcome = gone.Midway ? Outcome.Stumbled : Outcome.Gone;
            Failed(gone.Why, gone.Midway ? 1 : 0);
            report.Say("{0}", gone.Why);
        }
        catch (IOException unreadable)
        {
            Failed(new Sentence("the file itself cannot be read: {0}", unreadable.GetType().Name), 1);
        }

        await KeepAsync(scan, cancel);
        return outcome;

        void Failed(Sentence why, int fault)
        {
            scan.Why = KeptSentence.Write(why);
            scan.Failures += fault;
            scan.NextAt = Later(scan.Failures);
        }
    }

    private DateTime Later(int failures)
    {
        var pause = _firstPause * Math.Pow(2, Math.Clamp(failures - 1, 0, 10));
        return clock.GetUtcNow().UtcDateTime + (pause < _longestPause ? pause : _longestPause);
    }

    private async Task KeepAsync(FileScan scan, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        using var turn = await db.Gate.EnterAsync(cancel);
        await db
            .FileScans.Where(s => s.Id == scan.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.State, scan.State)
                        .SetProperty(s => s.Found, scan.Found)
                        .SetProperty(s => s.Why, scan.Why)
                        .SetProperty(s => s.Failures, scan.Failures)
                        .SetProperty(s => s.NextAt, scan.NextAt)
                        .SetProperty(s => s.TriedAt, now),
                cancel
            );
    }
}
