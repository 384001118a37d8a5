using Complaints.Data;
using Complaints.Language;

namespace Complaints.Mail;

/// <summary>What a mail is for; names its template too.</summary>
public enum MailPurpose
{
    [Words("Receipt", "收件回执")]
    Receipt = 0,

    [Words("Acknowledgement", "响应函")]
    Acknowledgement = 1,

    [Words("Apology", "致歉函")]
    Apology = 2,

    [Words("Apology, no fault found", "致歉函（不代表责任认定）")]
    ApologyNoFault = 3,

    [Words("Resolution", "解决方案函")]
    Resolution = 4,

    [Words("Reply", "回复")]
    Reply = 5,

    [Words("Survey", "满意度回访")]
    Survey = 6,

    [Words("Survey reminder", "回访提醒")]
    SurveyReminder = 7,

    [Words("Reopened", "重新受理通知")]
    ReopenedNotice = 8,

    [Words("Escalation notice", "升级通知")]
    EscalationNotice = 9,

    [Words("Warning to the owner", "处理人提醒")]
    OwnerWarning = 10,

    [Words("Request for approval", "审批请求")]
    ApprovalRequest = 11,

    [Words("Invitation", "邀请")]
    Invitation = 12,

    [Words("Password reset", "重置密码")]
    PasswordReset = 13,

    [Words("Withdrawal confirmed", "撤回确认")]
    WithdrawnConfirmation = 14,

    [Words("Referral confirmed", "转办确认")]
    ReferredConfirmation = 15,

    [Words("Test mail", "测试邮件")]
    Test = 16,

    [Words("New link", "新链接")]
    FreshLink = 17,

    [Words("Asked again, weeks later", "后续回访")]
    SecondTouch = 40,

    /// <summary>No mail: the words of a resolution, put together from the points.</summary>
    [Words("Final letter: the words", "最终答复：正文")]
    FinalLetter = 30,

    /// <summary>No mail: one point in those words.</summary>
    [Words("Final letter: one point", "最终答复：单个要点")]
    PointParagraph = 31,

    /// <summary>No mail: a letter on paper.</summary>
    [Words("Printed letter", "纸质信函")]
    PrintedLetter = 32,

    [Words("Check of an address", "邮箱验证")]
    AddressCheck = 18,

    [Words("Notice to a colleague", "员工通知")]
    Notice = 55,

    [Words("Digest for a colleague", "员工通知汇总")]
    Digest = 56,
}

/// <summary>
/// A mail the house owes, written in the same transaction as the change that owes it. Its key makes it unique, so that
/// no tick, node or second click owes it twice.
/// </summary>
public sealed class OutMessage
{
    public long Id { get; private set; }

    /// <summary><c>{kind}:{complaint}:{clock}:{cycle}:{rule and level, or n}</c>; a person's new try takes n+1.</summary>
    public required string Key { get; init; }

    public required MailPurpose Purpose { get; init; }

    /// <summary>The complaint; null for invitations and tests.</summary>
    public long? ComplaintId { get; init; }

    /// <summary>The complaint's reference, for lists; null with <see cref="ComplaintId"/>.</summary>
    public string? Reference { get; init; }

    /// <summary>The customer it goes to; null when it goes to staff.</summary>
    public long? CustomerId { get; init; }

    /// <summary>The member of staff who wrote it; null when no person wrote it.</summary>
    public long? AuthorId { get; init; }

    /// <summary>Name shown as the sender's.</summary>
    public required string SenderName { get; init; }

    /// <summary>True when a person wrote its words: never marked as automatic, and a person is asked when its fate is unknown.</summary>
    public bool PersonWrote { get; init; }

    /// <summary>The step on the complaint that goes back when this mail is undone or bounces; null for none. Value of Casework's Verb.</summary>
    public int? Step { get; set; }

    /// <summary>
    /// What counts as said once it has left, as Casework writes it; null when it was recorded as it was written. Only of a
    /// mail whose leaving a person put off.
    /// </summary>
    public string? SaidWhenSent { get; set; }

    /// <summary>Key of the regime's document this mail is; its leaving stops the regulator's clock. Null for none.</summary>
    public string? DocumentKey { get; init; }

    /// <summary>What the person had typed, as JSON of the form, so that undo can return it.</summary>
    public string? Typed { get; init; }

    /// <summary>Without angle brackets; fixed when written.</summary>
    public required string MessageId { get; init; }
    public string? InReplyTo { get; init; }
    public string? References { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }

    /// <summary>Where one click stops mails of this kind (RFC 8058); null where there is nothing to stop.</summary>
    public string? UnsubscribeUrl { get; init; }

    /// <summary>Language of the words.</summary>
    public string Language { get; init; } = Tongue.English;

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC; not sent before. Fifteen seconds after writing for what a person may undo.</summary>
    public DateTime NotBefore { get; init; }

    /// <summary>The exact bytes, fixed at the first claim after <see cref="NotBefore"/> and never changed; null until then.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>UTC Date header, fixed with the bytes.</summary>
    public DateTime? DatedAt { get; set; }

    /// <summary>One for each recipient: the customer, and whoever gets a copy.</summary>
    public List<OutDelivery> Deliveries { get; init; } = [];

    /// <summary>Attached files, and pictures shown in the words.</summary>
    public List<OutFile> Files { get; init; } = [];

    /// <summary>
    /// True when a person decides about sending again while nobody knows whether it arrived: everything a person wrote,
    /// letters and surveys. Receipts and notices are sent again, identically.
    /// </summary>
    public bool AskWhenUnknown => PersonWrote || (CustomerId is not null && Purpose is not MailPurpose.Receipt);
}

/// <summary>Where a received message stands.</summary>
public enum InState
{
    [Words("Waiting to be read", "待读取")]
    Waiting = 0,

    [Words("Read", "已读取")]
    Read = 1,

    [Words("Quarantined", "已隔离")]
    Quarantined = 2,
}

/// <summary>A received message: raw bytes first, then Intake decides. Nothing is ever dropped.</summary>
public sealed class InMessage
{
    public long Id { get; private set; }

    /// <summary>Name of the mailbox; <c>sandbox</c> for answers given in the sandbox.</summary>
    public required string Mailbox { get; init; }
    public long UidValidity { get; init; }
    public long Uid { get; init; }

    /// <summary>SHA-256 of the bytes, hex, with the Message-ID: the same message through two mailboxes is one.</summary>
    public required string Fingerprint { get; init; }
    public required byte[] Raw { get; init; }

    /// <summary>UTC time it was stored.</summary>
    public DateTime StoredAt { get; init; }
    public InState State { get; set; }

    /// <summary>Why it was quarantined, or how it found its complaint; kept sentence.</summary>
    public string? Why { get; set; }
    public int Tries { get; set; }
    public string? MessageIdHeader { get; set; }
    public string? From { get; set; }
    public string? Subject { get; set; }
    public string? VisibleText { get; set; }
    public bool Automatic { get; set; }
    public long? ComplaintId { get; set; }
}
