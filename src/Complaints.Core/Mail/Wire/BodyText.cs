using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Writes the body of one text part with the transfer encoding that suits it (RFC 2045, 6).</summary>
internal static class BodyText
{
    private const int Line = 76;

    /// <summary>The part's own headers, an empty line and the encoded words, ending with a line end.</summary>
    public static void Part(StringBuilder to, string type, string words)
    {
        var text = Normal(words);
        var bytes = Encoding.UTF8.GetBytes(text);
        var beyond = bytes.Count(b => b >= 0x80);
        var lines = text.Split("\r\n");

        // "From " at the start of a line is changed by old stores, trailing blanks by old servers.
        var plain =
            beyond == 0
            && lines.All(l =>
                l.Length <= Line && !l.StartsWith("From ", StringComparison.Ordinal) && !l.EndsWith(' ') && !l.EndsWith('\t')
            );
        var way =
            plain ? "7bit"
            : beyond * 6 > bytes.Length ? "base64"
            : "quoted-printable";
        to.Append("Content-Type: ").Append(type).Append("; charset=utf-8\r\n");
        to.Append("Content-Transfer-Encoding: ").Append(way).Append("\r\n\r\n");
        if (plain)
        {
            to.Append(text);
        }
        else if (way == "base64")
        {
            for (var at = 0; at < bytes.Length; at += Line / 4 * 3)
            {
                to.Append(Convert.ToBase64String(bytes.AsSpan(at, Math.Min(Line / 4 * 3, bytes.Length - at)))).Append("\r\n");
            }
        }
        else
        {
            foreach (var line in lines)
            {
                QuotedPrintable(to, line);
            }

            to.Length -= 2; // the last line has no end of its own
        }

        if (!Ends(to))
        {
            to.Append("\r\n");
        }
    }

    private static void QuotedPrintable(StringBuilder to, string line)
    {
        var length = 0;
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            var last = i == bytes.Length - 1;
            var whole = b is > 32 and < 127 && b != '=' || (b is 32 or 9 && !last);
            whole &= !(b == '.' && length == 0) && !(b == 'F' && length == 0);
            var needs = whole ? 1 : 3;
            if (length + needs > Line - 1)
            {
                to.Append("=\r\n");
                length = 0;
            }

            _ = whole ? to.Append((char)b) : to.Append('=').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            length += needs;
        }

        to.Append("\r\n");
    }

    private static bool Ends(StringBuilder to) => to.Length >= 2 && to[^1] == '\n' && to[^2] == '\r';

    // CRLF line ends throughout; other controls have no place in a mail and some servers refuse them.
    private static string Normal(string words)
    {
        var text = new StringBuilder(words.Length + 64);
        for (var i = 0; i < words.Length; i++)
        {
            var c = words[i];
            if (c is '\r' or '\n')
            {
                text.Append("\r\n");
                i += c == '\r' && i + 1 < words.Length && words[i + 1] == '\n' ? 1 : 0;
            }
            else if (c == '\t' || !char.IsControl(c))
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
