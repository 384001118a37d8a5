using Complaints.Language;

namespace Complaints.Time;

/// <summary>What a clock does during a stretch of time.</summary>
public enum SegmentKind
{
    /// <summary>Time is used up.</summary>
    [Words("running", "计时中")]
    Running,

    /// <summary>The clock was stopped.</summary>
    [Words("paused", "已暂停")]
    Paused,

    /// <summary>Time that does not count.</summary>
    [Words("closed", "不计时")]
    Closed,
}

/// <summary>One line of the explanation of a due date. The segments of a clock follow each other without a gap.</summary>
/// <param name="FromUtc">Beginning, UTC.</param>
/// <param name="ToUtc">End, UTC.</param>
/// <param name="Kind">What the clock did.</param>
/// <param name="Why">The reason, for the person who reads the explanation.</param>
public sealed record ClockSegment(DateTime FromUtc, DateTime ToUtc, SegmentKind Kind, Sentence Why)
{
    /// <summary>Elapsed time.</summary>
    public TimeSpan Length => ToUtc - FromUtc;
}
