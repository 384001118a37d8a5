using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>Keeps of a <c>style</c> attribute what only changes looks: nothing that loads, moves out of its place or covers something else.</summary>
internal static class HtmlStyle
{
    private const int Longest = 4000;
    private const int LongestValue = 200;

    private static readonly HashSet<string> _allowed =
    [
        .. (
            "background-color color font font-family font-size font-style font-weight font-variant line-height letter-spacing word-spacing word-break word-wrap overflow-wrap white-space "
            + "text-align text-decoration text-indent text-transform text-underline-offset vertical-align direction unicode-bidi list-style-type "
            + "margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left "
            + "border border-top border-right border-bottom border-left border-color border-style border-width border-radius border-collapse border-spacing "
            + "border-top-color border-top-style border-top-width border-right-color border-right-style border-right-width "
            + "border-bottom-color border-bottom-style border-bottom-width border-left-color border-left-style border-left-width "
            + "width max-width min-width height max-height table-layout display float clear caption-side empty-cells"
        ).Split(' '),
    ];

    /// <summary>The declarations that stay; empty when none does.</summary>
    public static string Of(string style)
    {
        if (style.Length > Longest)
        {
            return "";
        }

        var kept = new StringBuilder();
        foreach (var declaration in style.Split(';').Take(100))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 1 ? "" : declaration[..colon].Trim().ToLowerInvariant();
            if (_allowed.Contains(name) && Value(name, declaration[(colon + 1)..].Trim()) is { } value)
            {
                kept.Append(kept.Length > 0 ? ";" : "").Append(name).Append(':').Append(value);
            }
        }

        return kept.ToString();
    }

    private static string? Value(string name, string value)
    {
        // A minus could move words over others; brackets only where they name a colour.
        var plain = value.All(c =>
            char.IsLetterOrDigit(c) || c is ' ' or '#' or '%' or '.' or ',' or '-' or '_' or '\'' or '"' or '(' or ')' or '!'
        );
        if (
            !plain
            || value.Length is 0 or > LongestValue
            || (name.StartsWith("margin", StringComparison.Ordinal) && value.Contains('-', StringComparison.Ordinal))
        )
        {
            return null;
        }

        var bracket = value.IndexOf('(', StringComparison.Ordinal);
        if (bracket >= 0)
        {
            var before = value[..bracket].TrimEnd();
            if (
                value.IndexOf('(', bracket + 1) >= 0
                || !(
                    before.EndsWith("rgb", StringComparison.OrdinalIgnoreCase)
                    || before.EndsWith("rgba", StringComparison.OrdinalIgnoreCase)
                    || before.EndsWith("hsl", StringComparison.OrdinalIgnoreCase)
                    || before.EndsWith("hsla", StringComparison.OrdinalIgnoreCase)
                )
            )
            {
                return null;
            }
        }

        return name == "text-indent" && value.StartsWith('-') ? null : value;
    }
}
