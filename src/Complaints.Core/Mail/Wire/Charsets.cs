using System.Text;
using System.Text.Unicode;

namespace Complaints.Mail.Wire;

/// <summary>Turns bytes into text by the name of a character set, and by a guess where the name is missing or wrong.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding _gb18030;
    private static readonly Encoding _western;
    private static readonly Encoding _japanese;
    private static readonly Encoding _big5;

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
        ["euc-kr"] = "ks_c_5601-1987",
        ["iso-2022-cn"] = "x-cp50227",
        ["hz"] = "hz-gb-2312",
        ["koi8r"] = "koi8-r",
        ["koi8u"] = "koi8-u",
        ["koi8-ru"] = "koi8-u",
        ["koi"] = "koi8-r",
        ["iso-2022-jp-ms"] = "iso-2022-jp",
        ["cp50220"] = "iso-2022-jp",
        ["cp50221"] = "csiso2022jp",
        ["x-sjis"] = "shift_jis",
        ["sjis"] = "shift_jis",
        ["x-euc-jp"] = "euc-jp",
        ["eucjp"] = "euc-jp",
        ["cp1253"] = "windows-1253",
        ["cp1254"] = "windows-1254",
        ["cp1255"] = "windows-1255",
        ["cp1256"] = "windows-1256",
        ["cp1257"] = "windows-1257",
        ["cp1258"] = "windows-1258",
        ["iso-8859-8-i"] = "iso-8859-8",
        ["iso-8859-8-e"] = "iso-8859-8",
        ["iso-8859-11"] = "windows-874",
        ["tis-620"] = "windows-874",
        ["unicode-1-1-utf-8"] = "utf-8",
        ["utf8mb4"] = "utf-8",
        ["unicode"] = "utf-16",
    };

    static Charsets()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        _gb18030 = Encoding.GetEncoding("gb18030");
        _western = Encoding.GetEncoding("windows-1252");
        _big5 = Encoding.GetEncoding("big5");
        _japanese = Encoding.GetEncoding("iso-2022-jp");
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

        if (Utf7.Is(declared))
        {
            return Utf7.Text(bytes);
        }

        var encoding = Find(declared);
        known = encoding is not null;
        return encoding is null ? Guess(bytes) : Mislabelled(bytes, encoding) ?? encoding.GetString(Unmarked(bytes, encoding));
    }

    // What is really there where the declared set cannot be right; null where it can. UTF-8 by accident is next to
    // impossible in a Western text, but two Chinese signs of GBK may look like it: there the declared set must fail first.
    private static string? Mislabelled(ReadOnlySpan<byte> bytes, Encoding declared)
    {
        if (!bytes.ContainsAnyExceptInRange((byte)0, (byte)0x7f))
        {
            return null;
        }

        if (declared.CodePage == Encoding.UTF8.CodePage)
        {
            return Utf8.IsValid(bytes) ? null : Patched(bytes) ?? Guess(bytes);
        }

        if (declared.IsSingleByte)
        {
            return Utf8.IsValid(bytes) ? _strictUtf8.GetString(Unmarked(bytes, _strictUtf8))
                : declared.CodePage == _western.CodePage && ChineseOf(bytes, 4) is { } chinese ? chinese
                : null;
        }

        return
            declared.CodePage is not (1200 or 1201) && Utf8.IsValid(bytes) && declared.GetString(bytes).AsSpan().ContainsAny('\uFFFD', '?')
            ? _strictUtf8.GetString(bytes)
            : null;
    }

    // UTF-8 with a little damage is still UTF-8: more than nine in ten of its foreign signs are whole.
    private static string? Patched(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(Unmarked(bytes, Encoding.UTF8));
        var (beyond, damaged) = (0, 0);
        foreach (var c in text)
        {
            beyond += c >= 0x80 ? 1 : 0;
            damaged += c == '\uFFFD' ? 1 : 0;
        }

        return damaged * 10 < beyond ? text : null;
    }

    /// <summary>UTF-8 when it is; Japanese mail's escapes (ISO-2022-JP) when they are there; else GB18030 when that
    /// gives mostly Chinese; else Western.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return bytes.IndexOf("\e$B"u8) >= 0 || bytes.IndexOf("\e$@"u8) >= 0
                ? _japanese.GetString(bytes)
                : _strictUtf8.GetString(Unmarked(bytes, _strictUtf8));
        }

        return (Big5Looks(bytes) ? _big5.GetString(bytes) : null) ?? ChineseOf(bytes, 1) ?? _western.GetString(bytes);
    }

    // Big5 puts two fifths of its second bytes below 0x7F, simplified Chinese hardly any; its common signs begin with A4 to C6.
    private static bool Big5Looks(ReadOnlySpan<byte> bytes)
    {
        var (pairs, low, common) = (0, 0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            if (
                i + 1 == bytes.Length
                || bytes[i] is < 0xA1 or > 0xF9
                || bytes[i + 1] is not ((>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE))
            )
            {
                return false;
            }

            pairs++;
            common += bytes[i] <= 0xC6 ? 1 : 0;
            low += bytes[i + 1] <= 0x7E ? 1 : 0;
            i++;
        }

        return pairs >= 3 && low * 5 >= pairs && common * 10 >= pairs * 9;
    }

    // Null when it makes no likely Chinese, or fewer signs than asked for.
    private static string? ChineseOf(ReadOnlySpan<byte> bytes, int least)
    {
        var chinese = _gb18030.GetString(bytes);
        var beyond = 0;
        var han = 0;
        var alone = 0; // "Formação" read as Chinese gives single signs among Latin letters; Chinese stands in runs
        for (var i = 0; i < chinese.Length; i++)
        {
            beyond += chinese[i] >= 0x80 ? 1 : 0;
            if (Chinese(chinese[i]))
            {
                han++;
                alone += (i > 0 && Chinese(chinese[i - 1])) || (i + 1 < chinese.Length && Chinese(chinese[i + 1])) ? 0 : 1;
            }
        }

        return han >= least && han * 10 >= beyond * 9 && alone * 2 <= han ? chinese : null;
    }

    /// <summary>The set of this name; null when nobody here knows it.</summary>
    public static Encoding? Named(string name) => Find(name);

    /// <summary>The set of this Windows code page; null when nobody here knows it.</summary>
    public static Encoding? Numbered(int codePage) => codePage is > 0 and < 65535 and not 65000 ? ByNumber(codePage) : null;

    private static Encoding? ByNumber(int codePage)
    {
        try
        {
            return Encoding.GetEncoding(codePage);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
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
            return null;
        }
    }

    private static ReadOnlySpan<byte> Unmarked(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var mark = encoding.CodePage == Encoding.UTF8.CodePage ? [0xEF, 0xBB, 0xBF] : encoding.Preamble;
        return mark.Length > 0 && bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes;
    }
}
