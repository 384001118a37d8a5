using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>The lists of complaints.</summary>
public sealed class QueueController(QueueReader queues, ComplaintsDb db, Cases cases) : DeskController
{
    /// <summary>A page of a list.</summary>
    [HttpGet("/queues/{list}")]
    public async Task<IActionResult> Show(string list, QueueFilter filter, string? after, string? before) =>
        View("Queue", await ModelAsync(list, filter, after, before));

    /// <summary>Its rows alone, for refreshing in place.</summary>
    /// <param name="empty">The page shows an empty list: say only that there is something now.</param>
    [HttpGet("/queues/{list}/rows")]
    public async Task<IActionResult> Rows(string list, QueueFilter filter, string? after, string? before, bool empty = false)
    {
        var model = await ModelAsync(list, filter, after, before);
        return !empty ? PartialView("_Rows", model)
            : model.Page.Rows.Count == 0 ? NoContent()
            : PartialView("_NoLongerEmpty", model);
    }

    private async Task<QueueModel> ModelAsync(string list, QueueFilter filter, string? after, string? before)
    {
        var queue = Queue.Find(list) ?? throw new NotHere();
        if (!Me.May(Right.Read) || (queue.Name == "mine" && !Me.May(Right.Work)))
        {
            throw new NotHere();
        }

        var page = await queues.ReadAsync(queue, filter, after, before);
        var next = page.Rows.Count == 0 && queue.IsWork ? await queues.ReadAsync(queue, new QueueFilter(), size: 1) : null;
        return new QueueModel(queue, filter, page, after, before, next is { Rows: [var first, ..] } ? first : null, await ChoicesAsync());
    }

    private async Task<QueueChoices> ChoicesAsync()
    {
        var language = Me.Reader.Language;
        var units = cases.UnitIds();
        var all = Rights.SeesAll(Me.Member.Role);
        var seen = await db.Units.AsNoTracking().Where(u => all || units.Contains(u.Id)).OrderBy(u => u.Path).ToListAsync();
        var categories = await db.Categories.AsNoTracking().Where(c => c.Active).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync();
        var people = await db
            .Staff.AsNoTracking()
            .Where(s => s.Active && (all || units.Contains(s.UnitId)))
            .Where(s => s.Role != Role.Auditor && s.Role != Role.Administrator)
            .OrderBy(s => s.Name)
            .Select(s => new ListChoice(s.Id, s.Name))
            .ToListAsync();
        return new QueueChoices(
            [.. seen.Select(u => new ListChoice(u.Id, u.NameIn(language)))],
            [
                .. categories
                    .Where(c => c.ParentId is null)
                    .SelectMany(top =>
                        categories
                            .Where(c => c.ParentId == top.Id)
                            .Select(c => new ListChoice(c.Id, "\u2003" + c.NameIn(language)))
                            .Prepend(new ListChoice(top.Id, top.NameIn(language)))
                    ),
            ],
            people
        );
    }
}

/// <summary>Something to choose from a list.</summary>
public sealed record ListChoice(long Id, string Name);

/// <summary>What the filters offer.</summary>
public sealed record QueueChoices(IReadOnlyList<ListChoice> Units, IReadOnlyList<ListChoice> Categories, IReadOnlyList<ListChoice> People);

/// <summary>A page of a list with all around it.</summary>
/// <param name="Next">The first row without filters, for saying when the next deadline is; null when the list is not empty.</param>
public sealed record QueueModel(
    Queue Queue,
    QueueFilter Filter,
    QueuePage Page,
    string? After,
    string? Before,
    QueueRow? Next,
    QueueChoices Choices
)
{
    /// <summary>Address of this very page.</summary>
    public string Here => Queue.Url + Place;

    /// <summary>Address that says whether an empty list still is.</summary>
    public string EmptyUrl => Queue.Url + "/rows" + Filter.Query("empty", "true");

    /// <summary>Address of its rows alone.</summary>
    public string RowsUrl => Queue.Url + "/rows" + Place;

    private string Place => Filter.Query(After is not null ? "after" : "before", After ?? Before);
}
