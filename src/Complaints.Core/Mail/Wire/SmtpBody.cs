namespace Complaints.Mail.Wire;

/// <summary>A message made ready for DATA (RFC 5321, 4.1.1.4 and 4.5.2).</summary>
internal static class SmtpBody
{
    /// <summary>
    /// Every line end becomes CRLF and a dot at the start of a line is doubled. A lone CR or LF would let a message
    /// carry a false end mark and smuggle a second one behind it, so none is left.
    /// </summary>
    /// <param name="doubleDots">False where a library doubles the dots itself.</param>
    public static (ReadOnlyMemory<byte> Bytes, bool EightBit, bool EightBitHeaders) Of(ReadOnlySpan<byte> message, bool doubleDots = true)
    {
        var bytes = new List<byte>(message.Length + (message.Length / 64) + 2);
        var start = true;
        var headers = true;
        var eightBit = false;
        var eightBitHeaders = false;
        for (var i = 0; i < message.Length; i++)
        {
            var b = message[i];
            if (b is (byte)'\r' or (byte)'\n')
            {
                headers &= !start;
                bytes.Add((byte)'\r');
                bytes.Add((byte)'\n');
                start = true;
                i += b == '\r' && i + 1 < message.Length && message[i + 1] == '\n' ? 1 : 0;
                continue;
            }

            if (doubleDots && start && b == '.')
            {
                bytes.Add((byte)'.');
            }

            eightBit |= b >= 0x80;
            eightBitHeaders |= headers && b >= 0x80;
            bytes.Add(b);
            start = false;
        }

        if (!start)
        {
            bytes.Add((byte)'\r');
            bytes.Add((byte)'\n');
        }

        return (bytes.ToArray(), eightBit, eightBitHeaders);
    }
}
