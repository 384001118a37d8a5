namespace Complaints.Tests.World;

/// <summary>A clock that stands until it is moved.</summary>
public sealed class FakeClock(DateTime start) : TimeProvider
{
    private long _ticks = start.Ticks;

    /// <summary>UTC.</summary>
    public DateTime Now
    {
        get => new(Interlocked.Read(ref _ticks), DateTimeKind.Utc);
        set => Interlocked.Exchange(ref _ticks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => new(Now);

    /// <summary>Moves on.</summary>
    public void Pass(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}
