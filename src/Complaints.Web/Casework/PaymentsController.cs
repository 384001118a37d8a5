using System.Globalization;
using System.Text;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Which part of the list of payments is shown.</summary>
public sealed record PaymentFilter
{
    /// <summary><c>owed</c>, <c>pay</c>, <c>answer</c>, <c>late</c>, <c>unconfirmed</c> or <c>paid</c>; anything else is the first.</summary>
    public string? State { get; init; }

    /// <summary>Unit with those below it; null for all the person sees.</summary>
    public long? Unit { get; init; }

    /// <summary>True for that unit without those below it.</summary>
    public bool Alone { get; init; }

    /// <summary>First and last day on which the last of it was entered, in the organisation's zone; for what is paid.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>The state as known.</summary>
    public string Known => State is "pay" or "answer" or "late" or "unconfirmed" or "paid" ? State : "owed";

    /// <summary>Address of what was paid in full in some days.</summary>
    /// <param name="unit">Null for all the person sees.</param>
    /// <param name="alone">That unit without those below it.</param>
    public static string PaidIn(DateOnly from, DateOnly to, long? unit, bool alone) =>
        "/payments"
        + new PaymentFilter
        {
            State = "paid",
            From = from,
            To = to,
            Unit = unit,
            Alone = alone,
        }.Query();

    /// <summary>The same list further on, or from its beginning.</summary>
    public string Query(string? after = null)
    {
        var unit = Unit is { } id ? string.Create(CultureInfo.InvariantCulture, $"&unit={id}") : "";
        var days =
            Known == "paid" && From is { } first && To is { } last
                ? string.Create(CultureInfo.InvariantCulture, $"&from={first:yyyy-MM-dd}&to={last:yyyy-MM-dd}")
                : "";
        return $"?state={Known}{unit}{(Unit is not null && Alone ? "&alone=true" : "")}{days}{(after is null ? "" : "&after=" + after)}";
    }
}

/// <summary>What is to be paid, for whoever keeps the books: by the day it is due, with the forms to pay and confirm, and the sheet of what was paid.</summary>
[Route("payments")]
public sealed class PaymentsController(ComplaintsDb db, Cases cases, Complaints.Words.House house) : DeskController
{
    private const int PageLength = 50;

    /// <summary>The longest range of days one sheet holds.</summary>
    private const int LongestRange = 366;

    /// <summary>The list.</summary>
    [HttpGet("")]
    public async Task<IActionResult> List(PaymentFilter filter, string? after)
    {
        if (!Me.May(Right.Read))
        {
            throw new NotHere();
        }

        var visible = cases.Visible(db.Complaints);
        if (filter.Unit is { } unit)
        {
            var units = filter.Alone ? [unit] : await BelowAsync(unit);
            visible = visible.Where(c => units.Contains(c.UnitId));
        }

        filter = filter.Known == "paid" ? await DaysAsync(filter) : filter;
        var chosen = (filter.Known == "paid" ? await PaidAsync(filter) : Chosen(filter.Known)).Join(
            visible,
            g => g.ComplaintId,
            c => c.Id,
            (g, _) => g
        );
        var sums = await chosen
            .Where(g => g.Minor != null)
            .GroupBy(g => g.Currency!)
            .Select(g => new
            {
                Currency = g.Key,
                Minor = g.Sum(x =>
                    x.State == GrantState.Paid || x.State == GrantState.Confirmed ? x.Minor!.Value : x.Minor!.Value - x.PaidMinor
                ),
            })
            .OrderBy(s => s.Currency)
            .ToListAsync();
        var from = Cursor(after);
        var rows = await (from is { } key ? chosen.Where(g => g.DueAt > key.DueAt || (g.DueAt == key.DueAt && g.Id > key.Id)) : chosen)
            .OrderBy(g => g.DueAt)
            .ThenBy(g => g.Id)
            .Take(PageLength + 1)
            .Include(g => g.Complaint)
                .ThenInclude(c => c.Customer)
            .Include(g => g.Complaint)
                .ThenInclude(c => c.Unit)
            .AsNoTracking()
            .ToListAsync();
        var today = DateOnly.FromDateTime(T.Reader.Local(Now));
        return View(
            "Payments",
            new PaymentsPage
            {
                Filter = filter,
                Rows = [.. rows.Take(PageLength)],
                Sums = [.. sums.Select(s => new Money(s.Minor, s.Currency))],
                Units = await UnitsAsync(),
                Next = rows.Count > PageLength ? CursorOf(rows[PageLength - 1]) : null,
                After = after,
                Today = today,
                Now = Now,
                MayExport = Me.May(Right.Figures),
            }
        );
    }

