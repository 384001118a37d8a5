using Complaints.Language;

namespace Complaints.Casework;

/// <summary>Why somebody is told.</summary>
public enum NoticeKind
{
    [Words("You were named", "有人提到您")]
    Mention = 0,

    [Words("Something changed", "有新变化")]
    Change = 1,

    [Words("Handed to you", "分派给您")]
    Assigned = 2,

    [Words("The customer answered", "客户有回复")]
    CustomerAnswered = 3,

    [Words("Escalated to you", "升级给您")]
    Escalated = 4,

    [Words("Your approval is asked for", "请您审批")]
    ApprovalAsked = 5,

    [Words("A promise falls due", "承诺即将到期")]
    PromiseDue = 6,

    [Words("A deadline is near or over", "时限临近或已超时")]
    Deadline = 7,

    /// <summary>A regulator's: comes always, at once, whatever somebody chose.</summary>
    [Words("A regulator's deadline", "监管时限")]
    Statutory = 8,

    /// <summary>Somebody proposes that it is no complaint. Gone as soon as it is decided.</summary>
    [Words("A second look is asked for", "请您复核")]
    SecondLook = 9,
}

/// <summary>Something about a complaint that one person is told on their page. No part of the complaint: it is gone once it is old.</summary>
public sealed class Notice
{
    public long Id { get; private set; }

    /// <summary>Who is told.</summary>
    public long StaffId { get; init; }
    public long ComplaintId { get; private set; }
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

    /// <summary>It stands among the person's notices; false for what only comes by mail.</summary>
    public bool OnPage { get; init; } = true;

    /// <summary>UTC from when its mail is due; null when none is, or once it is written.</summary>
    public DateTime? MailAt { get; set; }

    /// <summary>That mail is the day's digest.</summary>
    public bool InDigest { get; init; }

    /// <summary>How many complaints it is about: a note put on many at once is told once.</summary>
    public int Number { get; init; } = 1;
}

/// <summary>Somebody who wants to know what happens to a complaint.</summary>
public sealed class Watcher
{
    public long ComplaintId { get; init; }
    public long StaffId { get; init; }
}
