using Complaints.Language;

namespace Complaints.Mail;

/// <summary>Where the delivery to one recipient stands.</summary>
public enum DeliveryState
{
    [Words("Waiting", "等待发送")]
    Waiting = 0,

    [Words("Being sent", "发送中")]
    Claimed = 1,

    [Words("Accepted by the mail server", "邮件服务器已接收")]
    Sent = 2,

    [Words("Refused", "被拒收")]
    Failed = 3,

    [Words("Undone", "已撤销")]
    Undone = 4,

    [Words("Not sent: no longer owed", "未发送：已无需发送")]
    Dropped = 5,

    [Words("Somebody has to decide", "待人工确认")]
    Asked = 6,

    [Words("Held since a restore", "恢复后暂存")]
    Held = 7,
}

/// <summary>Under which header a recipient is named.</summary>
public enum RecipientKind
{
    [Words("To", "收件人")]
    To = 0,

    [Words("Cc", "抄送")]
    Copy = 1,
}

/// <summary>One envelope recipient of a mail: claim, lease and outcome.</summary>
public sealed class OutDelivery
{
    public long Id { get; private set; }
    public long MessageId { get; private set; }
    public OutMessage? Message { get; private set; }

    /// <summary>Address.</summary>
    public required string Recipient { get; init; }

    /// <summary>Named under To or under Cc. What the mail means for its complaint hangs on the former alone.</summary>
    public RecipientKind Kind { get; init; }
    public DeliveryState State { get; set; }

    /// <summary>UTC of the next try; the index of the outbox.</summary>
    public DateTime? NextTryAt { get; set; }

    /// <summary>Who holds the claim.</summary>
    public string? ClaimedBy { get; set; }

    /// <summary>UTC; a claim that outlives it is taken over.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>Raised with every claim; fences late answers.</summary>
    public int Attempt { get; set; }

    /// <summary>UTC of the first try.</summary>
    public DateTime? FirstTriedAt { get; set; }

    /// <summary>True from just before DATA until its answer: found so after a crash, the outcome is unknown.</summary>
    public bool InFlight { get; set; }

    /// <summary>The server's words, or ours as a kept sentence.</summary>
    public string? Reply { get; set; }

    /// <summary>True when it failed because nothing can be sent to this address any more.</summary>
    public bool AddressBad { get; set; }

    /// <summary>UTC of the final outcome.</summary>
    public DateTime? SettledAt { get; set; }

    /// <summary>UTC time it came back after the mail server had accepted it; null while it did not.</summary>
    public DateTime? BouncedAt { get; set; }

    /// <summary>UTC time a report said that it reached the mailbox; null where none came, which is usual.</summary>
    public DateTime? ArrivedAt { get; set; }

    /// <summary>UTC time the complaint was told of the outcome; null while it is not.</summary>
    public DateTime? ToldAt { get; set; }
}
