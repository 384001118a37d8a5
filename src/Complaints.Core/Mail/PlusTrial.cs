using System.Text.Json;
using Complaints.Data;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Mail;

/// <summary>
/// The round trip that shows whether a mail sent to a plus-address of ours comes into a mailbox of ours: many providers
/// know no plus-addresses, and answers sent there would come back to the customer. Stored as JSON under
/// <see cref="Setting"/>.
/// </summary>
/// <param name="Sender">The address it was tried for; another one must be tried anew.</param>
/// <param name="MessageId">Of the mail that was sent to it.</param>
/// <param name="SentAt">UTC.</param>
/// <param name="BackAt">UTC time it came in; null while it has not.</param>
/// <param name="Mailbox">By which mailbox it came in.</param>
public sealed record PlusTrial(string Sender, string MessageId, DateTime SentAt, DateTime? BackAt = null, string? Mailbox = null)
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "mail.plus-trial";

    /// <summary>How long one waits before it counts as lost.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The last one; null when none was made.</summary>
    public static async Task<PlusTrial?> ReadAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        await db.SettingAsync(Setting, cancel) is { } text ? JsonSerializer.Deserialize<PlusTrial>(text) : null;

    /// <summary>Stores it with the caller's save.</summary>
    public async Task WriteAsync(ComplaintsDb db, CancellationToken cancel = default)
    {
        var text = JsonSerializer.Serialize(this);
        await db.KeepSettingAsync(Setting, text, cancel);
    }

    /// <summary>
    /// Takes note when this mail is the one that was sent out, still carrying the address: from then on answers are asked
    /// to plus-addresses. The caller saves.
    /// </summary>
    /// <param name="mailbox">By which mailbox it came in.</param>
    /// <param name="sentTo">The addresses it was sent to.</param>
    /// <param name="now">UTC.</param>
    public static async Task<bool> TakeAsync(
        ComplaintsDb db,
        ReadMail mail,
        IEnumerable<string> sentTo,
        PlusAddress plus,
        string mailbox,
        DateTime now,
        CancellationToken cancel
    )
    {
        if (!sentTo.Any(a => plus.Read(a) == PlusAddress.Trial) || await ReadAsync(db, cancel) is not { } trial)
        {
            return false;
        }

        if (trial.MessageId != mail.MessageId || trial.BackAt is not null)
        {
            return false;
        }

        await (trial with { BackAt = now, Mailbox = mailbox }).WriteAsync(db, cancel);
        var settings = await MailSettings.ReadAsync(db, cancel);
        await (settings with { PlusAddresses = true }).WriteAsync(db, cancel);
        return true;
    }
}
