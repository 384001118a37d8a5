using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// The bytes between us and a mail server: connecting, lines in, commands out, switching to TLS. Every step has its
/// own time limit and every answer its longest size; all faults become an <see cref="SmtpFailure"/>.
/// </summary>
internal sealed class SmtpWire(SmtpSettings settings, TimeProvider time) : IDisposable
{
    // RFC 5321 asks for 512 bytes a line; real servers go over. Beyond these it is no mail server.
    private const int LongestLine = 4096;
    private const int MostLines = 200;
    private const int LongestText = 1000;

    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _buffer = new byte[8192];
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;

    /// <summary>True once the bytes travel under TLS.</summary>
    public bool Secure { get; private set; }

    /// <summary>True when the server is on this machine, judged by the address really connected to.</summary>
    public bool Local => _client.Client.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address);

    /// <summary>Our own address on this connection, as EHLO wants it written (RFC 5321, 4.1.3).</summary>
    public string OwnAddress =>
        _client.Client.LocalEndPoint is not IPEndPoint { Address: var own } ? "[127.0.0.1]"
        : own.IsIPv4MappedToIPv6 ? $"[{own.MapToIPv4()}]"
        : own.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(own.GetAddressBytes())}]"
        : $"[{own}]";

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await WithinAsync(settings.Timeout, token => _client.ConnectAsync(settings.Host, settings.Port, token).AsTask(), cancellation);
        }
        catch (SocketException e)
        {
            throw new SmtpFailure(SmtpTrouble.Connecting(settings.Host, Port, e.SocketErrorCode));
        }

        _stream = _client.GetStream();
    }

    /// <summary>Switches to TLS. What the server sent before is refused: it could have been put in by somebody between us.</summary>
    public async Task SecureAsync(CancellationToken cancellation)
    {
        if (_end > _start)
        {
            throw new SmtpFailure(
                new Sentence(
                    "The mail server {0} spoke before the connection was protected; somebody may be listening in. Ask whoever runs it.",
                    settings.Host
                )
            );
        }

        var trouble = SslPolicyErrors.None;
        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = settings.Host,
                RemoteCertificateValidationCallback = (_, _, _, errors) =>
                {
                    trouble = errors;
                    return errors == SslPolicyErrors.None || settings.AllowUntrustedCertificate;
                },
            };
            await WithinAsync(settings.Timeout, token => secured.AuthenticateAsClientAsync(options, token), cancellation);
            Secure = true;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
        {
            throw new SmtpFailure(SmtpTrouble.Securing(settings.Host, Port, trouble));
        }
    }

    /// <summary>Sends one command and reads its answer.</summary>
    public async Task<SmtpReply> AskAsync(string command, CancellationToken cancellation)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellation);
        return await HearAsync(settings.Timeout, cancellation);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await WithinAsync(
                settings.Timeout,
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

    /// <summary>Reads one answer, all its lines (RFC 5321, 4.2.1).</summary>
    public Task<SmtpReply> HearAsync(TimeSpan limit, CancellationToken cancellation)
    {
        return WithinAsync(limit, HearAllAsync, cancellation);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private string Port => settings.Port.ToString(CultureInfo.InvariantCulture);

    private async Task<SmtpReply> HearAllAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        var code = -1;
        while (true)
        {
            var line = await LineAsync(cancellation);
            var number =
                line.Length >= 3 && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            var mark = line.Length > 3 ? line[3] : ' ';
            if (number is < 200 or > 599 || mark is not (' ' or '-') || (code >= 0 && code != number) || lines.Count >= MostLines)
            {
                throw NoMailServer();
            }

            code = number;
            lines.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (mark == ' ')
            {
                var text = string.Join(' ', lines.Where(l => l.Length > 0));
                return new SmtpReply(code, text.Length > LongestText ? text[..LongestText] + "…" : text, lines);
            }
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>(80);
        while (true)
        {
            while (_start < _end)
            {
                var b = _buffer[_start++];
                if (b == '\n')
                {
                    var text = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                    return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
                }

                line.Add(b);
                if (line.Count > LongestLine)
                {
                    throw NoMailServer();
                }
            }

            try
            {
                _start = 0;
                _end = 0;
                _end = await _stream.ReadAsync(_buffer, cancellation);
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
    }

    private Task<bool> WithinAsync(TimeSpan limit, Func<CancellationToken, Task> step, CancellationToken cancellation) =>
        WithinAsync(
            limit,
            async token =>
            {
                await step(token);
                return true;
            },
            cancellation
        );

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> step, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await step(both.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new SmtpFailure(
                new Sentence(
                    "The mail server {0} did not answer on port {1} within {2|second|seconds}. Check the port and the kind of protection: port 465 is TLS from the start, port 587 is STARTTLS.",
                    settings.Host,
                    Port,
                    Math.Max(1, (int)limit.TotalSeconds)
                )
            );
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && e is not OperationCanceledException)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private SmtpFailure Lost() =>
        new(
            new Sentence(
                "The mail server {0} broke off the connection. Try again; if it happens every time, ask whoever runs it.",
                settings.Host
            )
        );

    private SmtpFailure NoMailServer() =>
        new(
            new Sentence(
                "What answers at {0} on port {1} does not speak like a mail server. Check the address and the port.",
                settings.Host,
                Port
            )
        );
}
