using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Undoes uuencode, the packing of files inside plain text from before MIME.</summary>
internal static class Uuencode
{
    private const int MostFiles = 50;

    /// <summary>The files packed in the text, and the text without them; null when there are none.</summary>
    public static (string Text, List<(string Name, byte[] Bytes)> Files)? In(string text)
    {
        if (!text.Contains("begin ", StringComparison.Ordinal))
        {
            return null;
        }

        var files = new List<(string, byte[])>();
        var left = new StringBuilder();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (files.Count < MostFiles && Name(lines[i]) is { } name && Unpack(lines, i + 1) is var (bytes, next))
            {
                files.Add((name, bytes));
                i = next;
                continue;
            }

            left.Append(lines[i]).Append('\n');
        }

        return files.Count == 0 ? null : (left.ToString().TrimEnd('\n'), files);
    }

    /// <summary>A whole part packed so; null when it is not.</summary>
    public static byte[]? Whole(ReadOnlySpan<byte> body)
    {
        var lines = Encoding.Latin1.GetString(body).Split('\n');
        var begin = Array.FindIndex(lines, l => Name(l) is not null);
        return begin < 0 ? null : Unpack(lines, begin + 1)?.Bytes;
    }

    // "begin 644 report.pdf"
    private static string? Name(string line)
    {
        var end = line.TrimEnd();
        return
            end.StartsWith("begin ", StringComparison.Ordinal)
            && end.Length is > 10 and < 300
            && end.IndexOf(' ', 6) is (9 or 10) and var blank
            && end[6..blank].All(c => c is >= '0' and <= '7')
            ? end[(blank + 1)..].Trim()
            : null;
    }

    // Each line begins with its length; "`", a blank or "end" finishes. Null when a line cannot be one before anything was found.
    private static (byte[] Bytes, int Next)? Unpack(string[] lines, int from)
    {
        using var bytes = new MemoryStream();
        for (var i = from; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r', '\n');
            if (line == "end")
            {
                return (bytes.ToArray(), i);
            }

            var length = line.Length == 0 ? 0 : (line[0] - 32) & 63;
            if (length == 0)
            {
                continue;
            }

            var groups = (length + 2) / 3;
            if (line[0] is < ' ' or > '`' || line.Length - 1 > (groups * 4) + 2 || line.Length - 1 < (length * 4 / 3) - 8)
            {
                return bytes.Length > 0 ? (bytes.ToArray(), i - 1) : null;
            }

            for (var n = 0; n < length; n++)
            {
                // Blanks at the end of a line are commonly lost; they stand for zero.
                var (at, shift) = (1 + (n / 3 * 4) + (n % 3), n % 3);
                bytes.WriteByte((byte)((Six(line, at) << (2 + (shift * 2))) | (Six(line, at + 1) >> (4 - (shift * 2)))));
            }
        }

        return bytes.Length > 0 ? (bytes.ToArray(), lines.Length - 1) : null;
    }

    private static int Six(string line, int at) => at < line.Length ? (line[at] - 32) & 63 : 0;
}
