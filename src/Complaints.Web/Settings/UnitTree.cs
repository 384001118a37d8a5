using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>Adds and changes units so that their paths stay true.</summary>
public sealed class UnitTree(ComplaintsDb db)
{
    /// <summary>Adds one.</summary>
    /// <exception cref="Refusal">No name, or no such calendar or parent.</exception>
    public Task AddAsync(UnitForm form) =>
        db.InTransactionAsync(async () =>
        {
            var unit = new Unit { Name = "" };
            await FillAsync(unit, form);
            db.Units.Add(unit);
            await db.SaveChangesAsync(); // the path holds the id
            var above = form.ParentId is { } p ? await ParentAsync(p) : null;
            (unit.ParentId, unit.Path) = (above?.Id, PathOf(above, unit.Id));
            await AttachAsync(unit.Id, form.Regimes);
            await DeadlineBooks.Turn(db);
            await db.SaveChangesAsync();
        });

    /// <summary>Changes one; what lies below moves with it.</summary>
    /// <exception cref="Refusal">It would lie below itself, or is closed while people or open complaints are in it.</exception>
    public Task ChangeAsync(Unit unit, UnitForm form) =>
        db.InTransactionAsync(async () =>
        {
            if (unit.Active && !form.Active)
            {
                await RefuseUnlessEmptyAsync(unit);
            }

            await FillAsync(unit, form);
            unit.Active = form.Active;
            if (unit.ParentId != form.ParentId)
            {
                await MoveAsync(unit, form.ParentId is { } p ? await ParentAsync(p) : null);
            }

            await AttachAsync(unit.Id, form.Regimes);
            await DeadlineBooks.Turn(db);
            await db.SaveChangesAsync();
        });

    private async Task FillAsync(Unit unit, UnitForm form)
    {
        unit.Name = Typed.Needed(form.Name, nameof(form.Name));
        unit.NameZh = Typed.Optional(form.NameZh, nameof(form.NameZh));
        unit.EqualTreatment = form.EqualTreatment;
        unit.CalendarId = await db.Calendars.AnyAsync(c => c.Id == form.CalendarId)
            ? form.CalendarId
            : throw new Refusal(new Sentence("Choose the calendar its deadlines run on."), nameof(form.CalendarId));
    }

    private async Task<Unit> ParentAsync(long id) =>
        await db.Units.FirstOrDefaultAsync(u => u.Id == id && u.Active)
        ?? throw new Refusal(new Sentence("Choose a unit that is there to put it under."), nameof(UnitForm.ParentId));

    private async Task MoveAsync(Unit unit, Unit? above)
    {
        if (above is not null && above.Path.StartsWith(unit.Path, StringComparison.Ordinal))
        {
            throw new Refusal(new Sentence("A unit cannot lie below itself."), nameof(UnitForm.ParentId));
        }

        var (before, after) = (unit.Path, PathOf(above, unit.Id));
        foreach (var below in await db.Units.Where(u => u.Path.StartsWith(before)).ToListAsync())
        {
            below.Path = after + below.Path[before.Length..];
        }

        unit.ParentId = above?.Id;
    }

    private async Task AttachAsync(long unitId, List<long> regimes)
    {
        var there = await db.RegimeAttachments.Where(a => a.UnitId == unitId).ToListAsync();
        db.RegimeAttachments.RemoveRange(there.Where(a => !regimes.Contains(a.RegimeId)));
        var known = await db.Regimes.Where(r => regimes.Contains(r.Id)).Select(r => r.Id).ToListAsync();
        db.RegimeAttachments.AddRange(
            known.Where(r => there.TrueForAll(a => a.RegimeId != r)).Select(r => new RegimeAttachment { RegimeId = r, UnitId = unitId })
        );
    }

    private async Task RefuseUnlessEmptyAsync(Unit unit)
    {
        var path = unit.Path;
        var open = await db.Complaints.CountAsync(c => c.IsOpen && c.Unit.Path.StartsWith(path));
        var people = await db.Staff.CountAsync(s => s.Active && s.Unit!.Path.StartsWith(path));
        if (open + people > 0)
        {
            throw new Refusal(
                new Sentence(
                    "It still has {0|open complaint|open complaints} and {1|person|people} in it or below. Move them first.",
                    open,
                    people
                ),
                nameof(UnitForm.Active)
            );
        }
    }

    private static string PathOf(Unit? above, long id) => string.Create(CultureInfo.InvariantCulture, $"{above?.Path ?? "/"}{id}/");
}
