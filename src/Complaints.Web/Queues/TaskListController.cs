using Complaints.Casework;
using Complaints.Customers;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>What people are asked to do beside the four steps: follow-up calls, calls instead of bounced mail, recovery.</summary>
public sealed class TaskListController(Counts counts) : DeskController
{
    /// <summary>Open tasks, earliest first.</summary>
    [HttpGet("/queues/follow-ups")]
    public async Task<IActionResult> Show(string? after) => View("Tasks", await ModelAsync(after, QueuePage.Size));

    /// <summary>Their rows alone.</summary>
    [HttpGet("/queues/follow-ups/rows")]
    public async Task<IActionResult> Rows(string? after) => PartialView("_TaskRows", await ModelAsync(after, QueuePage.Size));

    private async Task<TaskPage> ModelAsync(string? after, int size)
    {
        if (!Me.May(Right.Work))
        {
            throw new NotHere();
        }

        var tasks = counts.Tasks();
        if (RowKey.Read(after) is { } from)
        {
            tasks = tasks.Where(t => t.DueAt >= from.At && (t.DueAt > from.At || t.Id > from.Id));
        }

        var rows = await TaskRow.Of(tasks.OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(size + 1)).ToListAsync();
        var older = rows.Count > size ? new RowKey(rows[size - 1].DueAt, rows[size - 1].Id).Cursor : null;
        return new TaskPage([.. rows.Take(size)], older, after);
    }
}

/// <summary>A page of tasks.</summary>
/// <param name="Later">Cursor of the next page; null on the last.</param>
/// <param name="After">Cursor of this page.</param>
public sealed record TaskPage(IReadOnlyList<TaskRow> Rows, string? Later, string? After);

/// <summary>A task as shown in lists.</summary>
public sealed record TaskRow(
    long Id,
    TaskKind Kind,
    DateTime DueAt,
    string Why,
    string Reference,
    string Summary,
    string Customer,
    Tier Tier,
    long? OwnerId
)
{
    /// <summary>Why it is asked.</summary>
    public Sentence Reason => KeptSentence.Read(Why);

    /// <summary>The rows of a query, in its order.</summary>
    public static IQueryable<TaskRow> Of(IQueryable<DeskTask> tasks) =>
        tasks.Select(t => new TaskRow(
            t.Id,
            t.Kind,
            t.DueAt,
            t.Why,
            t.Complaint!.Reference,
            t.Complaint.Summary,
            t.Complaint.Customer.Name,
            t.Complaint.Tier,
            t.OwnerId
        ));
}
