using System.Text;
using Complaints.Data;
using Complaints.Insight;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Queues;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Insight;

/// <summary>
/// The issue register: what was complained about, why it happened and what was done against it, from the points and
/// resolutions of a period. It walks the list of resolved complaints, so rights and costs are those of that list.
/// </summary>
public sealed class IssuesController(ComplaintsDb db, Cases cases, QueueReader queues) : DeskController
{
    /// <summary>Complaints in one file at most; a longer period is fetched in parts.</summary>
    public const int MostInFile = 5000;

    /// <summary>A page, last resolved first; the last 90 days when nothing is said.</summary>
    [HttpGet("/figures/issues")]
    public async Task<IActionResult> Show(FigureFilter filter, string? after, string? before)
    {
        var period = await AskedAsync(filter);
        var page = await PageAsync(period, after, before);
        var (all, units, language) = (Rights.SeesAll(Me.Member.Role), cases.UnitIds(), Me.Reader.Language);
        return View(
            "Issues",
            new IssuesPage(
                period,
                await IssueRegister.ReadAsync(db, [.. page.Rows.Select(r => r.Id)], language, HttpContext.RequestAborted),
                page.Newer,
                page.Older,
                [
                    .. (await db.Units.AsNoTracking().Where(u => all || units.Contains(u.Id)).OrderBy(u => u.Path).ToListAsync()).Select(
                        u => new ListChoice(u.Id, u.NameIn(language))
                    ),
                ]
            )
        );
    }

    /// <summary>The same as CSV, UTF-8 with a mark so that spreadsheets read it.</summary>
    [HttpGet("/figures/issues.csv")]
    public async Task<IActionResult> Download(FigureFilter filter)
    {
        var period = await AskedAsync(filter);
        var text = new StringBuilder();
        string[] heads =
        [
            "Number|issue",
            "Issue",
            "Category",
            "Example",
            "Root cause",
            "Source|issue",
            "Finding",
            "Against it",
            "Unit",
            "Resolved",
        ];
        text.AppendJoin(',', heads.Select(h => SheetField.Of(T[h]))).Append("\r\n");
        string? after = null;
        for (var read = 0; read < MostInFile; read += QueuePage.Size)
        {
            var page = await PageAsync(period, after, null);
            var ids = page.Rows.Select(r => r.Id).ToList();
            foreach (var issue in await IssueRegister.ReadAsync(db, ids, Me.Reader.Language, HttpContext.RequestAborted))
            {
                string?[] fields =
                [
                    issue.Number,
                    issue.What,
                    issue.Category,
                    issue.Example,
                    issue.Cause,
                    T[issue.Source],
                    issue.Outcome is { } outcome ? T[outcome] : "",
                    issue.CorrectiveAction,
                    issue.Unit,
                    Me.Reader.Day(issue.ResolvedAt),
                ];
                text.AppendJoin(',', fields.Select(f => SheetField.Of(f ?? ""))).Append("\r\n");
            }

            if ((after = page.Older) is null)
            {
                break;
            }
        }

        return File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv", "issues.csv");
    }

    private Task<QueuePage> PageAsync(FigureFilter period, string? after, string? before) =>
        queues.ReadAsync(
            Queue.Find("resolved")!,
            new()
            {
                Unit = period.Unit,
                From = period.From,
                To = period.To,
            },
            after,
            before
        );

    private async Task<FigureFilter> AskedAsync(FigureFilter filter)
    {
        if (!Me.May(Right.Figures))
        {
            throw new NotHere();
        }

        if (filter.Unit is { } unit && !await SeesAsync(unit))
        {
            throw new NotHere();
        }

        var today = DateOnly.FromDateTime(Me.Reader.Local(Now));
        var to = filter.To is { } last && last < today.AddYears(1) ? last : today;
        var from = filter.From is { } first && first <= to && first.Year > 1900 ? first : to.AddDays(-89);
        return new FigureFilter
        {
            Unit = filter.Unit,
            From = from,
            To = to,
        };
    }

    private async Task<bool> SeesAsync(long unit) =>
        Rights.SeesAll(Me.Member.Role) ? await db.Units.AnyAsync(u => u.Id == unit) : cases.UnitIds().Contains(unit);
}

/// <summary>The page of the register.</summary>
/// <param name="Newer">Cursor of the page before; null on the first.</param>
/// <param name="Older">Cursor of the page after; null on the last.</param>
public sealed record IssuesPage(
    FigureFilter Period,
    IReadOnlyList<Issue> Issues,
    string? Newer,
    string? Older,
    IReadOnlyList<ListChoice> Units
);
