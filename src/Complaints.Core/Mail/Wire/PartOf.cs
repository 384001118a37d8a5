using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>Makes the parts a person is shown out of what stood in the message: their type, their name, their packing.</summary>
internal static class PartOf
{
    private const int LongestName = 200;

    /// <summary>A part of the message.</summary>
    public static MailPart Leaf(MimeLeaf leaf, List<Sentence> problems)
    {
        var type =
            leaf.Type.Value.Contains('/', StringComparison.Ordinal) && !leaf.Type.Value.StartsWith("multipart/", StringComparison.Ordinal)
                ? leaf.Type.Value
            : leaf.Within == "multipart/digest" ? "message/rfc822"
            : "text/plain"; // also a multipart whose parts cannot be found: a person can still read it
        var packing = PackingOf(leaf, problems);
        var disposition = HeaderParameters.Of(MimeTree.Raw(leaf.Headers, "Content-Disposition"));
        var name = disposition["filename"] ?? leaf.Type["name"];
        if (name is null && type == "message/rfc822")
        {
            name = ForwardedName(leaf);
        }

        return new MailPart(type, FileName(name, type), leaf.Body, packing)
        {
            // A text part with a file name was attached by somebody even where the word is missing.
            Attached = disposition.Value == "attachment" || (name is not null && leaf.Depth > 0),
            Charset = leaf.Type["charset"],
            ContentId = Id(MimeTree.Raw(leaf.Headers, "Content-ID")),
            Flowed = type == "text/plain" && "flowed".Equals(leaf.Type["format"], StringComparison.OrdinalIgnoreCase),
            DelSp = "yes".Equals(leaf.Type["delsp"], StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>A file out of a <c>winmail.dat</c>.</summary>
    public static MailPart Wrapped(TnefFile file)
    {
        var type = file.Type?.Trim().ToLowerInvariant() ?? "";
        type = type.Length is > 2 and < 200 && type.Contains('/', StringComparison.Ordinal) ? type : "application/octet-stream";
        return new MailPart(type, FileName(file.Name, type), file.Content, Packing.None)
        {
            Attached = true,
            ContentId = Id(file.ContentId),
        };
    }

    /// <summary>A file packed into the words.</summary>
    public static MailPart Packed(string name, byte[] bytes) =>
        new("application/octet-stream", FileName(name, "application/octet-stream"), bytes, Packing.None) { Attached = true };

    internal static string Short(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(50));

    private static Packing PackingOf(MimeLeaf leaf, List<Sentence> problems)
    {
        var way = HeaderParameters.Of(MimeTree.Raw(leaf.Headers, "Content-Transfer-Encoding")).Value.Trim('"', '\'', ',', '.');
        switch (way)
        {
            case "base64" or "base-64" or "b64":
                return Packing.Base64;
            case "quoted-printable" or "quotedprintable" or "quoted_printable" or "quoted" or "qp":
                return Packing.QuotedPrintable;
            case "x-uuencode" or "uuencode" or "x-uue" or "uue" when Uuencode.Whole(leaf.Body.Span) is not null:
                return Packing.Uuencode;
            case "" or "7bit" or "7-bit" or "7bits" or "7" or "8bit" or "8-bit" or "8bits" or "8" or "binary" or "plain" or "none":
                return Packing.None;
            default:
                if (leaf.Body.Span.Trim(" \t\r\n"u8).Length == 0)
                {
                    return Packing.None;
                }

                problems.Add(
                    new Sentence("A part of the message is packed as “{0}”, which is not known here; it is kept as it came.", Short(way))
                );
                return Packing.None;
        }
    }

    // A forwarded mail is called by its subject.
    private static string? ForwardedName(MimeLeaf leaf)
    {
        var (headers, _) = HeaderReader.Read(leaf.Body, out _);
        var subject = headers
            .Find(h => h.Name.Equals("Subject", StringComparison.OrdinalIgnoreCase))
            ?.Value.Replace('/', '-')
            .Replace('\\', '-');
        return string.IsNullOrWhiteSpace(subject) ? null : subject.Trim()[..Math.Min(subject.Trim().Length, 100)] + ".eml";
    }

    private static string? Id(string? raw)
    {
        var id = (raw ?? "").Trim().Trim('<', '>');
        return id.Length is > 0 and < 500 ? id : null;
    }

    private static string FileName(string? name, string type)
    {
        var last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        var clean = string.Concat(
                last.Where(c => !char.IsControl(c) && !Misleading(c) && c is not ('<' or '>' or ':' or '"' or '|' or '?' or '*'))
            )
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
            "message/delivery-status" or "message/global-delivery-status" => "report.txt",
            "message/feedback-report" or "message/disposition-notification" => "report.txt",
            "text/rfc822-headers" => "headers.txt",
            _ => "attachment.bin",
        };
    }

    // Signs that turn the direction of writing make "exe.pdf" of "fdp.exe".
    private static bool Misleading(char c) => c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f';
}
