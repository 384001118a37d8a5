using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Complaints.Escalation;

/// <summary>
/// Looks at every complaint whose <see cref="Complaint.NextActionAt"/> has come, lets the duties do what is owed, and
/// moves it on. What it costs follows what is owed: nothing due is one read of an index. Any number of nodes may sweep
/// at once.
/// </summary>
public sealed class Sweep(
    ComplaintsDb db,
    DeadlineBooks books,
    IEnumerable<IDuty> duties,
    SweepFailures failures,
    TimeProvider clock,
    WorkReport report,
    ILogger<Sweep> log
)
{
    /// <summary>Complaints in one commit.</summary>
    public const int BatchSize = 100;

    /// <summary>How often one complaint that somebody else keeps changing is tried within a run.</summary>
    private const int Tries = 3;

    private readonly IDuty[] _duties = [.. duties];

    /// <summary>Sweeps until nothing is due; how many complaints were looked at.</summary>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var seen = 0;
        while (!cancel.IsCancellationRequested && await NextAsync(cancel) is > 0 and var looked)
        {
            seen += looked;
            report.Say("{0|complaint|complaints} looked at", seen);
        }

        return seen;
    }

    private async Task<int> NextAsync(CancellationToken cancel)
    {
        var now = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);
        List<long> ids = [];
        try
        {
            // PostgreSQL: rows another node holds are skipped, and ours stay locked until the commit. SQLite has one
            // process; it reads outside a transaction, so that nobody's writing waits for our thinking.
            if (db.IsSqlite)
            {
                ids = await DueAsync(now, cancel);
                await SeeToAsync(ids, now, cancel);
            }
            else
            {
                await db.InTransactionAsync(
                    async () =>
                    {
                        ids = await ClaimAsync(now, cancel);
                        await SeeToAsync(ids, now, cancel);
                    },
                    cancel
                );
            }
        }
        catch (Exception failed) when (failed is not OperationCanceledException && ids.Count > 0)
        {
            log.LogWarning("A batch of {Count} complaints failed ({Failure}); each is tried alone", ids.Count, failed.GetType().Name);
            foreach (var id in ids)
            {
                await AloneAsync(id, now, cancel);
            }
        }
        finally
        {
            db.ChangeTracker.Clear();
        }

        return ids.Count;
    }

    private Task<List<long>> DueAsync(DateTime now, CancellationToken cancel) =>
        db
            .Complaints.Where(c => c.NextActionAt != null && c.NextActionAt <= now)
            .OrderBy(c => c.NextActionAt)
            .Select(c => c.Id)
            .Take(BatchSize)
            .ToListAsync(cancel);

    private Task<List<long>> ClaimAsync(DateTime now, CancellationToken cancel) =>
        db
            .Database.SqlQuery<long>(
                $"""
                SELECT "Id" AS "Value" FROM "Complaints" WHERE "NextActionAt" <= {now}
                ORDER BY "NextActionAt" LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
                """
            )
            .ToListAsync(cancel);

    private async Task SeeToAsync(IReadOnlyCollection<long> ids, DateTime now, CancellationToken cancel)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var book = await books.OpenAsync(db, cancel);
        var batch = await db
            .Complaints.Where(c => ids.Contains(c.Id))
            .Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .Include(c => c.Owner)
            .Include(c => c.Causes.Where(a => a.HandledAt == null))
            .AsSplitQuery()
            .ToListAsync(cancel);
        foreach (var duty in _duties)
        {
            await duty.GetReadyAsync(batch, cancel);
        }

        foreach (var complaint in batch.OrderBy(c => c.NextActionAt).ThenBy(c => c.Id))
        {
            complaint.NextActionAt = complaint.Historic ? null : After(await DoAsync(complaint, book, now, cancel), now);
        }

        await failures.ForgetAsync(ids, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Every duty; and again those that ran before another one added to the timeline, for it may concern them.</summary>
    private async Task<DateTime?> DoAsync(Complaint complaint, DeadlineBook book, DateTime now, CancellationToken cancel)
    {
        var next = new DateTime?[_duties.Length];
        var knew = Enumerable.Repeat(-1, _duties.Length).ToArray();
        for (var round = 0; round < 5 && knew.Any(k => k != complaint.TimelineCount); round++)
        {
            for (var i = 0; i < _duties.Length; i++)
            {
                if (knew[i] != complaint.TimelineCount)
                {
                    next[i] = await _duties[i].DoAsync(complaint, book, now, cancel);
                    knew[i] = complaint.TimelineCount;
                }
            }
        }

        return next.Min();
    }

    /// <summary>Rounded up to the millisecond that is stored, and never the present, or the sweep would never end.</summary>
    private static DateTime? After(DateTime? next, DateTime now)
    {
        if (next is not { } at)
        {
            return null;
        }

        var cut = UtcMilliseconds.Cut(at);
        var up = cut < at ? cut.AddMilliseconds(1) : cut;
        return up > now ? up : now.AddSeconds(15);
    }

    private async Task AloneAsync(long id, DateTime now, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                await db.InTransactionAsync(
                    async () =>
                    {
                        if (await StillDueAsync(id, now, cancel))
                        {
                            await SeeToAsync([id], now, cancel);
                        }
                    },
                    cancel
                );
                return;
            }
            catch (DbUpdateException raced)
                when (attempt < Tries && (raced is DbUpdateConcurrencyException || ComplaintsDb.IsAlreadyThere(raced)))
            {
                log.LogInformation("Complaint {Id} was changed meanwhile; again", id);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.LogError(failed, "The sweep cannot see to complaint {Id}; the others go on", id);
                db.ChangeTracker.Clear();
                await failures.NoteAsync(id, failed, now, cancel);
                return;
            }
        }
    }

    private async Task<bool> StillDueAsync(long id, DateTime now, CancellationToken cancel) =>
        db.IsSqlite
            ? await db.Complaints.AnyAsync(c => c.Id == id && c.NextActionAt <= now, cancel)
            : (
                await db
                    .Database.SqlQuery<long>(
                        $"""SELECT "Id" AS "Value" FROM "Complaints" WHERE "Id" = {id} AND "NextActionAt" <= {now} FOR UPDATE SKIP LOCKED"""
                    )
                    .ToListAsync(cancel)
            ).Count > 0;
}

