using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Complaints.Web.Shared;

/// <summary><c>&lt;icon name="phone" /&gt;</c>: an icon of the sprite. It never stands alone: words go beside it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTag : TagHelper
{
    /// <summary>Id in <c>img/icons.svg</c>.</summary>
    public string Name { get; set; } = "";

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"/img/icons.svg#{Name}\"></use>");
    }
}
