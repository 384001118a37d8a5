using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Settings;

/// <summary>What each role and seat may grant alone, in each currency. An empty field means that approval is always needed.</summary>
[Route("settings/limits")]
[Needs(Right.Administer)]
public sealed class LimitsController(ComplaintsDb db) : DeskController
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
        var limits = await db.RemedyLimits.AsNoTracking().ToListAsync();
        return View(
            "Limits",
            limits
                .GroupBy(l => l.Currency)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(
                    g => g.Key,
                    g => g.ToDictionary(l => Field(l.Currency, l.Role, l.Seat), l => new Money(l.Minor, l.Currency).Amount)
                )
        );
    }

    /// <summary>Saves the whole table, and adds a currency.</summary>
    [HttpPost("")]
    public Task<IActionResult> Update([FromForm] Dictionary<string, string?> limit, string? newCurrency, string? newAmount) =>
        TryAsync(
            async () =>
            {
                var there = await db.RemedyLimits.ToListAsync();
                foreach (var currency in there.Select(l => l.Currency).Distinct().ToList())
                {
                    foreach (var (role, seat) in Columns)
                    {
                        var field = Field(currency, role, seat);
                        var row = there.Find(l => l.Currency == currency && l.Role == role && l.Seat == seat);
                        Put(row, role, seat, currency, limit.GetValueOrDefault(field), field);
                    }
                }

                if (!string.IsNullOrWhiteSpace(newCurrency))
                {
                    AddCurrency(there, newCurrency, newAmount);
                }

                await db.SaveChangesAsync();
                Flash("Saved.");
                return RedirectToAction(nameof(Show));
            },
            Show
        );

    /// <summary>Name of the field in the form.</summary>
    public static string Field(string currency, Role role, Seat? seat) => $"{currency}-{role}-{seat}";

    private void Put(RemedyLimit? row, Role role, Seat? seat, string currency, string? typed, string field)
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
            db.Add(
                new RemedyLimit
                {
                    Role = role,
                    Seat = seat,
                    Currency = currency,
                    Minor = minor,
                }
            );
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
            db.Add(
                new RemedyLimit
                {
                    Role = role,
                    Seat = seat,
                    Currency = first.Currency,
                    Minor = first.Minor * times,
                }
            );
            times *= 4;
        }
    }
}
