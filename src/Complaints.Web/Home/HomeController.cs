using Complaints.Casework;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Queues;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Home;

/// <summary>Where everybody starts: what needs them now, in the order in which it needs them.</summary>
public sealed class HomeController(Counts counts, QueueReader queues, Views views) : DeskController
{
    private const int Few = 8;

    /// <summary>The page.</summary>
    [HttpGet("/")]
    public async Task<IActionResult> Show() => View("Home", await ModelAsync());

    /// <summary>What needs the person, alone, for refreshing in place.</summary>
    [HttpGet("/home/now")]
    public async Task<IActionResult> NeedsMe() => PartialView("_Now", await ModelAsync());

    /// <summary>The rail with fresh counts.</summary>
    [HttpGet("/rail")]
    public IActionResult Rail() => PartialView("_Rail");

    /// <summary>All ways through the house, for a phone.</summary>
    [HttpGet("/more")]
    public async Task<IActionResult> More() => View("More", Home.Rail.Groups(Me, await counts.NowAsync(), await views.RailAsync()));

    private async Task<HomeModel> ModelAsync()
    {
        var now = await counts.NowAsync();
        if (!Me.May(Right.Read))
        {
            return new HomeModel(now, [], [], [], [], [], null);
        }

        var works = Me.May(Right.Work);
        var lead = Me.May(Right.Lead);
        var due = works ? await RowsAsync("mine", new() { Due = "today" }, Few * 2) : [];
        var next = due.Count == 0 && works ? await FirstAsync() : null;
        return new HomeModel(
            now,
            due,
            works ? await TaskRow.Of(counts.Tasks().OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(Few)).ToListAsync() : [],
            lead ? await UntakenAsync() : [],
            lead && now.Approvals > 0 ? [.. await RowsAsync("approvals", new(), Few), .. await RowsAsync("proposed", new(), Few)] : [],
            works && now.Unassigned > 0 ? await RowsAsync("unassigned", new(), Few) : [],
            next
        );
    }

    private async Task<IReadOnlyList<QueueRow>> RowsAsync(string queue, QueueFilter filter, int count) =>
        (await queues.ReadAsync(Queue.Find(queue)!, filter, size: count)).Rows;

    private async Task<QueueRow?> FirstAsync() => await RowsAsync("mine", new(), 1) is [var first, ..] ? first : null;

    private Task<List<UntakenRow>> UntakenAsync() =>
        counts
            .Untaken()
            .OrderByDescending(e => e.Level)
            .ThenBy(e => e.RaisedAt)
            .Take(Few)
            .Select(e => new UntakenRow(e.Id, e.Level, e.RaisedAt, e.Why, e.Complaint!.Reference, e.Complaint.Summary))
            .ToListAsync();
}

/// <summary>An escalation nobody took yet.</summary>
public sealed record UntakenRow(long Id, int Level, DateTime RaisedAt, string Why, string Reference, string Summary)
{
    /// <summary>Why it was raised.</summary>
    public Sentence Reason => KeptSentence.Read(Why);
}

/// <summary>What needs the person now.</summary>
/// <param name="Due">Theirs, late or due today.</param>
/// <param name="Next">Their next one, when nothing is due today.</param>
public sealed record HomeModel(
    CountsNow Counts,
    IReadOnlyList<QueueRow> Due,
    IReadOnlyList<TaskRow> Tasks,
    IReadOnlyList<UntakenRow> Untaken,
    IReadOnlyList<QueueRow> Approvals,
    IReadOnlyList<QueueRow> Unassigned,
    QueueRow? Next
);
