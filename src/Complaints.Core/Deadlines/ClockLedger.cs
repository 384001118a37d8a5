using Complaints.Time;

namespace Complaints.Deadlines;

/// <summary>Everything the due time of a clock is computed from; can be kept and taken again.</summary>
/// <param name="CalendarId">The calendar it runs on.</param>
/// <param name="Amount">Of the target.</param>
/// <param name="Unit">Of the target.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="DateFromNotice">UTC; stands instead of what is computed.</param>
/// <param name="Why">Kept sentence: the rule that set the target.</param>
/// <param name="Pauses">Oldest first.</param>
public sealed record ClockLedger(
    long CalendarId,
    decimal Amount,
    TargetUnit Unit,
    DateTime StartedAt,
    DateTime? DateFromNotice,
    string Why,
    IReadOnlyList<KeptPause> Pauses
);

/// <summary>A pause of a ledger; UTC, without an end while it lasts.</summary>
public sealed record KeptPause(DateTime From, DateTime? To, string Why, long? ByStaffId);
