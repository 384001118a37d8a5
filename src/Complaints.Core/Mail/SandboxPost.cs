using System.Globalization;
using System.Text;
using Complaints.Language;
using Complaints.Mail.Wire;

namespace Complaints.Mail;

/// <summary>
/// What the other side might send in answer to a mail in the sandbox, as real messages: they come in by the same door as
/// mail from a mailbox, so that what works here works there. Pure.
/// </summary>
public static class SandboxPost
{
    /// <summary>The recipient answers in words, quoting below as mail programs do.</summary>
    public static byte[] Answer(OutMessage mail, string recipient, string desk, string words, DateTime now) =>
        MailWriter.Write(
            Reply(mail, recipient, desk, now) with
            {
                Subject = mail.Subject.StartsWith("Re: ", StringComparison.OrdinalIgnoreCase) ? mail.Subject : "Re: " + mail.Subject,
                Text = words + "\n\n" + Quoted(mail, desk),
            }
        );

    /// <summary>The recipient is away: an automatic answer, which never counts as an answer.</summary>
    public static byte[] Absence(OutMessage mail, string recipient, string desk, DateTime now) =>
        MailWriter.Write(
            Reply(mail, recipient, desk, now) with
            {
                Subject = (mail.Language == Tongue.Chinese ? "自动回复：" : "Automatic reply: ") + mail.Subject,
                Text = mail.Language == Tongue.Chinese ? "我正在休假，下周一回来。" : "I am on holiday and back on Monday.",
                Headers = [new("Auto-Submitted", "auto-replied"), new("Precedence", "auto_reply")],
            }
        );

    /// <summary>The mail server of the recipient reports that it could not deliver (RFC 3464).</summary>
    public static byte[] Bounce(OutMessage mail, string recipient, string desk, DateTime now)
    {
        var server = recipient[(recipient.LastIndexOf('@') + 1)..];
        var date = now.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        const string Edge = "=_report";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Date: {date}\nFrom: Mail Delivery System <mailer-daemon@{server}>\nTo: <{desk}>\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"Subject: Undelivered mail\nMessage-ID: <{Guid.NewGuid():N}@{server}>\nAuto-Submitted: auto-replied\n"
            )
            .Append(
                CultureInfo.InvariantCulture,
                $"MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"{Edge}\"\n\n"
            )
            .Append(
                CultureInfo.InvariantCulture,
                $"--{Edge}\nContent-Type: text/plain; charset=us-ascii\n\nThe mail to {recipient} could not be delivered.\n"
            )
            .Append(CultureInfo.InvariantCulture, $"--{Edge}\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; {server}\n\n")
            .Append(CultureInfo.InvariantCulture, $"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n")
            .Append("Diagnostic-Code: smtp; 550 5.1.1 No such mailbox here\n\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"--{Edge}\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{mail.MessageId}>\n\n--{Edge}--\n"
            );
        return Encoding.UTF8.GetBytes(text.ToString().ReplaceLineEndings("\r\n"));
    }

    private static MailToWrite Reply(OutMessage mail, string recipient, string desk, DateTime now) =>
        new()
        {
            From = new Correspondent(recipient),
            To = new Correspondent(desk),
            Subject = mail.Subject,
            Text = "",
            MessageId = MessageIds.For(Guid.NewGuid(), recipient[(recipient.LastIndexOf('@') + 1)..]),
            InReplyTo = mail.MessageId,
            References = [.. mail.References?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [], mail.MessageId],
            Date = now,
        };

    private static string Quoted(OutMessage mail, string desk) =>
        $"On {mail.CreatedAt.ToString("ddd, d MMM yyyy", CultureInfo.InvariantCulture)}, {mail.SenderName} <{desk}> wrote:\n"
        + string.Join('\n', mail.Text.Split('\n').Select(l => "> " + l));
}
