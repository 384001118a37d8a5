namespace Complaints.Mail.Wire;

/// <summary>What HTML of a mail may keep. Everything else is left out: a tag that is not here loses its tag and keeps its words.</summary>
internal static class HtmlAllowed
{
    private const int LongestLink = 2000;
    private const int LongestData = 2_000_000;

    /// <summary>Tags that stay.</summary>
    public static readonly HashSet<string> Tags = Set(
        "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr"
    );

    /// <summary>Those among them without an end.</summary>
    public static readonly HashSet<string> Empty = Set("br col hr wbr");

    /// <summary>Tags that go with everything in them.</summary>
    public static readonly HashSet<string> Gone = Set(
        "script style svg math head title template object embed applet iframe frame frameset noframes noscript select option textarea input button audio video canvas source track link meta base param xml plaintext xmp noembed dialog portal map area image"
    );

    /// <summary>Attributes that stay, beside those treated one by one. No id, name or class: they could stand in for ours.</summary>
    public static readonly HashSet<string> Attributes = Set(
        "align valign dir lang width height bgcolor color face size border cellpadding cellspacing colspan rowspan start type value nowrap span"
    );

    private static readonly string[] _pictures =
    [
        "data:image/png;base64,",
        "data:image/jpeg;base64,",
        "data:image/gif;base64,",
        "data:image/webp;base64,",
    ];

    /// <summary>A value that cannot be anything but a word, a number or a colour.</summary>
    public static bool Plain(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is ' ' or '#' or '%' or '.' or ',' or '-' or '_' or '\'' or '+');

    /// <summary>The address in one way of writing it; null unless it leads to a web page or a mail address.</summary>
    public static string? Link(string? address)
    {
        // Browsers skip blanks and controls inside "java script:", so they go before anything is judged.
        var bare = string.Concat((address ?? "").Take(LongestLink + 1).Where(c => !char.IsControl(c) && c is not ('\u200b' or '\ufeff')))
            .Trim();
        return
            bare.Length is > 0 and <= LongestLink
            && Uri.TryCreate(bare, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" or "mailto"
            && (uri.Scheme == "mailto" || uri.Host.Length > 0)
            ? uri.AbsoluteUri
            : null;
    }

    /// <summary>The server an address leads to.</summary>
    public static string HostOf(string link) => Uri.TryCreate(link, UriKind.Absolute, out var uri) ? uri.Host : "";

    /// <summary>A picture that stands in the HTML itself; only kinds that cannot carry a script.</summary>
    public static bool DataPicture(string source)
    {
        var kind = Array.Find(_pictures, p => source.StartsWith(p, StringComparison.OrdinalIgnoreCase));
        return kind is not null
            && source.Length <= LongestData
            && source
                .AsSpan(kind.Length)
                .IndexOfAnyExcept(
                    System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \r\n\t")
                ) < 0;
    }

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
