namespace Complaints.Mail.Wire;

/// <summary>Undoes base64 and quoted-printable (RFC 2045, 6), making the best of damage.</summary>
internal static class TransferEncoding
{
    /// <summary>Base64: anything outside its alphabet is skipped, padding in the middle starts afresh (joined pieces), an
    /// incomplete end gives the bytes it holds.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        var count = new Base64Decoder().Decode(text, bytes);
        return count == bytes.Length ? bytes : bytes[..count];
    }

    /// <summary>Quoted-printable: a broken escape stays as it stands, blanks at the end of a line go.</summary>
    /// <param name="text">What to decode.</param>
    /// <param name="header">The variant of encoded words, where an underscore is a blank and line ends have no meaning (RFC 2047, 4.2).</param>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> text, bool header = false)
    {
        var bytes = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '=')
            {
                if (i + 2 < text.Length && Hex(text[i + 1]) is >= 0 and var high && Hex(text[i + 2]) is >= 0 and var low)
                {
                    bytes[count++] = (byte)((high << 4) | low);
                    i += 2;
                    continue;
                }

                var end = LineEnd(text, i + 1);
                if (end > 0 && !header)
                {
                    i = end - 1;
                    continue;
                }
            }
            else if (c == '_' && header)
            {
                c = (byte)' ';
            }
            else if (c is (byte)' ' or (byte)'\t' && !header)
            {
                // Measured once per run of blanks, so that a mail of blanks does not take for ever.
                var stop = i;
                while (stop < text.Length && text[stop] is (byte)' ' or (byte)'\t')
                {
                    stop++;
                }

                if (stop < text.Length && text[stop] is not ((byte)'\r' or (byte)'\n'))
                {
                    text[i..stop].CopyTo(bytes.AsSpan(count));
                    count += stop - i;
                }

                i = stop - 1;
                continue;
            }

            bytes[count++] = c;
        }

        return bytes[..count];
    }

    // Where the line goes on after a soft break; 0 when it is none. A break may have blanks before it; few are looked at.
    private static int LineEnd(ReadOnlySpan<byte> text, int at)
    {
        var limit = Math.Min(text.Length, at + 100);
        while (at < limit && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        if (at >= text.Length)
        {
            return at;
        }

        if (text[at] == '\r')
        {
            return at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
        }

        return text[at] == '\n' ? at + 1 : 0;
    }

    private static int Hex(byte c) =>
        c switch
        {
            >= (byte)'0' and <= (byte)'9' => c - '0',
            >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
            >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
            _ => -1,
        };
}
