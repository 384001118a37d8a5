using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;

namespace Complaints.Web.Mail;

/// <summary>What is typed about a mailbox.</summary>
public sealed class MailboxForm
{
    public string? Name { get; set; }
    public MailboxKind Kind { get; set; }
    public string? Address { get; set; }
    public long UnitId { get; set; }
    public string? Host { get; set; }
    public int Port { get; set; } = 993;
    public ImapSecurity Security { get; set; } = ImapSecurity.ImplicitTls;
    public string? UserName { get; set; }

    /// <summary>Only ever comes in; empty leaves the stored one.</summary>
    public string? Password { get; set; }
    public string? TokenUrl { get; set; }
    public string? ClientId { get; set; }
    public string? Scope { get; set; }
    public string? Folder { get; set; }
    public string? MoveTo { get; set; }

    /// <summary>Largest attachment taken out of its mail, in MB; null for the limit of the house.</summary>
    public int? LargestFileMb { get; set; }

    /// <summary>As stored.</summary>
    public static MailboxForm Of(Mailbox box) =>
        new()
        {
            Name = box.Name,
            Kind = box.Kind,
            Address = box.Address,
            UnitId = box.UnitId,
            Host = box.Host,
            Port = box.Port,
            Security = box.Security,
            UserName = box.UserName,
            TokenUrl = box.TokenUrl,
            ClientId = box.ClientId,
            Scope = box.Scope,
            Folder = box.Folder,
            MoveTo = box.MoveTo,
            LargestFileMb = box.LargestFileMb,
        };

    /// <summary>Puts what concerns IMAP into the mailbox.</summary>
    /// <exception cref="Refusal">Something is missing or cannot be.</exception>
    public void Fill(Mailbox box, Keys keys)
    {
        var host = Text(Host) ?? throw new Refusal(new Sentence("Name the mail server, such as imap.example.com."), nameof(Host));
        if (host.Any(c => char.IsWhiteSpace(c) || c is '/'))
        {
            throw new Refusal(
                new Sentence("Give the server's name alone, such as mail.example.com, without port or slashes."),
                nameof(Host)
            );
        }

        if (Port is < 1 or > 65535)
        {
            throw new Refusal(new Sentence("A port is a number from 1 to 65535; IMAP usually uses 993 or 143."), nameof(Port));
        }

        var url = Text(TokenUrl);
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == "https" || parsed.IsLoopback)))
        {
            throw new Refusal(new Sentence("The address tokens come from must begin with https."), nameof(TokenUrl));
        }

        // Another server, or another place for tokens, must not be told the old one's secret.
        var elsewhere = host != box.Host || url != box.TokenUrl;
        box.SealedPassword =
            Password is { Length: > 0 } typed ? SealedSecret.Seal(keys, typed)
            : elsewhere ? null
            : box.SealedPassword;
        if (host != box.Host || Text(Folder) != box.Folder || Text(UserName) != box.UserName)
        {
            (box.UidValidity, box.LastUid) = (0, 0);
        }

        (box.Host, box.Port, box.Security) = (host, Port, Security);
        box.UserName =
            Text(UserName) ?? throw new Refusal(new Sentence("Give the name to sign in with; often it is the address."), nameof(UserName));
        (box.TokenUrl, box.ClientId, box.Scope) = (url, Text(ClientId), Text(Scope));
        (box.Folder, box.MoveTo) = (Text(Folder) ?? "INBOX", Text(MoveTo));
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
