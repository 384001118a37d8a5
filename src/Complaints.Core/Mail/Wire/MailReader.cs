using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// Reads a message from its bytes (RFC 5322 and MIME), never throwing whatever they are. It reads words and lists
/// attachments, opens winmail.dat, uuencode and flowed text. It does not decrypt or check signatures, and a forwarded mail
/// stays one attachment.
/// </summary>
public static class MailReader
{
    /// <summary>Larger messages are not taken apart. Mail servers commonly stop at half of this.</summary>
    public const int LargestMessage = 100 * 1024 * 1024;

    /// <summary>What stands in <paramref name="message"/>; see <see cref="ReadMail.Unreadable"/> and <see cref="ReadMail.Problems"/>.</summary>
    public static ReadMail Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            return message.Length > LargestMessage
                ? Refused(new Sentence("The message is larger than {0} MB and was not taken apart.", LargestMessage / 1024 / 1024))
                : ReadUnguarded(message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Bytes from strangers: whatever was overlooked here must not stop the reading of the next message.
            return Refused(new Sentence("The message could not be read ({0}). It is kept as it came.", e.GetType().Name));
        }
    }

    /// <summary>Its own id without brackets, from the headers alone; null when missing.</summary>
    public static string? MessageIdOf(ReadOnlyMemory<byte> message) =>
        MessageIds.FirstIn(
            HeaderReader.Read(message, out _).Headers.Find(h => h.Name.Equals("Message-ID", StringComparison.OrdinalIgnoreCase))?.Raw
        );

    internal static ReadMail ReadUnguarded(ReadOnlyMemory<byte> message)
    {
        var (headers, body) = HeaderReader.Read(message, out var broken);
        if (
            !headers.Exists(h =>
                h.Name.ToUpperInvariant() is "FROM" or "DATE" or "MESSAGE-ID" or "SUBJECT" or "RECEIVED" or "TO" or "RETURN-PATH"
            )
        )
        {
            return Refused(
                message.Span.Trim(" \t\r\n"u8).Length == 0
                    ? new Sentence("The message is empty.")
                    : new Sentence("This is not a mail: it has no sender, date or subject.")
            );
        }

        var problems = new List<Sentence>();
        if (broken)
        {
            problems.Add(new Sentence("The headers of the message are damaged; what could be made out is shown."));
        }

        var tree = new MimeTree(problems);
        tree.Add(headers, body);
        var content = new MailContent(problems);
        content.Take(tree.Leaves);
        var dates = headers.Find(h => h.Name.Equals("Date", StringComparison.OrdinalIgnoreCase));
        var date = DateReader.Read(dates?.Raw);
        if (dates is not null && date is null)
        {
            problems.Add(new Sentence("The date of the message cannot be made out."));
        }

        return new ReadMail
        {
            Headers = headers,
            From = People("From"),
            To = People("To"),
            Cc = People("Cc"),
            ReplyTo = People("Reply-To"),
            Subject = First("Subject")?.Value ?? "",
            Date = date,
            MessageId = MessageIds.FirstIn(First("Message-ID")?.Raw),
            InReplyTo = MessageIds.In(First("In-Reply-To")?.Raw),
            References = MessageIds.In(First("References")?.Raw),
            ContentType = HeaderParameters.Of(First("Content-Type")?.Raw).Value is { Length: > 0 } type ? type : "text/plain",
            Text = content.Text,
            TextWasHtml = content.TextWasHtml,
            Html = content.Html,
            Parts = content.Parts,
            Attachments = content.Attachments,
            Problems = problems,
            Unreadable = content.Encrypted && content.Text.Length == 0,
        };

        MailHeader? First(string name) => headers.Find(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        List<Correspondent> People(string name) =>
            AddressReader.Read(
                string.Join(", ", headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(10).Select(h => h.Raw))
            );
    }

    private static ReadMail Refused(Sentence why) => new() { Problems = [why], Unreadable = true };
}
