using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Complaints.Tests.Mail.Wire;

/// <summary>
/// A mail server on loopback that plays one transcript and keeps what it heard. Lines of the transcript: <c>S: text</c>
/// is said and <c>W: text</c> without a line end, <c>C: text</c> must begin the client's next line and <c>T: text</c> what
/// follows its tag there (IMAP), which a percent sign then stands for in what is said; <c>BODY</c> reads up to the end mark,
/// <c>TLS</c> switches, <c>HANG</c> says nothing more, <c>DROP</c> closes at once, <c>RESET</c> closes the hard way.
/// </summary>
internal sealed class ScriptedMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _play;
    private readonly string[] _script;
    private readonly X509Certificate2? _certificate;

    public ScriptedMailServer(string script, X509Certificate2? certificate = null)
    {
        _script = script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _certificate = certificate;
        _listener.Start();
        _play = PlayAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Heard { get; } = [];

    public byte[] Body { get; private set; } = [];

    /// <summary>What the client said that the transcript did not expect; null when all went as written.</summary>
    public string? Surprise { get; private set; }

    public static X509Certificate2 SelfSigned(string name, int until = 2100)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(until, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _play;
        _stop.Dispose();
    }

    private async Task PlayAsync()
    {
        try
        {
            using var socket = await _listener.AcceptSocketAsync(_stop.Token);
            Stream stream = new NetworkStream(socket, ownsSocket: false);
            string? tag = null;
            foreach (var step in _script)
            {
                switch (step.Split(':')[0])
                {
                    case "S":
                    case "W":
                        var said = Said(step).Replace("\\n", "\r\n", StringComparison.Ordinal) + (step[0] == 'S' ? "\r\n" : "");
                        await stream.WriteAsync(
                            Encoding.UTF8.GetBytes(tag is null ? said : said.Replace("%", tag, StringComparison.Ordinal)),
                            _stop.Token
                        );
                        break;
                    case "C":
                    case "T":
                        var line = await LineAsync(stream);
                        if (step[0] == 'T')
                        {
                            tag = line.Split(' ')[0];
                            line = line[Math.Min(line.Length, tag.Length + 1)..];
                        }

                        Heard.Add(line);
                        if (!line.StartsWith(Said(step), StringComparison.Ordinal))
                        {
                            Surprise = $"expected {Said(step)}, heard {line}";
                            socket.Close(0);
                            return;
                        }

                        break;
                    case "BODY":
                        await BodyAsync(stream);
                        break;
                    case "TLS":
                        var secured = new SslStream(stream);
                        await secured.AuthenticateAsServerAsync(
                            new SslServerAuthenticationOptions { ServerCertificate = _certificate },
                            _stop.Token
                        );
                        stream = secured;
                        break;
                    case "HANG":
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                        break;
                    case "RESET":
                        socket.Close(0);
                        return;
                    default: // DROP
                        return;
                }
            }
        }
        catch (Exception e)
            when (e
                    is OperationCanceledException
                        or IOException
                        or SocketException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // The client went away, which is what several tests are about.
        }
    }

    private static string Said(string step) => step.Length > 3 ? step[3..] : "";

    private async Task<string> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0 && one[0] != '\n')
        {
            line.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
    }

    private async Task BodyAsync(Stream stream)
    {
        var body = new List<byte>();
        var block = new byte[65536];
        while (!(body.Count >= 5 && body[^5] == '\r' && body[^4] == '\n' && body[^3] == '.' && body[^2] == '\r' && body[^1] == '\n'))
        {
            var read = await stream.ReadAsync(block, _stop.Token);
            if (read == 0)
            {
                break;
            }

            body.AddRange(block[..read]);
        }

        Body = [.. body];
    }
}
