using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Complaints.Mail.Wire;

/// <summary>Turns HTML into plain text: what a person would read, in lines; no markup, scripts or hidden preview.</summary>
internal static class HtmlText
{
    private const int LongestText = 1_000_000;

    private static readonly HashSet<string> _silent = new(StringComparer.OrdinalIgnoreCase)
    {
        "head",
        "style",
        "script",
        "title",
        "noscript",
        "template",
        "object",
        "svg",
        "select",
        "textarea",
        "iframe",
    };

    private static readonly HashSet<string> _lines = new(StringComparer.OrdinalIgnoreCase)
    {
        "p",
        "div",
        "tr",
        "li",
        "ul",
        "ol",
        "table",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "hr",
        "dl",
        "dt",
        "dd",
        "center",
    };

    private static readonly HashSet<string> _spaced = new(StringComparer.OrdinalIgnoreCase)
    {
        "p",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "pre",
    };

    // What stands in plain mail for "the older mail begins here".
    private const string Old = "-----Original Message-----";

    /// <summary>The text. Quoted parts (blockquote) get the <c>&gt; </c> of plain mail, so that they can be told from the sender's own words.</summary>
    /// <param name="html">An HTML document or fragment, from anybody.</param>
    /// <param name="cut">True when it was too large and something was left out.</param>
    public static string Of(string html, out bool cut) => new Walk(null).Of(html, out cut);

    /// <summary>The text with the marks of plain mail wherever the structure shows a quotation, and without signatures.</summary>
    /// <param name="html">An HTML document or fragment, from anybody.</param>
    /// <param name="signature">The signatures left out; empty when there are none.</param>
    public static string Marked(string html, out string signature)
    {
        var walk = new Walk(new TextLines(10_000));
        var text = walk.Of(html, out _);
        signature = walk.Signature;
        return text;
    }

    private sealed class Walk(TextLines? signature)
    {
        private readonly TextLines _text = new(LongestText);
        private IElement? _within; // the signature we stand in
        private bool _over; // the older mail has begun

        public string Signature => signature?.ToString() ?? "";

        private TextLines Text => _within is null ? _text : signature!;

        public string Of(string html, out bool cut)
        {
            var bounded = HtmlBounds.Of(html);
            cut = bounded.Length < html.Length;
            var document = new HtmlParser().ParseDocument(bounded);

            // By hand and not by calling itself: a stranger decides how deep this goes.
            INode? node = document.DocumentElement;
            while (node is not null && !_over)
            {
                if (Enter(node) && node.FirstChild is { } child)
                {
                    node = child;
                    continue;
                }

                while (node is not null && node.NextSibling is null)
                {
                    Leave(node);
                    node = node.Parent;
                }

                if (node is not null)
                {
                    Leave(node);
                    node = node.NextSibling;
                }
            }

            cut |= _text.Cut;
            return _text.ToString();
        }

        private bool Enter(INode node)
        {
            if (node is IText words)
            {
                Text.Words(words.Data, Kept(node));
                return false;
            }

            if (node is not IElement element)
            {
                return node.HasChildNodes;
            }

            var name = element.LocalName;
            if (_silent.Contains(name) || Hidden(element) || !Marked(element))
            {
                return false;
            }

            if (name == "br")
            {
                Text.Break();
            }
            else if (name == "img" && element.GetAttribute("alt") is { Length: > 0 and < 200 } alt)
            {
                Text.Words(alt, kept: false);
            }
            else if (_lines.Contains(name))
            {
                Text.Line(_spaced.Contains(name));
                Text.Quote += name == "blockquote" ? 1 : 0;
                if (name == "li")
                {
                    Text.Words("- ", kept: true);
                }
            }
            else if (name is "td" or "th")
            {
                Text.Words(" ", kept: false);
            }

            return true;
        }

        // False where the element is not to be entered.
        private bool Marked(IElement element)
        {
            if (signature is null || _within is not null)
            {
                return true;
            }

            switch (HtmlQuotes.Of(element))
            {
                case HtmlMark.Ends when _text.Quote == 0:
                    _text.Line(gap: false);
                    _text.Words(Old, kept: false);
                    _over = true;
                    return false;
                case HtmlMark.Quote when element.LocalName != "blockquote":
                    _text.Line(gap: true);
                    _text.Quote++;
                    return true;
                case HtmlMark.Attribution when _text.Quote == 0:
                    _text.Line(gap: true);
                    _text.Words("> ", kept: true);
                    _text.Line(gap: false);
                    return false;
                case HtmlMark.Signature when _text.Quote == 0:
                    _text.Line(gap: false);
                    _within = element;
                    return true;
                default:
                    return true;
            }
        }

        private void Leave(INode node)
        {
            if (node is not IElement element || Hidden(element) || _silent.Contains(element.LocalName))
            {
                return;
            }

            var name = element.LocalName;
            if (_lines.Contains(name))
            {
                Text.Line(_spaced.Contains(name));
                Text.Quote -= name == "blockquote" ? 1 : 0;
            }

            if (_within == element)
            {
                signature!.Line(gap: false);
                _within = null;
            }
            else if (signature is not null && _within is null && name != "blockquote" && HtmlQuotes.Of(element) == HtmlMark.Quote)
            {
                _text.Line(gap: true);
                _text.Quote--;
            }
        }
    }

    private static bool Kept(INode node) => node.Parent is IElement { LocalName: "pre" };

    private static bool Hidden(IElement element) =>
        element.HasAttribute("hidden")
        || (
            element.GetAttribute("style") is { Length: < 2000 } style
            && style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase)
        );
}
