using System.Text;
using global::MailKit;

namespace Complaints.MailKit;

/// <summary>
/// Listens along for what the library's exceptions do not tell: which question came last, and with which code the server
/// refused it. Keeps a few words of the server's and none of ours.
/// </summary>
internal sealed class Ear : IProtocolLogger
{
    private const int Longest = 1024;
    private static readonly string[] _noted = ["STARTTLS", "HELO", "RSET"];
    private readonly List<byte> _last = [];

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>The last command, when it is one of those that matter; null for any other.</summary>
    public string? Asked { get; private set; }

    /// <summary>We have said anything at all.</summary>
    public bool Spoke { get; private set; }

    /// <summary>Told whenever a command has been sent.</summary>
    public Action? Sent { get; set; }

    /// <summary>The words of the IMAP server's last refusal, with their code; null when it spoke of something else since.</summary>
    public string? Refusal =>
        Encoding.UTF8.GetString([.. _last]).TrimEnd().Split('\n')[^1].Split(' ', 3) is [_, "NO" or "BAD", { Length: > 0 } words]
            ? words.Trim()
            : null;

    /// <summary>The server says itself that what it refuses now will pass (RFC 5530).</summary>
    public bool WillPass =>
        Refusal is { } words
        && new[] { "[UNAVAILABLE]", "[INUSE]", "[LIMIT]" }.Any(c => words.StartsWith(c, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public void LogConnect(Uri uri) { }

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        // With a tag before it, or a name behind it; a whole command and no block of a message.
        var said = count > 100 ? "" : Encoding.ASCII.GetString(buffer, offset, count);
        Asked = said.EndsWith("\r\n", StringComparison.Ordinal)
            ? _noted.FirstOrDefault(n => said.Trim().Split(' ') is { Length: <= 2 } words && words.Contains(n))
            : null;
        Spoke = true;
        Sent?.Invoke();
    }

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        var part = buffer.AsSpan(offset, count);
        _last.AddRange(part.Length > Longest ? part[^Longest..] : part);
        _last.RemoveRange(0, Math.Max(0, _last.Count - Longest));
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
