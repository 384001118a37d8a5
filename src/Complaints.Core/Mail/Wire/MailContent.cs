using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>Decodes the parts of a message and finds the words among them.</summary>
internal sealed class MailContent(List<Sentence> problems)
{
    private const int LongestName = 200;

    public string Text { get; private set; } = "";

    public bool TextWasHtml { get; private set; }

    public bool Encrypted { get; private set; }

    public List<MailPart> Parts { get; } = [];

    public List<MailPart> Attachments { get; } = [];

    public void Take(IReadOnlyList<MimeLeaf> leaves)
    {
        Parts.AddRange(leaves.Select(Decoded));
        var plain = Words(leaves, "text/plain");
        var html = Words(leaves, "text/html");
        if (plain >= 0)
        {
            Text = Lines(plain);
        }

        if (Text.Trim().Length == 0 && html >= 0)
        {
            Text = HtmlText.Of(Lines(html), out var cut);
            TextWasHtml = true;
            if (cut)
            {
                problems.Add(new Sentence("The message is very long; its end is left out here. The whole of it is in the original."));
            }
        }

        for (var i = 0; i < leaves.Count; i++)
        {
            // The other form of the same words is no attachment; anything else is, so that nothing is lost.
            var words =
                (i == plain && !TextWasHtml)
                || (i == html && (TextWasHtml || leaves[i].Within is "multipart/alternative" or "multipart/related"));
            var empty = Parts[i].Bytes.Length == 0 || (TextWasHtml && i == plain);
            if (!words && !empty)
            {
                Attachments.Add(Parts[i]);
            }
        }

        if (Parts.Exists(p => p.Type is "application/pkcs7-mime" or "application/x-pkcs7-mime" or "application/pgp-encrypted"))
        {
            Encrypted = true;
            problems.Add(
                new Sentence(
                    "The message is encrypted and cannot be read here. Ask the sender to send it unencrypted, or open it elsewhere."
                )
            );
        }
    }

    private int Words(IReadOnlyList<MimeLeaf> leaves, string type)
    {
        for (var i = 0; i < leaves.Count; i++)
        {
            if (Parts[i].Type == type && !Parts[i].Attached)
            {
                return i;
            }
        }

        return -1;
    }

    private string Lines(int i)
    {
        var part = Parts[i];
        var text = Charsets.Text(part.Bytes, part.Charset, out var known);
        if (!known)
        {
            problems.Add(new Sentence("The character set “{0}” is not known; the words may be garbled.", Short(part.Charset ?? "")));
        }
        else if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            problems.Add(new Sentence("Some characters of the message are damaged."));
        }

        return text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
    }

    private MailPart Decoded(MimeLeaf leaf)
    {
        var type =
            leaf.Type.Value.Contains('/', StringComparison.Ordinal) && !leaf.Type.Value.StartsWith("multipart/", StringComparison.Ordinal)
                ? leaf.Type.Value
            : leaf.Within == "multipart/digest" ? "message/rfc822"
            : "text/plain"; // also a multipart whose parts cannot be found: a person can still read it
        var way = HeaderParameters.Of(MimeTree.Raw(leaf.Headers, "Content-Transfer-Encoding")).Value;
        var bytes = way switch
        {
            "base64" => TransferEncoding.Base64(leaf.Body.Span),
            "quoted-printable" or "quoted printable" or "quotedprintable" => TransferEncoding.QuotedPrintable(leaf.Body.Span),
            _ => leaf.Body.ToArray(),
        };
        if (
            way
            is not (
                ""
                or "7bit"
                or "7-bit"
                or "7bits"
                or "8bit"
                or "8-bit"
                or "8bits"
                or "binary"
                or "plain"
                or "none"
                or "base64"
                or "quoted-printable"
                or "quoted printable"
                or "quotedprintable"
            )
        )
        {
            problems.Add(
                new Sentence("A part of the message is packed as “{0}”, which is not known here; it is kept as it came.", Short(way))
            );
        }

        var disposition = HeaderParameters.Of(MimeTree.Raw(leaf.Headers, "Content-Disposition"));
        var name = disposition["filename"] ?? leaf.Type["name"];
        return new MailPart(type, FileName(name, type), bytes)
        {
            // A text part with a file name was attached by somebody even where the word is missing.
            Attached = disposition.Value == "attachment" || (name is not null && leaf.Depth > 0),
            Charset = leaf.Type["charset"],
        };
    }

    private static string Short(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(50));

    private static string FileName(string? name, string type)
    {
        var last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        var clean = string.Concat(last.Where(c => !char.IsControl(c) && c is not ('<' or '>' or ':' or '"' or '|' or '?' or '*')))
            .Trim(' ', '.');
        if (clean.Length > 0)
        {
            return clean.Length <= LongestName ? clean : clean[..(LongestName - 20)] + clean[^20..];
        }

        return type switch
        {
            "message/rfc822" => "message.eml",
            "text/plain" => "text.txt",
            "text/html" => "text.html",
            "text/calendar" => "invitation.ics",
            "image/jpeg" => "picture.jpg",
            "image/png" => "picture.png",
            "image/gif" => "picture.gif",
            "application/pdf" => "document.pdf",
            _ => "attachment.bin",
        };
    }
}
