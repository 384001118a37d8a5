using Complaints.Staff;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Settings;

/// <summary>Below every page that sets something: a quiet way to who changed it. Nothing elsewhere.</summary>
public sealed class WhoChangedViewComponent(Me me) : ViewComponent
{
    /// <summary>The link, for whoever may read the history.</summary>
    public IViewComponentResult Invoke() =>
        TopicPages.At(Request.Path) is { } topic && (me.May(Right.Administer) || me.May(Right.Audit))
            ? View("/Settings/_WhoChanged.cshtml", topic)
            : Content("");
}
