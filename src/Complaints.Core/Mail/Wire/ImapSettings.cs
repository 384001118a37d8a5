using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>How the connection to the mailbox is protected.</summary>
public enum ImapSecurity
{
    /// <summary>Not at all. Only for a server on this machine; signing in is refused to any other.</summary>
    [Words("None", "不加密")]
    None,

    /// <summary>Starts in the clear and must then switch to TLS; usually port 143. Never falls back.</summary>
    [Words("STARTTLS", "STARTTLS")]
    StartTls,

    /// <summary>TLS from the first byte; usually port 993.</summary>
    [Words("TLS from the start", "直接 TLS")]
    ImplicitTls,
}

/// <summary>A mailbox that is read over IMAP, and how to get into it.</summary>
public sealed record ImapSettings
{
    /// <summary>The server's name, which its certificate must carry, or an IP address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 993;

    /// <summary>How the connection is protected.</summary>
    public ImapSecurity Security { get; init; } = ImapSecurity.ImplicitTls;

    /// <summary>Name to sign in with.</summary>
    public required string UserName { get; init; }

    /// <summary>Password to sign in with; not used when there is an <see cref="AccessToken"/>. Never shown, not even by
    /// <see cref="object.ToString"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Where an access token for XOAUTH2 comes from, asked once for each connection; null: the password is used.
    /// Throws <see cref="MailSourceFailure"/> when there is none to be had; see <see cref="AccessTokens"/>.</summary>
    public Func<CancellationToken, Task<string>>? AccessToken { get; init; }

    /// <summary>The folder that is read, in its own letters, with the server's separator.</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>The folder messages are moved to once they are stored; null or empty: they stay and are marked as read.</summary>
    public string? MoveTo { get; init; }

    /// <summary>Longest wait for each step: connecting, TLS, each answer, and any silence within a message.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often waiting for news (IDLE) is begun anew. The standard allows 29 minutes (RFC 2177); routers and some
    /// providers forget a silent connection much sooner.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromMinutes(9);

    /// <summary>How often a server that cannot tell of new mail by itself (no IDLE) is asked.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Largest message that is fetched, in bytes; of larger ones only the headers.</summary>
    public int LargestMessage { get; init; } = 40 * 1024 * 1024;

    /// <summary>Takes any certificate. For a server on one's own network that has made its own.</summary>
    public bool AllowUntrustedCertificate { get; init; }

    // A record would print every member; settings end up in logs.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(Host))
            .Append(" = ")
            .Append(Host)
            .Append(", ")
            .Append(nameof(Port))
            .Append(" = ")
            .Append(Port)
            .Append(", ")
            .Append(nameof(Security))
            .Append(" = ")
            .Append(Security)
            .Append(", ")
            .Append(nameof(Folder))
            .Append(" = ")
            .Append(Folder);
        return true;
    }
}
