namespace Complaints.Mail.Wire;

/// <summary>A provider's report that a recipient marked a mail of ours as unwanted (ARF, RFC 5965). Can be forged like any mail.</summary>
/// <param name="Kind">Its word for what happened, lower case: <c>abuse</c>, <c>fraud</c>, <c>not-spam</c>, <c>other</c> …</param>
/// <param name="Recipient">Who complained; empty when the provider does not say.</param>
/// <param name="OriginalMessageId">Id of our mail, without brackets; null when the report does not carry it.</param>
public sealed record Feedback(string Kind, string Recipient, string? OriginalMessageId)
{
    /// <summary>What the report says; null when the mail is none.</summary>
    public static Feedback? Of(ReadMail mail)
    {
        var fields = Bounce.Fields(mail, "message/feedback-report").SelectMany(g => g).ToList();
        if (fields.Count == 0)
        {
            return null;
        }

        var kind = Bounce.Value(fields, "Feedback-Type").Trim().ToLowerInvariant();
        var recipient = Bounce.Address(Bounce.Value(fields, "Original-Rcpt-To"));
        return new Feedback(
            kind.Length is > 0 and <= 50 ? kind : "other",
            recipient.Length > 0 ? recipient : Bounce.Address(Bounce.Value(fields, "Removal-Recipient")),
            OriginalMessage.IdIn(mail)
        );
    }
}

/// <summary>A reader's program says what became of a mail after it arrived (MDN, RFC 8098).</summary>
/// <param name="Recipient">Whose program it is; empty when it does not say.</param>
/// <param name="Disposition">What became of it, lower case: <c>displayed</c>, <c>deleted</c> …</param>
/// <param name="OriginalMessageId">Id of the mail, without brackets; null when not said.</param>
public sealed record ReadReceipt(string Recipient, string Disposition, string? OriginalMessageId)
{
    /// <summary>What the receipt says; null when the mail is none.</summary>
    public static ReadReceipt? Of(ReadMail mail)
    {
        var fields = Bounce
            .Fields(mail, "message/disposition-notification", "message/global-disposition-notification")
            .SelectMany(g => g)
            .ToList();
        if (fields.Count == 0)
        {
            return null;
        }

        var disposition = Bounce.Value(fields, "Disposition").Split(';')[^1].Split('/')[0].Trim().ToLowerInvariant();
        var recipient = Bounce.Address(Bounce.Value(fields, "Original-Recipient"));
        return new ReadReceipt(
            recipient.Length > 0 ? recipient : Bounce.Address(Bounce.Value(fields, "Final-Recipient")),
            disposition.Length is > 0 and <= 50 ? disposition : "displayed",
            MessageIds.FirstIn(Bounce.Value(fields, "Original-Message-ID")) ?? OriginalMessage.IdIn(mail)
        );
    }
}
