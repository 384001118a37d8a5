using System.Globalization;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Time;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Deadlines;

/// <summary>Regulators' regimes: what they demand, whether they are on, and where they apply. Concerns new complaints only.</summary>
public sealed class RegimesController(ComplaintsDb db) : DeskController
{
    /// <summary>All of them, those that are on first.</summary>
    [HttpGet("settings/regimes")]
    public async Task<IActionResult> Index()
    {
        Allow();
        var regimes = await db
            .Regimes.AsNoTracking()
            .Include(r => r.Clocks)
            .Include(r => r.Documents)
            .AsSplitQuery()
            .OrderByDescending(r => r.Active)
            .ThenBy(r => r.Name)
            .ToListAsync();
        var places = await db.RegimeAttachments.GroupBy(a => a.RegimeId).ToDictionaryAsync(g => g.Key, g => g.Count());
        return View("Regimes", new RegimesPage(regimes, places));
    }

    /// <summary>One of them.</summary>
    [HttpGet("settings/regimes/{id:long}")]
    public async Task<IActionResult> Edit(long id) => await ShowAsync(await FindAsync(id));

    /// <summary>Changes it.</summary>
    [HttpPost("settings/regimes/{id:long}")]
    public async Task<IActionResult> Save(long id, RegimeForm form)
    {
        var regime = await FindAsync(id);
        return await TryAsync(
            async () =>
            {
                if (regime.Version != form.Version)
                {
                    throw new Refusal("Somebody changed this in the meantime. Open it again and repeat your change.");
                }

                form.WriteTo(regime);
                if (!await db.Calendars.AnyAsync(c => c.Id == regime.CalendarId))
                {
                    throw new NotHere();
                }

                var old = await db.RegimeAttachments.Where(a => a.RegimeId == id).ToListAsync();
                db.RemoveRange(old);
                db.RegimeAttachments.AddRange(form.UnitIds.Distinct().Select(u => new RegimeAttachment { RegimeId = id, UnitId = u }));
                db.RegimeAttachments.AddRange(
                    form.CategoryIds.Distinct().Select(c => new RegimeAttachment { RegimeId = id, CategoryId = c })
                );
                db.Entry(regime).State = EntityState.Modified; // the version counts where it applies too
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
                Flash("Saved. New deadlines use it; those that run stay as they are.");
                return Redirect("/settings/regimes");
            },
            () => ShowAsync(regime)
        );
    }

    private void Allow()
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }

    private async Task<Regime> FindAsync(long id)
    {
        Allow();
        return await db.Regimes.Include(r => r.Clocks).Include(r => r.Documents).AsSplitQuery().FirstOrDefaultAsync(r => r.Id == id)
            ?? throw new NotHere();
    }

    private async Task<IActionResult> ShowAsync(Regime regime)
    {
        var places = await db.RegimeAttachments.AsNoTracking().Where(a => a.RegimeId == regime.Id).ToListAsync();
        return View(
            "Regime",
            new RegimePage(
                regime,
                [.. places.Select(p => p.UnitId).OfType<long>()],
                [.. places.Select(p => p.CategoryId).OfType<long>()],
                await db.Units.AsNoTracking().OrderBy(u => u.Path).ToListAsync(),
                await db.Categories.AsNoTracking().OrderBy(c => c.Name).ToListAsync(),
                await db.Calendars.AsNoTracking().OrderBy(c => c.Name).ToListAsync()
            )
        );
    }
}

/// <summary>A regime as typed.</summary>
public sealed class RegimeForm
{
    public long Version { get; set; }
    public bool Active { get; set; }
    public bool Pauses { get; set; }
    public long CalendarId { get; set; }
    public string? Source { get; set; }
    public string? EffectiveFrom { get; set; }
    public string? Remark { get; set; }
    public string? RemarkZh { get; set; }

    /// <summary>By id of the clock.</summary>
    public Dictionary<long, string?> Amounts { get; set; } = [];

    /// <summary>By id of the clock.</summary>
    public Dictionary<long, TargetUnit> Units { get; set; } = [];
    public List<long> UnitIds { get; set; } = [];
    public List<long> CategoryIds { get; set; } = [];

    /// <summary>Changes the regime.</summary>
    /// <exception cref="Refusal">A number or the date cannot be read.</exception>
    public void WriteTo(Regime regime)
    {
        if (
            !string.IsNullOrWhiteSpace(EffectiveFrom)
            && !DateOnly.TryParseExact(EffectiveFrom, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        )
        {
            throw new Refusal(new Sentence("“{0}” is not a day. Write it as 2026-06-01.", EffectiveFrom), nameof(EffectiveFrom));
        }

        foreach (var clock in regime.Clocks.Where(c => Amounts.ContainsKey(c.Id)))
        {
            var target = new Target(
                PolicyForm.Number(Amounts[clock.Id], $"amount-{clock.Id}"),
                Units.GetValueOrDefault(clock.Id, clock.Unit)
            );
            (clock.Amount, clock.Unit) = (target.Amount, target.Unit);
        }

        (regime.Active, regime.Pauses, regime.CalendarId) = (Active, Pauses, CalendarId);
        regime.Source = Cut(Source, 2000) ?? "";
        regime.EffectiveFrom = string.IsNullOrWhiteSpace(EffectiveFrom) ? null : EffectiveFrom;
        (regime.Remark, regime.RemarkZh) = (Cut(Remark, 4000), Cut(RemarkZh, 4000));
    }

    private static string? Cut(string? text, int most) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length <= most ? text
        : text[..most];
}

/// <summary>The list.</summary>
public sealed record RegimesPage(IReadOnlyList<Regime> Regimes, IReadOnlyDictionary<long, int> Places);

/// <summary>One regime with where it applies.</summary>
public sealed record RegimePage(
    Regime Regime,
    IReadOnlyList<long> UnitIds,
    IReadOnlyList<long> CategoryIds,
    IReadOnlyList<Unit> Units,
    IReadOnlyList<Category> Categories,
    IReadOnlyList<CalendarSetting> Calendars
);
