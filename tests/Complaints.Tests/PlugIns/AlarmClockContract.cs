using System.Collections.Concurrent;
using Complaints.Tests.World;
using Complaints.Time;

namespace Complaints.Tests.PlugIns;

/// <summary>What the timetable asks of whatever ticks for it, beside either database: a clock may keep its alarms there.</summary>
public abstract class AlarmClockContract
{
    /// <summary>More settings for the house; names plug-ins.</summary>
    protected virtual string[] Settings => [];

    /// <summary>The clock of a node; nothing rings yet.</summary>
    protected abstract IAlarmClock Of(IServiceProvider node);

    [Theory, OnSqlite, OnPostgres]
    public async Task Each_alarm_rings_at_once_and_again_and_one_that_hangs_holds_up_no_other(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        var clock = Of(house.Services);
        var (quick, hanging) = (0, 0);
        var release = new TaskCompletionSource();
        await clock.StartAsync(
            [
                new Alarm("quick", TimeSpan.FromSeconds(1), Count(() => Interlocked.Increment(ref quick))),
                new Alarm("rare", TimeSpan.FromDays(1), () => Task.CompletedTask),
                new Alarm(
                    "hanging",
                    TimeSpan.FromDays(1),
                    () =>
                    {
                        Interlocked.Increment(ref hanging);
                        return release.Task;
                    }
                ),
            ],
            default
        );
        await UntilAsync(() => quick >= 4 && hanging == 1);
        release.SetResult();
        await clock.StopAsync();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_rare_alarm_rings_once_when_the_clock_starts_and_again_when_it_is_asked(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        var clock = Of(house.Services);
        var rings = 0;
        await clock.StartAsync([new Alarm("daily", TimeSpan.FromDays(1), Count(() => Interlocked.Increment(ref rings)))], default);
        await UntilAsync(() => rings == 1);
        await Task.Delay(1500);
        Assert.Equal(1, rings);

        await clock.RingAsync("daily", default);
        await UntilAsync(() => rings == 2);
        await Task.Delay(1500);
        Assert.Equal(2, rings);
        await clock.StopAsync();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_ring_that_fails_is_not_tried_again_and_stops_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        var clock = Of(house.Services);
        var (failing, well) = (0, 0);
        await clock.StartAsync(
            [
                new Alarm(
                    "failing",
                    TimeSpan.FromDays(1),
                    () =>
                    {
                        Interlocked.Increment(ref failing);
                        throw new InvalidOperationException("The engine never lets this through; a clock must not mind.");
                    }
                ),
                new Alarm("well", TimeSpan.FromSeconds(1), Count(() => Interlocked.Increment(ref well))),
            ],
            default
        );
        await UntilAsync(() => failing == 1 && well >= 1);
        var before = well;
        await UntilAsync(() => well >= before + 3);
        Assert.Equal(1, failing);
        await clock.StopAsync();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Stopping_waits_for_what_rings_and_lets_nothing_begin(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        var clock = Of(house.Services);
        var (begun, ended, later) = (false, false, 0);
        await clock.StartAsync(
            [
                new Alarm(
                    "slow",
                    TimeSpan.FromDays(1),
                    async () =>
                    {
                        begun = true;
                        await Task.Delay(2000);
                        ended = true;
                    }
                ),
                new Alarm("often", TimeSpan.FromSeconds(1), Count(() => Interlocked.Increment(ref later))),
            ],
            default
        );
        await UntilAsync(() => begun);
        await clock.StopAsync();
        Assert.True(ended);
        var after = later;
        await Task.Delay(2500);
        Assert.Equal(after, later);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_clock_that_never_started_stops(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        await Of(house.Services).StopAsync();
    }

    [Theory, OnPostgres]
    public async Task Of_two_nodes_the_second_rings_on_when_the_first_stops(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        await using var node = await house.SecondNodeAsync(Settings);
        var (clock, other) = (Of(house.Services), Of(node.Services));
        var (here, there) = (0, 0);
        await clock.StartAsync([new Alarm("often", TimeSpan.FromSeconds(1), Count(() => Interlocked.Increment(ref here)))], default);
        await other.StartAsync([new Alarm("often", TimeSpan.FromSeconds(1), Count(() => Interlocked.Increment(ref there)))], default);
        await UntilAsync(() => here + there >= 4);
        await clock.StopAsync();
        var (stopped, before) = (here, there);
        await UntilAsync(() => there >= before + 3);
        Assert.Equal(stopped, here);
        await other.StopAsync();
        await node.StopAsync();
    }

    private static Func<Task> Count(Action count) =>
        () =>
        {
            count();
            return Task.CompletedTask;
        };

    protected static async Task UntilAsync(Func<bool> so)
    {
        for (var i = 0; i < 400 && !so(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(so());
    }
}
