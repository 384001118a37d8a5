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
        if (_quiet || !_alarms.TryGetValue(name, out var alarm))
        {
            return;
        }

        var ring = Task.Run(alarm.Ring);
        _ringing[ring] = 0;
        try
        {
            await ring;
        }
        finally
        {
            _ringing.TryRemove(ring, out _);
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
