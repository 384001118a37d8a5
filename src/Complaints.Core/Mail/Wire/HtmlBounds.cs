namespace Complaints.Mail.Wire;

/// <summary>
/// Cuts HTML where building its tree would begin to take seconds: the work of a standard parser grows with the square
/// of the depth, and a stranger decides the depth. Honest mails stay far below all of these limits.
/// </summary>
internal static class HtmlBounds
{
    private const int Longest = 1_000_000;
    private const int MostTags = 50_000;
    private const int Deepest = 300;
    private const int MostAttributes = 200;

    // Without an end of their own, or commonly written without one; a parser closes these by itself.
    private static readonly HashSet<string> _flat = new(StringComparer.OrdinalIgnoreCase)
    {
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "dt",
        "dd",
        "option",
        "br",
        "img",
        "hr",
        "meta",
        "link",
        "input",
        "col",
        "colgroup",
        "area",
        "base",
        "wbr",
        "param",
        "source",
        "html",
        "head",
        "body",
    };

    /// <summary>The longest beginning that can be parsed in reasonable time; all of it for any honest mail.</summary>
    public static string Of(string html)
    {
        var end = Math.Min(html.Length, Longest);
        var open = new List<string>();
        var tags = 0;
        for (var i = html.IndexOf('<', StringComparison.Ordinal); i >= 0 && i < end; i = html.IndexOf('<', i + 1))
        {
            var closing = i + 1 < end && html[i + 1] == '/';
            var name = Name(html, closing ? i + 2 : i + 1, end);
            if (name.Length == 0)
            {
                continue;
            }

            if (++tags > MostTags || open.Count > Deepest || (!closing && Attributes(html, i, end) > MostAttributes))
            {
                return html[..i];
            }

            if (closing)
            {
                // Only an end that has its beginning counts; the others would make a deep tree look flat.
                var at = open.FindLastIndex(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (at >= 0)
                {
                    open.RemoveRange(at, open.Count - at);
                }
            }
            else if (!_flat.Contains(name))
            {
                open.Add(name);
            }
        }

        return end == html.Length ? html : html[..end];
    }

    private static string Name(string html, int start, int end)
    {
        var stop = start;
        while (stop < end && stop - start < 20 && char.IsAsciiLetterOrDigit(html[stop]))
        {
            stop++;
        }

        return html[start..stop];
    }

    // Blanks inside the tag stand for attributes; looked at only as far as could matter.
    private static int Attributes(string html, int start, int end)
    {
        var limit = Math.Min(end, start + 20_000);
        var blanks = 0;
        var quote = '\0';
        for (var i = start; i < limit && (html[i] != '>' || quote != '\0'); i++)
        {
            quote =
                quote == '\0' && html[i] is '"' or '\'' ? html[i]
                : html[i] == quote ? '\0'
                : quote;
            blanks += quote == '\0' && char.IsWhiteSpace(html[i]) && !char.IsWhiteSpace(html[i - 1]) ? 1 : 0;
        }

        return blanks;
    }
}
