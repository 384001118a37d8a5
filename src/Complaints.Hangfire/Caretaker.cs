using global::Hangfire;
using Complaints.Time;
using global::Hangfire.Server;
using global::Hangfire.Storage;
using Microsoft.Extensions.Logging;

namespace Complaints.Hangfire;

/// <summary>
/// Keeps one recurring job for each alarm: puts them there beside the start, which must not hang on Hangfire's storage (a
/// node killed while it held a lock there leaves it behind), and puts back what was deleted in the dashboard. Work is
/// paused on our own page, where it shows, and never by a job that is missing.
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
        var there = connection.GetRecurringJobs().Select(j => j.Id).ToHashSet();
        if (_begun.Count == 0)
        {
            var jobs = new RecurringJobManager(storage);
            foreach (var old in there.Except(alarms.Select(a => a.Name)))
            {
                jobs.RemoveIfExists(old);
            }
        }

        foreach (var alarm in alarms.Where(a => !_begun.Contains(a.Name) || !there.Contains(a.Name)))
        {
            schedule(alarm, !_begun.Contains(alarm.Name));
            _begun.Add(alarm.Name);
        }
    }
}
