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

    /// <summary>Waits for the turn and not longer than <paramref name="patience"/>; dispose what comes back.</summary>
    public async Task<ShortTurn> TryEnterAsync(TimeSpan patience, CancellationToken cancel = default)
    {
        if (_gate is null)
        {
            return new ShortTurn(true, null);
        }

        return await _gate.WaitAsync(patience, cancel) ? new ShortTurn(true, new Turn(_gate)) : new ShortTurn(false, null);
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

/// <summary>A turn that may not have come.</summary>
/// <param name="Entered">It came; others wait until this is disposed.</param>
public sealed record ShortTurn(bool Entered, IDisposable? Held) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Held?.Dispose();
}
