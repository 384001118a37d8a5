using System.Globalization;
using System.Text;
using Complaints.Data;
using Complaints.Insight;
using Complaints.Staff;
using Complaints.Time;
using Complaints.Web.Casework;
using Complaints.Web.Queues;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Complaints.Web.Insight;

/// <summary>The figures managers steer by. Period and unit stand in the address.</summary>
public sealed class FiguresController(ComplaintsDb db, Cases cases, Counts counts, QueueReader queues, IMemoryCache cache) : DeskController
{
    private static readonly TimeSpan _keep = TimeSpan.FromMinutes(1);

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
            .AppendJoin(',', table.Columns.Select(c => Quoted(T[c.Name])).Prepend(Quoted(T[table.First])))
            .Append("\r\n");
        foreach (var row in table.Rows)
        {
            var values = row.Values.Select(v => v is { } number ? Math.Round(number, 2).ToString(CultureInfo.InvariantCulture) : "");
            text.AppendJoin(',', values.Prepend(Quoted(T[row.Label]))).Append("\r\n");
        }

        return File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv", name + ".csv");
    }

    private async Task<(FigureQuestion Question, FigureFilter Period)> AskedAsync(FigureFilter filter)
    {
        if (!Me.May(Right.Figures))
        {
            throw new NotHere();
        }

        var reader = Me.Reader;
        var today = DateOnly.FromDateTime(reader.Local(Now));
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

        var question = new FigureQuestion(
            Zones.FirstInstant(reader.Zone, from.ToDateTime(TimeOnly.MinValue)),
            Zones.FirstInstant(reader.Zone, to.AddDays(1).ToDateTime(TimeOnly.MinValue)),
            units,
            Now,
            reader
        );
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

    /// <summary>The tables, at most a minute old.</summary>
    private async Task<(IReadOnlyList<FigureTable> Tables, Outcomes Outcome)> TablesAsync(FigureQuestion q, FigureFilter period)
    {
        var units = q.Units is null ? "all" : string.Join(',', q.Units);
        var key = (typeof(FiguresController), units, q.From, q.To, q.Reader.Language, q.Now.Ticks / _keep.Ticks);
        if (cache.TryGetValue(key, out (IReadOnlyList<FigureTable>, Outcomes) kept))
        {
            return kept;
        }

        var end = HttpContext.RequestAborted;
        var (resolved, spot, again) = await FlowFigures.OutcomeAsync(db, q, end);
        IReadOnlyList<FigureTable> tables =
        [
            await StepFigures.ReadAsync(db, q, end),
            await SatisfactionFigures.ReadAsync(db, q, end),
            await FlowFigures.CausesAsync(db, q, "/queues/resolved" + period.Query, end),
            await FlowFigures.VolumeAsync(db, q, end),
            await FlowFigures.BacklogAsync(db, q, end),
        ];
        return cache.Set(key, (tables, new Outcomes(resolved, spot, again)), _keep);
    }

    /// <summary>A field of a CSV; a leading sign that a spreadsheet would calculate with is defused.</summary>
    private static string Quoted(string text) =>
        "\""
        + (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" : "")
        + text.Replace("\"", "\"\"", StringComparison.Ordinal)
        + "\"";
}

/// <summary>Period and unit.</summary>
public sealed class FigureFilter
{
    public long? Unit { get; set; }

    /// <summary>First and last day, in the reader's zone.</summary>
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
public sealed record FiguresPage(
    FigureFilter Period,
    int Open,
    int Late,
    int Today,
    int Untaken,
    Outcomes Outcome,
    IReadOnlyList<FigureTable> Tables,
    IReadOnlyList<ListChoice> Units
);
