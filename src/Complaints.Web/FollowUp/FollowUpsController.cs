using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Home;
using Complaints.Web.Queues;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.FollowUp;

/// <summary>What the follow-up asks people to do, and the answers a lead should see.</summary>
public sealed class FollowUpsController(ComplaintsDb db, Cases cases, Counts counts) : DeskController
{
    private const int Most = 100;

    /// <summary>The page.</summary>
    [HttpGet("/follow-ups")]
    public async Task<IActionResult> Show()
    {
        if (!Me.May(Right.Read))
        {
            throw new NotHere();
        }

        var visible = cases.Visible(db.Complaints);
        var tasks = await db
            .DeskTasks.Where(t =>
                t.DoneAt == null && (t.Kind == TaskKind.FollowUpCall || t.Kind == TaskKind.ReadAnswer || t.Kind == TaskKind.Recovery)
            )
            .Join(visible, t => t.ComplaintId, c => c.Id, (t, c) => new { Task = t, Complaint = c })
            .OrderBy(x => x.Task.DueAt)
            .ThenBy(x => x.Task.Id)
            .Take(Most)
            .Select(x => new CallRow(
                x.Complaint.Reference,
                x.Complaint.Summary,
                x.Complaint.Customer.Name,
                x.Complaint.Customer.ContactPoints.Where(p => p.Kind == Complaints.Customers.ContactKind.Phone)
                    .Select(p => p.Value)
                    .FirstOrDefault(),
                x.Task.Kind,
                x.Task.DueAt,
                x.Task.Why,
                x.Complaint.ResolvedById
            ))
            .ToListAsync();
        // The rest of what the number beside the page counts, so that it never promises more than the page shows.
        TaskKind[] shown = [TaskKind.FollowUpCall, TaskKind.ReadAnswer, TaskKind.Recovery];
        var others = Me.May(Right.Work)
            ? await TaskRow
                .Of(counts.Tasks().Where(t => !shown.Contains(t.Kind)).OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(Most))
                .ToListAsync()
            : [];
        return View("FollowUps", new FollowUpsPage(tasks, others, Me.May(Right.Lead) ? await BetweenAsync(visible) : null, Now));
    }

    // Neither good nor bad: nothing is owed, but a lead should know. Older than a month is for the figures.
    private Task<List<BetweenRow>> BetweenAsync(IQueryable<Complaint> visible)
    {
        var since = Now.AddDays(-30);
        return db
            .SurveyAnswers.Where(a => a.Current && a.Result == Satisfaction.Between && a.AnsweredAt > since)
            .Join(visible, a => a.ComplaintId, c => c.Id, (a, c) => new { Answer = a, Complaint = c })
            .OrderByDescending(x => x.Answer.AnsweredAt)
            .ThenByDescending(x => x.Answer.Id)
            .Take(Most)
            .Select(x => new BetweenRow(
                x.Complaint.Reference,
                x.Complaint.Summary,
                x.Complaint.Customer.Name,
                x.Answer.Mean,
                x.Answer.Comment,
                x.Answer.AnsweredAt
            ))
            .ToListAsync();
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Calls">Open tasks, the most urgent first.</param>
/// <param name="Others">Other open tasks of theirs, the most urgent first.</param>
/// <param name="Between">Answers between; null for whoever leads nobody.</param>
/// <param name="Now">UTC.</param>
public sealed record FollowUpsPage(
    IReadOnlyList<CallRow> Calls,
    IReadOnlyList<TaskRow> Others,
    IReadOnlyList<BetweenRow>? Between,
    DateTime Now
);

/// <summary>A call to make, an answer to read or a customer to win back.</summary>
/// <param name="Reference">The complaint's.</param>
/// <param name="Summary">Its line.</param>
/// <param name="Customer">Name.</param>
/// <param name="Phone">First number; null when none is known.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Why">Kept sentence.</param>
/// <param name="ResolvedById">Who resolved it, and so does not win the customer back.</param>
public sealed record CallRow(
    string Reference,
    string Summary,
    string Customer,
    string? Phone,
    TaskKind Kind,
    DateTime DueAt,
    string Why,
    long? ResolvedById
);

/// <summary>An answer that is neither good nor bad.</summary>
/// <param name="Reference">The complaint's.</param>
/// <param name="Summary">Its line.</param>
/// <param name="Customer">Name.</param>
/// <param name="Mean">Mean of the marks; null without any.</param>
/// <param name="Comment">The customer's words.</param>
/// <param name="AnsweredAt">UTC.</param>
public sealed record BetweenRow(string Reference, string Summary, string Customer, double? Mean, string? Comment, DateTime AnsweredAt);
