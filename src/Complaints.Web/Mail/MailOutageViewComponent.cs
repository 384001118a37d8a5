using Complaints.Data;
using Complaints.Mail;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Mail;

/// <summary>Tells staff on every page that mail has not been going out for a while; nothing otherwise.</summary>
public sealed class MailOutageViewComponent(ComplaintsDb db, TimeProvider clock) : ViewComponent
{
    /// <summary>Shows it.</summary>
    public async Task<IViewComponentResult> InvokeAsync() =>
        await MailOutage.ReadAsync(db, HttpContext.RequestAborted) is { } outage && outage.IsTold(clock.GetUtcNow().UtcDateTime)
            ? View("/Mail/_MailOutage.cshtml", outage)
            : Content("");
}
