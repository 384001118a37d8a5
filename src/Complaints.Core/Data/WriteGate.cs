namespace Complaints.Data;

/// <summary>
/// One writer at a time within this process. SQLite lets only one in anyway, but makes the others sleep blindly
/// between tries; waiting here is fair and short. On PostgreSQL the gate stands open.
/// </summary>
public sealed class WriteGate(bool oneAtATime) : IDisposable
{
    private readonly SemaphoreSlim? _gate = oneAtATime ? new SemaphoreSlim(1, 1) : null;

    /// <summary>Waits for the turn; dispose what comes back to let the next one in.</summary>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancel = default)
    {
        if (_gate is null)
        {
            return null;
        }

        await _gate.WaitAsync(cancel);
        return new Turn(_gate);
    }

    /// <summary>As <see cref="EnterAsync"/>, blocking.</summary>
    public IDisposable? Enter()
    {
        if (_gate is null)
        {
            return null;
        }

        _gate.Wait();
        return new Turn(_gate);
    }

    /// <inheritdoc />
    public void Dispose() => _gate?.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _held = gate;

        public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();
    }
}
