using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Queues;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>What is to be done about complaints of each category. Saving writes a new version; complaints at work keep theirs.</summary>
[Route("settings/checklists")]
[Needs(Right.Administer)]
public sealed class ChecklistsController(ComplaintsDb db, Checklists lists, Offered offered) : DeskController
{
    /// <summary>All lists, and the one of a category open for changes.</summary>
    /// <param name="category">Null for the one that holds for all complaints.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(long? category) => View("Checklists", await PageAsync(category, null));

    /// <summary>Writes a new version.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(ChecklistForm form) =>
        TryAsync(
            async () =>
            {
                if (form.CategoryId is { } id && !await db.Categories.AnyAsync(c => c.Id == id))
                {
                    throw new NotHere();
                }

                var now = await lists.NowAsync(form.CategoryId);
                if (form.Seen is { } seen && seen != (now?.Id ?? 0))
                {
                    throw new Refusal(
                        "The list was changed meanwhile and now says: {0}. What you typed is still below; save again to put it in its place.",
                        now is { Points.Count: > 0 } ? Configuration.Saying(now) : new Sentence("nothing")
                    );
                }

                if (!await lists.KeepAsync(form.CategoryId, form.Read(now?.Points ?? []), Me.Member.Id, Now))
                {
                    Flash("Nothing was different.");
                    return LocalRedirect("/settings/checklists" + Of(form.CategoryId));
                }

                await db.SaveChangesAsync();
                Flash("Saved. New complaints have this list; those at work keep theirs and offer to take it over.");
                return LocalRedirect("/settings/checklists" + Of(form.CategoryId));
            },
            async () => View("Checklists", await PageAsync(form.CategoryId, form))
        );

    private static string Of(long? category) =>
        category is { } id ? "?category=" + id.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";

    private async Task<ChecklistsPage> PageAsync(long? category, ChecklistForm? typed)
    {
        var categories = await offered.CategoriesAsync();
        if (category is { } id && !await db.Categories.AnyAsync(c => c.Id == id))
        {
            throw new NotHere();
        }

        var versions = await db.ChecklistVersions.AsNoTracking().OrderBy(v => v.Id).ToListAsync();
        var inUse = versions.GroupBy(v => v.CategoryId).Select(g => g.Last()).Where(v => v.Points.Count > 0).ToList();
        var people = (await db.Staff.AsNoTracking().Select(s => new { s.Id, s.Name }).ToListAsync()).ToDictionary(s => s.Id, s => s.Name);
        return new ChecklistsPage(
            category,
            typed ?? ChecklistForm.Of(category, inUse.Find(v => v.CategoryId == category)?.Points ?? []),
            inUse,
            versions.LastOrDefault(v => v.CategoryId == category)?.Id ?? 0,
            categories,
            [
                .. versions
                    .Where(v => v.CategoryId == category)
                    .Reverse()
                    .Take(20)
                    .Select(v => (v.At, (v.ById is { } by ? people.GetValueOrDefault(by) : null) ?? "", v.Points.Count)),
            ]
        );
    }
}

/// <summary>What is typed about a list.</summary>
public sealed class ChecklistForm
{
    private const int Spare = 5;

    public long? CategoryId { get; set; }

    /// <summary>The version the form was filled from, 0 for none: who was slower is told. Null where nobody looked.</summary>
    public long? Seen { get; set; }
    public List<ChecklistRow> Rows { get; set; } = [];

    /// <summary>The points in order; a row without text is none.</summary>
    /// <param name="before">Points whose keys may be kept.</param>
    /// <exception cref="Refusal">A text is too long, there are too many, or Chinese stands alone.</exception>
    public IReadOnlyList<ChecklistPoint> Read(IReadOnlyList<ChecklistPoint> before)
    {
        var points = new List<ChecklistPoint>();
        foreach (var (row, index) in Rows.Select((r, i) => (r, i)).OrderBy(r => r.r.Order ?? int.MaxValue).ThenBy(r => r.i))
        {
            var text = Typed.Optional(row.Text, $"Rows-{index}-Text", ChecklistVersion.Longest);
            var chinese = Typed.Optional(row.TextZh, $"Rows-{index}-TextZh", ChecklistVersion.Longest);
            if (text is null && chinese is not null)
            {
                throw new Refusal(
                    new Sentence("“{0}” needs its English text too; empty both to take it off.", chinese),
                    $"Rows-{index}-Text"
                );
            }

            if (text is not null)
            {
                var known = before.FirstOrDefault(p => p.Key == row.Key && points.TrueForAll(o => o.Key != p.Key));
                var step = row.Step is { } at && CaseField.Steps.Contains(at) ? at : (Verb?)null;
                points.Add(new ChecklistPoint(known?.Key ?? Guid.NewGuid().ToString("N")[..12], text, chinese, step, row.Required));
            }
        }

        return points.Count <= ChecklistVersion.Most
            ? points
            : throw new Refusal(new Sentence("Up to {0} points; a longer list is not read. Put some together.", ChecklistVersion.Most));
    }

    internal static ChecklistForm Of(long? category, IReadOnlyList<ChecklistPoint> points) =>
        new()
        {
            CategoryId = category,
            Rows =
            [
                .. points.Select(
                    (p, i) =>
                        new ChecklistRow
                        {
                            Key = p.Key,
                            Text = p.Text,
                            TextZh = p.TextZh,
                            Step = p.Step,
                            Required = p.Required,
                            Order = i + 1,
                        }
                ),
                .. Enumerable.Range(points.Count + 1, Spare).Select(i => new ChecklistRow { Order = i }),
            ],
        };
}

/// <summary>One point as typed.</summary>
public sealed class ChecklistRow
{
    public string? Key { get; set; }
    public string? Text { get; set; }
    public string? TextZh { get; set; }
    public Verb? Step { get; set; }
    public bool Required { get; set; }
    public int? Order { get; set; }
}

/// <summary>The page of checklists.</summary>
/// <param name="Category">Whose list is open; null for the one of all complaints.</param>
/// <param name="InUse">Lists with points.</param>
/// <param name="Seen">See <see cref="ChecklistForm.Seen"/>.</param>
/// <param name="History">Versions of the open list, newest first: UTC, who, how many points.</param>
public sealed record ChecklistsPage(
    long? Category,
    ChecklistForm Form,
    IReadOnlyList<ChecklistVersion> InUse,
    long Seen,
    IReadOnlyList<ListChoice> Categories,
    IReadOnlyList<(DateTime At, string By, int Points)> History
);
