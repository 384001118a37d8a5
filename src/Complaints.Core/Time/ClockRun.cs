using Complaints.Language;

namespace Complaints.Time;

/// <summary>
/// The arithmetic of one clock: a target that runs on a calendar from a start, with pauses. Nothing is stored or counted
/// down; every figure follows from these facts and can be explained by <see cref="Segments"/>.
/// <para>
/// Working minutes are pushed on by the working time paused, minutes by the elapsed time, days and weeks by the ends of days
/// that fell into a pause (<see cref="DayCount"/>). For shares of a target in days, its allowance is the running time from
/// start to due: open time for working days, elapsed time for calendar days and weeks.
/// </para>
/// </summary>
public sealed class ClockRun
{
    private readonly List<(OpenSpan Span, string? Why)> _pauses;
    private readonly List<OpenSpan> _holes;

    /// <summary>A clock as it stands at <paramref name="nowUtc"/>.</summary>
    /// <param name="calendar">What it runs on; also gives the zone in which days end.</param>
    /// <param name="target">What is allowed.</param>
    /// <param name="startUtc">When it started, UTC.</param>
    /// <param name="pauses">In any order; they may overlap and reach before the start.</param>
    /// <param name="nowUtc">UTC. A pause still open is computed as if it ended now; without one it has no effect.</param>
    /// <exception cref="Refusal">It is due further ahead than <see cref="WorkingCalendar.HorizonYears"/>.</exception>
    public ClockRun(WorkingCalendar calendar, Target target, DateTime startUtc, IEnumerable<Pause> pauses, DateTime nowUtc)
    {
        (Calendar, Target, StartUtc) = (calendar, target, WorkingCalendar.Moment(startUtc));
        var known = pauses.ToList();
        DueIsOpen = known.Exists(p => p.ToUtc is null);
        _pauses = Pause.InOrder(known, startUtc, nowUtc);
        _holes = _pauses.ConvertAll(p => p.Span);
        Due = target.CountsDays ? LastDay() : Running().After(target.Length) ?? throw WorkingCalendar.TooFar();
        Allowance = target.CountsDays ? UsedAt(Due) : target.Length;
    }

    /// <summary>What it runs on.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>What is allowed.</summary>
    public Target Target { get; }

    /// <summary>When it started, UTC.</summary>
    public DateTime StartUtc { get; }

    /// <summary>When the target is used up, UTC.</summary>
    public DateTime Due { get; }

    /// <summary>Whether the clock is paused with no end known, so that <see cref="Due"/> moves on with now.</summary>
    public bool DueIsOpen { get; }

    /// <summary>The running time from start to due: the target itself for minutes. Zero for a zero target.</summary>
    public TimeSpan Allowance { get; }

    /// <summary>Running time used up at an instant; it goes on counting after due.</summary>
    public TimeSpan UsedAt(DateTime at) => Running().LengthUntil(WorkingCalendar.Moment(at));

    /// <summary>
    /// The share of the allowance used at an instant; 1 is all of it, more is late. A zero target has used 0 before it is
    /// due and 1 from then on.
    /// </summary>
    public decimal ShareUsed(DateTime at) =>
        Allowance > TimeSpan.Zero ? (decimal)UsedAt(at).Ticks / Allowance.Ticks
        : at < Due ? 0
        : 1;

    /// <summary>
    /// The first instant at which a share of the allowance is used, UTC: 0.75 before it is due, 1 when it is due, 1.5 when
    /// half as much again has run after that. Always <see cref="Due"/> for a zero target.
    /// </summary>
    /// <param name="share">Zero or more.</param>
    /// <exception cref="Refusal">It lies further ahead than <see cref="WorkingCalendar.HorizonYears"/>.</exception>
    public DateTime MomentOfShare(decimal share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        if (Allowance == TimeSpan.Zero)
        {
            return Due;
        }

        // Rounded up to the tick, so that the share is reached at the moment and not just before.
        var ticks = decimal.Ceiling(Allowance.Ticks * share);
        return ticks <= TimeSpan.MaxValue.Ticks && Running().After(TimeSpan.FromTicks((long)ticks)) is { } moment
            ? moment
            : throw WorkingCalendar.TooFar();
    }

    /// <summary>
    /// The explanation from the start until an instant, without gaps. For minutes the running segments up to
    /// <see cref="Due"/> add up to the target exactly; for days there is one running segment for each day that counted.
    /// What runs after due is late, in segments of its own.
    /// </summary>
    public IReadOnlyList<ClockSegment> Segments(DateTime until)
    {
        var first = until < Due ? until : Due;
        var explained = Target.CountsDays
            ? Explanation.ByDays(this, _holes, first)
            : Explanation.ByTime(this, Running(), _pauses, new(StartUtc, first));
        return until <= Due ? [.. explained] : [.. explained, .. Explanation.ByTime(this, Running(), _pauses, new(Due, until))];
    }

    private IEnumerable<OpenSpan> Running()
    {
        var horizon = WorkingCalendar.Horizon(StartUtc);
        var spans = Target.NeedsOpenTime ? Calendar.OpenFrom(StartUtc, horizon) : [new OpenSpan(StartUtc, horizon)];
        return spans.Without(_holes);
    }

    private DateTime LastDay()
    {
        foreach (var day in DayCount.Of(Calendar, Target, StartUtc, _holes))
        {
            if (day.Number > 0 && day.Number >= Target.Days)
            {
                return day.Span.ToUtc;
            }
        }

        throw WorkingCalendar.TooFar();
    }
}
