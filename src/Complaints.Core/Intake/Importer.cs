using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>Where the files of imports lie until they are done.</summary>
/// <param name="Path">A folder; created when first needed.</param>
public sealed record ImportFolder(string Path)
{
    /// <summary>The file of that content.</summary>
    public string Of(string sha256) => System.IO.Path.Combine(Directory.CreateDirectory(Path).FullName, sha256 + ".csv");
}

/// <summary>What a dry run found.</summary>
/// <param name="Imported">Rows that would become complaints.</param>
/// <param name="Refused">Rows that would not.</param>
/// <param name="AlreadyThere">Rows that were imported before, or stand twice in the file.</param>
/// <param name="FirstRefused">The first of them, with the reason.</param>
public sealed record ImportCheck(int Imported, int Refused, int AlreadyThere, IReadOnlyList<(ImportLine Line, Sentence Why)> FirstRefused);

/// <summary>
/// Works imports through: 500 rows in one transaction together with the count of rows done, so that a stop at any moment
/// loses nothing and the next run goes on after the last row done. Sends, escalates and surveys nothing.
/// </summary>
public sealed class Importer(ComplaintsDb db, DeadlineBooks books, TimeProvider clock, ImportFolder folder)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(60);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Reads everything and changes nothing.</summary>
    /// <exception cref="Refusal">The file as a whole cannot be read by this plan.</exception>
    public async Task<ImportCheck> CheckAsync(string path, ImportPlan plan, CancellationToken cancel = default)
    {
        using var file = ImportFile.Open(path, plan.Encoding, plan.Separator);
        plan.Check(file.Header);
        if (plan.What == ImportWhat.Customers)
        {
            return await CheckCustomersAsync(file, plan, cancel);
        }

        var rows = await RowsAsync(plan, file.Header, cancel);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var refused = new List<(ImportLine, Sentence)>();
        var (imported, refusals, there) = (0, 0, 0);
        foreach (var batch in file.Rows().Chunk(BatchSize))
        {
            var understood = new List<string>();
            foreach (var line in batch)
            {
                try
                {
                    understood.Add(rows.Read(line, Now).SourceKey);
                }
                catch (Refusal why)
                {
                    refusals++;
                    if (refused.Count < 20)
                    {
                        refused.Add((line, why.Sentence));
                    }
                }
            }

            var known = await ImportBatch.KnownAsync(db, understood, cancel);
            foreach (var key in understood)
            {
                if (known.Contains(key) || !seen.Add(key))
                {
                    there++;
                }
                else
                {
                    imported++;
                }
            }
        }

        return new ImportCheck(imported, refusals, there, refused);
    }

    // A row may be of somebody whom an earlier row of the file makes: in a dry run too, as long as they stand close together.
    private async Task<ImportCheck> CheckCustomersAsync(ImportFile file, ImportPlan plan, CancellationToken cancel)
    {
        var run = new CustomerRun(db, new CustomerRows(plan, file.Header), 0);
        var refused = new List<(ImportLine, Sentence)>();
        var (rows, refusals, there) = (0, 0, 0);
        try
        {
            foreach (var batch in file.Rows().Chunk(BatchSize))
            {
                db.ChangeTracker.Clear();
                rows += batch.Length;
                there += await run.TryAsync(
                    batch,
                    (line, why) =>
                    {
                        refusals++;
                        if (refused.Count < 20)
                        {
                            refused.Add((line, why));
                        }
                    },
                    Now,
                    cancel
                );
            }
        }
        finally
        {
            db.ChangeTracker.Clear(); // nothing of it is ever saved
        }

        return new ImportCheck(rows - refusals - there, refusals, there, [.. refused.OrderBy(r => r.Item1.Line)]);
    }

    /// <summary>Takes up whatever waits, on this node: jobs to run and jobs to go live with.</summary>
    public async Task RunWaitingAsync(CancellationToken cancel)
    {
        var now = Now;
        var waiting = await db
            .ImportJobs.AsNoTracking()
            .Where(j =>
                (j.State == ImportState.Waiting || j.State == ImportState.Running || (j.LiveAt != null && j.LiveDoneAt == null))
                && (j.BusyUntil == null || j.BusyUntil < now)
            )
            .OrderBy(j => j.Id)
            .Take(20)
            .ToListAsync(cancel);
        foreach (var job in waiting)
        {
            var actor = await ActorOfAsync(job.State is ImportState.Waiting or ImportState.Running ? job.StaffId : job.LiveById, cancel);
            if (job.State is ImportState.Done)
            {
                await new GoingLive(db, books, clock).RunAsync(job, actor, cancel);
            }
            else if (File.Exists(folder.Of(job.Sha256))) // on another node's disk otherwise
            {
                await RunAsync(job.Id, actor, null, cancel);
            }
        }
    }

    /// <summary>Works one job through, from the row after the last one done.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="told">Hears how many rows are done after each batch; may be null.</param>
    /// <param name="cancel">Stops after the batch at hand; the job goes on later.</param>
    public async Task RunAsync(long jobId, Actor actor, Action<int>? told, CancellationToken cancel)
    {
        if (!await ClaimAsync(jobId, cancel))
        {
            return;
        }

        var job = await db.ImportJobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancel);
        var path = folder.Of(job.Sha256);
        try
        {
            var plan = ImportPlan.Read(job.Mapping);
            using var file = ImportFile.Open(path, plan.Encoding, plan.Separator);
            plan.Check(file.Header);
            ImportRun batch =
                plan.What == ImportWhat.Customers
                    ? new CustomerRun(db, new CustomerRows(plan, file.Header), job.Id)
                    : new ImportBatch(db, await RowsAsync(plan, file.Header, cancel), actor, plan.Source, job.Id);
            var done = job.Done;
            foreach (var lines in file.Rows().Skip(job.Done).Chunk(BatchSize))
            {
                cancel.ThrowIfCancellationRequested();
                if (!await batch.WriteAsync(lines, done, Now, Now + _lease, CancellationToken.None))
                {
                    return; // somebody else went on with it
                }

                done += lines.Length;
                told?.Invoke(done);
            }

            await EndAsync(jobId, ImportState.Done, null);
            await ForgetFileAsync(job);
        }
        catch (Exception e) when (e is Refusal or CsvFormatException or IOException or UnauthorizedAccessException)
        {
            var why = e is Refusal refused ? refused.Sentence : new Sentence("The file could not be read any further: {0}", e.Message);
            await EndAsync(jobId, ImportState.Failed, KeptSentence.Write(why));
        }
    }

    private async Task<ImportRows> RowsAsync(ImportPlan plan, IReadOnlyList<string> header, CancellationToken cancel)
    {
        var units = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var unit in await db.Units.AsNoTracking().Where(u => u.Active).OrderBy(u => u.Id).ToListAsync(cancel))
        {
            foreach (var name in new[] { unit.Name, unit.NameZh }.OfType<string>().Where(n => n.Length > 0))
            {
                units.TryAdd(name.ToLowerInvariant(), unit.Id);
            }
        }

        return new ImportRows(plan, header, units, await books.OpenAsync(db, cancel));
    }

    private async Task<bool> ClaimAsync(long jobId, CancellationToken cancel)
    {
        var (now, until) = (Now, Now + _lease);
        using var turn = await db.Gate.EnterAsync(cancel);
        return await db
                .ImportJobs.Where(j =>
                    j.Id == jobId
                    && (j.State == ImportState.Waiting || j.State == ImportState.Running)
                    && (j.BusyUntil == null || j.BusyUntil < now)
                )
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(j => j.State, ImportState.Running)
                            .SetProperty(j => j.BusyUntil, until)
                            .SetProperty(j => j.Version, j => j.Version + 1),
                    cancel
                ) == 1;
    }

    private async Task EndAsync(long jobId, ImportState state, string? failure)
    {
        using var turn = await db.Gate.EnterAsync();
        await db
            .ImportJobs.Where(j => j.Id == jobId)
            .ExecuteUpdateAsync(s =>
                s.SetProperty(j => j.State, state)
                    .SetProperty(j => j.Failure, failure)
                    .SetProperty(j => j.BusyUntil, (DateTime?)null)
                    .SetProperty(j => j.Version, j => j.Version + 1)
            );
    }

    // Somebody's letters need not lie about in a file once they are in the database.
    private async Task ForgetFileAsync(ImportJob job)
    {
        if (!await db.ImportJobs.AnyAsync(j => j.Sha256 == job.Sha256 && j.Id != job.Id && j.State != ImportState.Done))
        {
            File.Delete(folder.Of(job.Sha256));
        }
    }

    private async Task<Actor> ActorOfAsync(long? staffId, CancellationToken cancel) =>
        staffId is { } id && await db.Staff.AsNoTracking().Include(s => s.Unit).FirstOrDefaultAsync(s => s.Id == id, cancel) is { } member
            ? Actor.Of(member, TimeZoneInfo.Utc)
            : Actor.System;
}
