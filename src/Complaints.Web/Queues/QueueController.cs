using Complaints.Casework;
using Complaints.Data;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>The lists of complaints.</summary>
public sealed class QueueController(QueueReader queues, Offered offered, Views views, ComplaintsDb db) : DeskController
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

    /// <summary>Which of these the person began to write for: one read by key, of their own drafts alone.</summary>
    private async Task<IReadOnlySet<long>> DraftsAsync(IReadOnlyList<QueueRow> rows)
    {
        if (rows.Count == 0 || !Me.May(Right.Work))
        {
            return new HashSet<long>();
        }

        var (me, ids) = (Me.Member.Id, rows.Select(r => r.Id).ToList());
        return (
            await db.Drafts.Where(d => d.StaffId == me && ids.Contains(d.ComplaintId)).Select(d => d.ComplaintId).ToListAsync()
        ).ToHashSet();
    }

    private async Task<QueueModel> ModelAsync(string list, QueueFilter filter, string? after, string? before)
    {
        var queue = Queue.Find(list) ?? throw new NotHere();
        if (!Me.May(Right.Read) || (queue.Name == "mine" && !Me.May(Right.Work)))
        {
            throw new NotHere();
        }

        var page = await queues.ReadAsync(queue, filter, after, before);
        var me = Me.Member.Id;
        var view = filter.View is { } id ? (await views.AllAsync()).FirstOrDefault(v => v.Id == id && v.List == queue.Name) : null;
        var chosen =
            view?.Columns
            ?? await db.ChosenColumns.Where(c => c.StaffId == me && c.List == queue.Name).Select(c => c.Columns).FirstOrDefaultAsync();
        var columns = Column.Read(chosen);
        bool Shows(string name) => columns.Any(c => c.Name == name);
        var next = page.Rows.Count == 0 && queue.IsWork ? await queues.ReadAsync(queue, new QueueFilter(), size: 1) : null;
        return new QueueModel(
            queue,
            filter,
            page,
            after,
            before,
            next is { Rows: [var first, ..] } ? first : null,
            await offered.ReadAsync()
        )
        {
            View = view,
            Chosen = chosen,
            Columns = columns,
            Labels = await RowLabels.ReadAsync(db, page.Rows, Shows("tags"), Shows("fields"), Me.Reader.Language),
            Drafts = await DraftsAsync(page.Rows),
            Units = await ViewsController.SharableAsync(db, Me),
        };
    }
}

/// <summary>Something to choose from a list.</summary>
public sealed record ListChoice(long Id, string Name);

/// <summary>What the filters offer.</summary>
public sealed record QueueChoices(IReadOnlyList<ListChoice> Units, IReadOnlyList<ListChoice> Categories, IReadOnlyList<ListChoice> People)
{
    /// <summary>Tags and fields to filter by.</summary>
    public IReadOnlyList<ListChoice> Tags { get; init; } = [];
    public IReadOnlyList<ListChoice> Fields { get; init; } = [];
}

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
    /// <summary>The saved view that is looked at; null for the list itself.</summary>
    public SavedView? View { get; init; }

    /// <summary>Tags and fields of the rows, when they are shown.</summary>
    public RowLabels Labels { get; init; } = RowLabels.None;

    /// <summary>Ids of the rows the person has a draft for.</summary>
    public IReadOnlySet<long> Drafts { get; init; } = new HashSet<long>();

    /// <summary>Units a view may be shared with.</summary>
    public IReadOnlyList<Unit> Units { get; init; } = [];

    /// <summary>Names of the columns somebody chose; null for the usual ones.</summary>
    public string? Chosen { get; init; }

    /// <summary>What is shown beside when and what.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = Column.Defaults;

    /// <summary>Address of this very page.</summary>
    public string Here => Queue.Url + Place;

    /// <summary>Address that says whether an empty list still is.</summary>
    public string EmptyUrl => Queue.Url + "/rows" + Filter.Query("empty", "true");

    /// <summary>Address of its rows alone.</summary>
    public string RowsUrl => Queue.Url + "/rows" + Place;

    private string Place => Filter.Query(After is not null ? "after" : "before", After ?? Before);
}
