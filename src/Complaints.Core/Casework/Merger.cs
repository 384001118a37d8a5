using System.Text.Json;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>One complaint was found to be the same matter as another and goes on there. Can be undone for <see cref="UndoTime"/>.</summary>
public sealed class Merger
{
    /// <summary>How long it can be undone: afterwards nobody remembers what would come apart.</summary>
    public static TimeSpan UndoTime { get; } = TimeSpan.FromDays(30);

    public long Id { get; private set; }

    /// <summary>The complaint that was merged; it is <see cref="State.Duplicate"/> until this is undone.</summary>
    public long ComplaintId { get; init; }

    /// <summary>The complaint that goes on.</summary>
    public long SurvivorId { get; init; }

    /// <summary>UTC, whole milliseconds.</summary>
    public DateTime At { get; init; }

    /// <summary>Who merged them; null for the system.</summary>
    public long? ById { get; init; }

    /// <summary>UTC; null while it stands.</summary>
    public DateTime? UndoneAt { get; internal set; }

    /// <summary>What undoing needs to know, JSON.</summary>
    public required string Kept { get; init; }

    /// <summary>UTC; from then on it stays as it is.</summary>
    public DateTime UndoUntil => At + UndoTime;

    /// <summary>How both stood before.</summary>
    public BeforeMerger Before => JsonSerializer.Deserialize<BeforeMerger>(Kept)!;

    internal static string Write(BeforeMerger before) => JsonSerializer.Serialize(before);
}

/// <summary>How both complaints stood before they were merged, as far as merging changed it; times in UTC.</summary>
public sealed record BeforeMerger
{
    /// <summary>Of the merged complaint.</summary>
    public required State State { get; init; }
    public DateTime? WaitingSince { get; init; }
    public string? WaitingFor { get; init; }
    public long? ProposedById { get; init; }

    /// <summary>It had been escalated.</summary>
    public bool Escalated { get; init; }

    /// <summary>Its clocks that merging ended.</summary>
    public required IReadOnlyList<EndedClock> Ended { get; init; }

    /// <summary>Receipt of the survivor before, and as it was set then.</summary>
    public required DateTime Received { get; init; }
    public required DateTime ReceivedThen { get; init; }

    /// <summary>Clocks of the survivor that merging changed.</summary>
    public required IReadOnlyList<ChangedClock> Changed { get; init; }

    /// <summary>Promises that went over, with the entry that had made each.</summary>
    public required IReadOnlyList<GoneOver> Promises { get; init; }

    /// <summary>Tasks that went over, with the unit each was for.</summary>
    public required IReadOnlyList<GoneOver> Tasks { get; init; }
}

/// <summary>A clock that merging ended.</summary>
public sealed record EndedClock(ClockName Name, string RegimeClock, bool Paused);

/// <summary>A clock that merging made stricter.</summary>
/// <param name="Name">Which.</param>
/// <param name="RegimeClock">Which.</param>
/// <param name="Cycle">Its cycle then; one that started again since is left alone.</param>
/// <param name="Ledger">Its ledger before.</param>
/// <param name="Taken">It counts by the merged one's ledger; otherwise only its start moved.</param>
public sealed record ChangedClock(ClockName Name, string RegimeClock, int Cycle, ClockLedger Ledger, bool Taken);

/// <summary>A row that went over to the survivor.</summary>
/// <param name="Id">The row.</param>
/// <param name="Was">What was changed about it, as it was.</param>
public sealed record GoneOver(long Id, long Was);
