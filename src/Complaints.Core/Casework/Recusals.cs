using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// Settles who is kept out of a reopened complaint, and moves the work away from them: who holds it, tasks, promises,
/// watching. Called by whoever reopens, and by the sweep, so that it follows when somebody comes, leaves or gets another seat.
/// </summary>
public static class Recusals
{
    /// <summary>Hours within which a manager answers what to do with one that only its own decider could work.</summary>
    private const int AnswerWithinHours = 24;

    /// <summary>Settles it after a reopening; the caller saves. Unit and customer loaded.</summary>
    public static async Task ReopenedAsync(
        ComplaintsDb db,
        Complaint complaint,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var left = await SettleAsync(db, complaint, await PeopleAsync(db, cancel), now, book, reopened: true, cancel);
        if (left || complaint.OwnerId is null)
        {
            await RouteAsync(db, complaint, now, book, cancel);
        }

        await HandOnAsync(db, complaint, cancel);
    }

    /// <summary>
    /// Looks once more: staff may have come or gone. The caller saves. A complaint that nobody decided before costs nothing.
    /// </summary>
    public static async Task LookAgainAsync(
        ComplaintsDb db,
        Complaint complaint,
        IReadOnlyCollection<Colleague> people,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        if (complaint.DecidedBefore is null || !complaint.IsOpen)
        {
            return;
        }

        var before = complaint.KeptFrom;
        if (await SettleAsync(db, complaint, people, now, book, reopened: false, cancel))
        {
            await RouteAsync(db, complaint, now, book, cancel);
        }

        if (complaint.KeptFrom != before)
        {
            await HandOnAsync(db, complaint, cancel);
        }
    }

    /// <summary>Staff changed: the sweep looks at every open complaint that somebody decided before.</summary>
    public static async Task WakeAsync(ComplaintsDb db, DateTime now, CancellationToken cancel = default)
    {
        using var turn = await db.Gate.EnterAsync(cancel);
        await db
            .Complaints.Where(c => c.IsOpen && c.DecidedBefore != null && !c.Historic && (c.NextActionAt == null || c.NextActionAt > now))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.NextActionAt, now), cancel);
    }

    /// <summary>Everybody recusal asks about.</summary>
    public static Task<List<Colleague>> PeopleAsync(ComplaintsDb db, CancellationToken cancel = default) =>
        db
            .Staff.Where(s => s.Active && s.Role <= Role.Director)
            .Select(s => new Colleague(s.Id, s.Name, s.Role, s.Role == Role.Agent ? s.Seat : Seat.Senior, s.Unit!.Path))
            .ToListAsync(cancel);

    /// <summary>True when whoever held it is kept out of it now.</summary>
    private static async Task<bool> SettleAsync(
        ComplaintsDb db,
        Complaint complaint,
        IReadOnlyCollection<Colleague> people,
        DateTime now,
        DeadlineBook book,
        bool reopened,
        CancellationToken cancel
    )
    {
        var decided = Recusal.Ids(complaint.DecidedBefore);
        var unit = book.Unit(complaint.UnitId);
        var decision = Recusal.Decide(complaint.ComplainedAboutId, decided, people, Router.SeatFor(complaint, unit), unit.Path);
        var names = people.ToDictionary(p => p.Id, p => p.Name);
        var gone = decided.Where(d => !names.ContainsKey(d)).ToList();
        foreach (var one in gone.Count == 0 ? [] : await db.Staff.Where(s => gone.Contains(s.Id)).ToListAsync(cancel))
        {
            names[one.Id] = one.Name;
        }

        if (complaint.KeepOut(now, decision, id => names[id], reopened) && decision.AskedId is { } asked)
        {
            complaint.Ask(
                TaskKind.Recusal,
                now,
                now.AddHours(AnswerWithinHours),
                asked,
                new Sentence(
                    "{0} decided this before and nobody else has the seat for it. Work it yourself, hand it to somebody else, or leave it.",
                    names[decision.Stay[0]]
                )
            );
        }

        return complaint.IsKeptFrom(complaint.OwnerId);
    }

    private static async Task RouteAsync(ComplaintsDb db, Complaint complaint, DateTime now, DeadlineBook book, CancellationToken cancel)
    {
        var decision = await Router.ChooseAsync(db, complaint, now, book, cancel);
        complaint.Route(now, decision.To is { } id ? await db.Staff.FindAsync([id], cancel) : null, decision.Why);
    }

    /// <summary>What those who are kept out had to do goes to the new holder, or to the unit.</summary>
    private static async Task HandOnAsync(ComplaintsDb db, Complaint complaint, CancellationToken cancel)
    {
        var tasks = await db
            .DeskTasks.Where(t => t.ComplaintId == complaint.Id && t.DoneAt == null && t.OwnerId != null)
            .ToListAsync(cancel);
        foreach (var task in tasks.Where(t => complaint.IsKeptFrom(t.OwnerId)))
        {
            task.OwnerId = complaint.OwnerId;
        }

        foreach (var promise in await db.Promises.Where(p => p.ComplaintId == complaint.Id && p.EndedAt == null).ToListAsync(cancel))
        {
            promise.KeeperId = complaint.IsKeptFrom(promise.KeeperId) ? complaint.OwnerId : promise.KeeperId;
        }

        var watching = await db.Watchers.Where(w => w.ComplaintId == complaint.Id).ToListAsync(cancel);
        db.RemoveRange(watching.Where(w => complaint.IsKeptFrom(w.StaffId)));
    }
}
