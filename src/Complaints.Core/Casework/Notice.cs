using Complaints.Language;

namespace Complaints.Casework;

/// <summary>Why somebody is told.</summary>
public enum NoticeKind
{
    [Words("You were named", "有人提到您")]
    Mention = 0,

    [Words("Something changed", "有新变化")]
    Change = 1,
}

/// <summary>Something about a complaint that one person is told on their page. No part of the complaint: it is gone once it is old.</summary>
public sealed class Notice
{
    public long Id { get; private set; }

    /// <summary>Who is told.</summary>
    public long StaffId { get; init; }
    public long ComplaintId { get; init; }
    public Complaint Complaint { get; init; } = null!;
    public NoticeKind Kind { get; init; }

    /// <summary>Number of the entry it is about; of several changes that were not looked at the last one.</summary>
    public int Seq { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Who did it.</summary>
    public required string By { get; set; }

    /// <summary>What was done, as a kept sentence.</summary>
    public required string Say { get; set; }

    /// <summary>UTC; null until the person looked.</summary>
    public DateTime? SeenAt { get; set; }
}

/// <summary>Somebody who wants to know what happens to a complaint.</summary>
public sealed class Watcher
{
    public long ComplaintId { get; init; }
    public long StaffId { get; init; }
}
