using Complaints.Language;
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

    /// <summary>The mail with this date (UTC) and the content of its files.</summary>
    public static MailToWrite Of(OutMessage message, MailWay way, DateTime date, IReadOnlyList<MailFile>? files = null) =>
        new()
        {
            From = new Correspondent(SenderName(message, way.SenderName), way.SenderAddress),
            To = new Correspondent(message.Deliveries.OrderBy(d => d.Kind).ThenBy(d => d.Id).First().Recipient),
            // One that is no address fails by itself when its turn comes; it must not keep the mail from the others.
            Cc =
            [
                .. message
                    .Deliveries.Where(d => d.Kind == RecipientKind.Copy && Correspondent.IsAddress(d.Recipient))
                    .OrderBy(d => d.Id)
                    .Select(d => new Correspondent(d.Recipient)),
            ],
            Files = files ?? [],
            ReplyTo = ReplyTo(message, way),
            Subject = message.Subject,
            Text = message.Text + TextEnd(message),
            Html = message.Html.Length == 0 ? null : WithEnd(message.Html, HtmlEnd(message)),
            MessageId = message.MessageId,
            InReplyTo = message.InReplyTo,
            References = message.References?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Date = date,
            Language = message.Language,
            Headers = [.. message.PersonWrote ? [] : _automatic, .. Unsubscribe(message.UnsubscribeUrl)],
        };

    private static Correspondent? ReplyTo(OutMessage message, MailWay way) =>
        message is { CustomerId: not null, ComplaintId: { } id } && way.Plus?.Write(way.SenderAddress, id) is { } address
            ? new Correspondent(address)
            : null;

    // Whoever answers with a program that keeps no thread still quotes the last line of what they answer.
    private static string TextEnd(OutMessage message) => End(message) is { Length: > 0 } end ? "\n\n" + end : "";

    private static string HtmlEnd(OutMessage message) =>
        End(message) is { Length: > 0 } end ? $"<p style=\"color:#667\">{System.Net.WebUtility.HtmlEncode(end)}</p>" : "";

    private static string End(OutMessage message) =>
        message.CustomerId is not null
            ? message.Reference is { } reference
                ? $"[{reference}]"
                : ""
            : message is { ComplaintId: not null, Purpose: MailPurpose.OwnerWarning or MailPurpose.EscalationNotice }
                ? Tongue.Say(message.Language, new Sentence("What you answer to this mail goes to the customer, as your message."))
                : "";

    private static string WithEnd(string html, string end)
    {
        var body = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return body < 0 ? html + end : html.Insert(body, end);
    }

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
