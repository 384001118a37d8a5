using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>Lists saved under a name: one's own, and those shared with one's unit.</summary>
[Needs(Right.Read)]
[Route("views")]
public sealed class ViewsController(ComplaintsDb db, Views views) : DeskController
{
    /// <summary>All of them.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index() => View("Views", await PageAsync());

    /// <summary>Saves what is shown.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(ViewForm form) =>
        TryAsync(
            async () =>
            {
                var queue = Queue.Find(form.List ?? "") ?? throw new NotHere();
                var me = Me.Member.Id;
                var mine = await db.SavedViews.Where(v => v.OwnerId == me).ToListAsync();
                if (mine.Count >= SavedView.Most)
                {
                    throw new Refusal("You have {0} views already. Delete one you no longer use.", mine.Count);
                }

                var view = new SavedView
                {
                    OwnerId = me,
                    Name = Named(form.Name),
                    UnitId = (await SharedAsync(form.UnitId))?.Id,
                    List = queue.Name,
                    Query = QueueFilter.Read(QueryHelpers.ParseQuery(form.Query)).Bare,
                    Columns = string.IsNullOrEmpty(form.Columns) ? null : Column.Write(Column.Read(form.Columns)),
                    Position = mine.Count == 0 ? 0 : mine.Max(v => v.Position) + 1,
                };
                db.Add(view);
                await db.SaveChangesAsync();
                views.Forget();
                Flash("Saved. It stands in the rail now.");
                return LocalRedirect(Views.UrlOf(view));
            },
            async () => View("Views", await PageAsync(form))
        );

    /// <summary>Renames it, or shares it with another unit.</summary>
    [HttpPost("{id:long}")]
    public Task<IActionResult> Update(long id, ViewForm form) =>
        TryAsync(
            async () =>
            {
                var view = await FindAsync(id);
                var unit = form.UnitId == view.UnitId ? view.Unit : await SharedAsync(form.UnitId);
                (view.Name, view.UnitId) = (Named(form.Name), unit?.Id);
                return await DoneAsync();
            },
            async () => View("Views", await PageAsync(form))
        );

    /// <summary>Moves it one place up or down among those of the same owner.</summary>
    [HttpPost("{id:long}/place")]
    public async Task<IActionResult> Place(long id, bool up)
    {
        var view = await FindAsync(id);
        var row = await db.SavedViews.Where(v => v.OwnerId == view.OwnerId).OrderBy(v => v.Position).ThenBy(v => v.Id).ToListAsync();
        var (from, to) = (row.IndexOf(view), row.IndexOf(view) + (up ? -1 : 1));
        if (to >= 0 && to < row.Count)
        {
            (row[from], row[to]) = (row[to], row[from]);
        }

        foreach (var (one, place) in row.Select((v, i) => (v, i)))
        {
            one.Position = place;
        }

        return await DoneAsync();
    }

    /// <summary>Deletes it; the complaints in it stay what they are.</summary>
    [HttpPost("{id:long}/removal")]
    public async Task<IActionResult> Delete(long id)
    {
        db.Remove(await FindAsync(id));
        return await DoneAsync();
    }

    private async Task<IActionResult> DoneAsync()
    {
        await db.SaveChangesAsync();
        views.Forget();
        return LocalRedirect("/views");
    }

    private async Task<SavedView> FindAsync(long id)
    {
        var view = await db.SavedViews.Include(v => v.Unit).FirstOrDefaultAsync(v => v.Id == id);
        return view is not null && view.IsEditableBy(Me.Actor) ? view : throw new NotHere();
    }

    private static string Named(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= SavedView.LongestName } name
            ? name
            : throw new Refusal(new Sentence("Give it a name of up to {0} characters.", SavedView.LongestName), nameof(ViewForm.Name));

    private async Task<Unit?> SharedAsync(long? id)
    {
        if (id is null)
        {
            return null;
        }

        var unit = await db.Units.FirstOrDefaultAsync(u => u.Id == id && u.Active);
        return unit is not null && SavedView.MayShare(Me.Actor, unit)
            ? unit
            : throw new Refusal(new Sentence("Sharing is for team leads, with their own unit and those below."), nameof(ViewForm.UnitId));
    }

    private async Task<ViewsPage> PageAsync(ViewForm? typed = null)
    {
        db.ChangeTracker.Clear();
        return new ViewsPage(await views.AllAsync(), await SharableAsync(db, Me), Me.Actor, typed);
    }

    /// <summary>Units the person may share with.</summary>
    public static async Task<IReadOnlyList<Unit>> SharableAsync(ComplaintsDb db, Complaints.Web.Staff.Me me) =>
        !me.May(Right.Lead)
            ? []
            :
            [
                .. (await db.Units.AsNoTracking().Where(u => u.Active).OrderBy(u => u.Path).ToListAsync()).Where(u =>
                    SavedView.MayShare(me.Actor, u)
                ),
            ];
}

/// <summary>What is typed about a view.</summary>
public sealed class ViewForm
{
    public string? Name { get; set; }
    public long? UnitId { get; set; }

    /// <summary>List, filters and columns that are saved.</summary>
    public string? List { get; set; }
    public string? Query { get; set; }
    public string? Columns { get; set; }
}

/// <summary>All views of a person.</summary>
/// <param name="Typed">A form that was refused; null for none.</param>
public sealed record ViewsPage(IReadOnlyList<SavedView> Views, IReadOnlyList<Unit> Units, Actor Actor, ViewForm? Typed);
