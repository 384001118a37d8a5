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

namespace Complaints.Web.Home;

/// <summary>Where everybody starts: what needs them now, in the order in which it needs them.</summary>
public sealed class HomeController(
    Counts counts,
    QueueReader queues,
    NeedsReader needs,
    Views views,
    ComplaintsDb db,
    Cases cases,
    House house
) : DeskController
{
    private const int Week = 7;

    /// <summary>The page.</summary>
    [HttpGet("/")]
    public async Task<IActionResult> Show() => View("Home", await ModelAsync());

    /// <summary>What needs the person, alone, for refreshing in place.</summary>
    [HttpGet("/home/now")]
    public async Task<IActionResult> NeedsMe() => PartialView("_Now", await ModelAsync());

    /// <summary>The rail with fresh counts.</summary>
    [HttpGet("/rail")]
    public IActionResult Rail() => PartialView("_Rail");

    /// <summary>All ways through the house, for a phone.</summary>
    [HttpGet("/more")]
    public async Task<IActionResult> More() => View("More", Home.Rail.Groups(Me, await counts.NowAsync(), await views.RailAsync()));

    private async Task<HomeModel> ModelAsync()
    {
        var now = await counts.NowAsync();
        if (!Me.May(Right.Read))
        {
            return new HomeModel(now, [], null, null);
        }

        var lines = await needs.ReadAsync(now);
        var next = lines.Count == 0 && Me.May(Right.Work) ? await FirstAsync() : null;
        return new HomeModel(now, lines, next, Me.Member.Role is Role.Manager or Role.Director ? await ChangeAsync() : null);
    }

    private async Task<QueueRow?> FirstAsync() =>
        (await queues.ReadAsync(Queue.Find("mine")!, new(), size: 1)).Rows is [var first, ..] ? first : null;

    // Fourteen days of the person's units, added up already: the figures' own tallies.
    private async Task<WeekChange> ChangeAsync()
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(Now, await house.ZoneAsync()));
        var (first, middle, units) = (today.AddDays(-2 * Week), today.AddDays(-Week), cases.UnitIds());
        var all = Rights.SeesAll(Me.Member.Role);
        var days = await db
            .TallyCells.AsNoTracking()
            .Where(c => c.Span == TallySpan.Day && c.Start >= first && c.Start < today && (all || units.Contains(c.UnitId)))
            .GroupBy(c => c.Start >= middle)
            .Select(g => new
            {
                Latest = g.Key,
                Received = g.Sum(c => c.Received),
                Resolved = g.Sum(c => c.Resolved),
            })
            .ToListAsync();
        var (latest, before) = (days.Find(d => d.Latest), days.Find(d => !d.Latest));
        return new WeekChange(latest?.Received ?? 0, before?.Received ?? 0, latest?.Resolved ?? 0, before?.Resolved ?? 0);
    }
}

/// <summary>What came in and was resolved in the last seven whole days and in the seven before.</summary>
public sealed record WeekChange(int Received, int ReceivedBefore, int Resolved, int ResolvedBefore);

/// <summary>What needs the person now.</summary>
/// <param name="Lines">Most urgent first.</param>
/// <param name="Next">Their next one, when nothing needs them.</param>
/// <param name="Week">For managers.</param>
public sealed record HomeModel(CountsNow Counts, IReadOnlyList<NeedLine> Lines, QueueRow? Next, WeekChange? Week);
