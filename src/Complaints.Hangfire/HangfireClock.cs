using System.Globalization;
using global::Hangfire;
using Complaints.Time;
using global::Hangfire.Common;
using Microsoft.Extensions.Logging;

namespace Complaints.Hangfire;

/// <summary>
/// Hangfire as the timetable's alarm clock: one recurring job for each alarm. What is owed stands in our own tables; of
/// Hangfire's storage nothing is needed, and losing it loses a tick.
/// </summary>
/// <param name="storage">Where Hangfire keeps its jobs.</param>
/// <param name="log">Told when that cannot be reached; null for nobody.</param>
/// <param name="lookEvery">How often jobs that somebody deleted are put back; null for once a minute.</param>
public sealed class HangfireClock(JobStorage storage, ILogger<HangfireClock>? log = null, TimeSpan? lookEvery = null)
    : IAlarmClock,
        IDisposable
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private readonly RecurringJobManager _jobs = new(storage);
    private readonly Bell _bell = new();
    private BackgroundJobServer? _server;

    /// <summary>Where Hangfire keeps its jobs.</summary>
    public JobStorage Storage => storage;

    /// <inheritdoc />
    public Task StartAsync(IReadOnlyCollection<Alarm> alarms, CancellationToken cancel)
    {
        storage.JobExpirationTimeout = TimeSpan.FromMinutes(10); // done ticks say nothing; thousands a day would pile up
        _bell.Hang(alarms);
        _server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                Activator = new BellActivator(_bell),
                WorkerCount = Math.Max(4, alarms.Count + 2), // each alarm may hang; a tick that finds its work running takes one for a moment
                SchedulePollingInterval = TimeSpan.FromSeconds(1),
                ShutdownTimeout = TimeSpan.FromSeconds(5),
            },
            storage,
            [new Caretaker(storage, alarms, Schedule, log, lookEvery ?? _minute)]
        );
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task RingAsync(string name, CancellationToken cancel)
    {
        _jobs.Trigger(name);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync()
    {
        _server?.SendStop();
        await _bell.QuietAsync();
        if (_server is { } server)
        {
            await server.WaitForShutdownAsync(CancellationToken.None);
            server.Dispose();
            _server = null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _server?.Dispose();
        (storage as IDisposable)?.Dispose();
    }

    /// <summary>
    /// The six-part cron expression of an interval. Cron knows only divisors of a minute, an hour and a day, so that others
    /// become the next shorter one.
    /// </summary>
    public static string Cron(TimeSpan every) =>
        every < _minute ? $"*/{Part(every.TotalSeconds, 60)} * * * * *"
        : every < TimeSpan.FromHours(1) ? $"0 */{Part(every.TotalMinutes, 60)} * * * *"
        : every < TimeSpan.FromDays(1) ? $"0 0 */{Part(every.TotalHours, 24)} * * *"
        : "0 0 0 * * *";

    /// <summary>Rare alarms ring at once besides, or a node that is started anew every day would never ring them.</summary>
    private void Schedule(Alarm alarm, bool first)
    {
        var name = alarm.Name;
        _jobs.AddOrUpdate(name, Job.FromExpression<Bell>(b => b.RingAsync(name)), Cron(alarm.Every), new RecurringJobOptions());
        if (first && alarm.Every >= _minute)
        {
            _jobs.Trigger(name);
        }
    }

    private static string Part(double asked, int whole) =>
        Enumerable.Range(1, whole).Last(n => n == 1 || (n <= asked && whole % n == 0)).ToString(CultureInfo.InvariantCulture);

    private sealed class BellActivator(Bell bell) : JobActivator
    {
        public override object ActivateJob(Type jobType) => bell;
    }
}
