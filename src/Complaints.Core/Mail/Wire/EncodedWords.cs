using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Decodes encoded words in a header's value (RFC 2047), forgiving what senders commonly get wrong.</summary>
internal static class EncodedWords
{
    /// <summary>
    /// The value with its encoded words decoded; one pass, no going back further than one word. Neighbours of one
    /// character set are joined as bytes first, because many senders cut characters in two.
    /// </summary>
    public static string Decode(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        var held = new List<byte>();
        var heldCharset = "";
        for (var i = 0; i < value.Length; )
        {
            if (value[i] == '=' && Word(value, i) is var (charset, bytes, next))
            {
                if (held.Count > 0 && !charset.Equals(heldCharset, StringComparison.OrdinalIgnoreCase))
                {
                    Flush();
                }

                heldCharset = charset;
                held.AddRange(bytes);
                i = next;
                // Whatever follows other than blanks and another word ends the run.
                var after = i;
                while (after < value.Length && value[after] is ' ' or '\t')
                {
                    after++;
                }

                if (
                    after < value.Length
                    && value[after] == '='
                    && after + 1 < value.Length
                    && value[after + 1] == '?'
                    && Word(value, after) is not null
                )
                {
                    i = after;
                    continue;
                }

                Flush();
                continue;
            }

            text.Append(value[i++]);
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            if (held.Count > 0)
            {
                text.Append(Charsets.Text([.. held], heldCharset, out _));
                held.Clear();
            }
        }
    }

    // =?charset*language?B?text?= starting at i; null when it is none. Its text may have blanks in it, as some senders write.
    private static (string Charset, byte[] Bytes, int Next)? Word(string value, int i)
    {
        const int Longest = 4000; // 75 by the standard; some write the whole subject as one word
        if (i + 1 >= value.Length || value[i + 1] != '?')
        {
            return null;
        }

        var charsetEnd = value.IndexOf('?', i + 2, Math.Min(60, value.Length - i - 2));
        if (charsetEnd < 0 || charsetEnd == i + 2 || charsetEnd + 2 >= value.Length || value[charsetEnd + 2] != '?')
        {
            return null;
        }

        var start = charsetEnd + 3;
        var end = End(value, start, Math.Min(value.Length, start + Longest), value[charsetEnd + 1] is 'Q' or 'q');
        if (end < 0)
        {
            return null;
        }

        var content = Encoding.Latin1.GetBytes(value[start..end]);
        var charset = value[(i + 2)..charsetEnd];
        var star = charset.IndexOf('*', StringComparison.Ordinal);
        byte[]? bytes = value[charsetEnd + 1] switch
        {
            'B' or 'b' => TransferEncoding.Base64(content),
            'Q' or 'q' => TransferEncoding.QuotedPrintable(content, header: true),
            _ => null,
        };
        return bytes is null ? null : (star < 0 ? charset : charset[..star], bytes, end + 2);
    }

    // A question mark left raw in front of an escape ("why?=3F") looks like the end; it is none when the word closes later.
    private static int End(string value, int start, int limit, bool quoted)
    {
        var end = value.IndexOf("?=", start, limit - start, StringComparison.Ordinal);
        for (var tries = 0; quoted && tries < 20 && end >= 0 && end + 4 <= limit; tries++)
        {
            if (!char.IsAsciiHexDigit(value[end + 2]) || !char.IsAsciiHexDigit(value[end + 3]))
            {
                break;
            }

            var later = value.IndexOf("?=", end + 2, limit - end - 2, StringComparison.Ordinal);
            if (later < 0 || value.AsSpan(end, later - end).Contains("=?", StringComparison.Ordinal))
            {
                break;
            }

            end = later;
        }

        return end;
    }
}
