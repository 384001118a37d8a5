using System.Collections.Concurrent;
using Complaints.Time;
using Quartz;
using Quartz.Spi;

namespace Complaints.Web.Timetable;

/// <summary>The built-in alarm clock: Quartz in memory, each node for itself.</summary>
public sealed class QuartzClock : IAlarmClock, IJobFactory
{
    /// <summary>How long, in seconds, whoever comes first has the machine to themselves.</summary>
    private const int Calm = 2;

    private readonly ConcurrentDictionary<string, Alarm> _alarms = new();
    private IScheduler? _scheduler;

    /// <inheritdoc />
    public async Task StartAsync(IReadOnlyCollection<Alarm> alarms, CancellationToken cancel)
    {
        // The name keeps several houses in one process (tests) apart; Quartz knows its schedulers by name.
        _scheduler = await SchedulerBuilder
            .Create("node", Guid.NewGuid().ToString("N"))
            .UseInMemoryStore()
            .UseDefaultThreadPool(maxConcurrency: Math.Max(4, alarms.Count))
            .Build()
            .GetScheduler(cancel);
        _scheduler.JobFactory = this;
        foreach (var alarm in alarms)
        {
            _alarms[alarm.Name] = alarm;
            await _scheduler.ScheduleJob(
                JobBuilder.Create<Run>().WithIdentity(alarm.Name).Build(),
                TriggerBuilder
                    .Create()
                    .WithIdentity(alarm.Name)
                    .StartAt(DateBuilder.FutureDate(Calm, IntervalUnit.Second))
                    .WithSimpleSchedule(s =>
                        s.WithInterval(alarm.Every).RepeatForever().WithMisfireHandlingInstructionNextWithRemainingCount()
                    )
                    .Build(),
                cancel
            );
        }

        await _scheduler.Start(cancel);
    }

    /// <inheritdoc />
    public async Task RingAsync(string name, CancellationToken cancel)
    {
        if (_scheduler is not null)
        {
            await _scheduler.TriggerJob(new JobKey(name), cancel);
        }
    }

    /// <inheritdoc />
    public async Task StopAsync()
    {
        if (_scheduler is not null)
        {
            await _scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public IJob NewJob(TriggerFiredBundle bundle, IScheduler scheduler) => new Run(_alarms[bundle.JobDetail.Key.Name]);

    /// <inheritdoc />
    public void ReturnJob(IJob job) { }

    [DisallowConcurrentExecution]
    private sealed class Run(Alarm alarm) : IJob
    {
        public Task Execute(IJobExecutionContext context) => alarm.Ring();
    }
}
