using Complaints.Casework;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.Web.Casework;

/// <summary>Ticking off what is to be done about a complaint.</summary>
public sealed class ChecklistController(Checklists lists) : CaseController
{
    /// <summary>Ticks a point off, or takes the tick away.</summary>
    [HttpPost("complaints/{reference}/checklist/{key}")]
    public Task<IActionResult> Update(string reference, string key, bool done) =>
        ChangeAsync(
            reference,
            "checklist",
            async (complaint, _) =>
            {
                await lists.TickAsync(complaint, Me.Actor, Now, key, done);
                return done ? new Sentence("Ticked off.") : new Sentence("Not done after all.");
            },
            mindsOthers: false
        );

    /// <summary>Takes the changed list over.</summary>
    [HttpPost("complaints/{reference}/checklist")]
    public Task<IActionResult> TakeOver(string reference) =>
        ChangeAsync(
            reference,
            "checklist",
            async (complaint, _) =>
            {
                await lists.TakeOverAsync(complaint, Me.Actor, Now);
                return new Sentence("It has the new list now; what was ticked stays ticked.");
            },
            mindsOthers: false
        );
}

/// <summary>The checklist beside a complaint.</summary>
public sealed class ChecklistCardViewComponent(Checklists lists) : ViewComponent
{
    /// <summary>Shows it, where there is one.</summary>
    public async Task<IViewComponentResult> InvokeAsync(CasePage page)
    {
        var list = await lists.OfAsync(page.Complaint);
        return list.Lines.Count == 0 && !list.Changed ? Content("") : View("/Casework/_Checklist.cshtml", new ChecklistCard(page, list));
    }
}

/// <summary>The checklist of a complaint.</summary>
public sealed record ChecklistCard(CasePage Page, CaseChecklist List);
