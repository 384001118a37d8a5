using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Asks <see cref="Routing"/> about a complaint, with everything it needs to know read from the database.</summary>
public static class Router
{
    /// <summary>Whoever holds so many gets no more as long as anybody holds fewer; counting further would only cost.</summary>
    private const int MostLoad = 300;

    /// <summary>Who gets it now, and why.</summary>
    /// <param name="db">The database.</param>
    /// <param name="complaint">With its customer.</param>
    /// <param name="now">UTC.</param>
    /// <param name="book">Units and their calendars.</param>
    /// <param name="cancel">Cancels.</param>
    public static async Task<RouteDecision> ChooseAsync(
        ComplaintsDb db,
        Complaint complaint,
        DateTime now,
        DeadlineBook book,
        CancellationToken cancel = default
    )
    {
        var unit = book.Unit(complaint.UnitId);
        return Routing.Choose(
            Work(complaint, unit) with
            {
                UnitOpen = book.Calendar(unit.CalendarId).IsOpen(now),
                Categories = book.CategoryAndAbove(complaint.CategoryId),
            },
            await CandidatesAsync(db, complaint.UnitId, now, cancel),
            now
        );
    }

    /// <summary>The lowest seat that may work it.</summary>
    public static Seat SeatFor(Complaint complaint, BookUnit unit) => Routing.SeatFor(Work(complaint, unit));

    private static RoutedWork Work(Complaint complaint, BookUnit unit) =>
        new(
            complaint.Tier,
            complaint.Severity,
            complaint.Public,
            Reopened: complaint.Cycle > 1,
            unit.EqualTreatment,
            complaint.KeptFrom,
            UnitOpen: true,
            complaint.Customer.Language
        );

    private static Task<List<Candidate>> CandidatesAsync(ComplaintsDb db, long unitId, DateTime now, CancellationToken cancel) =>
        db
            .Staff.Where(s => s.UnitId == unitId && s.Active && s.Role == Role.Agent)
            .Select(s => new Candidate(
                s.Id,
                s.Name,
                s.Seat,
                s.AwayUntil != null && s.AwayUntil > now,
                s.LastSeenAt,
                s.AlwaysPresent,
                db.Set<Complaint>().Where(c => c.IsOpen && c.OwnerId == s.Id).OrderBy(c => c.QueueAt).Take(MostLoad).Count(),
                s.Language,
                s.BothLanguages,
                s.Skills
            ))
            .ToListAsync(cancel);
}
