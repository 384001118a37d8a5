using Complaints.Data;
using Complaints.Language;
using Complaints.Mail.Wire;
using Complaints.Staff;

namespace Complaints.Mail;

/// <summary>By which door a mailbox's messages come in.</summary>
public enum MailboxKind
{
    /// <summary>We fetch them from a mail server.</summary>
    [Words("Fetched over IMAP", "通过 IMAP 收取")]
    Imap = 0,

    /// <summary>A mail server or a provider hands them in, one request each.</summary>
    [Words("Handed in over HTTP", "通过 HTTP 递交")]
    Http = 1,

    /// <summary>A delivery program puts them into a folder of this machine.</summary>
    [Words("Maildir folder", "Maildir 文件夹")]
    Maildir = 2,
}

/// <summary>A mailbox customers write to. What comes in by it is logged at its unit.</summary>
public sealed class Mailbox : IVersioned
{
    public long Id { get; private set; }

    /// <summary>Short name, also in addresses: lower-case letters, digits and dashes. Messages carry it, so it never changes.</summary>
    public required string Name { get; init; }
    public MailboxKind Kind { get; init; }

    /// <summary>The mail address customers write to.</summary>
    public string Address { get; set; } = "";

    /// <summary>Where its new complaints are logged.</summary>
    public long UnitId { get; set; }
    public Unit? Unit { get; private set; }

    /// <summary>Nothing is fetched or taken while it is paused.</summary>
    public bool Paused { get; set; }

    /// <summary>IMAP: name of the server.</summary>
    public string? Host { get; set; }
    public int Port { get; set; } = 993;
    public ImapSecurity Security { get; set; } = ImapSecurity.ImplicitTls;
    public string? UserName { get; set; }

    /// <summary>See <see cref="SealedSecret"/>; the password, or with <see cref="TokenUrl"/> the client secret.</summary>
    public string? SealedPassword { get; set; }

    /// <summary>IMAP with XOAUTH2: where access tokens are had by client credentials (RFC 6749, 4.4); null for a password.</summary>
    public string? TokenUrl { get; set; }
    public string? ClientId { get; set; }
    public string? Scope { get; set; }

    /// <summary>IMAP: the folder read; Maildir: the path of the folder.</summary>
    public string Folder { get; set; } = "INBOX";

    /// <summary>IMAP: where stored messages are moved; null leaves them, marked as read.</summary>
    public string? MoveTo { get; set; }

    /// <summary>Largest attachment taken out of its mail, in MB; null for the limit of the house.</summary>
    public int? LargestFileMb { get; set; }

    /// <summary>HTTP: SHA-256 of the token that hands in, hex.</summary>
    public string? TokenHash { get; set; }

    /// <summary>IMAP: the numbering that <see cref="LastUid"/> belongs to, and the last message stored (RFC 9051, 2.3.1.1).</summary>
    public long UidValidity { get; set; }
    public long LastUid { get; set; }

    /// <summary>UTC of the last look, or of the last message handed in, that went well.</summary>
    public DateTime? SeenAt { get; set; }

    /// <summary>What is wrong since <see cref="TroubleSince"/> (UTC), a kept sentence; null when nothing is.</summary>
    public string? Trouble { get; set; }
    public DateTime? TroubleSince { get; set; }
    public int Failures { get; set; }

    /// <summary>UTC before which no new try is made after a failure.</summary>
    public DateTime? NotBefore { get; set; }

    /// <summary>Which node reads it, and UTC until when others leave it alone.</summary>
    public string? LeaseBy { get; set; }
    public DateTime? LeaseUntil { get; set; }

    /// <inheritdoc />
    public long Version { get; private set; }
}
