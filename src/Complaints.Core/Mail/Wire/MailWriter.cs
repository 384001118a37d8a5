using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>
/// Writes a mail as the bytes that go over the wire (RFC 5322, 2045, 2047): seven-bit throughout, lines of at most 78
/// characters where they can be folded and never over 998. The same mail always gives the same bytes.
/// </summary>
public static class MailWriter
{
    // A message with two of these is one nobody reads the same way, so they cannot be given as further headers.
    private static readonly HashSet<string> _own = new(StringComparer.OrdinalIgnoreCase)
    {
        "From",
        "To",
        "Cc",
        "Bcc",
        "Reply-To",
        "Sender",
        "Subject",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Language",
        "Return-Path",
    };

    private const int MostReferences = 50;

    /// <summary>The mail as bytes.</summary>
    /// <exception cref="ArgumentException">An address, the message id or the name of a further header is not one.
    /// (Words may be anything; in an address something to be cleaned away is somebody trying something.)</exception>
    public static byte[] Write(MailToWrite mail)
    {
        var text = new StringBuilder(mail.Text.Length + (mail.Html?.Length ?? 0) + 2000);
        text.Append("Date: ").Append(mail.Date.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)).Append("\r\n");
        Person(text, "From", mail.From);
        Person(text, "To", mail.To);
        People(text, "Cc", mail.Cc);
        if (mail.ReplyTo is { } replyTo)
        {
            Person(text, "Reply-To", replyTo);
        }

        HeaderText.Unstructured(text, "Subject", mail.Subject);
        var id = MessageIds.Bare(mail.MessageId) ?? throw new ArgumentException("The message id is empty.", nameof(mail));
        Ids(text, "Message-ID", [id]);
        Ids(text, "In-Reply-To", mail.InReplyTo is null ? [] : [mail.InReplyTo]);
        Ids(
            text,
            "References",
            mail.References.Count <= MostReferences
                ? mail.References
                : [mail.References[0], .. mail.References.TakeLast(MostReferences - 1)]
        );
        foreach (var (name, value) in mail.Headers)
        {
            if (name.Length is 0 or > 60 || _own.Contains(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                throw new ArgumentException($"\"{name}\" cannot be a further header.", nameof(mail));
            }

            HeaderText.Unstructured(text, name, value);
        }

        if (mail.Language is { Length: > 0 and <= 35 } language && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            text.Append("Content-Language: ").Append(language).Append("\r\n");
        }

        text.Append("MIME-Version: 1.0\r\n");
        using var bytes = new MemoryStream();
        var shown = mail.Files.ToLookup(f => f.ContentId is not null && mail.Html is not null);
        var (pictures, files) = (shown[true].ToList(), shown[false].ToList());

        // Taken from the words themselves, so that it cannot stand in them and the bytes are always the same.
        var sum = SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{mail.Text}\n{mail.Html}"));
        var edge = "=_" + Convert.ToHexStringLower(sum.AsSpan(0, 16));
        Many(text, "mixed", edge + "m", files.Count > 0);
        Many(text, "related", edge + "r", pictures.Count > 0);
        Words(text, mail, edge);
        Say(bytes, text);
        Add(bytes, pictures, edge + "r");
        Add(bytes, files, edge + "m");
        return bytes.ToArray();
    }

    private static void Words(StringBuilder text, MailToWrite mail, string edge)
    {
        if (mail.Html is null)
        {
            BodyText.Part(text, "text/plain", mail.Text);
            return;
        }

        text.Append("Content-Type: multipart/alternative;\r\n boundary=\"").Append(edge).Append("\"\r\n\r\n");
        text.Append("--").Append(edge).Append("\r\n");
        BodyText.Part(text, "text/plain", mail.Text);
        text.Append("\r\n--").Append(edge).Append("\r\n");
        BodyText.Part(text, "text/html", mail.Html);
        text.Append("\r\n--").Append(edge).Append("--\r\n");
    }

    // The opening of a whole of several parts, whose first part follows.
    private static void Many(StringBuilder text, string kind, string edge, bool any)
    {
        if (any)
        {
            text.Append("Content-Type: multipart/").Append(kind).Append(kind == "related" ? ";\r\n type=\"multipart/alternative\"" : "");
            text.Append(";\r\n boundary=\"").Append(edge).Append("\"\r\n\r\n--").Append(edge).Append("\r\n");
        }
    }

    private static void Add(MemoryStream bytes, List<MailFile> files, string edge)
    {
        foreach (var file in files)
        {
            Say(bytes, $"\r\n--{edge}\r\n");
            FilePart.Write(bytes, file);
        }

        if (files.Count > 0)
        {
            Say(bytes, $"\r\n--{edge}--\r\n");
        }
    }

    private static void Say(MemoryStream bytes, object text) => bytes.Write(Encoding.UTF8.GetBytes(text.ToString()!));

    private static void People(StringBuilder text, string header, IReadOnlyList<Correspondent> people)
    {
        if (people.Count > 0)
        {
            var addresses = people.Select(p =>
                EnvelopeAddress.Of(p.Address)
                ?? throw new ArgumentException($"An address for {header} is not a mail address.", nameof(people))
            );
            HeaderText.Folded(text, header, addresses.Select((a, i) => i == people.Count - 1 ? a : a + ","));
        }
    }

    private static void Person(StringBuilder text, string header, Correspondent person)
    {
        var address =
            EnvelopeAddress.Of(person.Address)
            ?? throw new ArgumentException($"The address for {header} is not a mail address.", nameof(person));
        HeaderText.Person(text, header, person.Name, address);
    }

    private static void Ids(StringBuilder text, string header, IReadOnlyList<string> ids)
    {
        var clean = ids.Select(MessageIds.Bare).OfType<string>().ToList();
        if (clean.Count > 0)
        {
            HeaderText.Folded(text, header, clean.Select(i => $"<{i}>"));
        }
    }
}
