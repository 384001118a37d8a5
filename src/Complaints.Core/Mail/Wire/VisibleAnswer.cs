namespace Complaints.Mail.Wire;

/// <summary>Finds what the sender of an answer wrote now, without what is quoted from before and without a signature.</summary>
public static class VisibleAnswer
{
    private const int Looked = 500; // of a line; no mark is longer
    private const int MostAttributionLines = 4;
    private const int FooterLines = 8;

    private static readonly string[] _wrote =
    [
        "wrote",
        "写道",
        "寫道",
        "schrieb",
        "a écrit",
        "escribió",
        "ha scritto",
        "escreveu",
        "написал",
        "написал(а)",
        "пишет",
    ];
    private static readonly string[] _openings = ["On ", "At ", "在", "于", "於", "Am ", "Le ", "El ", "Il ", "Em "];

    private static readonly string[] _original =
    [
        "original message",
        "forwarded message",
        "reply message",
        "原始邮件",
        "原始郵件",
        "转发邮件",
        "回复的原邮件",
        "转发的邮件",
        "原邮件",
        "ursprüngliche nachricht",
        "message d'origine",
    ];

    private static readonly string[] _senders = ["from:", "发件人:", "寄件者:", "寄件人:", "von:"];

    private static readonly string[] _fields =
    [
        "from:",
        "sent:",
        "date:",
        "to:",
        "subject:",
        "cc:",
        "发件人:",
        "发送时间:",
        "发送日期:",
        "收件人:",
        "抄送:",
        "抄送人:",
        "主题:",
        "日期:",
        "时间:",
        "寄件者:",
        "寄件人:",
        "收件者:",
        "主旨:",
        "von:",
        "gesendet:",
        "an:",
        "betreff:",
    ];

    private static readonly string[] _devices =
    [
        "sent from my ",
        "sent from ",
        "sent via ",
        "sent with ",
        "get outlook for ",
        "发自我的",
        "來自我的",
        "来自我的",
        "发送自",
        "發自我的",
        "获取outlook",
        "获取 outlook",
        "从我的",
        "从 windows",
        "使用网易邮箱",
        "von meinem ",
        "envoyé de mon ",
        "enviado desde mi ",
    ];

    /// <summary>
    /// The sender's own words, lines ended by LF. Where answers stand between quoted lines, all of them are kept.
    /// Empty when everything is quoted. Only what is clearly a quotation or a signature is left out: of two mistakes,
    /// showing too much is the smaller one.
    /// </summary>
    public static string Of(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var own = new List<string>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = Look(lines[i]);
            if (line.StartsWith('>') || line.StartsWith('＞'))
            {
                continue;
            }

            if (Attribution(lines, i) is var taken and > 0)
            {
                // With marked lines behind it the sender may go on below; without, everything behind it is the old mail.
                if (!Quoted(NextWords(lines, i + taken)))
                {
                    break;
                }

                i += taken - 1;
                continue;
            }

            if (Ends(lines, i, line))
            {
                break;
            }

            own.Add(lines[i].TrimEnd());
        }

        DropDevice(own);
        return string.Join('\n', own).Trim('\n', ' ', '\t', '\u00a0', '\u3000');
    }

    private static bool Ends(string[] lines, int i, string line) =>
        Original(line)
        || lines[i] is "-- " or "-- \u00a0"
        || (line == "--" && lines.Length - i <= FooterLines)
        || (Rule(line) && (HeaderBlock(lines, Next(lines, i + 1)) || lines.Length - i <= FooterLines))
        || HeaderBlock(lines, i);

    // "On Monday, Anna wrote:", also folded over a few lines; how many, or 0.
    private static int Attribution(string[] lines, int i)
    {
        var first = Look(lines[i]);
        var opens = _openings.Any(o => first.StartsWith(o, StringComparison.Ordinal));
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
            if (line.Length == 0 || line.StartsWith('>'))
            {
                return 0;
            }

            said += " " + line;
            var trimmed = said.TrimEnd('：', ':', ' ', '*', '_');
            if (line[^1] is ':' or '：' && _wrote.Any(w => trimmed.EndsWith(w, StringComparison.OrdinalIgnoreCase)))
            {
                // "On reflection I wrote:" is no attribution; a date or an address makes it one.
                return said.Any(char.IsAsciiDigit) || said.Contains('@', StringComparison.Ordinal) ? n + 1 : 0;
            }
        }

        return 0;
    }

    // "-----Original Message-----", "---------- Forwarded message ----------", "------------------ 原始邮件 ------------------"
    private static bool Original(string line) =>
        line.StartsWith("--", StringComparison.Ordinal)
        && line.EndsWith('-')
        && _original.Contains(line.Trim('-', ' ', '\u00a0').ToLowerInvariant(), StringComparer.Ordinal);

    // "From:" with at least two more of its kind at once below it.
    private static bool HeaderBlock(string[] lines, int i)
    {
        if (i >= lines.Length || Field(lines[i], _senders) < 0)
        {
            return false;
        }

        var fields = new HashSet<int>();
        for (var n = 0; n < 6 && i + n < lines.Length; n++)
        {
            if (Field(lines[i + n], _fields) is >= 0 and var field)
            {
                fields.Add(field);
            }
        }

        return fields.Count >= 3;
    }

    private static int Field(string line, string[] names)
    {
        var bare = Look(line)
            .Replace("*", "", StringComparison.Ordinal)
            .Replace('：', ':')
            .Replace(" :", ":", StringComparison.Ordinal)
            .TrimStart('|', ' ');
        return Array.FindIndex(names, f => bare.StartsWith(f, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Rule(string line) =>
        line.Length >= 10 && line.All(c => c is '_' or '-' or '—' or '=') && line.Distinct().Count() == 1;

    private static bool Quoted(string line) => line.StartsWith('>') || line.StartsWith('＞');

    private static string NextWords(string[] lines, int i) => Next(lines, i) is var next && next < lines.Length ? Look(lines[next]) : "";

    // The next line that is not empty, not far ahead: an answer of empty lines must not take for ever.
    private static int Next(string[] lines, int i)
    {
        const int Far = 20;
        for (var end = Math.Min(lines.Length, i + Far); i < end && Look(lines[i]).Length == 0; )
        {
            i++;
        }

        return i;
    }

    // "Sent from my iPhone" at the end; a sentence that only begins like it stays.
    private static void DropDevice(List<string> own)
    {
        while (own.Count > 0 && own[^1].Trim().Length == 0)
        {
            own.RemoveAt(own.Count - 1);
        }

        if (own.Count == 0)
        {
            return;
        }

        var last = Look(own[^1]);
        var words = last.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (
            last.Length <= 60
            && words <= 8
            && last[^1] is not ('.' or '!' or '?' or '。' or '！' or '？')
            && !last.Contains(", ", StringComparison.Ordinal)
            && _devices.Any(d => last.StartsWith(d, StringComparison.OrdinalIgnoreCase))
        )
        {
            own.RemoveAt(own.Count - 1);
        }
    }

    private static string Look(string line) => (line.Length > Looked ? line[..Looked] : line).Trim(' ', '\t', '\u00a0', '\u3000', '\u200b');
}