/// <summary>Complaints the sweep could not see to: shown to administrators, tried again with growing pauses.</summary>
public sealed class SweepFailures(ComplaintsDb db)
{
    /// <summary>Name of the sweep in the timetable.</summary>
    public const string Work = "sweep";

    /// <summary>Sets the complaint back and notes why: after a minute, two, four … up to six hours.</summary>
    public Task NoteAsync(long complaintId, Exception failed, DateTime now, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var failure = await db.WorkFailures.FirstOrDefaultAsync(f => f.Work == Work && f.ComplaintId == complaintId, cancel);
                if (failure is null)
                {
                    var reference = await db.Complaints.Where(c => c.Id == complaintId).Select(c => c.Reference).FirstAsync(cancel);
                    failure = new WorkFailure
                    {
                        Work = Work,
                        Subject = reference,
                        ComplaintId = complaintId,
                        Reason = "",
                    };
                    db.WorkFailures.Add(failure);
                }

                failure.Times++;
                failure.At = now;
                failure.Reason = Reason(failed);
                failure.NextTryAt = now.AddMinutes(Math.Min(360, Math.Pow(2, Math.Min(failure.Times, 10) - 1)));
                await db.SaveChangesAsync(cancel);
                await WakeAsync(db, complaintId, failure.NextTryAt.Value, cancel);
            },
            cancel
        );

    /// <summary>The sweep looks at the complaint then. Call it in a transaction.</summary>
    public static Task WakeAsync(ComplaintsDb db, long complaintId, DateTime at, CancellationToken cancel = default) =>
        db.Complaints.Where(c => c.Id == complaintId).ExecuteUpdateAsync(s => s.SetProperty(c => c.NextActionAt, at), cancel);

    /// <summary>Removes the notes on complaints that went well now; the caller saves.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<long> complaintIds, CancellationToken cancel) =>
        db.WorkFailures.RemoveRange(
            await db
                .WorkFailures.Where(f => f.Work == Work && f.ComplaintId != null && complaintIds.Contains(f.ComplaintId.Value))
                .ToListAsync(cancel)
        );

    /// <summary>Type and message, bounded; the innermost says most.</summary>
    public static string Reason(Exception failed)
    {
        var inner = failed.GetBaseException();
        var text = string.Create(CultureInfo.InvariantCulture, $"{inner.GetType().Name}: {inner.Message}");
        return text.Length <= 1000 ? text : text[..1000];
    }
}
