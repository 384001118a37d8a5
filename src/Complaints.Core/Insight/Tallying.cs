using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Time;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>
/// Counts again what was marked, day by day and the newest first, and adds the days up to months. So that a page of
/// figures costs the days it is about and not the complaints in them.
/// </summary>
public sealed class Tallying(ComplaintsDb db, House house, TimeProvider clock, WorkReport report)
{
    /// <summary>Name of this work in the timetable.</summary>
    public const string Work = "figures";

    private const string Turn = "figures.counted";
    private const int DaysAtOnce = 4;
    private const int MarksAtOnce = 20_000;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    /// <summary>Counts what is marked and what has fallen due since; stops after a while, the next run goes on.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var (started, days) = (clock.GetTimestamp(), 0);
        while (await AnyAsync(db, clock.GetUtcNow().UtcDateTime, cancel) && clock.GetElapsedTime(started) < _longest)
        {
            days += await db.InTransactionAsync(() => StepAsync(cancel), cancel);
            db.ChangeTracker.Clear();
        }

        if (days > 0)
        {
            report.Say("Days counted: {0}", days);
        }
    }

    /// <summary>True while something that changed is not counted yet.</summary>
    public static async Task<bool> AnyAsync(ComplaintsDb db, DateTime now, CancellationToken cancel) =>
        await db.TallyMarks.AnyAsync(cancel) || await db.TallyCells.AnyAsync(c => c.StaleAt <= now, cancel);

    private async Task<int> StepAsync(CancellationToken cancel)
    {
        await TakeTurnAsync(cancel); // of two nodes one waits here, and finds the other's work done
        var (zone, now) = (await house.ZoneAsync(cancel), clock.GetUtcNow().UtcDateTime);
        if (await db.TallyMarks.AnyAsync(m => m.UnitId == 0, cancel))
        {
            await MarkAllAsync(cancel);
            return 0;
        }

        var marks = await db.TallyMarks.AsNoTracking().OrderByDescending(m => m.Id).Take(MarksAtOnce).ToListAsync(cancel);
        var stale = await db
            .TallyCells.AsNoTracking()
            .Where(c => c.StaleAt <= now)
            .OrderBy(c => c.StaleAt)
            .Take(MarksAtOnce)
            .Select(c => new { Day = c.Start, c.UnitId })
            .ToListAsync(cancel);
        var marked = marks.ToLookup(m => Day(zone, m.At));
        var due = stale.ToLookup(c => c.Day, c => c.UnitId);
        var days = marked.Select(g => g.Key).Union(due.Select(g => g.Key)).OrderDescending().Take(DaysAtOnce).ToList();
        var months = new HashSet<(DateOnly Month, long Unit)>();
        foreach (var day in days)
        {
            var units = marked[day].Select(m => m.UnitId).Union(due[day]).ToList();
            foreach (var (unit, (tally, staleAt)) in await DayCount.OfAsync(db, day, zone, units, now, cancel))
            {
                (await CellAsync(TallySpan.Day, day, unit, cancel)).Set(tally, staleAt);
                months.Add((FirstOfMonth(day), unit));
            }
        }

        await db.SaveChangesAsync(cancel);
        foreach (var (month, unit) in months)
        {
            await AddUpAsync(month, unit, cancel);
        }

        await db.SaveChangesAsync(cancel);
        var done = days.SelectMany(d => marked[d]).Select(m => m.Id).ToList();
        foreach (var part in done.Chunk(2000))
        {
            await db.TallyMarks.Where(m => part.Contains(m.Id)).ExecuteDeleteAsync(cancel);
        }

        return days.Count;
    }

    private Task<int> TakeTurnAsync(CancellationToken cancel)
    {
        var at = clock.GetUtcNow().UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        return db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Settings" ("Name", "Value") VALUES ({Turn}, {at}) ON CONFLICT ("Name") DO UPDATE SET "Value" = excluded."Value" """,
            cancel
        );
    }

    /// <summary>The organisation's days are other days now: nothing that was counted holds.</summary>
    private async Task MarkAllAsync(CancellationToken cancel)
    {
        await db.TallyCells.ExecuteDeleteAsync(cancel);
        await db.TallyMarks.ExecuteDeleteAsync(cancel);
        var counted = db.Complaints.AsNoTracking().Where(c => !c.Historic);
        var marks = new HashSet<(long Unit, DateTime Hour)>(); // whole quarters of an hour fall on one day in every zone
        await foreach (
            var c in counted
                .Select(c => new
                {
                    c.UnitId,
                    c.ReceivedAt,
                    c.ResolvedAt,
                })
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        {
            marks.Add((c.UnitId, Quarter(c.ReceivedAt)));
            if (c.ResolvedAt is { } resolved)
            {
                marks.Add((c.UnitId, Quarter(resolved)));
            }
        }

        var asked = db.FollowUps.Where(f => f.AskedAt != null).Select(f => new { f.Complaint!.UnitId, At = f.AskedAt!.Value });
        await foreach (var f in asked.AsAsyncEnumerable().WithCancellation(cancel))
        {
            marks.Add((f.UnitId, Quarter(f.At)));
        }

        await foreach (var a in db.SurveyAnswers.Select(a => new { a.UnitId, a.AnsweredAt }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            marks.Add((a.UnitId, Quarter(a.AnsweredAt)));
        }

        var paid = db
            .Grants.Where(g => g.SettledAt != null && g.Minor != null && !g.Complaint.Historic)
            .Select(g => new { g.Complaint.UnitId, At = g.SettledAt!.Value });
        await foreach (var g in paid.AsAsyncEnumerable().WithCancellation(cancel))
        {
            marks.Add((g.UnitId, Quarter(g.At)));
        }

        foreach (var part in marks.OrderBy(m => m.Hour).Chunk(2000)) // the newest get the highest numbers and are counted first
        {
            db.AddRange(part.Select(m => new TallyMark { UnitId = m.Unit, At = m.Hour }));
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }

    private async Task AddUpAsync(DateOnly month, long unit, CancellationToken cancel)
    {
        var end = month.AddMonths(1);
        var tally = new Tally();
        foreach (
            var counts in await db
                .TallyCells.Where(c => c.Span == TallySpan.Day && c.Start >= month && c.Start < end && c.UnitId == unit)
                .Select(c => c.Counts)
                .ToListAsync(cancel)
        )
        {
            tally.Add(counts);
        }

        (await CellAsync(TallySpan.Month, month, unit, cancel)).Set(tally, null);
    }

    private async Task<TallyCell> CellAsync(TallySpan span, DateOnly start, long unit, CancellationToken cancel)
    {
        var cell = await db.TallyCells.FindAsync([span, start, unit], cancel);
        if (cell is null)
        {
            db.Add(
                cell = new TallyCell
                {
                    Span = span,
                    Start = start,
                    UnitId = unit,
                }
            );
        }

        return cell;
    }

    /// <summary>The first day of a day's month.</summary>
    internal static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private static DateOnly Day(TimeZoneInfo zone, DateTime at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(at, zone));

    private static DateTime Quarter(DateTime at) => new(at.Ticks - (at.Ticks % TimeSpan.FromMinutes(15).Ticks), DateTimeKind.Utc);
}
