using System.Net;
using System.Net.Sockets;

namespace Complaints.MailKit;

/// <summary>The connection itself, so that it is known whom it really leads to.</summary>
internal static class Dial
{
    /// <summary>Connects within <paramref name="limit"/>.</summary>
    /// <exception cref="SocketException">Nobody is there.</exception>
    /// <exception cref="OperationCanceledException">Stopped, or it took longer.</exception>
    public static async Task<Socket> ConnectAsync(string host, int port, TimeSpan limit, TimeProvider clock, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var timer = new CancellationTokenSource(limit, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
            await socket.ConnectAsync(host, port, both.Token);
            // A router that forgets the connection would otherwise leave us waiting for ever; as on the built-in side.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 120);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 30);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Is the server on this machine, judged by the address really connected to?</summary>
    public static bool IsLocal(Socket socket) =>
        socket.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address);

    /// <summary>Our own address on this connection.</summary>
    public static IPAddress? Own(Socket socket) => (socket.LocalEndPoint as IPEndPoint)?.Address;
}
