using Complaints.Customers;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>
/// What we told a customer we would do, and by when. It has a clock of its own: when it is not kept in time it escalates
/// though every deadline is green, and the complaint closes only when none is open.
/// </summary>
public sealed class Promise
{
    public long Id { get; private set; }
    public long ComplaintId { get; internal set; }

    /// <summary>As the customer was told, such as “call Tuesday 10:00”.</summary>
    public required string What { get; init; }

    /// <summary>How the customer will hear.</summary>
    public Channel Channel { get; init; }

    /// <summary>UTC.</summary>
    public DateTime DueAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime MadeAt { get; init; }

    /// <summary>Who keeps it; null for whoever of the unit comes first.</summary>
    public long? KeeperId { get; internal set; }
    public StaffMember? Keeper { get; private set; }

    /// <summary>The keeper's task on the home page; done together with the promise.</summary>
    public required DeskTask Task { get; init; }
    public long TaskId { get; private set; }

    /// <summary>Key of the mail it was made in; undone with it. Null for none.</summary>
    public string? MessageKey { get; init; }

    /// <summary>The timeline entry that made it, or took it over.</summary>
    public int Seq { get; internal set; }

    /// <summary>UTC time the keeper was reminded; null while not.</summary>
    public DateTime? RemindedAt { get; set; }

    /// <summary>UTC time it was found not kept; it stays owed. Null while in time.</summary>
    public DateTime? BrokenAt { get; set; }

    /// <summary>How it ended; null while it is open.</summary>
    public PromiseEnd? End { get; internal set; }

    /// <summary>UTC; null while it is open.</summary>
    public DateTime? EndedAt { get; internal set; }

    /// <summary>True while we owe it.</summary>
    public bool IsOpen => EndedAt is null;

    /// <summary>UTC moment of the reminder: half an hour before, or half of the time there is when that is less.</summary>
    public DateTime RemindAt
    {
        get
        {
            var before = (DueAt - MadeAt) / 2;
            return DueAt - (before < _notice ? before : _notice);
        }
    }

    private static readonly TimeSpan _notice = TimeSpan.FromMinutes(30);
}

/// <summary>How a promise ended.</summary>
public enum PromiseEnd
{
    [Words("Kept", "已兑现")]
    Kept = 0,

    [Words("Agreed anew", "已重新约定")]
    Moved = 1,

    [Words("No longer needed", "不再需要")]
    Released = 2,
}
