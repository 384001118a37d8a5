using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Data;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Mail;

/// <summary>How mail leaves, as an administrator set it; stored as JSON under <see cref="Name"/>.</summary>
public sealed record MailSettings
{
    /// <summary>Name of the setting.</summary>
    public const string Name = "mail.smtp";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Name of the mail server; empty until set, and mail then goes to the sandbox.</summary>
    public string Host { get; init; } = "";
    public int Port { get; init; } = 587;
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Null for a server that asks for none.</summary>
    public string? UserName { get; init; }

    /// <summary>See <see cref="SealedSecret"/>; never shown again.</summary>
    public string? SealedPassword { get; init; }

    /// <summary>Name customers see as the sender's; null for the organisation's.</summary>
    public string? SenderName { get; init; }

    /// <summary>Address mail is sent from and answers go to.</summary>
    public string SenderAddress { get; init; } = "";

    /// <summary>
    /// Answers go to a signed plus-address of each complaint. Only true where the mailbox passed its round-trip test: many
    /// providers know no plus-addresses, and answers would come back.
    /// </summary>
    public bool PlusAddresses { get; init; }

    /// <summary>As stored; the defaults when nothing is.</summary>
    public static async Task<MailSettings> ReadAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var text = await db.SettingAsync(Name, cancel);
        return text is null ? new MailSettings() : Read(text);
    }

    /// <summary>Reads <see cref="Write"/>.</summary>
    public static MailSettings Read(string text) => JsonSerializer.Deserialize<MailSettings>(text, _json)!;

    /// <summary>As text for the database.</summary>
    public string Write() => JsonSerializer.Serialize(this, _json);

    /// <summary>Stores them with the caller's save.</summary>
    public async Task WriteAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var text = Write();
        await db.KeepSettingAsync(Name, text, cancel);
    }
}

/// <summary>What the operator fixed in the settings file about mail: these win over the settings page.</summary>
/// <param name="Demo">True in the demo: mail never leaves, whatever is set.</param>
/// <param name="Domain">Domain of sender addresses while none is set.</param>
public sealed record FixedMail(bool Demo, string Domain)
{
    public string? Host { get; init; }
    public int? Port { get; init; }
    public SmtpSecurity? Security { get; init; }
    public string? UserName { get; init; }
    public string? Password { get; init; }
    public string? SenderName { get; init; }
    public string? SenderAddress { get; init; }

    /// <summary>By name of the mailbox: a program whose first line is an access token. Only here, because it is run.</summary>
    public IReadOnlyDictionary<string, string> TokenCommands { get; init; } = new Dictionary<string, string>();

    /// <summary>Takes any certificate; only here, for a server on one's own network.</summary>
    public bool AllowUntrustedCertificate { get; init; }
}
