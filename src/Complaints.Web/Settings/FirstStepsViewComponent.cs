using Complaints.Staff;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Settings;

/// <summary>On an administrator's home page: the next first step, until all are done or the list was put away.</summary>
public sealed class FirstStepsViewComponent(FirstSteps steps, Me me) : ViewComponent
{
    /// <summary>The card, or nothing.</summary>
    public async Task<IViewComponentResult> InvokeAsync()
    {
        if (!me.May(Right.Administer) || await steps.IsAwayAsync())
        {
            return Content("");
        }

        var all = await steps.ReadAsync();
        return all.All(s => s.Done) ? Content("") : View("/Settings/_FirstSteps.cshtml", all);
    }
}
