using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>
/// Reads UTF-7 (RFC 2152), which .NET refuses because it can hide markup from filters. Here the filter stands behind
/// the decoding, so nothing hides.
/// </summary>
internal static class Utf7
{
    /// <summary>Is this one of its names?</summary>
    public static bool Is(string charset) =>
        charset.ToUpperInvariant() is "UTF-7" or "UTF7" or "UNICODE-1-1-UTF-7" or "X-UNICODE-2-0-UTF-7";

    /// <summary>The text; damage is left as it stands or becomes U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '+')
            {
                text.Append(bytes[i] < 0x80 ? (char)bytes[i] : '\uFFFD');
                continue;
            }

            var start = i + 1;
            var end = start;
            while (end < bytes.Length && (char.IsAsciiLetterOrDigit((char)bytes[end]) || bytes[end] is (byte)'+' or (byte)'/'))
            {
                end++;
            }

            if (end == start)
            {
                text.Append('+'); // "+-" is the plus itself
            }
            else
            {
                text.Append(Encoding.BigEndianUnicode.GetString(TransferEncoding.Base64(bytes[start..end]).AsSpan()[..Even(end - start)]));
            }

            i = end < bytes.Length && bytes[end] == '-' ? end : end - 1;
        }

        return text.ToString();
    }

    // Whole 16-bit units in so many base64 letters.
    private static int Even(int letters) => letters * 6 / 16 * 2;
}
