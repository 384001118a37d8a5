using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>Finds the words and the files among the parts of a message.</summary>
internal sealed class MailContent(List<Sentence> problems)
{
    // Nobody writes two million letters; what is longer is somebody's data, and stays readable in the original.
    private const int LongestText = 2 * 1024 * 1024;

    public string Text { get; private set; } = "";

    public bool TextWasHtml { get; private set; }

    public string? Html { get; private set; }

    public bool Encrypted { get; private set; }

    public List<MailPart> Parts { get; } = [];

    public List<MailPart> Attachments { get; } = [];

    public void Take(IReadOnlyList<MimeLeaf> leaves)
    {
        Parts.AddRange(leaves.Select(l => PartOf.Leaf(l, problems)));
        var plain = First("text/plain");
        var html = First("text/html");
        if (plain >= 0)
        {
            Text = Lines(Parts[plain]);
        }

        if (html >= 0)
        {
            Html = Lines(Parts[html]);
        }

        TakeHtmlWords();
        var calendar = TakeCalendar();
        for (var i = 0; i < leaves.Count; i++)
        {
            // The other form of the same words is no attachment; anything else is, so that nothing is lost.
            var words =
                (i == plain && !TextWasHtml)
                || (i == html && (TextWasHtml || leaves[i].Within is "multipart/alternative" or "multipart/related"));
            var empty = (TextWasHtml && i == plain) || Parts[i].First(1).Length == 0;
            if (!words && !empty && (i == calendar || !TakeTnef(Parts[i])))
            {
                Attachments.Add(Parts[i]);
            }
        }

        TakeUuencoded();
        if (Parts.Exists(p => p.Type is "application/pkcs7-mime" or "application/x-pkcs7-mime" or "application/pgp-encrypted"))
        {
            Encrypted = true;
            problems.Add(
                new Sentence(
                    "The message is encrypted and cannot be read here. Ask the sender to send it unencrypted, or open it elsewhere."
                )
            );
        }
    }

    private void TakeHtmlWords()
    {
        if (Text.Trim().Length > 0 || Html is null)
        {
            return;
        }

        Text = HtmlText.Of(Html, out var cut);
        TextWasHtml = true;
        if (cut)
        {
            TooLong();
        }
    }

    // An invitation or its answer is the words where there are no others.
    private int TakeCalendar()
    {
        var calendar = Parts.FindIndex(p => p.Type is "text/calendar" or "application/ics");
        if (calendar >= 0 && Text.Trim().Length == 0)
        {
            Text = CalendarText.Of(Lines(Parts[calendar]));
        }

        return calendar;
    }

    private bool TakeTnef(MailPart part)
    {
        if (
            part.Type is not ("application/ms-tnef" or "application/vnd.ms-tnef")
            && !part.Name.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase)
        )
        {
            return false;
        }

        if (Tnef.Read(part.Bytes) is not { } found)
        {
            problems.Add(new Sentence("The attached “{0}” could not be opened; it is kept as it came.", part.Name));
            return false;
        }

        if (Text.Trim().Length == 0 && found.Text is { } words)
        {
            Text = Short(words);
        }

        Html ??= found.Html is { } html ? Short(html) : null;
        TakeHtmlWords();
        Attachments.AddRange(found.Files.Select(PartOf.Wrapped));
        return true;
    }

    private void TakeUuencoded()
    {
        if (!TextWasHtml && Uuencode.In(Text) is var (rest, files))
        {
            Text = rest;
            Attachments.AddRange(files.Select(f => PartOf.Packed(f.Name, f.Bytes)));
        }
    }

    private int First(string type) =>
        Parts.FindIndex(p => p.Type == type && !p.Attached && p.First(1).Length > 0) is >= 0 and var at
            ? at
            : Parts.FindIndex(p => p.Type == type && !p.Attached);

    private string Lines(MailPart part)
    {
        var bytes = part.First(LongestText + 1);
        if (bytes.Length > LongestText)
        {
            bytes = bytes[..LongestText];
            TooLong();
        }

        var charset = part.Charset ?? (part.Type == "text/html" ? HtmlCharset.Of(bytes) : null);
        var text = Charsets.Text(bytes, charset, out var known);
        if (!known)
        {
            problems.Add(new Sentence("The character set “{0}” is not known; the words may be garbled.", PartOf.Short(part.Charset ?? "")));
        }
        else if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            problems.Add(new Sentence("Some characters of the message are damaged."));
        }

        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
        return part.Flowed ? FlowedText.Join(text, part.DelSp) : text;
    }

    private static string Short(string text) =>
        (text.Length > LongestText ? text[..LongestText] : text)
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n')
            .Replace("\0", "", StringComparison.Ordinal);

    private void TooLong()
    {
        if (!problems.Exists(p => p.Text.StartsWith("The message is very long", StringComparison.Ordinal)))
        {
            problems.Add(new Sentence("The message is very long; its end is left out here. The whole of it is in the original."));
        }
    }
}
