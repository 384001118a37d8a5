using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using global::MailKit;
using Complaints.Language;
using Complaints.Mail.Wire;
using global::MailKit.Net.Imap;
using global::MailKit.Net.Smtp;
using global::MailKit.Security;

namespace Complaints.MailKit;

/// <summary>What MailKit's exceptions mean to a person: the same sentences as those of the built-in side.</summary>
internal sealed class MailKitTrouble(string host, int port, bool smtp, TimeSpan timeout, TimeProvider clock)
{
    private const int LongestText = 1000; // what is kept of a server's words has its longest size
    private readonly List<string> _secrets = [];
    private readonly string _port = port.ToString(CultureInfo.InvariantCulture);
    private SslPolicyErrors _trouble;
    private DateOnly? _ranOut;

    /// <summary>The name we introduced ourselves with.</summary>
    public string? Hello { get; set; }

    /// <summary>Listens to the conversation.</summary>
    public Ear Ear { get; } = new();

    /// <summary>This is never repeated, whatever the server says; some quote what they do not understand.</summary>
    public void Hide(params string[] secrets) => _secrets.AddRange(secrets.Where(s => s.Length > 0));

    /// <summary>Judges a certificate and keeps what was found wrong.</summary>
    public bool Judge(X509Certificate? shown, SslPolicyErrors errors, bool allowUntrusted)
    {
        _trouble = errors;
        var end = (shown as X509Certificate2)?.NotAfter.ToUniversalTime();
        _ranOut = end < clock.GetUtcNow().UtcDateTime ? DateOnly.FromDateTime(end.Value) : null;
        return errors == SslPolicyErrors.None || allowUntrusted;
    }

    /// <summary>Is this the network's, the server's or the library's way of failing, which becomes an outcome?</summary>
    public static bool IsOne(Exception e) =>
        e
            is SocketException
                or IOException
                or TimeoutException
                or SslHandshakeException
                or AuthenticationException
                or NotSupportedException
                or ProtocolException
                or CommandException
                or ServiceNotConnectedException
                or FolderNotFoundException
                or FolderNotOpenException
                or ServiceNotAuthenticatedException
                or OperationCanceledException;

    /// <summary>Why nothing came about, before signing in.</summary>
    /// <param name="e">What happened.</param>
    /// <param name="greeted">The server had let us begin.</param>
    public Sentence Connecting(Exception e, bool greeted = false) =>
        e switch
        {
            SocketException socket => WireTrouble.Connecting(host, _port, socket.SocketErrorCode),
            SslHandshakeException => WireTrouble.Certificate(host, _trouble, _ranOut)
                ?? (IsSilence(e.InnerException) ? Silent() : Unprotected()),
            NotSupportedException when smtp => new Sentence(
                "The mail server {0} does not offer STARTTLS on port {1}. Try TLS from the start on port 465, or ask whoever runs it.",
                host,
                _port
            ),
            NotSupportedException => new Sentence(
                "The mail server {0} does not offer STARTTLS on port {1}. Try TLS from the start on port 993, or ask whoever runs it.",
                host,
                _port
            ),
            CommandException when Ear.Asked == "STARTTLS" => new Sentence(
                "The mail server {0} refused to protect the connection: {1}",
                host,
                Words(e)
            ),
            CommandException when Ear.Asked == "HELO" => new Sentence(
                "The mail server {0} does not accept our greeting as “{1}”: {2}",
                host,
                Hello ?? "",
                Words(e)
            ),
            CommandException => new Sentence("The mail server {0} turned us away: {1}", host, Words(e)),
            ImapProtocolException when IsGoodbye(e) && !greeted => new Sentence("The mail server {0} turned us away: {1}", host, Words(e)),
            _ => Talking(e),
        };

    /// <summary>Why the conversation cannot go on.</summary>
    public Sentence Talking(Exception e) =>
        e switch
        {
            TimeoutException or OperationCanceledException => Silent(),
            CommandException => new Sentence("The mail server {0} could not do what was asked: {1}", host, Words(e)),
            ImapProtocolException when IsGoodbye(e) => new Sentence("The mail server {0} ended the connection: {1}", host, Words(e)),
            ProtocolException when !e.Message.Contains("unexpectedly disconnected", StringComparison.Ordinal) => new Sentence(
                "What answers at {0} on port {1} does not speak like a mail server. Check the address and the port.",
                host,
                _port
            ),
            _ => new Sentence(
                "The mail server {0} broke off the connection. Try again; if it happens every time, ask whoever runs it.",
                host
            ),
        };

    /// <summary>A password is not sent over an unprotected connection to another machine.</summary>
    public Sentence Unsafe() =>
        new("The password is not sent to {0} over an unprotected connection. Choose STARTTLS or TLS from the start.", host);

    /// <summary>A server's words in one line, of bounded length and without any secret; with their code where they have one.</summary>
    public string Words(Exception e) =>
        e switch
        {
            SmtpCommandException said => Reply((int)said.StatusCode, said.Message).ToString(),
            ImapCommandException said => Line(Ear.Refusal ?? said.ResponseText ?? said.Message),
            _ => Line(e.Message),
        };

    /// <summary>An answer of an SMTP server.</summary>
    public SmtpReply Reply(int code, string text) => new(code, Line(text), []);

    /// <summary>A server's words in one line.</summary>
    public string Line(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(l => string.Concat(l.Select(c => char.IsControl(c) ? ' ' : c)).Trim());
        var line = _secrets
            .OrderByDescending(s => s.Length)
            .Aggregate(string.Join(' ', lines.Where(l => l.Length > 0)), (said, s) => said.Replace(s, "•••", StringComparison.Ordinal));
        return line.Length > LongestText ? line[..LongestText] + "…" : line;
    }

    // The library puts the words of a server's BYE into the same exception as what it cannot read, which it always calls so.
    private static bool IsGoodbye(Exception e) =>
        !e.Message.StartsWith("Syntax error", StringComparison.Ordinal)
        && !e.Message.Contains("unexpectedly disconnected", StringComparison.Ordinal)
        && !e.Message.StartsWith("Unexpected", StringComparison.Ordinal);

    private static bool IsSilence(Exception? e) =>
        e is TimeoutException or OperationCanceledException || (e?.InnerException is { } inner && IsSilence(inner));

    private Sentence Silent() =>
        smtp
            ? new Sentence(
                "The mail server {0} did not answer on port {1} within {2|second|seconds}. Check the port and the kind of protection: port 465 is TLS from the start, port 587 is STARTTLS.",
                host,
                _port,
                (int)timeout.TotalSeconds
            )
            : new Sentence(
                "The mail server {0} did not answer on port {1} within {2|second|seconds}. Check the port and the kind of protection: port 993 is TLS from the start, port 143 is STARTTLS.",
                host,
                _port,
                (int)timeout.TotalSeconds
            );

    private Sentence Unprotected() =>
        smtp
            ? new Sentence(
                "No protected connection to {0} came about on port {1}. Port 465 is TLS from the start, port 587 is STARTTLS.",
                host,
                _port
            )
            : new Sentence(
                "No protected connection to {0} came about on port {1}. Port 993 is TLS from the start, port 143 is STARTTLS.",
                host,
                _port
            );
}
