using Complaints.Data;
using Complaints.Language;
using Complaints.Tests.World;
using Complaints.Time;
using Complaints.Web.Timetable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Complaints.Tests.Timetable;

/// <summary>The engine with the built-in clock, or with the one that the house was given.</summary>
public class EngineTests
{
    /// <summary>More settings for the house; names plug-ins.</summary>
    protected virtual string[] Settings => [];

    [Theory, OnSqlite, OnPostgres]
    public async Task Work_runs_on_time_never_twice_at_once_and_what_it_did_is_kept(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        var (runs, at, most) = (0, 0, 0);
        var busy = Named(
            "busy",
            async (services, cancel) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref at));
                await Task.Delay(250, cancel);
                Interlocked.Decrement(ref at);
                services.GetRequiredService<WorkReport>().Say("{0|complaint|complaints} looked at", ++runs);
            }
        );
        var bad = Named("bad", (_, _) => throw new InvalidOperationException("no luck"));
        await using (var engine = await StartAsync(house, busy, bad))
        {
            await UntilAsync(async () => runs >= 3 && await house.WithAsync(db => db.WorkRuns.CountAsync()) == 2);
            await engine.StopAsync(default);
        }

        Assert.Equal(1, most);
        var kept = await house.WithAsync(db => db.WorkRuns.ToDictionaryAsync(w => w.Name));
        Assert.Contains("no luck", kept["bad"].Failure);
        Assert.Null(kept["busy"].Failure);
        Assert.Contains("looked at", KeptSentence.Read(kept["busy"].Outcome!).ToString());
    }

    [Theory, OnSqlite]
    public async Task Run_now_is_taken_by_one_node(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        var runs = 0;
        var daily = new NamedWork(
            "daily",
            new Sentence("Note"),
            new Sentence("Note"),
            TimeSpan.FromDays(1),
            (_, _) =>
            {
                Interlocked.Increment(ref runs);
                return Task.CompletedTask;
            }
        );
        await using var engine = await StartAsync(house, daily);
        await UntilAsync(() => Task.FromResult(runs == 1));
        await UntilAsync(async () => await house.WithAsync(db => db.WorkRuns.AnyAsync(w => w.EndedAt != null)));
        await house.WithAsync((db, _) => WorkBook.AskAsync(db, "daily"));
        await UntilAsync(() => Task.FromResult(runs == 2));
        Assert.False(await house.WithAsync(db => db.WorkRuns.Select(w => w.RunNow).SingleAsync()));
        await engine.StopAsync(default);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Paused_work_does_not_run_until_it_goes_on_and_other_work_does(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("It is paused.", await ada.PostAsync("/settings/work/sweep/pause", [], "/settings/work"), StringComparison.Ordinal);
        await ada.PostAsync("/settings/work/sweep/pause", [], "/settings/work");
        var (paused, other) = (0, 0);
        await using var engine = await StartAsync(house, Counting("sweep", () => ++paused), Counting("other", () => ++other));
        await UntilAsync(() => Task.FromResult(other >= 5));
        Assert.Equal(0, paused);

        await ada.PostAsync("/settings/work/sweep/continuation", [], "/settings/work");
        await UntilAsync(() => Task.FromResult(paused >= 2));
        await engine.StopAsync(default);

        using var sen = await house.SignInAsync("Sen");
        await sen.PostAsync("/settings/work/sweep/pause", [], "/");
        Assert.Empty(await house.WithAsync(db => WorkBook.PausedAsync(db)));

        static NamedWork Counting(string name, Action count) =>
            Named(
                name,
                (_, _) =>
                {
                    count();
                    return Task.CompletedTask;
                }
            );
    }

    [Theory, OnSqlite]
    public async Task Stopping_waits_for_what_runs(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        var (started, ended) = (false, false);
        var slow = Named(
            "slow",
            async (_, cancel) =>
            {
                started = true;
                await Task.Delay(1500, cancel);
                ended = true;
            }
        );
        await using var engine = await StartAsync(house, slow);
        await UntilAsync(() => Task.FromResult(started));
        await engine.StopAsync(default);
        Assert.True(ended);
    }

    private static NamedWork Named(string name, Func<IServiceProvider, CancellationToken, Task> run) =>
        new(name, new Sentence("Note"), new Sentence("Note"), TimeSpan.FromMilliseconds(100), run);

    private static async Task<Engine> StartAsync(TestHouse house, params NamedWork[] works)
    {
        var engine = new Engine(
            works,
            house.Services.GetService<IAlarmClock>() ?? new QuartzClock(), // a quiet house has none but a plug-in's
            house.Services.GetRequiredService<WorkBook>(),
            house.Services.GetRequiredService<IServiceScopeFactory>(),
            TimeProvider.System,
            NullLogger<Engine>.Instance
        );
        await engine.StartAsync(default);
        return engine;
    }

    private static async Task UntilAsync(Func<Task<bool>> so)
    {
        for (var i = 0; i < 300 && !await so(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(await so());
    }
}
