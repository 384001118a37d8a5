using System.Globalization;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Writes one file as a part of a mail (RFC 2045, 2183, 2231, 2392).</summary>
internal static class FilePart
{
    private const int Line = 57; // bytes that make a base64 line of 76 letters
    private const int Segment = 60;
    private const int LongestName = 150;

    /// <summary>The part's headers, an empty line and its content in base64, ending with a line end.</summary>
    public static void Write(Stream to, MailFile file)
    {
        var name = NameOf(file.Name);
        var head = new StringBuilder();
        head.Append("Content-Type: ").Append(TypeOf(file.Type)).Append(";\r\n name=\"").Append(Plain(name)).Append("\"\r\n");
        head.Append("Content-Transfer-Encoding: base64\r\n");
        head.Append("Content-Disposition: ").Append(file.ContentId is null ? "attachment" : "inline");
        FileName(head, name);
        head.Append("\r\n");
        if (file.ContentId is { } id)
        {
            head.Append("Content-ID: <").Append(MessageIds.Bare(id)).Append(">\r\n");
        }

        head.Append("\r\n");
        to.Write(Encoding.ASCII.GetBytes(head.ToString()));
        var bytes = file.Bytes.Span;
        for (var at = 0; at < bytes.Length; at += Line)
        {
            to.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes.Slice(at, Math.Min(Line, bytes.Length - at)))));
            to.Write("\r\n"u8);
        }
    }

    // The ending decides what a program opens it with, so a long name is cut in the middle.
    private static string NameOf(string name)
    {
        var clean = string.Concat(
                name.Split('/', '\\')[^1]
                    .EnumerateRunes()
                    .Where(r =>
                        r != Rune.ReplacementChar && Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format)
                    )
                    .Select(r => r.Value == '"' ? "_" : r.ToString())
            )
            .Trim();
        if (clean.Length <= LongestName)
        {
            return clean.Length == 0 ? "file" : clean;
        }

        var cut = LongestName - 20;
        cut -= char.IsHighSurrogate(clean[cut - 1]) ? 1 : 0;
        return string.Concat(clean.AsSpan(0, cut), "…", Path.GetExtension(clean) is { Length: < 12 } end ? end : "");
    }

    /// <summary>For programs that know no encoded names.</summary>
    private static string Plain(string name) =>
        string.Concat(name.EnumerateRunes().Select(r => r.IsAscii && r.Value >= ' ' ? ((char)r.Value).ToString() : "_"));

    private static void FileName(StringBuilder to, string name)
    {
        if (name.All(c => c is >= ' ' and < '\u007f'))
        {
            to.Append(";\r\n filename=\"").Append(name).Append('"');
            return;
        }

        var coded = new StringBuilder();
        var pieces = new List<string>();
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            var plain = char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_';
            coded.Append(plain ? ((char)b).ToString() : "%" + b.ToString("X2", CultureInfo.InvariantCulture));
            if (coded.Length >= Segment)
            {
                pieces.Add(coded.ToString());
                coded.Clear();
            }
        }

        pieces.Add(coded.ToString());
        for (var i = 0; i < pieces.Count; i++)
        {
            var number = pieces.Count == 1 ? "" : "*" + i.ToString(CultureInfo.InvariantCulture);
            to.Append(";\r\n filename").Append(number).Append("*=").Append(i == 0 ? "utf-8''" : "").Append(pieces[i]);
        }
    }

    private static string TypeOf(string type) =>
        type.Length is > 2 and < 100
        && type.Count(c => c == '/') == 1
        && type[0] != '/'
        && type[^1] != '/'
        && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '+' or '.' or '_')
        && !type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
        && !type.StartsWith("message/", StringComparison.OrdinalIgnoreCase)
            ? type
            : "application/octet-stream";
}
