using Complaints.Casework;
using Complaints.Data;
using Complaints.Escalation;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Live;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Complaints.Web.Queues;

/// <summary>How many there are of what needs somebody; each at most <see cref="Counts.Cap"/>.</summary>
public sealed record CountsNow(
    int Mine,
    int MineLate,
    int MineToday,
    int Unit,
    int UnitLate,
    int Unassigned,
    int Waiting,
    int Approvals,
    int Untaken,
    int Tasks,
    int TasksLate
);

/// <summary>
/// Counts for rail and home, from the partial indexes over open work and never further than the cap: counting everything
/// is what makes such pages slow. Late and due today are ranges of the due time, because time alone changes them.
/// </summary>
public sealed class Counts(ComplaintsDb db, Cases cases, QueueReader queues, Me me, TimeProvider clock, LiveNews news, IMemoryCache cache)
{
    /// <summary>Nobody acts differently on more.</summary>
    public const int Cap = 1000;

    private static readonly TimeSpan _keep = TimeSpan.FromSeconds(2);

    /// <summary>The person's counts; two seconds old at most, and never older than the last change this process saw.</summary>
    public async Task<CountsNow> NowAsync()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var key = (typeof(Counts), me.Member.Id, news.Version, now.Ticks / _keep.Ticks);
        return await cache.GetOrCreateAsync(
                key,
                entry =>
                {
                    entry.AbsoluteExpirationRelativeToNow = _keep;
                    return CountAsync(now);
                }
            ) ?? await CountAsync(now);
    }

    /// <summary>"12", or "1,000+" at the cap.</summary>
    public static string Shown(int count) => count >= Cap ? "1,000+" : count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Open tasks that are the person's: their own, and those of their units that nobody took.</summary>
    public IQueryable<DeskTask> Tasks()
    {
        var id = me.Member.Id;
        var kept = db.Complaints.KeptFrom(id);
        var units = cases.UnitIds();
        var lead = me.May(Right.Lead);
        return db
            .DeskTasks.AsNoTracking()
            .Where(t => t.DoneAt == null && (t.OwnerId == id || (units.Contains(t.UnitId) && (lead || t.OwnerId == null))))
            .Where(t => !kept.Any(c => c.Id == t.ComplaintId));
    }

    /// <summary>Escalations that stand, which the person might take.</summary>
    public IQueryable<RaisedEscalation> Untaken()
    {
        var kept = db.Complaints.KeptFrom(me.Member.Id);
        var units = cases.UnitIds();
        return db
            .Escalations.AsNoTracking()
            .Where(e => e.EndedAt == null && e.TakenAt == null && e.Level > 0 && units.Contains(e.UnitId))
            .Where(e => !kept.Any(c => c.Id == e.ComplaintId));
    }

    private async Task<CountsNow> CountAsync(DateTime now)
    {
        var nothing = new CountsNow(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        if (!me.May(Right.Read))
        {
            return nothing;
        }

        var late = new QueueFilter { Due = "late" };
        var counts = nothing with
        {
            Unit = await CountAsync("unit", new()),
            UnitLate = await CountAsync("unit", late),
            Unassigned = await CountAsync("unassigned", new()),
            Waiting = await CountAsync("waiting", new()),
        };
        if (me.May(Right.Work))
        {
            counts = counts with
            {
                Mine = await CountAsync("mine", new()),
                MineLate = await CountAsync("mine", late),
                MineToday = await CountAsync("mine", new() { Due = "today" }),
                Tasks = await Tasks().Take(Cap).CountAsync(),
                TasksLate = await Tasks().Where(t => t.DueAt < now).Take(Cap).CountAsync(),
            };
        }

        return me.May(Right.Lead)
            ? counts with
            {
                Approvals = await CountAsync("approvals", new()) + await CountAsync("proposed", new()),
                Untaken = await Untaken().Take(Cap).CountAsync(),
            }
            : counts;
    }

    private Task<int> CountAsync(string queue, QueueFilter filter) => queues.CountAsync(Queue.Find(queue)!, filter, Cap);
}
