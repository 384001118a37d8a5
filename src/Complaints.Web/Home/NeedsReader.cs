using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Queues;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Home;

/// <summary>
/// Reads what needs somebody now: a few small reads, each along an index and never further than what one page shows, so that it
/// costs the same with a million complaints. What nobody could do today is not read.
/// </summary>
public sealed partial class NeedsReader(ComplaintsDb db, Cases cases, Counts counts, QueueReader queues, Me me, TimeProvider clock)
{
    /// <summary>Lines on the page; who has more to do than this sees the most urgent of it.</summary>
    public const int Most = 20;

    /// <summary>How long before it is due a regulator's deadline comes first.</summary>
    public static TimeSpan Ahead { get; } = TimeSpan.FromDays(2);

    private const int Few = 8;

    /// <summary>How many of one's own complaints are looked at for regulators' clocks, the earliest first.</summary>
    private const int Held = 200;

    /// <summary>In order, most urgent first.</summary>
    /// <param name="now">The person's counts: where nothing is counted nothing is read.</param>
    public async Task<IReadOnlyList<NeedLine>> ReadAsync(CountsNow now)
    {
        var needs = new List<(NeedOf, Need)>();
        if (me.May(Right.Work))
        {
            if (now.Mine > 0)
            {
                needs.AddRange(await StatutoryAsync());
            }

            if (now.MineToday > 0)
            {
                needs.AddRange(await DueAsync());
            }

            if (now.Tasks > 0)
            {
                needs.AddRange(await TasksAsync());
            }

            needs.AddRange(await DraftsAsync());
        }

        needs.AddRange(await ToldAsync());
        if (me.May(Right.Lead))
        {
            if (now.Untaken > 0)
            {
                needs.AddRange(await UntakenAsync());
            }

            if (now.Approvals > 0)
            {
                needs.AddRange(await QueueAsync("approvals", new(), _ => new Sentence("Waits for approval"), NeedKind.Approval, "Decide"));
                needs.AddRange(await ProposedAsync());
            }
        }

        if (me.May(Right.Assign) && now.Unassigned > 0)
        {
            needs.AddRange(
                await QueueAsync("unassigned", new(), _ => new Sentence("Nobody holds it yet"), NeedKind.Unassigned, "Hand it over")
            );
        }

        if (me.May(Right.Lead) && now.UnitLate > 0)
        {
            needs.AddRange(await QueueAsync("unit", new() { Due = "late" }, HeldBy, NeedKind.UnitLate, "Look into it"));
        }

        return NeedLine.Order(needs, Most);
    }

    /// <summary>Regulators' clocks of one's own complaints that fall due soon; for the test that looks at its plan too.</summary>
    public IQueryable<Statutory> Statutories()
    {
        var (id, until) = (me.Member.Id, clock.GetUtcNow().UtcDateTime + Ahead);
        return db
            .Complaints.AsNoTracking()
            .Where(c => c.IsOpen && c.OwnerId == id && c.QueueAt < until)
            .OrderBy(c => c.QueueAt)
            .ThenBy(c => c.Id)
            .Take(Held)
            .Join(
                db.Clocks.Where(k => k.Name == ClockName.Regime && k.State == ClockState.Running && !k.BindsAuthority && k.DueAt < until),
                c => c.Id,
                k => k.ComplaintId,
                (c, k) => new Statutory(c.Reference, c.Summary, c.Customer.Name, c.Tier, k.DueAt)
            );
    }

    private async Task<IEnumerable<(NeedOf, Need)>> StatutoryAsync() =>
        (await Statutories().ToListAsync())
            .OrderBy(s => s.DueAt)
            .Take(Few)
            .Select(s =>
                (
                    new NeedOf(s.Reference, s.Summary, s.Customer, s.Tier),
                    new Need(NeedKind.Statutory, s.DueAt, new Sentence("A regulator's deadline"), "Open|complaint", Page(s.Reference))
                )
            );

