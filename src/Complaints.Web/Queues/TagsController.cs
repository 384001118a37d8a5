using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>The tags of the house: leads rename them, and make one of two that mean the same.</summary>
[Needs(Right.Lead)]
[Route("tags")]
public sealed class TagsController(ComplaintsDb db, CaseLabels labels) : DeskController
{
    private const int Size = 100;

    /// <summary>A page of them by name.</summary>
    /// <param name="after">Folded name of the last one seen.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? after) => View("Tags", await PageAsync(after));

    /// <summary>Renames it; the name of another one makes the two one.</summary>
    [HttpPost("{id:long}")]
    public Task<IActionResult> Update(long id, string? name) =>
        TryAsync(
            async () =>
            {
                if (!await db.Tags.AnyAsync(t => t.Id == id))
                {
                    throw new NotHere();
                }

                var names = Tag.Read(name);
                if (names.Count != 1)
                {
                    throw new Refusal(new Sentence("Give it one name, without commas."), $"name-{id}");
                }

                await labels.RenameAsync(id, names[0]);
                Flash("Saved.");
                return LocalRedirect("/tags");
            },
            async () => View("Tags", await PageAsync(null))
        );

    private async Task<TagsPage> PageAsync(string? after)
    {
        db.ChangeTracker.Clear();
        var from = after ?? "";
        var tags = await db
            .Tags.AsNoTracking()
            .Where(t => string.Compare(t.Folded, from) > 0)
            .OrderBy(t => t.Folded)
            .Take(Size + 1)
            .ToListAsync();
        return new TagsPage([.. tags.Take(Size)], tags.Count > Size ? tags[Size - 1].Folded : null);
    }
}

/// <summary>A page of tags.</summary>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record TagsPage(IReadOnlyList<Tag> Tags, string? Next);
