using System.Collections.Concurrent;
using Complaints.Time;
using Complaints.Web.Operation;

namespace Complaints.Web.Timetable;

/// <summary>
/// Runs the timetable on this node whenever its alarm clock rings: never twice at once, each run with services of its own,
/// nothing that is paused. When the node stops, no new run starts and running ones have 30 s to finish.
/// </summary>
public sealed class Engine(
    IEnumerable<NamedWork> works,
    IAlarmClock alarms,
    WorkBook book,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<Engine> log
) : IHostedService, IAsyncDisposable
{
    private const string RunNow = "run-now";

    /// <summary>How long running work may go on when the node stops; in the last five seconds it is told to give up.</summary>
    public static TimeSpan Drain { get; } = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, NamedWork> _works = works.ToDictionary(w => w.Name);
    private readonly ConcurrentDictionary<string, byte> _running = new();
    private readonly CancellationTokenSource _giveUp = new();
    private bool _started;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await alarms.StartAsync(
            [
                .. _works.Values.Select(w => new Alarm(w.Name, w.Every, () => RunAsync(w.Name))),
                new Alarm(RunNow, TimeSpan.FromSeconds(5), () => RunAsync(RunNow)),
            ],
            cancellationToken
        );
        _started = true;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            return;
        }

        _giveUp.CancelAfter(Drain - TimeSpan.FromSeconds(5));
        var drained = alarms.StopAsync();
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
    public ValueTask DisposeAsync()
    {
        _giveUp.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(string name)
    {
        if (!_running.TryAdd(name, 0))
        {
            return; // "run now" beside the regular tick
        }

        try
        {
            if (name == RunNow)
            {
                foreach (var asked in (await book.TakeAskedAsync(_giveUp.Token)).Where(_works.ContainsKey))
                {
                    await alarms.RingAsync(asked, _giveUp.Token);
                }

                return;
            }

            if (await book.IsPausedAsync(name, _giveUp.Token))
            {
                return;
            }

            await using var scope = scopes.CreateAsyncScope();
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
}
