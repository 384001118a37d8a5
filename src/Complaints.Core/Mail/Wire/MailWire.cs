using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// The bytes between us and a mail server, of whichever protocol: connecting, switching to TLS, writing, and reading
/// lines of bounded length. Every step has its own time limit; all faults become what <see cref="Failure"/> makes.
/// </summary>
internal abstract class MailWire(string host, int port, TimeSpan timeout, bool allowUntrusted, TimeProvider time) : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Stream _stream = Stream.Null;
    private Task<int>? _filling;
    private int _start;
    private int _end;

    /// <summary>True once the bytes travel under TLS.</summary>
    public bool Secure { get; private set; }

    /// <summary>True when the server is on this machine, judged by the address really connected to.</summary>
    public bool Local => _client.Client.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address);

    protected TimeProvider Time => time;

    protected string Host => host;

    protected string Port { get; } = port.ToString(CultureInfo.InvariantCulture);

    protected IPEndPoint? Own => _client.Client.LocalEndPoint as IPEndPoint;

    /// <summary>What has been read and not yet used.</summary>
    protected ReadOnlyMemory<byte> Waiting => _buffer.AsMemory(_start, _end - _start);

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await WithinAsync(timeout, token => _client.ConnectAsync(host, port, token).AsTask(), cancellation);
        }
        catch (SocketException e)
        {
            throw Failure(WireTrouble.Connecting(host, Port, e.SocketErrorCode));
        }

        // A router that forgets the connection would otherwise leave us waiting for news for ever.
        _client.Client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        _client.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 120);
        _client.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 30);
        _stream = _client.GetStream();
    }

    /// <summary>Switches to TLS. What the server sent before is refused: it could have been put in by somebody between us.</summary>
    public async Task SecureAsync(CancellationToken cancellation)
    {
        if (_end > _start)
        {
            throw Failure(
                new Sentence(
                    "The mail server {0} spoke before the connection was protected; somebody may be listening in. Ask whoever runs it.",
                    host
                )
            );
        }

        var trouble = SslPolicyErrors.None;
        DateOnly? ranOut = null;
        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = host,
                RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                {
                    trouble = errors;
                    var end = (shown as System.Security.Cryptography.X509Certificates.X509Certificate2)?.NotAfter.ToUniversalTime();
                    ranOut = end < time.GetUtcNow().UtcDateTime ? DateOnly.FromDateTime(end.Value) : null;
                    return errors == SslPolicyErrors.None || allowUntrusted;
                },
            };
            await WithinAsync(timeout, token => secured.AuthenticateAsClientAsync(options, token), cancellation);
            Secure = true;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
        {
            throw Failure(WireTrouble.Certificate(host, trouble, ranOut) ?? Unprotected());
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await WithinAsync(
                timeout,
                async token =>
                {
                    await _stream.WriteAsync(bytes, token);
                    await _stream.FlushAsync(token);
                },
                cancellation
            );
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw Lost();
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
        _ = _filling?.ContinueWith(t => _ = t.Exception, TaskScheduler.Default); // it ends with the connection, and nobody asks how
    }

    /// <summary>The failure of this protocol that says <paramref name="why"/>.</summary>
    protected abstract Exception Failure(Sentence why);

    /// <summary>What to say when a step took longer than <paramref name="seconds"/>.</summary>
    protected abstract Sentence Silent(int seconds);

    /// <summary>What to say when TLS failed for another reason than the certificate.</summary>
    protected abstract Sentence Unprotected();

    protected Exception NoMailServer() =>
        Failure(
            new Sentence("What answers at {0} on port {1} does not speak like a mail server. Check the address and the port.", host, Port)
        );

    /// <summary>Takes note that the first <paramref name="bytes"/> of <see cref="Waiting"/> are used.</summary>
    protected void Use(int bytes) => _start += bytes;

    /// <summary>
    /// Waits for more bytes; only when none are <see cref="Waiting"/>. When the wait is given up, the reading itself goes
    /// on and its bytes are there the next time, so that nothing is torn out of a TLS record.
    /// </summary>
    protected async Task FillAsync(CancellationToken cancellation)
    {
        try
        {
            _filling ??= _stream.ReadAsync(_buffer, CancellationToken.None).AsTask();
            _end = await _filling.WaitAsync(cancellation);
            _filling = null;
            _start = 0;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw Lost();
        }

        if (_end == 0)
        {
            throw Lost();
        }
    }

    /// <summary>Reads one line without its end; longer ones are taken for no mail server.</summary>
    protected async Task<byte[]> LineAsync(int longest, CancellationToken cancellation)
    {
        var line = new List<byte>(80);
        while (true)
        {
            var at = Waiting.Span.IndexOf((byte)'\n');
            var part = at < 0 ? Waiting : Waiting[..at];
            if (line.Count + part.Length > longest)
            {
                throw NoMailServer();
            }

            line.AddRange(part.Span);
            Use(at < 0 ? part.Length : part.Length + 1);
            if (at >= 0)
            {
                return line.ToArray().AsSpan().TrimEnd((byte)'\r').ToArray();
            }

            await FillAsync(cancellation);
        }
    }

    protected Task<bool> WithinAsync(TimeSpan limit, Func<CancellationToken, Task> step, CancellationToken cancellation) =>
        WithinAsync(
            limit,
            async token =>
            {
                await step(token);
                return true;
            },
            cancellation
        );

    protected async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> step, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await step(both.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Failure(Silent(Math.Max(1, (int)limit.TotalSeconds)));
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && e is not OperationCanceledException)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private Exception Lost() =>
        Failure(
            new Sentence("The mail server {0} broke off the connection. Try again; if it happens every time, ask whoever runs it.", host)
        );
}
