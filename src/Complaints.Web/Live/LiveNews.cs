using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Complaints.Web.Live;

/// <summary>
/// Tells open pages what changed: counts, queue, escalations. Names only, never contents: each page then asks for what it
/// may see.
/// </summary>
public sealed class LiveNews
{
    private readonly ConcurrentDictionary<Channel<string>, byte> _listeners = new();
    private readonly HashSet<string> _waiting = [];
    private long _version;

    /// <summary>Rises with every change this process saw.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>How many browsers listen.</summary>
    public int Listeners => _listeners.Count;

    /// <summary>Something changed and is committed. The pump passes it on within a second, many changes as one.</summary>
    public void Tell(IEnumerable<string> names)
    {
        Interlocked.Increment(ref _version);
        lock (_waiting)
        {
            _waiting.UnionWith(names);
        }
    }

    /// <summary>What was told since the last call, names separated by spaces; null for nothing.</summary>
    public string? Take()
    {
        lock (_waiting)
        {
            if (_waiting.Count == 0)
            {
                return null;
            }

            var names = string.Join(' ', _waiting.Order(StringComparer.Ordinal));
            _waiting.Clear();
            return names;
        }
    }

    /// <summary>Another node changed something.</summary>
    public void ChangedElsewhere() => Interlocked.Increment(ref _version);

    /// <summary>Passes names on to every listener. A slow one misses nothing: names it has not read yet stay and are enough.</summary>
    public void Send(string names)
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Writer.TryWrite(names);
        }
    }

    /// <summary>Listens; dispose to stop.</summary>
    public Listener Listen()
    {
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[channel] = 0;
        return new Listener(channel.Reader, () => _listeners.TryRemove(channel, out _));
    }

    /// <summary>One browser's ear.</summary>
    public sealed class Listener(ChannelReader<string> news, Action stop) : IDisposable
    {
        /// <summary>What came.</summary>
        public ChannelReader<string> News { get; } = news;

        /// <inheritdoc />
        public void Dispose() => stop();
    }
}
