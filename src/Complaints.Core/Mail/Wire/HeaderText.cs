using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Writes header lines: folding, and words beyond ASCII as encoded words (RFC 2047).</summary>
internal static class HeaderText
{
    private const int Line = 78;
    private const int LongestEncodedWord = 60; // 75 are allowed, but a line that holds one only 76, and the header's name stands there too
    private const string Opening = "=?utf-8?B?";
    private const int MostBytesPerWord = (LongestEncodedWord - 12) / 4 * 3; // 12 for the opening and the closing ?=

    // Nobody reads a subject or a name longer than this, and some servers refuse mails with enormous headers.
    private const int LongestText = 2000;

    /// <summary>A header whose value is any text.</summary>
    public static void Unstructured(StringBuilder text, string name, string value)
    {
        var clean = Clean(value);
        Folded(text, name, NeedsEncoding(clean) ? Encoded(clean) : clean.Split(' '));
    }

    /// <summary>A header with one person: the name as a word, a quoted string or encoded words, then the address.</summary>
    public static void Person(StringBuilder text, string header, string name, string address)
    {
        var clean = Clean(name).Trim();
        if (clean.Length == 0)
        {
            Folded(text, header, [address]);
            return;
        }

        var plain = clean.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '\'' or '!');
        IEnumerable<string> words =
            NeedsEncoding(clean) ? Encoded(clean)
            : plain ? clean.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : ["\"" + clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""];
        Folded(text, header, [.. words, $"<{address}>"]);
    }

    /// <summary>The words in lines of at most 78 characters, as far as the words themselves allow.</summary>
    public static void Folded(StringBuilder text, string name, IEnumerable<string> words)
    {
        text.Append(name).Append(':');
        var length = name.Length + 1;
        var first = true;
        foreach (var word in words)
        {
            // An empty word is a second blank; a line of blanks alone would end the headers for some readers.
            if (length + 1 + word.Length > Line && word.Length > 0 && !first)
            {
                text.Append("\r\n");
                length = 0;
            }

            text.Append(' ').Append(word);
            length += 1 + word.Length;
            first = false;
        }

        text.Append("\r\n");
    }

    // Line breaks and controls become blanks, so that a value can never start a header of its own.
    private static string Clean(string value)
    {
        var clean = new StringBuilder(Math.Min(value.Length, LongestText));
        foreach (var rune in value.EnumerateRunes())
        {
            if (clean.Length >= LongestText)
            {
                break;
            }

            clean.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? " " : rune.ToString());
        }

        return clean.ToString();
    }

    // A blank at either end would be lost, a very long word cannot be folded, and "=?" could be taken for an encoded word.
    private static bool NeedsEncoding(string clean) =>
        !clean.All(char.IsAscii)
        || clean.Contains("=?", StringComparison.Ordinal)
        || clean != clean.Trim()
        || clean.Contains("  ", StringComparison.Ordinal)
        || clean.Split(' ').Any(w => w.Length > 60);

    // Each encoded word holds whole characters, or readers show halves of them (RFC 2047, 5).
    private static List<string> Encoded(string clean)
    {
        var words = new List<string>();
        var bytes = new List<byte>(MostBytesPerWord);
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in clean.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(one);
            if (bytes.Count + count > MostBytesPerWord)
            {
                words.Add($"{Opening}{Convert.ToBase64String([.. bytes])}?=");
                bytes.Clear();
            }

            bytes.AddRange(one[..count]);
        }

        words.Add($"{Opening}{Convert.ToBase64String([.. bytes])}?=");
        return words;
    }
}
