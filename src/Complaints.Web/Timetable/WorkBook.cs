using System.Collections.Concurrent;
using System.Globalization;
using Complaints.Data;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Time;
using Complaints.Web.Operation;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Timetable;

/// <summary>
/// Writes down the last run of every piece of work, cheaply: what did something or failed at once, idle ticks at most
/// once a minute. A failure here is logged and never stops the work.
/// </summary>
public sealed class WorkBook(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WorkBook> log)
{
    private const string Pause = "work.paused.";
    private static readonly TimeSpan _idle = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (DateTime At, bool Failed)> _written = new();

    /// <summary>Runs <paramref name="run"/> and keeps what came of it. Never throws but when cancelled.</summary>
    /// <param name="services">Of the run; its <see cref="WorkReport"/> is read.</param>
    public async Task KeepAsync(NamedWork work, Func<Task> run, IServiceProvider services)
    {
        var started = clock.GetUtcNow().UtcDateTime;
        if (work.Every >= _idle)
        {
            await WriteAsync(work.Name, started, null, null, null);
        }

        string? failure = null;
        try
        {
            await run();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            failure = SweepFailures.Reason(failed);
            if (Faults.IsConnection(failed))
            {
                log.LogWarning("{Work} waits for the database, which cannot be reached", work.Name);
            }
            else
            {
                log.LogError(failed, "{Work} failed", work.Name);
            }
        }

        var outcome = services.GetRequiredService<WorkReport>().Outcome;
        var ended = clock.GetUtcNow().UtcDateTime;
        var (last, hadFailed) = _written.GetValueOrDefault(work.Name);
        if (failure is not null || outcome is not null || hadFailed || work.Every >= _idle || ended - last >= _idle)
        {
            await WriteAsync(work.Name, started, ended, failure, outcome is null ? null : KeptSentence.Write(outcome));
            _written[work.Name] = (ended, failure is not null);
        }
    }

    /// <summary>The names somebody wants run now; each is given to one node only.</summary>
    public async Task<IReadOnlyList<string>> TakeAskedAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var taken = new List<string>();
        foreach (var name in await db.WorkRuns.Where(w => w.RunNow).Select(w => w.Name).ToListAsync(cancel))
        {
            using var turn = await db.Gate.EnterAsync(cancel);
            var mine = await db
                .WorkRuns.Where(w => w.Name == name && w.RunNow)
                .ExecuteUpdateAsync(s => s.SetProperty(w => w.RunNow, false), cancel);
            if (mine == 1)
            {
                taken.Add(name);
            }
        }

        return taken;
    }

    /// <summary>Whether somebody has paused this piece of work. One small query by key.</summary>
    public async Task<bool> IsPausedAsync(string name, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var key = Pause + name;
        return await scope.ServiceProvider.GetRequiredService<ComplaintsDb>().Settings.AnyAsync(s => s.Name == key, cancel);
    }

    /// <summary>The names of work that is paused, on every node.</summary>
    public static async Task<IReadOnlySet<string>> PausedAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        (
            await db.Settings.Where(s => s.Name.StartsWith(Pause)).Select(s => s.Name.Substring(Pause.Length)).ToListAsync(cancel)
        ).ToHashSet();

    /// <summary>Pauses a piece of work, or lets it go on; every node hears of it within seconds. Doing it twice does no harm.</summary>
    public static async Task PauseAsync(ComplaintsDb db, string name, bool paused, DateTime now)
    {
        if (await db.Settings.FindAsync(Pause + name) is { } set)
        {
            if (!paused)
            {
                db.Settings.Remove(set);
            }
        }
        else if (paused)
        {
            db.Settings.Add(new Setting { Name = Pause + name, Value = now.ToString("O", CultureInfo.InvariantCulture) });
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Asks whichever node comes first to run it.</summary>
    public static async Task AskAsync(ComplaintsDb db, string name)
    {
        using var turn = await db.Gate.EnterAsync();
        if (await db.WorkRuns.Where(w => w.Name == name).ExecuteUpdateAsync(s => s.SetProperty(w => w.RunNow, true)) == 0)
        {
            throw new Refusal("It has not run once yet. Is a node with background work running (setting Node:Work)?");
        }
    }

    private async Task WriteAsync(string name, DateTime started, DateTime? ended, string? failure, string? outcome)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
            if (!await UpdateAsync(db, name, started, ended, failure, outcome))
            {
                try
                {
                    db.WorkRuns.Add(new WorkRun { Name = name, StartedAt = started });
                    await db.SaveChangesAsync();
                }
                catch (DbUpdateException other) when (ComplaintsDb.IsAlreadyThere(other))
                {
                    log.LogDebug("Another node noted {Work} first", name);
                }

                await UpdateAsync(db, name, started, ended, failure, outcome);
            }
        }
        catch (Exception failed)
        {
            log.LogWarning("The run of {Work} could not be noted: {Failure}", name, failed.GetBaseException().Message);
        }
    }

    private static async Task<bool> UpdateAsync(
        ComplaintsDb db,
        string name,
        DateTime started,
        DateTime? ended,
        string? failure,
        string? outcome
    )
    {
        using var turn = await db.Gate.EnterAsync();
        return await db
                .WorkRuns.Where(w => w.Name == name)
                .ExecuteUpdateAsync(set =>
                {
                    set.SetProperty(w => w.StartedAt, started).SetProperty(w => w.EndedAt, ended).SetProperty(w => w.Failure, failure);
                    if (outcome is not null)
                    {
                        set.SetProperty(w => w.Outcome, outcome); // an idle run keeps what the last busy one did
                    }
                }) == 1;
    }
}
