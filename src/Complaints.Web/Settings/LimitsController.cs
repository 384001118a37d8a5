using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Settings;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>A line of the table: the limits of a currency, for all customers or for those of one tier.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Tier">Null for all.</param>
/// <param name="Amounts">Amounts as typed, by the field's name.</param>
public sealed record LimitLine(string Currency, Tier? Tier, IReadOnlyDictionary<string, string> Amounts);

/// <summary>The page.</summary>
/// <param name="Lines">In the order of the currencies, the general line of each before those of its tiers.</param>
/// <param name="PayWithin">Working days within which a granted remedy is settled.</param>
public sealed record LimitsPage(IReadOnlyList<LimitLine> Lines, int PayWithin);

/// <summary>
/// What each role and seat may grant alone, in each currency and, where that differs, to customers of a tier. An empty
/// field of the general line means that approval is always needed.
/// </summary>
[Route("settings/limits")]
[Needs(Right.Administer)]
public sealed class LimitsController(ComplaintsDb db, DeadlineBooks books, Foreseeing foreseeing) : DeskController
{
    /// <summary>Who has a limit, from the desk upwards.</summary>
    public static IReadOnlyList<(Role Role, Seat? Seat)> Columns { get; } =
    [
        (Role.Agent, Seat.Junior),
        (Role.Agent, Seat.Middle),
        (Role.Agent, Seat.Senior),
        (Role.TeamLead, null),
        (Role.Manager, null),
        (Role.Director, null),
    ];

    /// <summary>The table.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show()
    {
        db.ChangeTracker.Clear();
        return await PageAsync(await db.RemedyLimits.AsNoTracking().ToListAsync());
    }

    private async Task<IActionResult> PageAsync(IReadOnlyList<RemedyLimit> limits) =>
        View(
            "Limits",
            new LimitsPage(
                [
                    .. limits
                        .GroupBy(l => (l.Currency, l.Tier))
                        .OrderBy(g => g.Key.Currency, StringComparer.Ordinal)
                        .ThenBy(g => g.Key.Tier is null ? -1 : (int)g.Key.Tier)
                        .Select(g => new LimitLine(
                            g.Key.Currency,
                            g.Key.Tier,
                            g.ToDictionary(l => Field(l.Currency, l.Role, l.Seat, l.Tier), l => new Money(l.Minor, l.Currency).Amount)
                        )),
                ],
                (await books.OpenAsync(db)).PayWithin
            )
        );

    /// <summary>Saves the whole table, adds a currency or a line for a tier, and sets when remedies are to be settled.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update(
        [FromForm] Dictionary<string, string?> limit,
        string? newCurrency,
        string? newAmount,
        string? tierCurrency,
        Tier? tier,
        string? payWithin,
        bool preview
    ) =>
        TryAsync(
            async () =>
            {
                var there = await db.RemedyLimits.ToListAsync();
                foreach (var (currency, of) in there.Select(l => (l.Currency, l.Tier)).Distinct().ToList())
                {
                    foreach (var (role, seat) in Columns)
                    {
                        var field = Field(currency, role, seat, of);
                        var row = there.Find(l => l.Currency == currency && l.Role == role && l.Seat == seat && l.Tier == of);
                        Put(row, role, seat, of, currency, limit.GetValueOrDefault(field), field);
                    }
                }

                if (!string.IsNullOrWhiteSpace(newCurrency))
                {
                    AddCurrency(there, newCurrency, newAmount);
                }

                if (!string.IsNullOrWhiteSpace(tierCurrency) && tier is { } added)
                {
                    AddTier(there, tierCurrency, added);
                }

                if (preview)
                {
                    db.ChangeTracker.DetectChanges();
                    List<RemedyLimit> typed = [.. db.RemedyLimits.Local]; // without those taken out
                    ViewData["Foreseen"] = await foreseeing.LimitsAsync(
                        await db.RemedyLimits.AsNoTracking().ToListAsync(),
                        typed,
                        HttpContext.RequestAborted
                    );
                    return await PageAsync(typed);
                }

                await PayWithinAsync(payWithin);
                await db.SaveChangesAsync();
                Flash("Saved.");
                return RedirectToAction(nameof(Show));
            },
            Show
        );

    /// <summary>Name of the field in the form.</summary>
    public static string Field(string currency, Role role, Seat? seat, Tier? tier = null) =>
        tier is null ? $"{currency}-{role}-{seat}" : $"{currency}-{role}-{seat}-{tier}";

    private void Put(RemedyLimit? row, Role role, Seat? seat, Tier? tier, string currency, string? typed, string field)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            if (row is not null)
            {
                db.Remove(row);
            }

            return;
        }

        var minor = Money.Read(typed, currency, field).Minor;
        if (row is null)
        {
            Add(role, seat, tier, currency, minor);
        }
        else
        {
            row.Minor = minor;
        }
    }

    private void AddCurrency(List<RemedyLimit> there, string newCurrency, string? newAmount)
    {
        var first = Money.Read(newAmount ?? "", newCurrency, "newAmount");
        if (there.Exists(l => l.Currency == first.Currency))
        {
            throw new Refusal(new Sentence("{0} is in the table already.", first.Currency), "newCurrency");
        }

        var times = 1L;
        foreach (var (role, seat) in Columns)
        {
            Add(role, seat, null, first.Currency, first.Minor * times);
            times *= 4;
        }
    }

    /// <summary>The line of a tier starts as the general one.</summary>
    private void AddTier(List<RemedyLimit> there, string currency, Tier tier)
    {
        var general = there.Where(l => l.Currency == currency && l.Tier is null && db.Entry(l).State != EntityState.Deleted).ToList();
        if (general.Count == 0 || there.Exists(l => l.Currency == currency && l.Tier == tier))
        {
            throw new Refusal(
                general.Count == 0
                    ? new Sentence("{0} has no limits yet. Add the currency first.", currency)
                    : new Sentence("{0} has a line for that tier already.", currency),
                "tierCurrency"
            );
        }

        foreach (var of in general)
        {
            Add(of.Role, of.Seat, tier, currency, of.Minor);
        }
    }

    private void Add(Role role, Seat? seat, Tier? tier, string currency, long minor) =>
        db.Add(
            new RemedyLimit
            {
                Role = role,
                Seat = seat,
                Tier = tier,
                Currency = currency,
                Minor = minor,
            }
        );

    private async Task PayWithinAsync(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return;
        }

        if (!int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > 250)
        {
            throw new Refusal(new Sentence("Give working days from 0 to 250."), "payWithin");
        }

        await db.KeepSettingAsync(DeadlineBooks.PayWithinSetting, days.ToString(CultureInfo.InvariantCulture));

        await DeadlineBooks.Turn(db);
    }
}
