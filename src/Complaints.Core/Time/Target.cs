using Complaints.Language;

namespace Complaints.Time;

/// <summary>What a target is counted in.</summary>
public enum TargetUnit
{
    /// <summary>Elapsed minutes, day and night.</summary>
    [Words("minutes", "分钟")]
    Minutes,

    /// <summary>Elapsed minutes of open time.</summary>
    [Words("working minutes", "工作分钟")]
    WorkingMinutes,

    /// <summary>Open days after the day of receipt; due at closing time.</summary>
    [Words("working days", "工作日")]
    WorkingDays,

    /// <summary>Days after the day of receipt; due at midnight, the end of the last one.</summary>
    [Words("calendar days", "自然日")]
    CalendarDays,

    /// <summary>Seven calendar days each.</summary>
    [Words("weeks", "周")]
    Weeks,
}

/// <summary>
/// How long something may take. Minutes keep their fractions, to the tick; days and weeks are counted whole, and a broken
/// number of days is rounded up.
/// </summary>
/// <param name="Amount">Zero or more.</param>
/// <param name="Unit">What it counts.</param>
/// <exception cref="Refusal">The amount is negative, or more than a hundred years.</exception>
public sealed record Target(decimal Amount, TargetUnit Unit)
{
    /// <summary>Zero or more, at most a hundred years.</summary>
    public decimal Amount { get; } = Checked(Amount, Unit);

    /// <summary>Whether it is counted by the ends of days rather than by time. Zero working days is not: there is no day to
    /// count, so it is due at the next opening.</summary>
    public bool CountsDays => Unit is TargetUnit.CalendarDays or TargetUnit.Weeks || (Unit == TargetUnit.WorkingDays && Amount > 0);

    /// <summary>Whether only open time counts.</summary>
    public bool NeedsOpenTime => Unit is TargetUnit.WorkingMinutes or TargetUnit.WorkingDays;

    /// <summary>The days to count; zero for minutes.</summary>
    internal int Days =>
        Unit switch
        {
            TargetUnit.WorkingDays or TargetUnit.CalendarDays => (int)decimal.Ceiling(Amount),
            TargetUnit.Weeks => (int)decimal.Ceiling(Amount * 7),
            _ => 0,
        };

    /// <summary>The time to use up; zero for days.</summary>
    internal TimeSpan Length =>
        Unit is TargetUnit.Minutes or TargetUnit.WorkingMinutes
            ? TimeSpan.FromTicks((long)decimal.Round(Amount * TimeSpan.TicksPerMinute))
            : TimeSpan.Zero;

    /// <summary>
    /// When it is due if nothing pauses it, UTC. The day of receipt is the local date of <paramref name="startUtc"/> and does
    /// not count; zero calendar days end with that day.
    /// </summary>
    /// <exception cref="Refusal">It lies further ahead than <see cref="WorkingCalendar.HorizonYears"/>.</exception>
    public DateTime DueFrom(DateTime startUtc, WorkingCalendar calendar) => new ClockRun(calendar, this, startUtc, [], startUtc).Due;

    /// <summary>
    /// Made tighter or looser for a tier or severity. Minutes never fall below <paramref name="minimumMinutes"/>, but a target
    /// that was shorter to begin with keeps its length. Days round up to whole ones; broken weeks become calendar days.
    /// </summary>
    /// <param name="factor">Zero or more; 0.5 halves.</param>
    /// <param name="minimumMinutes">In the unit's own minutes; does not concern days and weeks.</param>
    public Target Scaled(decimal factor, decimal minimumMinutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        var scaled = Amount * factor;
        return Unit switch
        {
            TargetUnit.Minutes or TargetUnit.WorkingMinutes => new(Math.Max(scaled, Math.Min(Amount, minimumMinutes)), Unit),
            TargetUnit.Weeks when scaled != decimal.Truncate(scaled) => new(decimal.Ceiling(scaled * 7), TargetUnit.CalendarDays),
            _ => new(decimal.Ceiling(scaled), Unit),
        };
    }

    /// <summary>In words: “4 working hours”, “8 weeks”. Whole hours are said as hours.</summary>
    public Sentence InWords()
    {
        var amount = Amount / 1.0000000000000000000000000000m; // drops zeros after the point
        var hours = amount > 0 && amount % 60 == 0;
        return Unit switch
        {
            TargetUnit.Minutes when amount == 0 => new Sentence("at once"),
            TargetUnit.WorkingMinutes or TargetUnit.WorkingDays when amount == 0 => new Sentence("as soon as it is open"),
            TargetUnit.CalendarDays or TargetUnit.Weeks when amount == 0 => new Sentence("by the end of the same day"),
            TargetUnit.Minutes when hours => new Sentence("{0|hour|hours}", amount / 60),
            TargetUnit.Minutes => new Sentence("{0|minute|minutes}", amount),
            TargetUnit.WorkingMinutes when hours => new Sentence("{0|working hour|working hours}", amount / 60),
            TargetUnit.WorkingMinutes => new Sentence("{0|working minute|working minutes}", amount),
            TargetUnit.WorkingDays => new Sentence("{0|working day|working days}", amount),
            TargetUnit.CalendarDays => new Sentence("{0|calendar day|calendar days}", amount),
            _ => new Sentence("{0|week|weeks}", amount),
        };
    }

    private static decimal Checked(decimal amount, TargetUnit unit)
    {
        if (amount < 0)
        {
            throw new Refusal(new Sentence("A target cannot be negative. Enter zero or more."), "Amount");
        }

        const decimal days = WorkingCalendar.HorizonYears * 366m;
        var most = unit switch
        {
            TargetUnit.Weeks => days / 7,
            TargetUnit.WorkingDays or TargetUnit.CalendarDays => days,
            _ => days * 24 * 60,
        };
        return amount <= most ? amount : throw WorkingCalendar.TooFar();
    }
}
