using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Complaints.Web.Shared;

/// <summary>Puts the antiforgery token into every posting form with an address; MVC does so by itself only for forms without one.</summary>
[HtmlTargetElement("form", Attributes = "[method=post],action")]
public sealed class FormToken(IAntiforgery antiforgery) : TagHelper
{
    /// <summary>The page.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext Page { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.PostContent.AppendHtml(
            new TagBuilder("input")
            {
                TagRenderMode = TagRenderMode.SelfClosing,
                Attributes =
                {
                    ["type"] = "hidden",
                    ["name"] = "__RequestVerificationToken",
                    ["value"] = antiforgery.GetAndStoreTokens(Page.HttpContext).RequestToken,
                },
            }
        );
}