    private async Task<IEnumerable<(NeedOf, Need)>> DueAsync()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return (await queues.ReadAsync(Queue.Find("mine")!, new() { Due = "today" }, size: Most)).Rows.Select(r =>
            (
                Of(r),
                new Need(
                    r.NextDueAt <= now ? NeedKind.Late : NeedKind.Today,
                    r.NextDueAt ?? r.ReceivedAt,
                    r.State < State.Resolved ? new Sentence("Next: {0}", Lifecycle.Open(r.State).First()) : new Sentence("{0}", r.State),
                    "Open|complaint",
                    Page(r.Reference)
                )
            )
        );
    }

    private async Task<IEnumerable<(NeedOf, Need)>> TasksAsync() =>
        (await TaskRow.Of(counts.Tasks().OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(Most)).ToListAsync()).Select(t =>
            (
                new NeedOf(t.Reference, t.Summary, t.Customer, t.Tier),
                new Need(
                    NeedKind.Task,
                    t.DueAt,
                    t.Kind is TaskKind.KeepPromise or TaskKind.Question
                        ? new Sentence("{0}: {1}", t.Kind, t.Reason)
                        : new Sentence("{0}", t.Kind),
                    t.Kind is TaskKind.FollowUpCall or TaskKind.CallInstead ? "Call|button" : "Do it|task",
                    Page(t.Reference)
                        + (
                            t.Kind is TaskKind.FollowUpCall or TaskKind.Recovery ? "/follow-up"
                            : t.Kind == TaskKind.KeepPromise ? "#promises"
                            : "#tasks"
                        )
                )
            )
        );

    private async Task<IEnumerable<(NeedOf, Need)>> ToldAsync()
    {
        var id = me.Member.Id;
        NoticeKind[] kinds = [NoticeKind.CustomerAnswered, NoticeKind.Mention, NoticeKind.Assigned];
        var rows = await db
            .Notices.AsNoTracking()
            .Where(n => n.StaffId == id && n.SeenAt == null && n.OnPage && kinds.Contains(n.Kind))
            .OrderByDescending(n => n.Id)
            .Take(Most)
            .Join(
                cases.Visible(db.Complaints),
                n => n.ComplaintId,
                c => c.Id,
                (n, c) =>
                    new
                    {
                        n.Id,
                        n.Kind,
                        n.At,
                        n.By,
                        n.Number,
                        c.Reference,
                        c.Summary,
                        Customer = c.Customer.Name,
                        c.Tier,
                    }
            )
            .ToListAsync();
        return rows.Select(r =>
            (
                new NeedOf(r.Reference, r.Summary, r.Customer, r.Tier),
                new Need(
                    NeedKind.Told,
                    r.At,
                    r.By is "system" or "customer" ? new Sentence("{0}", r.Kind)
                        : r.Number > 1 ? new Sentence("{0} ({1}), on {2} complaints", r.Kind, r.By, r.Number)
                        : new Sentence("{0} ({1})", r.Kind, r.By),
                    "Look|notice",
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/notices/{r.Id}")
                )
                {
                    Posts = true,
                }
            )
        );
    }

    private async Task<IEnumerable<(NeedOf, Need)>> DraftsAsync()
    {
        var id = me.Member.Id;
        var rows = await db
            .Drafts.AsNoTracking()
            .Where(d => d.StaffId == id)
            .OrderByDescending(d => d.At)
            .Take(Few)
            .Join(
                cases.Visible(db.Complaints),
                d => d.ComplaintId,
                c => c.Id,
                (d, c) =>
                    new
                    {
                        d.At,
                        c.Reference,
                        c.Summary,
                        Customer = c.Customer.Name,
                        c.Tier,
                    }
            )
            .ToListAsync();
        return rows.Select(r =>
            (
                new NeedOf(r.Reference, r.Summary, r.Customer, r.Tier),
                new Need(NeedKind.Draft, r.At, new Sentence("You began to write and did not send it"), "Go on writing", Page(r.Reference))
            )
        );
    }

    private async Task<IEnumerable<(NeedOf, Need)>> QueueAsync(
        string queue,
        QueueFilter filter,
        Func<QueueRow, Sentence> why,
        NeedKind kind,
        string button
    ) =>
        (await queues.ReadAsync(Queue.Find(queue)!, filter, size: Few)).Rows.Select(r =>
            (
                Of(r),
                new Need(kind, kind == NeedKind.Approval ? r.ReceivedAt : r.NextDueAt ?? r.ReceivedAt, why(r), button, Page(r.Reference))
            )
        );

    private static Sentence HeldBy(QueueRow row) =>
        row.Owner is { } owner ? new Sentence("Late in your unit, with {0}", owner) : new Sentence("Late in your unit, with nobody");

    private static NeedOf Of(QueueRow row) => new(row.Reference, row.Summary, row.Customer, row.Tier);

    private static string Page(string reference) => "/complaints/" + reference;
}
