using System.Net;
using System.Net.Sockets;

namespace Complaints.Tests.World;

/// <summary>A wire between a house and its PostgreSQL that a test cuts and mends.</summary>
public sealed class Wire : IDisposable
{
    private readonly IPEndPoint _to;
    private readonly List<TcpClient> _open = [];
    private TcpListener _door = new(IPAddress.Loopback, 0);

    public Wire(string host, int port)
    {
        _to = new IPEndPoint(Dns.GetHostAddresses(host).First(a => a.AddressFamily == AddressFamily.InterNetwork), port);
        _door.Start();
        Port = ((IPEndPoint)_door.LocalEndpoint).Port;
        _ = AcceptAsync(_door);
    }

    /// <summary>Where the house finds it, on loopback.</summary>
    public int Port { get; }

    /// <summary>Nobody answers any more, and whatever was open breaks off.</summary>
    public void Cut()
    {
        _door.Stop();
        lock (_open)
        {
            _open.ForEach(c => c.Dispose());
            _open.Clear();
        }
    }

    /// <summary>Somebody answers again.</summary>
    public void Mend()
    {
        _door = new TcpListener(IPAddress.Loopback, Port);
        _door.Start();
        _ = AcceptAsync(_door);
    }

    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener door)
    {
        try
        {
            while (true)
            {
                var near = await door.AcceptTcpClientAsync();
                var far = new TcpClient { NoDelay = true };
                near.NoDelay = true;
                await far.ConnectAsync(_to);
                lock (_open)
                {
                    _open.AddRange([near, far]);
                }

                _ = PassAsync(near, far);
                _ = PassAsync(far, near);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException) { }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException) { }

        from.Dispose();
        to.Dispose();
    }
}
