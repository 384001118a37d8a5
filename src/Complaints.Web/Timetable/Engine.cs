using System.Collections.Concurrent;
using Complaints.Data;
using Complaints.Time;
using Complaints.Web.Operation;
using Microsoft.EntityFrameworkCore;
using Quartz;
using Quartz.Spi;

namespace Complaints.Web.Timetable;

/// <summary>
/// Runs the timetable on this node: every piece on time, never twice at once, each run with services of its own. When
/// the node stops, no new run starts and running ones have 30 s to finish.
/// </summary>
public sealed class Engine(
    IEnumerable<NamedWork> works,
    WorkBook book,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<Engine> log
) : IHostedService, IJobFactory, IAsyncDisposable
{
    /// <summary>How long running work may go on when the node stops; in the last five seconds it is told to give up.</summary>
    public static TimeSpan Drain { get; } = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, NamedWork> _works = works.ToDictionary(w => w.Name);
    private readonly ConcurrentDictionary<string, byte> _running = new();
    private readonly CancellationTokenSource _giveUp = new();
    private IScheduler? _scheduler;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The name keeps several houses in one process (tests) apart; Quartz knows its schedulers by name.
        _scheduler = await SchedulerBuilder
            .Create("node", Guid.NewGuid().ToString("N"))
            .UseInMemoryStore()
            .UseDefaultThreadPool(maxConcurrency: Math.Max(4, _works.Count))
            .Build()
            .GetScheduler(cancellationToken);
        _scheduler.JobFactory = this;
        foreach (var work in _works.Values)
        {
            await ScheduleAsync(work.Name, work.Every, cancellationToken);
        }

        await ScheduleAsync(RunNow, TimeSpan.FromSeconds(5), cancellationToken);
        await _scheduler.Start(cancellationToken);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is null)
        {
            return;
        }

        _giveUp.CancelAfter(Drain - TimeSpan.FromSeconds(5));
        var drained = _scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        if (await Task.WhenAny(drained, Task.Delay(Drain, clock, CancellationToken.None)) != drained)
        {
            log.LogWarning(
                "Still running after {Drain}: {Works}. What is owed stands in the tables",
                Drain,
                string.Join(", ", _running.Keys)
            );
        }
    }

    /// <inheritdoc />
    public IJob NewJob(TriggerFiredBundle bundle, IScheduler scheduler) => new Run(this, bundle.JobDetail.Key.Name);

    /// <inheritdoc />
    public void ReturnJob(IJob job) { }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _giveUp.Dispose();
        return ValueTask.CompletedTask;
    }

    private const string RunNow = "run-now";

    private Task ScheduleAsync(string name, TimeSpan every, CancellationToken cancel) =>
        _scheduler!.ScheduleJob(
            JobBuilder.Create<Run>().WithIdentity(name).Build(),
            TriggerBuilder
                .Create()
                .WithIdentity(name)
                .StartNow()
                .WithSimpleSchedule(s => s.WithInterval(every).RepeatForever().WithMisfireHandlingInstructionNextWithRemainingCount())
                .Build(),
            cancel
        );

    private async Task ExecuteAsync(string name)
    {
        if (!_running.TryAdd(name, 0))
        {
            return; // "run now" beside the regular tick
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (name == RunNow)
            {
                foreach (var asked in await book.TakeAskedAsync(_giveUp.Token))
                {
                    await _scheduler!.TriggerJob(new JobKey(asked), _giveUp.Token);
                }

                return;
            }

            await book.KeepAsync(_works[name], () => _works[name].Run(scope.ServiceProvider, _giveUp.Token), scope.ServiceProvider);
        }
        catch (Exception gone) when (Faults.IsConnection(gone))
        {
            log.LogWarning("{Work} waits for the database, which cannot be reached", name);
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !_giveUp.IsCancellationRequested)
        {
            log.LogError(failed, "{Work} could not even be noted", name);
        }
        catch (OperationCanceledException)
        {
            log.LogInformation("{Work} was told to give up", name);
        }
        finally
        {
            _running.TryRemove(name, out _);
        }
    }

    [DisallowConcurrentExecution]
    private sealed class Run(Engine engine, string name) : IJob
    {
        public Task Execute(IJobExecutionContext context) => engine.ExecuteAsync(name);
    }
}
