using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>The words of a rich text body as Outlook wraps it: decompressed (MS-OXRTFCP) and without its markup.</summary>
internal static class RtfText
{
    private const int Longest = 4 * 1024 * 1024;
    private const int Window = 4096;

    // What every dictionary begins with; part of the format.
    private const string Start =
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

    private static readonly string[] _silent =
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "footer",
        "themedata",
    ];

    /// <summary>The rich text; null when it is damaged from the start.</summary>
    public static string? Decompress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
        {
            return null;
        }

        var magic = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        var body = bytes[16..];
        if (magic == 0x414C454D)
        {
            return Encoding.Latin1.GetString(body[..Math.Min(body.Length, Longest)]);
        }

        return magic == 0x75465A4C ? Unpacked(body) : null;
    }

    private static string Unpacked(ReadOnlySpan<byte> body)
    {
        var window = new byte[Window];
        var write = Encoding.ASCII.GetBytes(Start, window);
        var text = new StringBuilder();
        var at = 0;
        while (at < body.Length && text.Length < Longest)
        {
            var control = body[at++];
            for (var bit = 0; bit < 8 && at < body.Length; bit++)
            {
                if ((control & (1 << bit)) == 0)
                {
                    Put(body[at++]);
                    continue;
                }

                if (at + 1 >= body.Length)
                {
                    return text.ToString();
                }

                var token = (body[at] << 8) | body[at + 1];
                at += 2;
                var from = token >> 4;
                if (from == write)
                {
                    return text.ToString();
                }

                for (var n = 0; n < (token & 15) + 2; n++)
                {
                    Put(window[(from + n) % Window]);
                }
            }
        }

        return text.ToString();

        void Put(byte b)
        {
            text.Append((char)b);
            window[write] = b;
            write = (write + 1) % Window;
        }
    }

    /// <summary>The words, lines ended by LF. Groups that are not for reading, and the HTML tags Outlook hides in it, go.</summary>
    public static string Of(string rtf)
    {
        var text = new StringBuilder();
        var held = new List<byte>();
        var encoding = Charsets.Named("windows-1252")!;
        var silent = new Stack<bool>();
        var quiet = false;
        var hidden = false; // \htmlrtf: stands there only for readers without HTML
        var skip = 0;
        for (var i = 0; i < rtf.Length && text.Length < Longest; i++)
        {
            var c = rtf[i];
            if (c == '{')
            {
                silent.Push(quiet);
            }
            else if (c == '}')
            {
                quiet = silent.TryPop(out var before) && before;
            }
            else if (c == '\\' && i + 1 < rtf.Length)
            {
                i = Control(i + 1);
            }
            else if (c is not ('\r' or '\n'))
            {
                Say((byte)c);
            }
        }

        Flush();
        return text.ToString().Trim('\n', ' ');

        int Control(int at)
        {
            if (rtf[at] == '\'')
            {
                if (
                    at + 2 < rtf.Length
                    && byte.TryParse(rtf.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b)
                )
                {
                    Say(b);
                }

                return Math.Min(at + 2, rtf.Length - 1);
            }

            if (!char.IsAsciiLetter(rtf[at]))
            {
                quiet |= rtf[at] == '*';
                if (rtf[at] is '\\' or '{' or '}')
                {
                    Say((byte)rtf[at]);
                }
                else if (rtf[at] == '~')
                {
                    Say((byte)' ');
                }

                return at;
            }

            var end = at;
            while (end < rtf.Length && end - at < 40 && char.IsAsciiLetter(rtf[end]))
            {
                end++;
            }

            var word = rtf[at..end];
            var digits = end;
            digits += digits < rtf.Length && rtf[digits] == '-' ? 1 : 0;
            while (digits < rtf.Length && digits - end < 10 && char.IsAsciiDigit(rtf[digits]))
            {
                digits++;
            }

            _ = int.TryParse(rtf.AsSpan(end, digits - end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            Word(word, number, digits > end);
            return digits < rtf.Length && rtf[digits] == ' ' ? digits : digits - 1;
        }

        void Word(string word, int number, bool given)
        {
            if (word == "htmlrtf")
            {
                hidden = !given || number != 0;
            }
            else if (word == "ansicpg")
            {
                encoding = Charsets.Numbered(number) ?? encoding;
            }
            else if (Array.IndexOf(_silent, word) >= 0)
            {
                quiet = true;
            }
            else if (!quiet && !hidden)
            {
                if (word is "par" or "line")
                {
                    Flush();
                    text.Append('\n');
                }
                else if (word == "tab")
                {
                    Say((byte)'\t');
                }
                else if (word == "u")
                {
                    Flush();
                    text.Append((char)(ushort)number);
                    skip = 1; // what readers without Unicode would show follows
                }
            }
        }

        void Say(byte b)
        {
            if (skip > 0)
            {
                skip--;
            }
            else if (!quiet && !hidden)
            {
                held.Add(b);
            }
        }

        void Flush()
        {
            if (held.Count > 0)
            {
                text.Append(encoding.GetString([.. held]));
                held.Clear();
            }
        }
    }
}
