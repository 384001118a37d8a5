using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.FollowUp;

/// <summary>The follow-up in a few lines, for the complaint's page; nothing before it is planned.</summary>
public sealed class FollowUpCardViewComponent(ComplaintsDb db) : ViewComponent
{
    /// <summary>Shows it.</summary>
    public async Task<IViewComponentResult> InvokeAsync(Complaint complaint)
    {
        var plan = await db.FollowUpOf(complaint).AsNoTracking().FirstOrDefaultAsync();
        var answer = await db
            .SurveyAnswers.AsNoTracking()
            .Where(a => a.ComplaintId == complaint.Id && a.Current)
            .OrderByDescending(a => a.Id)
            .FirstOrDefaultAsync();
        return plan is null && answer is null
            ? Content("")
            : View("/FollowUp/_FollowUpCard.cshtml", new FollowUpCard(complaint.Reference, plan, answer));
    }
}

/// <summary>The follow-up in a few lines.</summary>
/// <param name="Reference">The complaint's.</param>
/// <param name="Plan">Of the present cycle; null when there is none.</param>
/// <param name="Answer">The last answer of any cycle; null when there is none.</param>
public sealed record FollowUpCard(string Reference, PlannedFollowUp? Plan, SurveyAnswer? Answer);
