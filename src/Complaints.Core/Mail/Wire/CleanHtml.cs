using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Complaints.Mail.Wire;

/// <summary>
/// HTML from a stranger, written anew from what is allowed: nothing of the original is passed through, so that whatever
/// is not known here is gone. Made for a sandboxed frame under a policy of its own; it does not rely on either.
/// </summary>
/// <param name="Html">A fragment without scripts, styles, forms and anything that loads by itself.</param>
/// <param name="RemoteImages">How many pictures on other servers it wants to show; they tell the sender that and when the mail was read.</param>
/// <param name="Cut">It was too large and something was left out.</param>
public sealed record CleanHtml(string Html, int RemoteImages, bool Cut)
{
    /// <summary>Class of the box that stands where a remote picture was left out.</summary>
    public const string LeftOutPicture = "picture-left-out";

    private const int Longest = 2_000_000;

    /// <summary>Cleans.</summary>
    /// <param name="html">An HTML document or fragment, from anybody.</param>
    /// <param name="inline">The address of an inline picture by its Content-ID (without brackets); null leaves it out.</param>
    /// <param name="remoteImages">Somebody asked to see the pictures on other servers too.</param>
    public static CleanHtml Of(string html, Func<string, string?>? inline = null, bool remoteImages = false)
    {
        var bounded = HtmlBounds.Of(html);

        // As the frame will read it: with a document type, whatever the mail has.
        var document = new HtmlParser().ParseDocument("<!DOCTYPE html>" + bounded);
        var writer = new Writer(inline ?? (_ => null), remoteImages);
        INode? node = document.Body ?? (INode?)document.DocumentElement;
        var top = node;
        while (node is not null && !writer.Full)
        {
            if (writer.Enter(node) && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (node is not null && node != top && node.NextSibling is null)
            {
                writer.Leave(node);
                node = node.Parent;
            }

            if (node is null || node == top)
            {
                break;
            }

            writer.Leave(node);
            node = node.NextSibling;
        }

        return new CleanHtml(writer.Finish(), writer.Remote, bounded.Length < html.Length || writer.Full);
    }

    private sealed class Writer(Func<string, string?> inline, bool remoteImages)
    {
        private readonly StringBuilder _html = new();
        private readonly Stack<(INode Node, string Name)> _open = new();

        public int Remote { get; private set; }

        public bool Full => _html.Length > Longest;

        public string Finish()
        {
            while (_open.TryPop(out var open))
            {
                _html.Append("</").Append(open.Name).Append('>');
            }

            return _html.ToString();
        }

        public bool Enter(INode node)
        {
            if (node is IText text)
            {
                Text(text.Data);
                return false;
            }

            if (node is not IElement element)
            {
                return false; // comments, also the conditional ones
            }

            var name = element.LocalName;
            if (element.NamespaceUri is not (null or "http://www.w3.org/1999/xhtml") || HtmlAllowed.Gone.Contains(name))
            {
                return false;
            }

            if (name == "img")
            {
                Picture(element);
                return false;
            }

            if (!HtmlAllowed.Tags.Contains(name))
            {
                return true; // its words stay
            }

            _html.Append('<').Append(name);
            Attributes(element, name);
            _html.Append('>');
            if (!HtmlAllowed.Empty.Contains(name))
            {
                _open.Push((node, name));
            }

            return true;
        }

        public void Leave(INode node)
        {
            if (_open.TryPeek(out var open) && open.Node == node)
            {
                _open.Pop();
                _html.Append("</").Append(open.Name).Append('>');
            }
        }

        private void Attributes(IElement element, string name)
        {
            foreach (var attribute in element.Attributes.Take(50))
            {
                var value = attribute.Value;
                if (attribute.Name == "style" && HtmlStyle.Of(value) is { Length: > 0 } style)
                {
                    Attribute("style", style);
                }
                else if (HtmlAllowed.Attributes.Contains(attribute.Name) && value.Length <= 300 && HtmlAllowed.Plain(value))
                {
                    Attribute(attribute.Name, value);
                }
            }

            if (name == "a" && HtmlAllowed.Link(element.GetAttribute("href")) is { } link)
            {
                // What a link says and where it leads are two things; the second is shown too.
                Attribute("href", link);
                Attribute("title", link);
                Attribute("rel", "noopener noreferrer nofollow");
                Attribute("target", "_blank");
            }
        }

        private void Picture(IElement element)
        {
            var source = (element.GetAttribute("src") ?? "").Trim();
            var alt = element.GetAttribute("alt") ?? "";
            alt = alt.Length > 300 ? alt[..300] : alt;
            if (source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
            {
                Show(inline(Uri.UnescapeDataString(source[4..]).Trim('<', '>')), element, alt);
            }
            else if (HtmlAllowed.DataPicture(source))
            {
                Show(source, element, alt);
            }
            else if (
                HtmlAllowed.Link(source.StartsWith("//", StringComparison.Ordinal) ? "https:" + source : source) is { } remote
                && !remote.StartsWith("mailto:", StringComparison.Ordinal)
            )
            {
                Remote++;
                if (remoteImages)
                {
                    Show(remote, element, alt);
                }
                else
                {
                    Box(alt, HtmlAllowed.HostOf(remote));
                }
            }
            else if (alt.Length > 0)
            {
                Text(alt);
            }
        }

        private void Show(string? source, IElement element, string alt)
        {
            if (source is null)
            {
                Box(alt, "");
                return;
            }

            _html.Append("<img");
            Attribute("src", source);
            Attribute("alt", alt);
            foreach (var side in (string[])["width", "height"])
            {
                if (
                    int.TryParse(
                        element.GetAttribute(side)?.Replace("px", "", StringComparison.Ordinal),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var length
                    ) && length is > 0 and < 5000
                )
                {
                    Attribute(side, length.ToString(CultureInfo.InvariantCulture));
                }
            }

            if (HtmlStyle.Of(element.GetAttribute("style") ?? "") is { Length: > 0 } style)
            {
                Attribute("style", style);
            }

            _html.Append(" referrerpolicy=\"no-referrer\" loading=\"lazy\">");
        }

        private void Box(string alt, string host)
        {
            _html.Append("<span");
            Attribute("class", LeftOutPicture);
            if (host.Length > 0)
            {
                Attribute("title", host);
            }

            _html.Append('>');
            Text(alt.Length > 0 ? alt : host);
            _html.Append("</span>");
        }

        private void Attribute(string name, string value) =>
            _html.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');

        private void Text(string words) => _html.Append(WebUtility.HtmlEncode(words.Replace("\0", "", StringComparison.Ordinal)));
    }
}
