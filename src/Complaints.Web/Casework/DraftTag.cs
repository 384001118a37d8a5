using System.Text.Json;
using Complaints.Casework;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Complaints.Web.Casework;

/// <summary>
/// <c>&lt;form kept="page" data-draft="reply-C-…"&gt;</c>: what is typed there is kept on the server, and what was kept comes
/// with the page. A form that comes back filled in is newer than its draft.
/// </summary>
[HtmlTargetElement("form", Attributes = "kept,data-draft")]
public sealed class DraftTag : TagHelper
{
    /// <summary>The page of the complaint.</summary>
    public CasePage Kept { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var reference = Kept.Complaint.Reference;
        var form = context.AllAttributes["data-draft"].Value.ToString()!.Replace("-" + reference, "", StringComparison.Ordinal);
        var draft = Kept.Drafts.FirstOrDefault(d => d.Form == form);
        var kept = KeptDraft.Of(draft);
        output.Attributes.SetAttribute("data-draft-url", $"/complaints/{reference}/drafts/{form}");
        output.Attributes.SetAttribute(
            "data-draft-kept",
            JsonSerializer.Serialize(Kept.Again(form) ? kept with { Typed = null } : kept, JsonSerializerOptions.Web)
        );
    }
}
