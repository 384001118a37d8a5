using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Intake;

/// <summary>What the log form shows while somebody types.</summary>
[Route("complaints/new")]
[Needs(Right.Work)]
public sealed class WhileLoggingController(LogPages pages) : DeskController
{
    /// <summary>The deadlines that will apply, while typing.</summary>
    [HttpGet("deadlines")]
    public async Task<IActionResult> Deadlines(LogForm form)
    {
        ModelState.Clear();
        return PartialView("_Deadlines", await pages.DeadlinesAsync(form));
    }

    /// <summary>The card of the customer who was taken, or the fields for somebody new.</summary>
    [HttpGet("customer")]
    public async Task<IActionResult> Who(LogForm form)
    {
        ModelState.Clear();
        return PartialView("_Who", await pages.PageAsync(form));
    }
}
