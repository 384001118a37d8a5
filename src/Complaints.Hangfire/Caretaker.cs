using global::Hangfire;
using Complaints.Time;
using global::Hangfire.Server;
using global::Hangfire.Storage;
using Microsoft.Extensions.Logging;

namespace Complaints.Hangfire;

/// <summary>
/// Keeps one recurring job for each alarm: puts them there beside the start, which must not hang on Hangfire's storage (a
/// node killed while it held a lock there leaves it behind), and puts back what was deleted in the dashboard. Work is
/// paused on our own page, where it shows, and never by a job that is missing, given up or put off.
/// </summary>
internal sealed class Caretaker(
    JobStorage storage,
    IReadOnlyCollection<Alarm> alarms,
    Action<Alarm, bool> schedule,
    ILogger? log,
    TimeSpan lookEvery
) : IBackgroundProcess
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _slack = TimeSpan.FromMinutes(1);
    private readonly HashSet<string> _begun = [];

    /// <inheritdoc />
    public void Execute(BackgroundProcessContext context)
    {
        try
        {
            Look();
            context.Wait(lookEvery);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            log?.LogWarning("Hangfire's recurring jobs could not be seen to: {Failure}", failed.GetBaseException().Message);
            context.Wait(_soon);
        }
    }

    private void Look()
    {
        using var connection = storage.GetConnection();
        var jobs = new RecurringJobManager(storage);
        var there = connection.GetRecurringJobs().ToDictionary(j => j.Id, j => j.NextExecution);
        if (_begun.Count == 0)
        {
            foreach (var old in there.Keys.Except(alarms.Select(a => a.Name)))
            {
                jobs.RemoveIfExists(old);
            }
        }

        foreach (var alarm in alarms)
        {
            var (begun, known) = (_begun.Contains(alarm.Name), there.TryGetValue(alarm.Name, out var next));
            if (!begun || !known)
            {
                schedule(alarm, !begun);
                _begun.Add(alarm.Name);
            }

            if (known && IsStuck(alarm, next))
            {
                jobs.Trigger(alarm.Name); // rings now, and counts the next moment from here
            }
        }
    }

    /// <summary>
    /// Given up by the library after errors in a row, or put off far beyond its interval: written by a node whose clock was
    /// ahead, or by this one before its clock was set back.
    /// </summary>
    private static bool IsStuck(Alarm alarm, DateTime? next) =>
        next is not { } at || at > TimeProvider.System.GetUtcNow().UtcDateTime + alarm.Every + _slack; // the library's own clock
}
