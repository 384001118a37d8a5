namespace Complaints.Mail.Wire;

/// <summary>Tells by the lines of a mail where an older mail begins.</summary>
internal static class QuoteMarks
{
    private const int Looked = 500; // of a line; no mark is longer
    private const int MostAttributionLines = 4;
    private const int LongestField = 60;

    /// <summary>The line without blanks around it, as far as is ever looked at.</summary>
    public static string Look(string line) =>
        (line.Length > Looked ? line[..Looked] : line).Trim(' ', '\t', '\u00a0', '\u3000', '\u200b', '\u200e', '\u200f', '\ufeff');

    /// <summary>Marked as quoted.</summary>
    public static bool Quoted(string line) => line.StartsWith('>') || line.StartsWith('＞');

    /// <summary>"On Monday, Anna wrote:", also folded over a few lines; how many, or 0.</summary>
    public static int Attribution(string[] lines, int i)
    {
        var first = Look(lines[i]);
        var opens = Array.Exists(QuoteWords.Openings, o => first.StartsWith(o, StringComparison.Ordinal));
        var dated = first.Length > 0 && char.IsAsciiDigit(first[0]);
        var addressed = first.Contains('@', StringComparison.Ordinal) && first.Contains('<', StringComparison.Ordinal);
        if (!opens && !dated && !addressed)
        {
            return 0;
        }

        var said = "";
        for (var n = 0; n < MostAttributionLines && i + n < lines.Length; n++)
        {
            var line = Look(lines[i + n]);
            if (line.Length == 0 || Quoted(line))
            {
                return 0;
            }

            said += " " + line;
            if (line[^1] is ':' or '：')
            {
                return Wrote(said, NextWords(lines, i + n + 1)) ? n + 1 : 0;
            }
        }

        return 0;
    }

    // "On reflection I wrote:" is no attribution; a date or an address makes it one. Where no word is known, the quotation below does.
    private static bool Wrote(string said, string below)
    {
        var trimmed = said.TrimEnd('：', ':', ' ', '*', '_', '\u00a0');
        var address = said.Contains('@', StringComparison.Ordinal);
        if (Array.Exists(QuoteWords.Myself, w => said.Contains(w, StringComparison.OrdinalIgnoreCase)) && !Quoted(below))
        {
            return false;
        }

        if (Array.Exists(QuoteWords.Wrote, w => trimmed.EndsWith(w, StringComparison.OrdinalIgnoreCase)))
        {
            return address || said.Any(char.IsAsciiDigit);
        }

        var timed = Timed(said);
        return (
                Array.Exists(QuoteWords.WroteThen, w => said.Contains(w, StringComparison.OrdinalIgnoreCase))
                && (address || timed)
                && said.Any(char.IsAsciiDigit)
            ) || (address && timed && Quoted(below));
    }

    // "9:05" somewhere in it.
    private static bool Timed(string said)
    {
        for (var i = said.IndexOf(':', StringComparison.Ordinal); i >= 0; i = said.IndexOf(':', i + 1))
        {
            if (
                i > 0
                && char.IsAsciiDigit(said[i - 1])
                && i + 2 < said.Length
                && char.IsAsciiDigit(said[i + 1])
                && char.IsAsciiDigit(said[i + 2])
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"-----Original Message-----", "---------- Forwarded message ----------", "------------------ 原始邮件 ------------------", "Begin forwarded message:"</summary>
    public static bool Original(string line) =>
        (
            line.StartsWith("--", StringComparison.Ordinal)
            && line.EndsWith('-')
            && QuoteWords.Original.Contains(line.Trim('-', ' ', '\u00a0').ToLowerInvariant().Replace('’', '\''), StringComparer.Ordinal)
        ) || (line.Length < 60 && QuoteWords.Begins.Contains(Bare(line).ToLowerInvariant(), StringComparer.Ordinal));

    /// <summary>"From:" with at least two more of its kind at once below it.</summary>
    public static bool HeaderBlock(string[] lines, int i)
    {
        if (i >= lines.Length || Field(lines[i], out _) < 0)
        {
            return false;
        }

        var fields = new HashSet<int>();
        var sender = false;
        for (var n = 0; n < 6 && i + n < lines.Length; n++)
        {
            if (Field(lines[i + n], out var from) is >= 0 and var field)
            {
                sender |= from;
                fields.Add(field);
            }
        }

        return sender && fields.Count >= 3;
    }

    /// <summary>A line drawn across.</summary>
    public static bool Rule(string line) => line.Length >= 10 && line[0] is '_' or '-' or '—' or '=' && line.All(c => c == line[0]);

    /// <summary>The words of the next line that has any.</summary>
    public static string NextWords(string[] lines, int i) => Next(lines, i) is var next && next < lines.Length ? Look(lines[next]) : "";

    /// <summary>The next line that is not empty, not far ahead: an answer of empty lines must not take for ever.</summary>
    public static int Next(string[] lines, int i)
    {
        const int Far = 20;
        for (var end = Math.Min(lines.Length, i + Far); i < end && Look(lines[i]).Length == 0; )
        {
            i++;
        }

        return i;
    }

    private static readonly Dictionary<string, int> _fields = QuoteWords
        .Fields.Distinct(StringComparer.OrdinalIgnoreCase)
        .Select((name, i) => (name, i))
        .ToDictionary(f => f.name, f => f.i, StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> _senders = new(QuoteWords.Senders, StringComparer.OrdinalIgnoreCase);

    // The field's number among all of them, or -1.
    private static int Field(string line, out bool sender)
    {
        sender = false;
        var colon = line.AsSpan(0, Math.Min(line.Length, LongestField)).IndexOfAny(':', '：');
        if (colon < 1)
        {
            return -1;
        }

        var name = Bare(line[..(colon + 1)]).TrimStart('|', ' ');
        sender = _senders.Contains(name);
        return _fields.TryGetValue(name, out var field) ? field : -1;
    }

    private static string Bare(string line) =>
        Look(line)
            .Replace("*", "", StringComparison.Ordinal)
            .Replace('：', ':')
            .Replace("\u00a0:", ":", StringComparison.Ordinal)
            .Replace(" :", ":", StringComparison.Ordinal);
}
