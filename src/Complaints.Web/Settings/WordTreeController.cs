using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>A tree of names that complaints point at: categories, root causes. What is in use is switched off, never deleted.</summary>
[Needs(Right.Administer)]
public abstract class WordTreeController(ComplaintsDb db) : DeskController
{
    /// <summary>The database.</summary>
    protected ComplaintsDb Db { get; } = db;

    /// <summary>Address and heading of the page.</summary>
    protected abstract (string Url, Sentence Title) Page { get; }

    /// <summary>All of them.</summary>
    protected abstract Task<List<WordNode>> AllAsync();

    /// <summary>Puts the form into one of them, or into a new one for null.</summary>
    protected abstract Task PutAsync(long? id, WordForm form);

    /// <summary>Gives these, which lie side by side, that order.</summary>
    protected abstract Task PlaceAsync(List<long> order);

    /// <summary>The tree.</summary>
    [HttpGet("")]
    public Task<IActionResult> Index() => Again(null);

    /// <summary>The tree with one of them open for changes.</summary>
    [HttpGet("{id:long}")]
    public Task<IActionResult> Show(long id) => Again(id);

    /// <summary>Adds one.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(WordForm form) => Save(null, form);

    /// <summary>Renames, moves, switches off or on.</summary>
    [HttpPost("{id:long}")]
    public Task<IActionResult> Update(long id, WordForm form) => Save(id, form);

    /// <summary>Moves one of them one place up or down among its neighbours. At the end of the row nothing happens.</summary>
    [HttpPost("{id:long}/place")]
    public async Task<IActionResult> Place(long id, bool up)
    {
        var all = await AllAsync();
        var moved = all.Find(n => n.Id == id) ?? throw new NotHere();
        var row = all.Where(n => n.ParentId == moved.ParentId).Select(n => n.Id).ToList();
        var (from, to) = (row.IndexOf(id), row.IndexOf(id) + (up ? -1 : 1));
        if (to >= 0 && to < row.Count)
        {
            (row[from], row[to]) = (row[to], row[from]);
            await PlaceAsync(row);
            await Db.SaveChangesAsync();
        }

        return Redirect(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Page.Url}?moved={id}#n{id}"));
    }

    private Task<IActionResult> Save(long? id, WordForm form) =>
        TryAsync(
            async () =>
            {
                form.Name = Typed.Needed(form.Name, nameof(form.Name));
                form.NameZh = Typed.Optional(form.NameZh, nameof(form.NameZh));
                var all = (await AllAsync()).ToDictionary(n => n.Id);
                if (id is { } changed && !all.ContainsKey(changed))
                {
                    throw new NotHere();
                }

                for (
                    var at = form.ParentId;
                    at is { } above;
                    at = all.TryGetValue(above, out var node) ? node.ParentId : throw new NotHere()
                )
                {
                    if (above == id)
                    {
                        throw new Refusal(new Sentence("It cannot lie below itself."), nameof(form.ParentId));
                    }
                }

                await PutAsync(id, form);
                await DeadlineBooks.Turn(Db);
                await Db.SaveChangesAsync();
                Flash("Saved.");
                return Redirect(Page.Url);
            },
            () => Again(id)
        );

    private async Task<IActionResult> Again(long? id)
    {
        var all = await AllAsync();
        var open = id is null ? null : all.Find(n => n.Id == id) ?? throw new NotHere();
        var below = all.ToLookup(n => n.ParentId);
        var sorted = new List<WordNode>();
        void Add(long? parent, int depth)
        {
            foreach (var node in below[parent])
            {
                sorted.Add(node with { Depth = depth });
                Add(node.Id, depth + 1);
            }
        }

        Add(null, 0);
        return View("WordTree", new WordTreePage(Page.Url, Page.Title, sorted, open));
    }
}

/// <summary>What complaints are about.</summary>
[Route("settings/categories")]
public sealed class CategoriesController(ComplaintsDb db) : WordTreeController(db)
{
    /// <inheritdoc />
    protected override (string Url, Sentence Title) Page => ("/settings/categories", new("Categories"));

    /// <inheritdoc />
    protected override Task<List<WordNode>> AllAsync() =>
        Db
            .Categories.AsNoTracking()
            .OrderBy(c => c.Position)
            .ThenBy(c => c.Id)
            .Select(c => new WordNode(c.Id, c.ParentId, c.Name, c.NameZh, c.Active, 0))
            .ToListAsync();

    /// <inheritdoc />
    protected override async Task PutAsync(long? id, WordForm form)
    {
        var it = id is null ? Db.Add(new Category { Name = "" }).Entity : await Db.Categories.FirstAsync(c => c.Id == id);
        (it.Name, it.NameZh, it.ParentId, it.Active) = (form.Name!, form.NameZh, form.ParentId, form.Active);
    }

    /// <inheritdoc />
    protected override async Task PlaceAsync(List<long> order) =>
        (await Db.Categories.Where(c => order.Contains(c.Id)).ToListAsync()).ForEach(c => c.Position = order.IndexOf(c.Id));
}

/// <summary>Why it happened.</summary>
[Route("settings/causes")]
public sealed class CausesController(ComplaintsDb db) : WordTreeController(db)
{
    /// <inheritdoc />
    protected override (string Url, Sentence Title) Page => ("/settings/causes", new("Root causes"));

    /// <inheritdoc />
    protected override Task<List<WordNode>> AllAsync() =>
        Db
            .RootCauses.AsNoTracking()
            .OrderBy(c => c.Position)
            .ThenBy(c => c.Id)
            .Select(c => new WordNode(c.Id, c.ParentId, c.Name, c.NameZh, c.Active, 0))
            .ToListAsync();

    /// <inheritdoc />
    protected override async Task PutAsync(long? id, WordForm form)
    {
        var it = id is null ? Db.Add(new RootCause { Name = "" }).Entity : await Db.RootCauses.FirstAsync(c => c.Id == id);
        (it.Name, it.NameZh, it.ParentId, it.Active) = (form.Name!, form.NameZh, form.ParentId, form.Active);
    }

    /// <inheritdoc />
    protected override async Task PlaceAsync(List<long> order) =>
        (await Db.RootCauses.Where(c => order.Contains(c.Id)).ToListAsync()).ForEach(c => c.Position = order.IndexOf(c.Id));
}

/// <summary>A node of the tree.</summary>
public sealed record WordNode(long Id, long? ParentId, string Name, string? NameZh, bool Active, int Depth);

/// <summary>The page of a tree; <paramref name="Open"/> is the one being changed.</summary>
public sealed record WordTreePage(string Url, Sentence Title, IReadOnlyList<WordNode> Nodes, WordNode? Open);

/// <summary>What is typed about a node.</summary>
public sealed class WordForm
{
    public string? Name { get; set; }
    public string? NameZh { get; set; }
    public long? ParentId { get; set; }
    public bool Active { get; set; }
}
