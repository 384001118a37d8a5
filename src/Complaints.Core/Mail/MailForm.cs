using Complaints.Mail.Wire;

namespace Complaints.Mail;

/// <summary>How a mail of the outbox looks on the wire. Pure.</summary>
public static class MailForm
{
    // Said only of mail no person wrote, so that no machine answers it (RFC 3834, 5; the second is Exchange's).
    private static readonly KeyValuePair<string, string>[] _automatic =
    [
        new("Auto-Submitted", "auto-generated"),
        new("X-Auto-Response-Suppress", "OOF, AutoReply"),
    ];

    /// <summary>The mail with this date (UTC).</summary>
    public static MailToWrite Of(OutMessage message, MailWay way, DateTime date) =>
        new()
        {
            From = new Correspondent(SenderName(message, way.SenderName), way.SenderAddress),
            To = new Correspondent(message.Deliveries.OrderBy(d => d.Id).First().Recipient),
            Subject = message.Subject,
            Text = message.Text,
            Html = message.Html.Length == 0 ? null : message.Html,
            MessageId = message.MessageId,
            InReplyTo = message.InReplyTo,
            References = message.References?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Date = date,
            Language = message.Language,
            Headers = [.. message.PersonWrote ? [] : _automatic, .. Unsubscribe(message.UnsubscribeUrl)],
        };

    // One click, no page and no signing in (RFC 8058, 3.1).
    private static KeyValuePair<string, string>[] Unsubscribe(string? url) =>
        url is null ? [] : [new("List-Unsubscribe", $"<{url}>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")];

    // "Li Na · The shop": the name that is set takes the place of the organisation's, the person's stays.
    private static string SenderName(OutMessage message, string? set)
    {
        if (string.IsNullOrWhiteSpace(set))
        {
            return message.SenderName;
        }

        var dot = message.SenderName.IndexOf(" · ", StringComparison.Ordinal);
        return dot < 0 ? set : string.Concat(message.SenderName.AsSpan(0, dot), " · ", set);
    }
}
