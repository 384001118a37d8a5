namespace Complaints.Time;

/// <summary>
/// What ticks for the timetable on this node: an alarm clock and no more, so that any scheduler can stand behind it. It
/// keeps nothing that matters, knows no work and tries nothing again; a ring that is lost, late or doubled changes nothing.
/// </summary>
public interface IAlarmClock
{
    /// <summary>
    /// Begins to ring: each alarm at once, or at its next regular moment when that is less than a minute away, and then
    /// every <see cref="Alarm.Every"/>, on this node or on another one that shares the clock. One alarm never holds up another.
    /// </summary>
    Task StartAsync(IReadOnlyCollection<Alarm> alarms, CancellationToken cancel);

    /// <summary>Rings one alarm now, besides its regular moments.</summary>
    Task RingAsync(string name, CancellationToken cancel);

    /// <summary>No ring begins any more; ends when those under way have ended, however long they take.</summary>
    Task StopAsync();
}

/// <summary>A page of the clock's own, which the background-work page links to; registered by a clock that has one.</summary>
/// <param name="Path">Its address in this house, such as <c>/settings/work/clock</c>.</param>
public sealed record AlarmClockPage(string Path)
{
    /// <summary>The authorization policy it must ask for: administrators and auditors, whoever stands in front as proxy.</summary>
    public const string MaySee = "background-work";

    /// <summary>The authorization policy for changing anything there: administrators alone.</summary>
    public const string MayChange = "background-work-change";
}

/// <summary>One alarm.</summary>
/// <param name="Name">Short and stable; names the work in the clock's own lists.</param>
/// <param name="Every">Time from one ring to the next; a clock that knows no such moments rings a little more often.</param>
/// <param name="Ring">What is called; it never throws.</param>
public sealed record Alarm(string Name, TimeSpan Every, Func<Task> Ring);
