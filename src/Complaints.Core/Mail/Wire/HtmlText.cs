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

    /// <summary>The text. Quoted parts (blockquote) get the <c>&gt; </c> of plain mail, so that they can be told from the sender's own words.</summary>
    /// <param name="html">An HTML document or fragment, from anybody.</param>
    /// <param name="cut">True when it was too large and something was left out.</param>
    public static string Of(string html, out bool cut)
    {
        var bounded = HtmlBounds.Of(html);
        cut = bounded.Length < html.Length;
        var document = new HtmlParser().ParseDocument(bounded);
        var text = new TextLines(LongestText);

        // By hand and not by calling itself: a stranger decides how deep this goes.
        INode? node = document.DocumentElement;
        while (node is not null)
        {
            var deeper = Enter(node, text);
            if (deeper && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                Leave(node, text);
                node = node.Parent;
            }

            if (node is not null)
            {
                Leave(node, text);
                node = node.NextSibling;
            }
        }

        cut |= text.Cut;
        return text.ToString();
    }

    private static bool Enter(INode node, TextLines text)
    {
        if (node is IText words)
        {
            text.Words(words.Data, Kept(node));
            return false;
        }

        if (node is not IElement element)
        {
            return node.HasChildNodes;
        }

        var name = element.LocalName;
        if (_silent.Contains(name) || Hidden(element))
        {
            return false;
        }

        if (name == "br")
        {
            text.Break();
        }
        else if (name == "img" && element.GetAttribute("alt") is { Length: > 0 and < 200 } alt)
        {
            text.Words(alt, kept: false);
        }
        else if (_lines.Contains(name))
        {
            text.Line(_spaced.Contains(name));
            text.Quote += name == "blockquote" ? 1 : 0;
            if (name == "li")
            {
                text.Words("- ", kept: true);
            }
        }
        else if (name is "td" or "th")
        {
            text.Words(" ", kept: false);
        }

        return true;
    }

    private static void Leave(INode node, TextLines text)
    {
        if (node is IElement element && _lines.Contains(element.LocalName) && !Hidden(element))
        {
            text.Line(_spaced.Contains(element.LocalName));
            text.Quote -= element.LocalName == "blockquote" ? 1 : 0;
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
