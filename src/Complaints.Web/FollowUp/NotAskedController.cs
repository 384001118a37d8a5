using System.Globalization;
using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.FollowUp;

/// <summary>Customers who were never asked whether it is solved, and why: what no satisfaction figure shows.</summary>
[Route("follow-ups/not-asked")]
[Needs(Right.Figures)]
public sealed class NotAskedController(ComplaintsDb db, Cases cases) : DeskController
{
    private const int PageSize = 50;
    private const int Days = 90;

    /// <summary>The last 90 days, newest first, by page; how many for each reason above.</summary>
    /// <param name="why">Only for this reason.</param>
    /// <param name="before">Where the page before ended: ticks and id.</param>
    [HttpGet("")]
    public async Task<IActionResult> Show(NotAsked? why, string? before)
    {
        var since = Now.AddDays(-Days);
        var all = db
            .FollowUps.AsNoTracking()
            .Where(f => f.NotAsked != null && f.EndedAt >= since)
            .Join(cases.Visible(db.Complaints), f => f.ComplaintId, c => c.Id, (f, c) => new { Plan = f, Complaint = c });
        var counts = await all.GroupBy(x => x.Plan.NotAsked!.Value)
            .Select(g => new { Why = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Why, g => g.Count);
        var asked = await db
            .FollowUps.Where(f => f.AskedAt >= since)
            .Join(cases.Visible(db.Complaints), f => f.ComplaintId, c => c.Id, (f, _) => f.Id)
            .CountAsync();
        var rows = why is null ? all : all.Where(x => x.Plan.NotAsked == why);
        if (Cursor(before) is var (at, id))
        {
            rows = rows.Where(x => x.Plan.EndedAt < at || (x.Plan.EndedAt == at && x.Plan.Id < id));
        }

        var page = await rows.OrderByDescending(x => x.Plan.EndedAt)
            .ThenByDescending(x => x.Plan.Id)
            .Take(PageSize + 1)
            .Select(x => new NotAskedRow(
                x.Plan.Id,
                x.Complaint.Reference,
                x.Complaint.Summary,
                x.Complaint.Customer.Name,
                x.Plan.NotAsked!.Value,
                x.Plan.Touch,
                x.Plan.EndedAt!.Value
            ))
            .ToListAsync();
        var next =
            page.Count > PageSize
                ? string.Create(CultureInfo.InvariantCulture, $"{page[PageSize - 1].EndedAt.Ticks}-{page[PageSize - 1].Id}")
                : null;
        return View("NotAsked", new NotAskedPage([.. page.Take(PageSize)], counts, asked, why, next, Days));
    }

    private static (DateTime At, long Id)? Cursor(string? text) =>
        text?.Split('-') is [var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTime.MaxValue.Ticks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (new DateTime(ticks, DateTimeKind.Utc), number)
            : null;
}

/// <summary>What the page shows.</summary>
/// <param name="Asked">How many were asked by mail in the same days.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="Days">How far back.</param>
public sealed record NotAskedPage(
    IReadOnlyList<NotAskedRow> Rows,
    IReadOnlyDictionary<NotAsked, int> Counts,
    int Asked,
    NotAsked? Why,
    string? Next,
    int Days
);

/// <summary>A customer who was not asked.</summary>
/// <param name="EndedAt">UTC.</param>
public sealed record NotAskedRow(long Id, string Reference, string Summary, string Customer, NotAsked Why, int Touch, DateTime EndedAt);
