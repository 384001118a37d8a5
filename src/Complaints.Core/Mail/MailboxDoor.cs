using Complaints.Data;
using Complaints.Language;
using Complaints.Mail.Wire;

namespace Complaints.Mail;

/// <summary>Opens the way to a mailbox as it is set.</summary>
/// <param name="set">What the operator fixed; in the demo no real mailbox is read.</param>
/// <param name="imap">Makes the IMAP side; a plug-in may bring another.</param>
public sealed class MailboxDoor(Keys keys, FixedMail set, MailSourceMaker imap, HttpClient tokens, TimeProvider clock)
{
    /// <summary>The source; nothing is connected yet.</summary>
    /// <param name="password">A password just typed, for trying it before it is stored; null for the stored one.</param>
    /// <exception cref="MailSourceFailure">This mailbox is not one to be opened from here.</exception>
    public IMailSource Open(Mailbox box, string? password = null)
    {
        var secret = password ?? SealedSecret.Open(keys, box.SealedPassword);
        return box.Kind switch
        {
            MailboxKind.Maildir => new MaildirSource(box.Folder, clock),
            MailboxKind.Imap when set.Demo => throw new MailSourceFailure(
                new Sentence("The demo reads no real mailbox. Write as the customer in the mail sandbox instead.")
            ),
            MailboxKind.Imap => imap(
                new ImapSettings
                {
                    Host = box.Host ?? "",
                    Port = box.Port,
                    Security = box.Security,
                    UserName = box.UserName ?? "",
                    Password = box.TokenUrl is null ? secret : null,
                    AccessToken =
                        set.TokenCommands.GetValueOrDefault(box.Name) is { } command
                            ? AccessTokens.ByCommand(command, TimeSpan.FromSeconds(30), clock)
                        : box.TokenUrl is { } url
                            ? AccessTokens.ByClientCredentials(
                                tokens,
                                new Uri(url),
                                box.ClientId ?? "",
                                secret ?? "",
                                box.Scope ?? "",
                                clock
                            )
                        : null,
                    Folder = box.Folder,
                    MoveTo = box.MoveTo,
                    AllowUntrustedCertificate = set.AllowUntrustedCertificate,
                }
            ),
            _ => throw new MailSourceFailure(new Sentence("Messages of this mailbox are handed in; there is nothing to fetch.")),
        };
    }
}
