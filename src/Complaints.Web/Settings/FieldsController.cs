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

/// <summary>Fields the house adds to its complaints. What is in use is switched off, never deleted; its kind stays what it is.</summary>
[Route("settings/fields")]
[Needs(Right.Administer)]
public sealed class FieldsController(ComplaintsDb db, Offered offered, Foreseeing foreseeing) : DeskController
{
    /// <summary>All of them.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index() => View("Fields", await PageAsync(null, null));

    /// <summary>The same with one open for changes.</summary>
    [HttpGet("{id:long}")]
    public async Task<IActionResult> Edit(long id) => View("Fields", await PageAsync(id, null));

    /// <summary>Adds one.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(FieldForm form, bool preview) => SaveAsync(null, form, preview);

    /// <summary>Changes one, or takes it out of use.</summary>
    [HttpPost("{id:long}")]
    public Task<IActionResult> Update(long id, FieldForm form, bool preview) => SaveAsync(id, form, preview);

    private Task<IActionResult> SaveAsync(long? id, FieldForm form, bool preview) =>
        TryAsync(
            async () =>
            {
                var field = id is null
                    ? db.Add(
                        new CaseField
                        {
                            Name = "",
                            Kind = form.Kind,
                            Position = await db.CaseFields.CountAsync(),
                        }
                    ).Entity
                    : await db.CaseFields.FirstOrDefaultAsync(f => f.Id == id) ?? throw new NotHere();
                field.Name = Typed.Needed(form.Name, nameof(form.Name), 80);
                field.NameZh = Typed.Optional(form.NameZh, nameof(form.NameZh), 80);
                field.Choices = string.Join(
                    '\n',
                    (form.Choices ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()
                );
                if (
                    field is { Kind: FieldKind.Choice, Offered.Count: < 2 }
                    || field.Offered.Any(c => c.Length > CaseField.LongestValue)
                    || field.Choices.Length > 4000
                )
                {
                    throw new Refusal(
                        new Sentence("Give at least two choices, one a line, each up to {0} characters.", CaseField.LongestValue),
                        nameof(form.Choices)
                    );
                }

                if (form.CategoryId is { } category && !await db.Categories.AnyAsync(c => c.Id == category))
                {
                    throw new NotHere();
                }

                field.CategoryId = form.CategoryId;
                field.RequiredAt = form.RequiredAt is { } at && CaseField.Steps.Contains(at) ? at : null;
                field.Active = id is null || form.Active;
                if (preview)
                {
                    ViewData["Foreseen"] = await foreseeing.FieldAsync(field, HttpContext.RequestAborted);
                    return View("Fields", await PageAsync(id, form));
                }

                await db.SaveChangesAsync();
                Flash("Saved.");
                return LocalRedirect("/settings/fields");
            },
            async () => View("Fields", await PageAsync(id, form))
        );

    private async Task<FieldsPage> PageAsync(long? open, FieldForm? typed)
    {
        db.ChangeTracker.Clear();
        var all = await db.CaseFields.AsNoTracking().OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync();
        var one = open is null ? null : all.Find(f => f.Id == open) ?? throw new NotHere();
        return new FieldsPage(all, one, typed ?? FieldForm.Of(one), await offered.CategoriesAsync());
    }
}

/// <summary>What is typed about a field.</summary>
public sealed class FieldForm
{
    public string? Name { get; set; }
    public string? NameZh { get; set; }
    public FieldKind Kind { get; set; }
    public long? CategoryId { get; set; }
    public string? Choices { get; set; }
    public Verb? RequiredAt { get; set; }
    public bool Active { get; set; }

    internal static FieldForm Of(CaseField? field) =>
        field is null
            ? new FieldForm { Active = true }
            : new FieldForm
            {
                Name = field.Name,
                NameZh = field.NameZh,
                Kind = field.Kind,
                CategoryId = field.CategoryId,
                Choices = field.Choices,
                RequiredAt = field.RequiredAt,
                Active = field.Active,
            };
}

/// <summary>The page of fields; <paramref name="Open"/> is the one being changed.</summary>
public sealed record FieldsPage(IReadOnlyList<CaseField> Fields, CaseField? Open, FieldForm Form, IReadOnlyList<ListChoice> Categories);
