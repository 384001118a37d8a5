using System.Globalization;
using Complaints.Language;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Complaints.Web.Language;

/// <summary>How a time is shown.</summary>
public enum TimeKind
{
    /// <summary>Day and hour.</summary>
    Full,

    /// <summary>The hour alone.</summary>
    Clock,

    /// <summary>The day alone.</summary>
    Day,

    /// <summary>"5 h ago"; refreshed on the page.</summary>
    Ago,

    /// <summary>"1 h 20 min left" or "late"; refreshed on the page.</summary>
    Left,
}

/// <summary><c>&lt;when at="utc" kind="Left" /&gt;</c>: a time in the reader's zone, with the whole of it on hover.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class WhenTag(Spoken spoken, TimeProvider clock) : TagHelper
{
    /// <summary>UTC; nothing is written for null.</summary>
    public DateTime? At { get; set; }

    /// <summary>How.</summary>
    public TimeKind Kind { get; set; } = TimeKind.Full;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.SuppressOutput();
            return;
        }

        var reader = spoken.Reader;
        var now = clock.GetUtcNow().UtcDateTime;
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", reader.Time(at) + " " + reader.Zone.Id);
        if (Kind is TimeKind.Ago or TimeKind.Left)
        {
            output.Attributes.SetAttribute("data-kind", Kind == TimeKind.Ago ? "ago" : "left");
        }

        output.Content.SetContent(
            Kind switch
            {
                TimeKind.Clock => reader.Clock(at),
                TimeKind.Day => reader.Day(at),
                TimeKind.Ago => Tongue.Say(reader, new Sentence("{0} ago", now - at)),
                TimeKind.Left => Tongue.Say(reader, at >= now ? new Sentence("{0} left", at - now) : new Sentence("{0} late", now - at)),
                _ => reader.Time(at),
            }
        );
    }
}
