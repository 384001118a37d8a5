namespace Complaints.Time;

/// <summary>One step of counting days: a stretch that ends when the day does.</summary>
/// <param name="Date">Local date.</param>
/// <param name="Span">From the end of the step before to the end of this day.</param>
/// <param name="Kind">Running: it counts. Paused: the clock stood still at its end. Closed: no open day, or the day of receipt.</param>
/// <param name="Number">1 for the first that counts; 0 when it does not count.</param>
internal readonly record struct CountedDay(DateOnly Date, OpenSpan Span, SegmentKind Kind, int Number);

/// <summary>
/// Counts days for targets in days and weeks. A working day ends at closing time, any other at midnight; a day counts
/// when the clock is not paused at its end. So a pause pushes the due date on by the ends of days that fell into it: one
/// from Monday to Wednesday by two days, one within a day by none.
/// </summary>
internal static class DayCount
{
    /// <summary>All days from the day of receipt on, up to the horizon.</summary>
    internal static IEnumerable<CountedDay> Of(WorkingCalendar calendar, Target target, DateTime startUtc, IReadOnlyList<OpenSpan> pauses)
    {
        var receipt = calendar.DateOf(startUtc);
        var horizon = calendar.DateOf(WorkingCalendar.Horizon(startUtc));
        var boundary = startUtc;
        var number = 0;
        for (var date = receipt; date <= horizon; date = date.AddDays(1))
        {
            var midnight = calendar.EndOf(date);
            var counts = date > receipt || target.Days == 0;
            var end =
                target.Unit != TargetUnit.WorkingDays ? midnight
                : counts ? calendar.EndOfWorkingDay(date)
                : null;

            // A shift over midnight may close after the whole of the next day's hours; a later day never ends earlier.
            var to = Later(boundary, end ?? midnight);
            var kind =
                !counts || end is null ? SegmentKind.Closed
                : pauses.Any(p => p.FromUtc < to && to <= p.ToUtc) ? SegmentKind.Paused
                : SegmentKind.Running;
            yield return new(date, new(boundary, to), kind, kind == SegmentKind.Running ? ++number : 0);
            boundary = to;
        }
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