    /// <summary>One line for each payment and each reversal of those days, for the bookkeeper's own program.</summary>
    [HttpGet("sheet.csv")]
    public async Task<IActionResult> Download(DateOnly? from, DateOnly? to, long? unit)
    {
        if (!Me.May(Right.Figures))
        {
            throw new NotHere();
        }

        var last = to ?? DateOnly.FromDateTime(T.Reader.Local(Now));
        var first = from ?? new DateOnly(last.Year, last.Month, 1);
        if (first > last || last.DayNumber - first.DayNumber >= LongestRange)
        {
            Flash("Choose days in order, at most a year of them.");
            return Redirect("/payments");
        }

        var visible = cases.Visible(db.Complaints);
        if (unit is { } id)
        {
            var units = await BelowAsync(id);
            visible = visible.Where(c => units.Contains(c.UnitId));
        }

        var payments = await db
            .Payments.AsNoTracking()
            .Where(p => p.PaidOn >= first && p.PaidOn <= last)
            .Join(visible, p => p.Grant.ComplaintId, c => c.Id, (p, _) => p)
            .OrderBy(p => p.PaidOn)
            .ThenBy(p => p.Id)
            .Include(p => p.Grant)
                .ThenInclude(g => g.Complaint)
                    .ThenInclude(c => c.Customer)
            .Include(p => p.Grant)
                .ThenInclude(g => g.Complaint)
                    .ThenInclude(c => c.Unit)
            .ToListAsync();
        var text = PaymentSheet.Write(payments, T);
        var name = string.Create(CultureInfo.InvariantCulture, $"payments-{first:yyyy-MM-dd}-{last:yyyy-MM-dd}.csv");
        return File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "text/csv", name);
    }

    /// <summary>The days asked for, or the last thirty.</summary>
    private async Task<PaymentFilter> DaysAsync(PaymentFilter filter)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Now, await house.ZoneAsync()));
        var to = filter.To is { } last && last < today.AddYears(1) ? last : today;
        return filter with { From = filter.From is { } first && first <= to && first.Year > 1900 ? first : to.AddDays(-29), To = to };
    }

    private async Task<IQueryable<Grant>> PaidAsync(PaymentFilter filter)
    {
        var zone = await house.ZoneAsync();
        var from = Complaints.Time.Zones.FirstInstant(zone, filter.From!.Value.ToDateTime(TimeOnly.MinValue));
        var to = Complaints.Time.Zones.FirstInstant(zone, filter.To!.Value.AddDays(1).ToDateTime(TimeOnly.MinValue));
        return db.Grants.Where(g =>
            g.SettledAt >= from && g.SettledAt < to && (g.State == GrantState.Paid || g.State == GrantState.Confirmed) && g.Minor != null
        );
    }

    private IQueryable<Grant> Chosen(string state)
    {
        var now = Now;
        return state switch
        {
            "pay" => db.Grants.Where(g => g.State == GrantState.Accepted),
            "answer" => db.Grants.Where(g => g.State == GrantState.Offered),
            "late" => db.Grants.Where(g => g.IsOwed && g.DueAt <= now),
            "unconfirmed" => db.Grants.Where(g => g.State == GrantState.Paid),
            _ => db.Grants.Where(g => g.IsOwed),
        };
    }

    private async Task<List<long>> BelowAsync(long unit)
    {
        var path = await db.Units.Where(u => u.Id == unit).Select(u => u.Path).FirstOrDefaultAsync() ?? throw new NotHere();
        return await db.Units.Where(u => u.Path.StartsWith(path)).Select(u => u.Id).ToListAsync();
    }

    private async Task<IReadOnlyList<Choice>> UnitsAsync()
    {
        var all = Rights.SeesAll(Me.Member.Role);
        var mine = cases.UnitIds();
        var units = await db.Units.AsNoTracking().Where(u => all || mine.Contains(u.Id)).OrderBy(u => u.Path).ToListAsync();
        return [.. units.Select(u => new Choice(u.Id, u.NameIn(T.Reader.Language), 0))];
    }

    private static string CursorOf(Grant last) => string.Create(CultureInfo.InvariantCulture, $"{last.DueAt!.Value.Ticks}-{last.Id}");

    private static (DateTime DueAt, long Id)? Cursor(string? text) =>
        text?.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTime.MaxValue.Ticks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (new DateTime(at, DateTimeKind.Utc), last)
            : null;
}

/// <summary>The list of payments.</summary>
public sealed record PaymentsPage
{
    public required PaymentFilter Filter { get; init; }

    /// <summary>With complaint, customer and unit; without payments.</summary>
    public required IReadOnlyList<Grant> Rows { get; init; }

    /// <summary>What is left to pay of the whole list, one for each currency; what was paid, where that is shown.</summary>
    public required IReadOnlyList<Money> Sums { get; init; }
    public required IReadOnlyList<Choice> Units { get; init; }

    /// <summary>Where to go on from; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>Where this page starts; null at the beginning.</summary>
    public string? After { get; init; }

    /// <summary>Where the person is.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }
    public bool MayExport { get; init; }
}
