using Complaints.Language;

namespace Complaints.Time;

/// <summary>Puts a clock's time into segments with reasons.</summary>
internal static class Explanation
{
    /// <summary>Segments of running, paused and closed time that fill <paramref name="whole"/>. A pause is one segment, closed
    /// hours in it included.</summary>
    internal static IEnumerable<ClockSegment> ByTime(
        ClockRun clock,
        IEnumerable<OpenSpan> running,
        IEnumerable<(OpenSpan Span, string? Why)> pauses,
        OpenSpan whole
    )
    {
        var late = whole.FromUtc >= clock.Due;
        var known = running
            .SkipWhile(s => s.ToUtc <= whole.FromUtc)
            .Until(whole.ToUtc)
            .Joined()
            .Select(s => Segment(s, SegmentKind.Running, Counting(clock, s, late)))
            .Concat(pauses.Select(p => Segment(p.Span, SegmentKind.Paused, Waiting(p.Why))))
            .OrderBy(s => s.FromUtc);
        var cursor = whole.FromUtc;
        foreach (var segment in known.Where(s => s.ToUtc > whole.FromUtc && s.FromUtc < whole.ToUtc))
        {
            if (segment.FromUtc > cursor)
            {
                yield return Shut(clock.Calendar, new(cursor, segment.FromUtc));
            }

            yield return segment with
            {
                FromUtc = Later(segment.FromUtc, cursor),
                ToUtc = Earlier(segment.ToUtc, whole.ToUtc),
            };
            cursor = Earlier(segment.ToUtc, whole.ToUtc);
        }

        if (cursor < whole.ToUtc)
        {
            yield return Shut(clock.Calendar, new(cursor, whole.ToUtc));
        }
    }

    /// <summary>A segment for each day that counted, and what lies between.</summary>
    internal static IEnumerable<ClockSegment> ByDays(ClockRun clock, IReadOnlyList<OpenSpan> pauses, DateTime until)
    {
        ClockSegment? shut = null;
        foreach (var day in DayCount.Of(clock.Calendar, clock.Target, clock.StartUtc, pauses))
        {
            // Strictly: a day that another's shift over midnight outlasts is an empty stretch, and counts all the same.
            if (day.Span.FromUtc > until || (day.Span.FromUtc == until && day.Span.ToUtc > until))
            {
                break;
            }

            var span = day.Span with { ToUtc = Earlier(day.Span.ToUtc, until) };
            var receipt = day.Kind == SegmentKind.Closed && day.Span.FromUtc == clock.StartUtc;
            if (day.Kind == SegmentKind.Closed && !receipt)
            {
                shut = Shut(clock.Calendar, shut is null ? span : new(shut.FromUtc, span.ToUtc));
                continue;
            }

            if (shut is not null)
            {
                yield return shut;
                shut = null;
            }

            yield return Segment(span, day.Kind, receipt ? new Sentence("The day of receipt does not count") : Day(clock.Target, day));
            if (day.Number > 0 && day.Number >= clock.Target.Days)
            {
                break;
            }
        }

        if (shut is not null)
        {
            yield return shut;
        }
    }

    private static ClockSegment Segment(OpenSpan span, SegmentKind kind, Sentence why) => new(span.FromUtc, span.ToUtc, kind, why);

    private static Sentence Day(Target target, CountedDay day) =>
        day.Kind == SegmentKind.Paused ? new Sentence("Paused at the end of this day, so it does not count")
        : target.Days == 0 ? new Sentence("Until the end of the same day")
        : target.Unit == TargetUnit.WorkingDays ? new Sentence("Working day {0} of {1}", day.Number, target.Days)
        : new Sentence("Day {0} of {1}", day.Number, target.Days);

    private static Sentence Counting(ClockRun clock, OpenSpan span, bool late) =>
        late ? new Sentence("Past the due time")
        : !clock.Target.NeedsOpenTime ? new Sentence("Every minute counts")
        : clock.Calendar.MakeUpDays.On(clock.Calendar.DateOf(span.FromUtc)) is not null ? new Sentence("Make-up working day")
        : new Sentence("Working hours");

    private static Sentence Waiting(string? why) =>
        string.IsNullOrWhiteSpace(why) ? new Sentence("Paused") : new Sentence("Paused: {0}", why);

    /// <summary>Closed time names the holidays in it that would have been working days.</summary>
    private static ClockSegment Shut(WorkingCalendar calendar, OpenSpan span)
    {
        var holidays = new List<string>();
        var last = calendar.DateOf(span.ToUtc.AddTicks(-1));
        for (var date = calendar.DateOf(span.FromUtc); date <= last; date = date.AddDays(1))
        {
            if (calendar.Holidays.Contains(date) && calendar.HoursOn(date).Count == 0 && calendar.Hours[date.DayOfWeek].Count > 0)
            {
                holidays.Add(date.Text());
            }
        }

        return Segment(
            span,
            SegmentKind.Closed,
            holidays.Count == 0
                ? new Sentence("Outside working hours")
                : new Sentence("Outside working hours; holiday: {0}", string.Join(", ", holidays))
        );
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}
