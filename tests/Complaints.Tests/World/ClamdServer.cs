using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Complaints.Tests.World;

/// <summary>
/// A daemon on loopback that speaks clamd's INSTREAM: <c>zINSTREAM\0</c>, chunks with their length as four bytes, an empty
/// one, and its answer with a NUL. It finds the test virus, has a size limit, and can be told to misbehave.
/// </summary>
public sealed class ClamdServer : IAsyncDisposable
{
    /// <summary>What it takes for a virus; harmless, and no scanner knows it.</summary>
    public const string Virus = "THIS-IS-THE-TEST-VIRUS-OF-THIS-SUITE";

    private readonly Socket _door;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _open;

    /// <param name="address"><c>tcp</c> for a port of its own, or the path of a socket.</param>
    public ClamdServer(string address = "tcp", int largest = 1 << 20)
    {
        Largest = largest;
        EndPoint place = address == "tcp" ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(address);
        _door = new Socket(place.AddressFamily, SocketType.Stream, address == "tcp" ? ProtocolType.Tcp : ProtocolType.Unspecified);
        _door.Bind(place);
        _door.Listen();
        Setting = _door.LocalEndPoint is IPEndPoint ip ? $"tcp:127.0.0.1:{ip.Port}" : "unix:" + address;
        _open = AcceptAsync();
    }

    /// <summary>For <c>Files:Clamd</c>.</summary>
    public string Setting { get; }

    /// <summary>Its StreamMaxLength.</summary>
    public int Largest { get; }

    /// <summary>False: it hangs up as soon as somebody comes.</summary>
    public bool Up { get; set; } = true;

    /// <summary>Says this instead of what it found.</summary>
    public string? Says { get; set; }

    /// <summary>What it was given, in order.</summary>
    public ConcurrentQueue<byte[]> Seen { get; } = [];

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _door.AcceptAsync(_stop.Token);
                _ = ServeAsync(socket);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        if (!Up)
        {
            return;
        }

        try
        {
            var command = new byte[10];
            await stream.ReadExactlyAsync(command);
            if (Encoding.ASCII.GetString(command) != "zINSTREAM\0")
            {
                await stream.WriteAsync("UNKNOWN COMMAND\0"u8.ToArray());
                return;
            }

            var content = new MemoryStream();
            var head = new byte[4];
            while (true)
            {
                await stream.ReadExactlyAsync(head);
                var length = BinaryPrimitives.ReadInt32BigEndian(head);
                if (length == 0)
                {
                    break;
                }

                if (content.Length + length > Largest)
                {
                    await stream.WriteAsync("INSTREAM size limit exceeded. ERROR\0"u8.ToArray());
                    return; // and hangs up while the other still sends
                }

                var chunk = new byte[length];
                await stream.ReadExactlyAsync(chunk);
                content.Write(chunk);
            }

            Seen.Enqueue(content.ToArray());
            var found = Encoding.Latin1.GetString(content.ToArray()).Contains(Virus, StringComparison.Ordinal);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes((Says ?? (found ? "stream: Eicar-Test-Signature FOUND" : "stream: OK")) + "\0")
            );
        }
        catch (IOException)
        {
            // it hung up
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _door.Dispose();
        await _open;
        _stop.Dispose();
    }
}
