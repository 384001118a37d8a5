using Complaints.Data;
using Complaints.Mail.Wire;

namespace Complaints.Mail;

/// <summary>Makes the transport for a mail server; a plug-in may register another maker before ours.</summary>
public delegate IMailTransport SmtpMaker(SmtpSettings settings);

/// <summary>Says why a mail is no longer owed, or null when it still is; asked just before sending.</summary>
public delegate Task<Complaints.Language.Sentence?> OwedCheck(ComplaintsDb db, OutMessage message, CancellationToken cancel);

/// <summary>The way mail leaves the house: the mail server that is set, else the sandbox. In the demo always the sandbox.</summary>
public sealed class MailDoor(ComplaintsDb db, Keys keys, FixedMail set, SmtpMaker smtp)
{
    /// <summary>The way as of now.</summary>
    public async Task<MailWay> OpenAsync(CancellationToken cancel = default)
    {
        var settings = await MergedAsync(cancel);
        var sender = Correspondent.IsAddress(settings.SenderAddress) ? settings.SenderAddress : $"complaints@{set.Domain}";
        return set.Demo || settings.Host.Length == 0
            ? new MailWay(new SandboxTransport(), sender, settings.SenderName, IsSandbox: true)
            : new MailWay(smtp(Wire(settings)), sender, settings.SenderName, IsSandbox: false)
            {
                Plus = settings.PlusAddresses ? Plus : null,
            };
    }

    /// <summary>Reads and writes the addresses answers go to. They are read whether new mails carry them or not.</summary>
    public PlusAddress Plus => new(new PlusKey(1, keys.Replies));

    /// <summary>The page's settings with what the operator fixed put over them.</summary>
    public async Task<MailSettings> MergedAsync(CancellationToken cancel = default)
    {
        var page = await MailSettings.ReadAsync(db, cancel);
        return page with
        {
            Host = set.Host ?? page.Host,
            Port = set.Port ?? page.Port,
            Security = set.Security ?? page.Security,
            UserName = set.UserName ?? page.UserName,
            SenderName = set.SenderName ?? page.SenderName,
            SenderAddress = set.SenderAddress ?? page.SenderAddress,
        };
    }

    /// <summary>The settings as the wire needs them, with the password opened.</summary>
    public SmtpSettings Wire(MailSettings settings) =>
        new()
        {
            Host = settings.Host,
            Port = settings.Port,
            Security = settings.Security,
            UserName = settings.UserName,
            Password = set.Password ?? SealedSecret.Open(keys, settings.SealedPassword),
            AllowUntrustedCertificate = set.AllowUntrustedCertificate,
        };
}

/// <summary>An open way out.</summary>
/// <param name="Transport">What hands mail over.</param>
/// <param name="SenderAddress">From, and the envelope sender unless <see cref="Plus"/> gives another.</param>
/// <param name="SenderName">Name set as the sender's; null for the organisation's.</param>
/// <param name="IsSandbox">True when nothing leaves this machine.</param>
public sealed record MailWay(IMailTransport Transport, string SenderAddress, string? SenderName, bool IsSandbox)
{
    /// <summary>Writes the address answers go to; null where the mailbox has no plus-addresses.</summary>
    public PlusAddress? Plus { get; init; }

    /// <summary>Where servers report what became of this mail: to the mail's own address where the mailbox allows it.</summary>
    public string EnvelopeOf(OutMessage message) =>
        (message.CustomerId is null ? null : Plus?.WriteReturn(SenderAddress, message.Id)) ?? SenderAddress;
}

/// <summary>Takes everything and sends nothing: what was "sent" is shown on the sandbox page.</summary>
public sealed class SandboxTransport : IMailTransport
{
    /// <summary>The words of the sandbox in place of a server's.</summary>
    public const string Reply = "250 kept in the sandbox";

    /// <inheritdoc />
    public Task<IReadOnlyList<RecipientOutcome>> SendAsync(
        string envelopeSender,
        IReadOnlyList<string> recipients,
        ReadOnlyMemory<byte> message,
        CancellationToken cancellation
    ) =>
        Task.FromResult<IReadOnlyList<RecipientOutcome>>([
            .. recipients.Select(r => new RecipientOutcome(r, DeliveryResult.Accepted, Reply)),
        ]);

    /// <inheritdoc />
    public Task<Complaints.Language.Sentence?> TestAsync(string? envelopeSender, CancellationToken cancellation) =>
        Task.FromResult<Complaints.Language.Sentence?>(null);
}
