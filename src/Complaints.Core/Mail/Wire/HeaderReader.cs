using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Reads the headers at the top of a message or part.</summary>
internal static class HeaderReader
{
    // A message with more than this is made to be hard to read.
    private const int MostHeaders = 2000;
    private const int MostBytes = 512 * 1024;
    private const int LongestValue = 128 * 1024;

    private static readonly HashSet<string> _usual = new(StringComparer.OrdinalIgnoreCase)
    {
        "Received",
        "Return-Path",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "In-Reply-To",
        "References",
        "Reply-To",
        "Subject",
        "Delivered-To",
        "X-Mailer",
    };

    /// <summary>The headers and what follows them.</summary>
    /// <param name="message">A whole message or part.</param>
    /// <param name="broken">True when the headers ended other than by an empty line, or lines among them were none.</param>
    public static (List<MailHeader> Headers, ReadOnlyMemory<byte> Body) Read(ReadOnlyMemory<byte> message, out bool broken)
    {
        broken = false;
        var bytes = message.Span;
        var headers = new List<MailHeader>();
        var name = "";
        var value = new List<byte>();
        var at = 0;
        var cut = false;
        while (at < bytes.Length)
        {
            var feed = bytes[at..].IndexOf((byte)'\n');
            var next = feed < 0 ? bytes.Length : at + feed + 1;
            var line = bytes[at..next].TrimEnd("\r\n"u8);
            if (line.Length == 0)
            {
                Keep();
                broken |= cut;
                return (headers, message[next..]);
            }

            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (name.Length > 0)
                {
                    value.AddRange(line);
                }
                else if (line.Trim(" \t"u8).Length > 0)
                {
                    broken = true;
                }
            }
            else if (Name(line) is { } found)
            {
                Keep();
                name = found;
                value.AddRange(line[(line.IndexOf((byte)':') + 1)..]);
            }
            else if (at == 0 && line.StartsWith("From "u8))
            {
                // The first line of a message kept in an mbox file.
            }
            else if (GoesOn(bytes[next..]))
            {
                broken = true; // a header cut in two: its rest belongs to it
                value.Add((byte)' ');
                value.AddRange(line);
            }
            else
            {
                // Not a header: whoever wrote this forgot the empty line, and the words have begun.
                broken = true;
                if (headers.Count > 0 || name.Length > 0)
                {
                    break;
                }
            }

            at = next;
            if (headers.Count >= MostHeaders || at > MostBytes)
            {
                broken = true;
                break;
            }
        }

        Keep();
        broken |= cut || at < bytes.Length;
        return (headers, message[Math.Min(at, bytes.Length)..]);

        void Keep()
        {
            if (value.Count > LongestValue)
            {
                cut = true;
                value.RemoveRange(LongestValue, value.Count - LongestValue);
            }

            if (name.Length > 0)
            {
                var raw = Clean(Charsets.Guess([.. value])).Trim();
                headers.Add(new MailHeader(name, Clean(EncodedWords.Decode(raw)), raw));
            }

            name = "";
            value.Clear();
        }
    }

    // One of the headers every mail has stands below; words would hardly begin so.
    private static bool GoesOn(ReadOnlySpan<byte> rest)
    {
        for (var lines = 0; lines < 4 && rest.Length > 0; lines++)
        {
            var feed = rest.IndexOf((byte)'\n');
            var line = feed < 0 ? rest : rest[..feed];
            if (line.TrimEnd((byte)'\r').Length == 0)
            {
                return false;
            }

            if (Name(line) is { } name)
            {
                return _usual.Contains(name);
            }

            if (line[0] is not ((byte)' ' or (byte)'\t') || feed < 0)
            {
                return false;
            }

            rest = rest[(feed + 1)..];
        }

        return false;
    }

    // A value is one line of text; a zero in it could not even be stored in PostgreSQL.
    private static string Clean(string text) =>
        text.Any(char.IsControl)
            ? string.Create(
                text.Length,
                text,
                (to, from) =>
                {
                    for (var i = 0; i < from.Length; i++)
                    {
                        to[i] = char.IsControl(from[i]) ? ' ' : from[i];
                    }
                }
            )
            : text;

    private static string? Name(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 1 ? default : line[..colon].TrimEnd(" \t"u8);
        return name.Length is 0 or > 200 || name.ContainsAnyExceptInRange((byte)33, (byte)126) ? null : Encoding.ASCII.GetString(name);
    }
}
