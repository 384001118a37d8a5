using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Complaints.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>The tree of units. Running deadlines keep the calendar they started on; new ones follow the change.</summary>
[Route("settings/units")]
[Needs(Right.Administer)]
public sealed class UnitsController(ComplaintsDb db, UnitTree tree) : DeskController
{
    /// <summary>The tree.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index()
    {
        var units = await db.Units.AsNoTracking().ToListAsync();
        var calendars = await db.Calendars.AsNoTracking().ToDictionaryAsync(c => c.Id);
        var staff = await db
            .Staff.Where(s => s.Active)
            .GroupBy(s => s.UnitId)
            .Select(g => new { g.Key, N = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.N);
        var regimes = await RegimeNamesAsync();
        var language = T.Reader.Language;
        return View(
            "Units",
            units
                .OrderBy(u => u.Path, StringComparer.Ordinal)
                .Select(u => new UnitLine(
                    u,
                    u.Path.Count(c => c == '/') - 2,
                    calendars[u.CalendarId].NameIn(language),
                    staff.GetValueOrDefault(u.Id),
                    regimes[u.Id].ToList()
                ))
                .ToList()
        );
    }

    /// <summary>The form for a new one.</summary>
    [HttpGet("new")]
    public async Task<IActionResult> New(long? parent)
    {
        var above = parent is null ? null : await db.Units.AsNoTracking().FirstOrDefaultAsync(u => u.Id == parent);
        return await Again(
            null,
            new UnitForm
            {
                ParentId = parent,
                CalendarId = above?.CalendarId ?? 0,
                Active = true,
            }
        );
    }

    /// <summary>Adds one.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(UnitForm form) =>
        TryAsync(
            async () =>
            {
                await tree.AddAsync(form);
                Flash("Saved.");
                return RedirectToAction(nameof(Index));
            },
            () => Again(null, form)
        );

    /// <summary>One unit.</summary>
    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id)
    {
        var unit = await FindAsync(id);
        var attached = await db.RegimeAttachments.Where(a => a.UnitId == id).Select(a => a.RegimeId).ToListAsync();
        return await Again(
            id,
            new UnitForm
            {
                Name = unit.Name,
                NameZh = unit.NameZh,
                ParentId = unit.ParentId,
                CalendarId = unit.CalendarId,
                EqualTreatment = unit.EqualTreatment,
                Active = unit.Active,
                Regimes = attached,
            }
        );
    }

    /// <summary>Renames, moves, gives another calendar, attaches regimes, closes.</summary>
    [HttpPost("{id:long}")]
    public async Task<IActionResult> Update(long id, UnitForm form)
    {
        var unit = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                await tree.ChangeAsync(unit, form);
                await Recusals.WakeAsync(db, Now); // another place in the tree: other people up the chain
                Flash("Saved.");
                return RedirectToAction(nameof(Index));
            },
            () => Again(id, form)
        );
    }

    private async Task<Unit> FindAsync(long id) => await db.Units.FirstOrDefaultAsync(u => u.Id == id) ?? throw new NotHere();

    private async Task<IActionResult> Again(long? id, UnitForm form)
    {
        var path = id is null ? null : await db.Units.Where(u => u.Id == id).Select(u => u.Path).FirstAsync();
        var below = path is null ? [] : await db.Units.Where(u => u.Path.StartsWith(path)).Select(u => u.Id).ToListAsync();
        var units = await UnitChoice.ReadAsync(db, T.Reader.Language);
        ViewData["Units"] = units.Where(u => !below.Contains(u.Id)).ToList();
        ViewData["Calendars"] = await db.Calendars.AsNoTracking().OrderBy(c => c.Name).ToListAsync();
        ViewData["Regimes"] = await db.Regimes.AsNoTracking().OrderBy(r => r.Name).ToListAsync();
        ViewData["Id"] = id;
        return View("Unit", form);
    }

    private async Task<ILookup<long, string>> RegimeNamesAsync()
    {
        var regimes = await db.Regimes.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.NameIn(T.Reader.Language));
        var attached = await db.RegimeAttachments.AsNoTracking().Where(a => a.UnitId != null).ToListAsync();
        return attached.ToLookup(a => a.UnitId!.Value, a => regimes[a.RegimeId]);
    }
}

/// <summary>A line of the tree.</summary>
public sealed record UnitLine(Unit Unit, int Depth, string Calendar, int Staff, IReadOnlyList<string> Regimes);

/// <summary>What is typed about a unit.</summary>
public sealed class UnitForm
{
    public string? Name { get; set; }
    public string? NameZh { get; set; }
    public long? ParentId { get; set; }
    public long CalendarId { get; set; }
    public bool EqualTreatment { get; set; }
    public bool Active { get; set; }
    public List<long> Regimes { get; set; } = [];
}
