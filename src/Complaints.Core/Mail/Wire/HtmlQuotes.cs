using AngleSharp.Dom;

namespace Complaints.Mail.Wire;

/// <summary>What an element of an HTML mail means for telling old from new.</summary>
internal enum HtmlMark
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It holds an older mail.</summary>
    Quote,

    /// <summary>From here on everything is the older mail.</summary>
    Ends,

    /// <summary>It is the line over a quotation.</summary>
    Attribution,

    /// <summary>It holds a signature.</summary>
    Signature,
}

/// <summary>Tells quotations and signatures in HTML by the structure mail programs give them.</summary>
internal static class HtmlQuotes
{
    private const int LookedAt = 300;

    // Outlook puts "x_" before the names of what it quotes, Hotmail "ecx"; both are taken off first.
    private static readonly Dictionary<string, HtmlMark> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["divRplyFwdMsg"] = HtmlMark.Ends, // Outlook on the web
        ["appendonsend"] = HtmlMark.Ends,
        ["stopSpelling"] = HtmlMark.Ends, // Hotmail
        ["zwchr"] = HtmlMark.Ends, // Zimbra
        ["OLK_SRC_BODY_SECTION"] = HtmlMark.Ends, // Outlook for Mac
        ["mail-editor-reference-message-container"] = HtmlMark.Ends, // Outlook for phones
        ["reply-intro"] = HtmlMark.Attribution,
        ["yahoo_quoted"] = HtmlMark.Ends,
        ["yahoo_quoted_begin"] = HtmlMark.Ends,
        ["isReplyContent"] = HtmlMark.Ends, // NetEase 163, 126
        ["ntes-mailmaster-quote"] = HtmlMark.Ends,
        ["ntes_quote"] = HtmlMark.Ends,
        ["origbody"] = HtmlMark.Ends,
        ["OriginalMessage"] = HtmlMark.Ends,
        ["includetail"] = HtmlMark.Ends, // QQ
        ["xmail_quote"] = HtmlMark.Ends,
        ["alimail-quote"] = HtmlMark.Ends, // Aliyun
        ["history-quote-wrapper"] = HtmlMark.Ends, // Feishu, Lark
        ["lark-mail-quote"] = HtmlMark.Ends,
        ["moz-forward-container"] = HtmlMark.Ends,
        ["AOLMsgPart_1"] = HtmlMark.Ends,
        ["aolReplacedBody"] = HtmlMark.Ends,
        ["zmail_extra"] = HtmlMark.Ends, // Zoho
        ["protonmail_quote"] = HtmlMark.Quote,
        ["tutanota_quote"] = HtmlMark.Quote,
        ["gmail_attr"] = HtmlMark.Attribution,
        ["moz-cite-prefix"] = HtmlMark.Attribution,
        ["gmail_signature"] = HtmlMark.Signature,
        ["gmail_signature_prefix"] = HtmlMark.Signature,
        ["moz-signature"] = HtmlMark.Signature,
        ["Signature"] = HtmlMark.Signature,
        ["ms-outlook-mobile-signature"] = HtmlMark.Signature,
        ["AppleMailSignature"] = HtmlMark.Signature,
        ["protonmail_signature_block"] = HtmlMark.Signature,
        ["ntes-mailmaster-sign"] = HtmlMark.Signature,
        ["mail-signature"] = HtmlMark.Signature,
    };

    /// <summary>What it means; cheap for ordinary elements.</summary>
    public static HtmlMark Of(IElement element)
    {
        if (element.LocalName == "blockquote")
        {
            return Named(element.Id) is HtmlMark.Ends ? HtmlMark.Ends : HtmlMark.Quote;
        }

        var mark = element.LocalName == "includetail" ? HtmlMark.Ends : Named(element.Id);
        if (mark == HtmlMark.None && element.ClassName is { Length: > 0 and < LookedAt } classes)
        {
            mark = classes.Split(' ').Select(Named).FirstOrDefault(m => m != HtmlMark.None);
        }

        return mark != HtmlMark.None ? mark
            : element.HasAttribute("data-signatureblock") ? HtmlMark.Signature
            : element.LocalName == "div" && (element.GetAttribute("name") == "quote" || OutlookHeader(element)) ? HtmlMark.Ends
            : HtmlMark.None;
    }

    private static HtmlMark Named(string? name)
    {
        if (name is null or "" || name.Length > 100)
        {
            return HtmlMark.None;
        }

        var bare = name;
        while (bare.StartsWith("x_", StringComparison.Ordinal))
        {
            bare = bare[2..];
        }

        bare = bare.StartsWith("ecx", StringComparison.Ordinal) ? bare[3..] : bare;
        return _names.TryGetValue(bare, out var mark) ? mark
            : bare.StartsWith("yahoo_quoted", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("yahoo_quoted", StringComparison.OrdinalIgnoreCase)
                ? HtmlMark.Ends
            : HtmlMark.None;
    }

    // A line across the top and at least three bold field names, in whatever language.
    private static bool OutlookHeader(IElement div)
    {
        if (div.GetAttribute("style") is not { Length: < 1000 } style || !style.Contains("border-top", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var fields = 0;
        var seen = 0;
        for (INode? node = div.FirstChild; node is not null && seen++ < 200; node = Following(node, div))
        {
            if (node is IElement { LocalName: "b" or "strong" } bold && Words(bold) is { Length: > 1 } words && words[^1] is ':' or '：')
            {
                fields++;
            }
        }

        return fields >= 3;
    }

    private static string Words(IElement bold)
    {
        INode node = bold;
        for (var depth = 0; depth < 5 && node.FirstChild is { } child; depth++)
        {
            node = child;
        }

        return node is IText text ? text.Data.Trim() : "";
    }

    private static INode? Following(INode node, INode within)
    {
        if (node.FirstChild is { } child)
        {
            return child;
        }

        INode? at = node;
        while (at is not null && at.NextSibling is null && at != within)
        {
            at = at.Parent;
        }

        return at is null || at == within ? null : at.NextSibling;
    }
}
