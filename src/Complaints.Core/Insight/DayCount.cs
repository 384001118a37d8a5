using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Insight;

/// <summary>
/// What is counted in some units on one day. What is overdue and still open counts as late; what is neither done nor due
/// yet is not counted, and the day is stale from when the first of it falls due. Settled on the spot stands apart, because
/// it would flatter the rest. History and duplicates are left out: a duplicate is counted where it was merged into.
/// </summary>
internal static class DayCount
{
    /// <summary>A tally and when it goes stale (UTC; null never) for each of the units.</summary>
    public static async Task<IReadOnlyDictionary<long, (Tally Tally, DateTime? StaleAt)>> OfAsync(
        ComplaintsDb db,
        DateOnly day,
        TimeZoneInfo zone,
        List<long> units,
        DateTime now,
        CancellationToken cancel
    )
    {
        var from = Zones.FirstInstant(zone, day.ToDateTime(TimeOnly.MinValue));
        var to = Zones.FirstInstant(zone, day.AddDays(1).ToDateTime(TimeOnly.MinValue));
        var tallies = units.ToDictionary(u => u, _ => new Tally());
        var complaints = db.Complaints.AsNoTracking().Where(c => units.Contains(c.UnitId) && !c.Historic);
        var due = await ReceivedAsync(complaints.Where(c => c.ReceivedAt >= from && c.ReceivedAt < to), tallies, now, cancel);
        await ResolvedAsync(complaints.Where(c => c.ResolvedAt >= from && c.ResolvedAt < to), tallies, cancel);
        await AskedAsync(db, from, to, tallies, cancel);
        await AnsweredAsync(db, from, to, tallies, cancel);
        await GivenAsync(db, from, to, tallies, cancel);
        return tallies.ToDictionary(t => t.Key, t => (t.Value, due.TryGetValue(t.Key, out var at) ? at : (DateTime?)null));
    }

    private static async Task<Dictionary<long, DateTime>> ReceivedAsync(
        IQueryable<Complaint> received,
        Dictionary<long, Tally> tallies,
        DateTime now,
        CancellationToken cancel
    )
    {
        var due = new Dictionary<long, DateTime>();
        var rows = received.Where(c => c.State != State.Duplicate);
        foreach (var c in await rows.Select(c => new { c.UnitId, Unresolved = c.IsOpen && c.State < State.Resolved }).ToListAsync(cancel))
        {
            tallies[c.UnitId].Add(Measure.Received);
            tallies[c.UnitId].Add(Measure.Unresolved, times: c.Unresolved ? 1 : 0);
        }

        var clocks = rows.SelectMany(
            c => c.Clocks.Where(k => k.Name != ClockName.Regime && k.State != ClockState.Cancelled),
            (c, k) =>
                new
                {
                    c.UnitId,
                    c.OnTheSpot,
                    k.Name,
                    k.State,
                    k.StartedAt,
                    k.DueAt,
                    k.StoppedAt,
                }
        );
        foreach (var k in await clocks.ToListAsync(cancel))
        {
            if (k.OnTheSpot && k.Name != ClockName.Resolve)
            {
                continue;
            }

            var (tally, step) = (tallies[k.UnitId], k.OnTheSpot ? StepFigures.OnTheSpot : (long)k.Name);
            if (k.State == ClockState.Stopped && k.StoppedAt is { } stopped)
            {
                tally.Add(stopped <= k.DueAt ? Measure.InTime : Measure.Late, step);
                tally.Add(Measure.Took, step, Lengths.Class((stopped - k.StartedAt).TotalMinutes));
            }
            else if (k.State == ClockState.Running && k.DueAt < now)
            {
                tally.Add(Measure.Late, step);
            }
            else if (k.State == ClockState.Running)
            {
                var next = k.DueAt.AddMilliseconds(1); // due is not late yet
                due[k.UnitId] = due.TryGetValue(k.UnitId, out var at) && at < next ? at : next;
            }
        }

        return due;
    }

    private static async Task ResolvedAsync(IQueryable<Complaint> resolved, Dictionary<long, Tally> tallies, CancellationToken cancel)
    {
        foreach (
            var c in await resolved
                .Select(c => new
                {
                    c.UnitId,
                    c.OnTheSpot,
                    c.Cycle,
                    c.RootCauseId,
                })
                .ToListAsync(cancel)
        )
        {
            var tally = tallies[c.UnitId];
            tally.Add(Measure.Resolved);
            tally.Add(Measure.OnTheSpot, times: c.OnTheSpot ? 1 : 0);
            tally.Add(Measure.Reopened, times: c.Cycle > 1 ? 1 : 0);
            if (c.RootCauseId is { } cause)
            {
                tally.Add(Measure.Cause, cause);
            }
        }
    }

    private static async Task GivenAsync(
        ComplaintsDb db,
        DateTime from,
        DateTime to,
        Dictionary<long, Tally> tallies,
        CancellationToken cancel
    )
    {
        var units = tallies.Keys.ToList();
        foreach (
            var g in await db
                .Grants.Where(g => g.SettledAt >= from && g.SettledAt < to && units.Contains(g.Complaint.UnitId))
                .Where(g => (g.State == GrantState.Paid || g.State == GrantState.Confirmed) && g.Minor != null && !g.Complaint.Historic)
                .Select(g => new
                {
                    g.Complaint.UnitId,
                    Minor = g.Minor!.Value,
                    Currency = g.Currency!,
                })
                .ToListAsync(cancel)
        )
        {
            tallies[g.UnitId].Add(Measure.Given, g.Minor, MoneyFigures.NumberOf(g.Currency));
        }
    }

    private static async Task AskedAsync(
        ComplaintsDb db,
        DateTime from,
        DateTime to,
        Dictionary<long, Tally> tallies,
        CancellationToken cancel
    )
    {
        var units = tallies.Keys.ToList();
        foreach (
            var f in await db
                .FollowUps.Where(f => f.AskedAt >= from && f.AskedAt < to && units.Contains(f.Complaint!.UnitId))
                .Select(f => new
                {
                    f.Complaint!.UnitId,
                    f.State,
                    f.Touch,
                })
                .ToListAsync(cancel)
        )
        {
            if (f.Touch > 1)
            {
                tallies[f.UnitId].Add(Measure.AskedAgain);
                continue;
            }

            tallies[f.UnitId].Add(Measure.Asked);
            tallies[f.UnitId].Add(Measure.Answered, times: f.State == FollowUpState.Answered ? 1 : 0);
        }
    }

    private static async Task AnsweredAsync(
        ComplaintsDb db,
        DateTime from,
        DateTime to,
        Dictionary<long, Tally> tallies,
        CancellationToken cancel
    )
    {
        var units = tallies.Keys.ToList();
        foreach (
            var a in await db
                .SurveyAnswers.AsNoTracking()
                .Where(a => a.Current && a.AnsweredAt >= from && a.AnsweredAt < to && units.Contains(a.UnitId))
                .ToListAsync(cancel)
        )
        {
            var tally = tallies[a.UnitId];
            if (a.Touch > 1)
            {
                tally.Add(Measure.AnsweredAgain);
                tally.Add(Measure.StillSolved, times: a.Solved ? 1 : 0);
                continue;
            }

            tally.Add(Measure.Answers);
            tally.Add(Measure.Vetoes, times: a.Vetoed ? 1 : 0);
            int?[] marks = [a.Skill, a.Attitude, a.Timeliness, a.Parts, a.Overall];
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] is { } mark)
                {
                    tally.Add(Measure.Marks, i, times: mark);
                    tally.Add(Measure.Marked, i);
                }
            }
        }
    }
}
