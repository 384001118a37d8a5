namespace Complaints.Mail.Wire;

/// <summary>Finds what the sender of an answer wrote now, without what is quoted from before and without a signature.</summary>
public static class VisibleAnswer
{
    private const int FooterLines = 8;
    private const int MostLines = 20_000;

    /// <summary>The sender's own words in a mail; see <see cref="Of(string)"/>. The HTML form is asked where the plain one
    /// shows no quotation: mail programs that mark nothing in plain text often mark it there.</summary>
    public static string Of(ReadMail mail) => Read(mail).Words;

    /// <summary>
    /// The sender's own words, lines ended by LF. Where answers stand between quoted lines, all of them are kept.
    /// Empty when everything is quoted. Only what is clearly a quotation or a signature is left out: of two mistakes,
    /// showing too much is the smaller one.
    /// </summary>
    public static string Of(string text) => Read(text).Words;

    /// <summary>The sender's own words in a mail, and the signature under them.</summary>
    public static Answer Read(ReadMail mail)
    {
        if (mail.Html is not { } html)
        {
            return Read(mail.Text);
        }

        if (mail.TextWasHtml)
        {
            return OfHtml(html);
        }

        var plain = Read(mail.Text);
        if (plain.LeftOut || mail.InReplyTo.Count + mail.References.Count == 0)
        {
            return plain;
        }

        var rich = OfHtml(html);
        return rich.LeftOut && rich.Words.Length > 0 && rich.Words.Length < plain.Words.Length ? rich : plain;
    }

    /// <summary>The sender's own words in an HTML body, quotations told by its structure and then by its words.</summary>
    public static Answer OfHtml(string html)
    {
        var marked = HtmlText.Marked(html, out var signature);
        var answer = Read(marked);
        return answer.Signature.Length == 0 && signature.Length > 0 ? answer with { Signature = signature } : answer;
    }

    /// <summary>The sender's own words in plain text, and the signature under them.</summary>
    public static Answer Read(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var own = new List<string>(lines.Length);
        var signature = new List<string>();
        var left = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (i >= MostLines)
            {
                own.AddRange(lines.Skip(i)); // nobody's letter; what is quoted in it no longer matters
                break;
            }

            var line = QuoteMarks.Look(lines[i]);
            if (QuoteMarks.Quoted(line))
            {
                left = true;
                continue;
            }

            if (QuoteMarks.Attribution(lines, i) is var taken and > 0)
            {
                left = true;

                // With marked lines behind it the sender may go on below; without, everything behind it is the old mail.
                if (!QuoteMarks.Quoted(QuoteMarks.NextWords(lines, i + taken)))
                {
                    break;
                }

                i += taken - 1;
                continue;
            }

            if (Old(lines, i, line))
            {
                left = true;
                break;
            }

            if (Signed(lines, i, line))
            {
                signature.AddRange(lines.Skip(i).Take(Math.Min(ToQuotation(lines, i + 1) - i, FooterLines * 4)).Select(l => l.TrimEnd()));
                break;
            }

            own.Add(lines[i].TrimEnd());
        }

        DropDevices(own, signature);
        return new Answer(Joined(own, left), Joined(signature, left), left);
    }

    private static bool Old(string[] lines, int i, string line) =>
        QuoteMarks.Original(line)
        || (QuoteMarks.Rule(line) && QuoteMarks.HeaderBlock(lines, QuoteMarks.Next(lines, i + 1)))
        || QuoteMarks.HeaderBlock(lines, i);

    private static bool Signed(string[] lines, int i, string line) =>
        lines[i] is "-- " or "-- \u00a0"
        || (line is "--" or "—" && ToQuotation(lines, i) - i <= FooterLines)
        || (line.Length > 0 && line[0] != '=' && QuoteMarks.Rule(line) && lines.Length - i <= FooterLines);

    // How far it is to the next quotation or the end; looked for only as far as a signature goes.
    private static int ToQuotation(string[] lines, int i)
    {
        for (var end = Math.Min(lines.Length, i + (FooterLines * 4)); i < end; i++)
        {
            var line = QuoteMarks.Look(lines[i]);
            if (QuoteMarks.Quoted(line) || Old(lines, i, line) || QuoteMarks.Attribution(lines, i) > 0)
            {
                break;
            }
        }

        return i;
    }

    // "Sent from my iPhone" at the end; a sentence that only begins like it stays. "-Anna Meier" likewise.
    private static void DropDevices(List<string> own, List<string> signature)
    {
        for (var most = 4; most > 0; most--)
        {
            while (own.Count > 0 && QuoteMarks.Look(own[^1]).Length == 0)
            {
                own.RemoveAt(own.Count - 1);
            }

            if (own.Count == 0)
            {
                return;
            }

            var last = QuoteMarks.Look(own[^1]);
            var link = last.IndexOf('<', StringComparison.Ordinal);
            last = link > 0 ? last[..link].TrimEnd() : last;
            var named = own.Count > 2 && own[^2].Length == 0 && Name(last);
            if (!named && !Device(last.TrimStart('-', '*', '_', ' ', '|').TrimEnd('*', '_', '|', ' ')))
            {
                return;
            }

            signature.Insert(0, own[^1]);
            own.RemoveAt(own.Count - 1);
        }
    }

    private static bool Device(string last) =>
        last.Length is > 0 and <= 60
        && last.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= 8
        && last[^1] is not ('.' or '!' or '?' or '。' or '！' or '？')
        && !last.Contains(", ", StringComparison.Ordinal)
        && Array.Exists(QuoteWords.Devices, d => last.StartsWith(d, StringComparison.OrdinalIgnoreCase));

    private static bool Name(string last) =>
        last.Length is > 3 and <= 40
        && last[0] == '-'
        && last[1..].Split(' ') is { Length: 2 or 3 } words
        && words.All(w => w.Length > 1 && char.IsUpper(w[0]) && w.Skip(1).All(char.IsLetter));

    // Where something was left out in the middle, the empty lines around it are one.
    private static string Joined(List<string> lines, bool left)
    {
        if (left)
        {
            for (var i = lines.Count - 1; i > 0; i--)
            {
                if (lines[i].Length == 0 && lines[i - 1].Length == 0)
                {
                    lines[i] = "\0";
                }
            }

            lines.RemoveAll(l => l == "\0");
        }

        return string.Join('\n', lines).Trim('\n', ' ', '\t', '\u00a0', '\u3000');
    }
}

/// <summary>An answer taken apart.</summary>
/// <param name="Words">The sender's own words; empty when everything is quoted.</param>
/// <param name="Signature">The signature or the device's line under them; empty when there is none.</param>
/// <param name="LeftOut">Something quoted was left out.</param>
public sealed record Answer(string Words, string Signature, bool LeftOut);
