using System.Collections.Concurrent;
using global::Hangfire;
using Complaints.Time;

namespace Complaints.Hangfire;

/// <summary>What Hangfire calls: a name and nothing else, so that no data ever lies in its storage, and never a second try.</summary>
public sealed class Bell
{
    private readonly ConcurrentDictionary<string, Alarm> _alarms = new();
    private readonly ConcurrentDictionary<Task, byte> _ringing = new();
    private volatile bool _quiet;

    /// <summary>Rings one alarm; one that this version does not know is left to those that do.</summary>
    [JobDisplayName("{0}")]
    [AutomaticRetry(Attempts = 0, LogEvents = false, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task RingAsync(string name)
    {
        if (!_alarms.TryGetValue(name, out var alarm))
        {
            return;
        }

        // Noted before the question, so that whoever asks for quiet either waits for this ring or keeps it from beginning.
        var rung = new TaskCompletionSource();
        _ringing[rung.Task] = 0;
        try
        {
            if (!_quiet)
            {
                await Task.Run(alarm.Ring);
            }
        }
        finally
        {
            rung.SetResult();
            _ringing.TryRemove(rung.Task, out _);
        }
    }

    internal void Hang(IEnumerable<Alarm> alarms)
    {
        foreach (var alarm in alarms)
        {
            _alarms[alarm.Name] = alarm;
        }
    }

    /// <summary>No ring begins any more; ends when those under way have.</summary>
    internal async Task QuietAsync()
    {
        _quiet = true;
        await Task.WhenAll(_ringing.Keys);
    }
}
