using System.Globalization;
using System.Text;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Insight;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Queues;
using Complaints.Web.Shared;
using Complaints.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Insight;

/// <summary>The figures managers steer by. Period and unit stand in the address.</summary>
public sealed class FiguresController(ComplaintsDb db, Cases cases, Counts counts, QueueReader queues, House house) : DeskController
{
    /// <summary>The page; the last 30 days of all one's units when nothing is said.</summary>
    [HttpGet("/figures")]
    public async Task<IActionResult> Show(FigureFilter filter)
    {
        var (question, period) = await AskedAsync(filter);
        var (tables, outcome) = await TablesAsync(question, period);
        var open = new QueueFilter { Unit = filter.Unit };
        var listed = Queue.Find("open")!;
        var units = cases.UnitIds();
        var all = Rights.SeesAll(Me.Member.Role);
        var language = Me.Reader.Language;
        var untaken = counts.Untaken();
        return View(
            "Figures",
            new FiguresPage(
                period,
                await queues.CountAsync(listed, open, Counts.Cap),
                await queues.CountAsync(listed, new() { Unit = filter.Unit, Due = "late" }, Counts.Cap),
                await queues.CountAsync(listed, new() { Unit = filter.Unit, Due = "today" }, Counts.Cap),
                await (question.Units is { } asked ? untaken.Where(e => asked.Contains(e.UnitId)) : untaken).Take(Counts.Cap).CountAsync(),
                outcome,
                tables,
                await Tallying.AnyAsync(db, Now, HttpContext.RequestAborted),
                await ZoneToNameAsync(),
                [
                    .. (await db.Units.AsNoTracking().Where(u => all || units.Contains(u.Id)).OrderBy(u => u.Path).ToListAsync()).Select(
                        u => new ListChoice(u.Id, u.NameIn(language))
                    ),
                ]
            )
        );
    }

    /// <summary>One table as CSV, UTF-8 with a mark so that spreadsheets read it; lengths of time in minutes.</summary>
    [HttpGet("/figures/{name}.csv")]
    public async Task<IActionResult> Download(string name, FigureFilter filter)
    {
        var (question, period) = await AskedAsync(filter);
        var (tables, _) = await TablesAsync(question, period);
        var table = tables.FirstOrDefault(t => t.Name == name) ?? throw new NotHere();
        var text = new StringBuilder()
            .AppendJoin(',', table.Columns.Select(c => SheetField.Of(T[c.Name])).Prepend(SheetField.Of(T[table.First])))
            .Append("\r\n");
        foreach (var row in table.Rows)
        {
            var values = row.Values.Select(v => v is { } number ? Math.Round(number, 3).ToString(CultureInfo.InvariantCulture) : "");
            text.AppendJoin(',', values.Prepend(SheetField.Of(T[row.Label]))).Append("\r\n");
        }

        return File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv", name + ".csv");
    }

    private async Task<(FigureQuestion Question, FigureFilter Period)> AskedAsync(FigureFilter filter)
    {
        if (!Me.May(Right.Figures))
        {
            throw new NotHere();
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Now, await house.ZoneAsync()));
        var to = filter.To is { } last && last < today.AddYears(1) ? last : today;
        var from = filter.From is { } first && first <= to && first.Year > 1900 ? first : to.AddDays(-29);
        IReadOnlyList<long>? units = Rights.SeesAll(Me.Member.Role) ? null : cases.UnitIds();
        if (filter.Unit is { } unit)
        {
            var path = await db.Units.Where(u => u.Id == unit).Select(u => u.Path).FirstOrDefaultAsync() ?? throw new NotHere();
            var below = await db.Units.Where(u => u.Path.StartsWith(path)).Select(u => u.Id).ToListAsync();
            units = [.. below.Where(u => units is null || units.Contains(u))];
            if (units.Count == 0)
            {
                throw new NotHere();
            }
        }

        var question = new FigureQuestion(from, to, units, today, Me.Reader);
        return (
            question,
            new FigureFilter
            {
                Unit = filter.Unit,
                From = from,
                To = to,
            }
        );
    }

    /// <summary>The zone of the days, where it is not the reader's own; otherwise null.</summary>
    private async Task<string?> ZoneToNameAsync() =>
        await house.ZoneAsync() is var zone && zone.HasSameRules(Me.Reader.Zone) ? null : zone.Id;

    private async Task<(IReadOnlyList<FigureTable> Tables, Outcomes Outcome)> TablesAsync(FigureQuestion q, FigureFilter period)
    {
        var (end, language) = (HttpContext.RequestAborted, q.Reader.Language);
        var counted = await PeriodTally.ReadAsync(db, q, end);
        var days = q.Last.DayNumber - q.First.DayNumber + 1;
        var before = await PeriodTally.ReadAsync(db, q with { First = q.First.AddDays(-days), Last = q.First.AddDays(-1) }, end);
        var units = await db.Units.AsNoTracking().ToDictionaryAsync(u => u.Id, u => u.NameIn(language), end);
        var causes = await db.RootCauses.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.NameIn(language), end);
        return (
            [
                StepFigures.Table(counted),
                SatisfactionFigures.Table(counted, units),
                FlowFigures.Causes(counted, causes, "/queues/resolved" + period.Query),
                MoneyFigures.Table(
                    counted,
                    before,
                    units,
                    days,
                    unit => PaymentFilter.PaidIn(period.From!.Value, period.To!.Value, unit ?? period.Unit, alone: unit is not null)
                ),
                await FlowFigures.VolumeAsync(db, q, end),
                await FlowFigures.BacklogAsync(db, q, end),
            ],
            new Outcomes((int)counted.All[Measure.Resolved], (int)counted.All[Measure.OnTheSpot], (int)counted.All[Measure.Reopened])
        );
    }
}

/// <summary>Period and unit.</summary>
public sealed class FigureFilter
{
    public long? Unit { get; set; }

    /// <summary>First and last day, in the organisation's zone.</summary>
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }

    /// <summary>As a query, with the leading <c>?</c>.</summary>
    public string Query =>
        string.Create(CultureInfo.InvariantCulture, $"?from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}")
        + (Unit is { } unit ? "&unit=" + unit.ToString(CultureInfo.InvariantCulture) : "");
}

/// <summary>What became of complaints in the period.</summary>
public sealed record Outcomes(int Resolved, int OnTheSpot, int Reopened);

/// <summary>The page.</summary>
/// <param name="Behind">True while something that changed is not counted yet.</param>
/// <param name="Zone">Whose days they are, when not the reader's.</param>
public sealed record FiguresPage(
    FigureFilter Period,
    int Open,
    int Late,
    int Today,
    int Untaken,
    Outcomes Outcome,
    IReadOnlyList<FigureTable> Tables,
    bool Behind,
    string? Zone,
    IReadOnlyList<ListChoice> Units
);
