using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>What filters and bulk actions offer to choose from: what the person sees, and nothing else.</summary>
public sealed class Offered(ComplaintsDb db, Cases cases, Me me)
{
    private const int MostTags = 300;

    /// <summary>Units, categories and people, in the order to choose from.</summary>
    public async Task<QueueChoices> ReadAsync()
    {
        var language = me.Reader.Language;
        var units = cases.UnitIds();
        var all = Rights.SeesAll(me.Member.Role);
        var seen = await db.Units.AsNoTracking().Where(u => all || units.Contains(u.Id)).OrderBy(u => u.Path).ToListAsync();
        var people = await db
            .Staff.AsNoTracking()
            .Where(s => s.Active && (all || units.Contains(s.UnitId)))
            .Where(s => s.Role != Role.Auditor && s.Role != Role.Administrator)
            .OrderBy(s => s.Name)
            .Select(s => new ListChoice(s.Id, s.Name))
            .ToListAsync();
        return new QueueChoices([.. seen.Select(u => new ListChoice(u.Id, u.NameIn(language)))], await CategoriesAsync(), people)
        {
            Tags = await db.Tags.AsNoTracking().OrderBy(t => t.Name).Take(MostTags).Select(t => new ListChoice(t.Id, t.Name)).ToListAsync(),
            Fields =
            [
                .. (await db.CaseFields.AsNoTracking().Where(f => f.Active).OrderBy(f => f.Position).ToListAsync()).Select(
                    f => new ListChoice(f.Id, f.NameIn(language))
                ),
            ],
        };
    }

    /// <summary>Categories to choose from, with those of the second level set in.</summary>
    public async Task<IReadOnlyList<ListChoice>> CategoriesAsync()
    {
        var language = me.Reader.Language;
        var categories = await db.Categories.AsNoTracking().Where(c => c.Active).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync();
        return
        [
            .. categories
                .Where(c => c.ParentId is null)
                .SelectMany(top =>
                    categories
                        .Where(c => c.ParentId == top.Id)
                        .Select(c => new ListChoice(c.Id, "\u2003" + c.NameIn(language)))
                        .Prepend(new ListChoice(top.Id, top.NameIn(language)))
                ),
        ];
    }
}
