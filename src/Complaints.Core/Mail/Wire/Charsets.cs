using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Turns bytes into text by the name of a character set, and by a guess where the name is missing or wrong.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding _gb18030;
    private static readonly Encoding _western;

    // What senders write and what they mean: the smaller Chinese sets are parts of GB18030 and are routinely
    // declared for text that needs the larger one; Latin 1 in mail means the Windows set, as in browsers.
    private static readonly Dictionary<string, string> _meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["gb_2312-80"] = "gb18030",
        ["gb2312-80"] = "gb18030",
        ["cp936"] = "gb18030",
        ["ms936"] = "gb18030",
        ["windows-936"] = "gb18030",
        ["euc-cn"] = "gb18030",
        ["chinese"] = "gb18030",
        ["big5-hkscs"] = "big5",
        ["cp950"] = "big5",
        ["x-x-big5"] = "big5",
        ["iso-8859-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["cp1252"] = "windows-1252",
        ["iso-8859-9"] = "windows-1254",
        ["utf8"] = "utf-8",
        ["cp1251"] = "windows-1251",
        ["cp1250"] = "windows-1250",
        ["windows-31j"] = "shift_jis",
        ["cp932"] = "shift_jis",
        ["ms_kanji"] = "shift_jis",
        ["cp949"] = "ks_c_5601-1987",
        ["windows-949"] = "ks_c_5601-1987",
    };

    static Charsets()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        _gb18030 = Encoding.GetEncoding("gb18030");
        _western = Encoding.GetEncoding("windows-1252");
    }

    /// <summary>The text; a guess when <paramref name="name"/> is null, says ASCII, or is not known.</summary>
    /// <param name="bytes">What to decode.</param>
    /// <param name="name">Character set as declared; null when none was.</param>
    /// <param name="known">False when a name was declared that nobody here knows.</param>
    public static string Text(ReadOnlySpan<byte> bytes, string? name, out bool known)
    {
        known = true;
        var declared = name?.Trim(' ', '\t', '"', '\'') ?? "";
        if (
            declared.Length == 0
            || declared.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)
            || declared.Equals("ascii", StringComparison.OrdinalIgnoreCase)
        )
        {
            return Guess(bytes);
        }

        var encoding = Find(declared);
        known = encoding is not null;
        return encoding is null ? Guess(bytes) : encoding.GetString(Unmarked(bytes, encoding));
    }

    /// <summary>UTF-8 when it is; else GB18030 when that gives mostly Chinese; else Western.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strictUtf8.GetString(Unmarked(bytes, _strictUtf8));
        }
        catch (DecoderFallbackException)
        {
            var chinese = _gb18030.GetString(bytes);
            var beyond = chinese.Count(c => c >= 0x80);
            var han = 0;
            var alone = 0; // "Formação" read as Chinese gives single signs among Latin letters; Chinese stands in runs
            for (var i = 0; i < chinese.Length; i++)
            {
                if (Chinese(chinese[i]))
                {
                    han++;
                    alone += (i > 0 && Chinese(chinese[i - 1])) || (i + 1 < chinese.Length && Chinese(chinese[i + 1])) ? 0 : 1;
                }
            }

            return han * 10 >= beyond * 9 && alone * 2 <= han ? chinese : _western.GetString(bytes);
        }
    }

    private static bool Chinese(char c) =>
        c is (>= '\u4e00' and <= '\u9fa5') or (>= '\u3000' and <= '\u303f') or (>= '\uff00' and <= '\uffef');

    private static Encoding? Find(string name)
    {
        try
        {
            return name.Length > 50 ? null : Encoding.GetEncoding(_meant.GetValueOrDefault(name, name));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null; // UTF-7 among them: it can hide markup, and .NET rightly refuses it
        }
    }

    private static ReadOnlySpan<byte> Unmarked(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var mark = encoding.CodePage == Encoding.UTF8.CodePage ? [0xEF, 0xBB, 0xBF] : encoding.Preamble;
        return mark.Length > 0 && bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes;
    }
}
