using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all. Only for a server on this machine; signing in is refused to any other.</summary>
    [Words("None", "不加密")]
    None,

    /// <summary>Starts in the clear and must then switch to TLS; usually port 587. Never falls back.</summary>
    [Words("STARTTLS", "STARTTLS")]
    StartTls,

    /// <summary>TLS from the first byte; usually port 465.</summary>
    [Words("TLS from the start", "直接 TLS")]
    ImplicitTls,
}

/// <summary>Where mail is handed over, and how.</summary>
public sealed record SmtpSettings
{
    /// <summary>The server's name, which its certificate must carry, or an IP address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is protected.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Name to sign in with; null or empty: without signing in.</summary>
    public string? UserName { get; init; }

    /// <summary>Password to sign in with. Never shown, not even by <see cref="object.ToString"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Longest wait for each step: connecting, TLS, each answer, each block written.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the answer to the finished message. Servers check for spam before they answer, and
    /// giving up early leaves the outcome unknown (RFC 5321, 4.5.3.2.6 asks for ten minutes).</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The name this system introduces itself with; null or empty: its own IP address as seen by the connection.</summary>
    public string? HelloName { get; init; }

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
            .Append(Security);
        return true;
    }
}
