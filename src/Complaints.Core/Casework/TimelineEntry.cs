using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Customers;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>What kind of thing happened.</summary>
public enum EntryKind
{
    [Words("Logged", "登记")]
    Logged = 0,

    [Words("Acknowledged", "响应")]
    Acknowledged = 1,

    [Words("Apologized", "致歉")]
    Apologized = 2,

    [Words("Resolved", "解决")]
    Resolved = 3,

    [Words("Asked for satisfaction", "发起回访")]
    FollowUpAsked = 4,

    [Words("Satisfaction answer", "回访答复")]
    FollowUpAnswered = 5,

    [Words("Follow-up attempt", "回访尝试")]
    FollowUpAttempt = 6,

    [Words("Closed", "关闭")]
    Closed = 7,

    [Words("Reopened", "重新打开")]
    Reopened = 8,

    [Words("Set beside", "终止处理")]
    SetBeside = 9,

    [Words("Waiting for customer", "等待客户")]
    Waiting = 10,

    [Words("Waiting ended", "等待结束")]
    WaitingEnded = 11,

    [Words("Contact in", "客户来访")]
    ContactIn = 12,

    [Words("Contact out", "联系客户")]
    ContactOut = 13,

    [Words("Note", "内部备注")]
    Note = 14,

    [Words("Assigned", "分派")]
    Assigned = 15,

    [Words("Changed", "变更")]
    Changed = 16,

    [Words("Taken back", "撤回步骤")]
    TakenBack = 17,

    [Words("Escalated", "升级")]
    Escalated = 18,

    [Words("Escalation taken", "接手升级")]
    EscalationTaken = 19,

    [Words("Escalation ended", "结束升级")]
    EscalationEnded = 20,

    [Words("Mail", "邮件")]
    Mail = 21,

    [Words("Mail problem", "邮件异常")]
    MailProblem = 22,

    [Words("Attachment", "附件")]
    Attachment = 23,

    [Words("Approval", "审批")]
    Approval = 24,

    [Words("Document sent", "文书送达")]
    DocumentSent = 25,

    [Words("Task", "任务")]
    Task = 26,

    [Words("Deadline", "时限")]
    Deadline = 27,

    [Words("Imported", "导入")]
    Imported = 28,

    [Words("Automatic mail", "自动邮件")]
    AutomaticMail = 29,

    [Words("Promise", "承诺")]
    Promise = 30,

    [Words("Joined", "关联")]
    Joined = 31,

    [Words("Point", "要点")]
    Point = 40,

    [Words("Remedy", "补偿")]
    Remedy = 41,

    [Words("Caller checked", "身份核实")]
    CallerChecked = 42,

    /// <summary>Quiet: it tells nobody and makes no form stale.</summary>
    [Words("Checklist", "清单")]
    Ticked = 55,

    [Words("Recusal", "回避")]
    Recusal = 60,
}

/// <summary>
/// One thing that happened to a complaint: append-only, chained by hash. What was said sits in <see cref="Content"/>,
/// which can be erased without breaking the chain.
/// </summary>
public sealed class TimelineEntry
{
    /// <summary>The complaint.</summary>
    public long ComplaintId { get; private set; }

    /// <summary>1, 2, 3 … without a gap.</summary>
    public int Seq { get; init; }

    /// <summary>UTC, whole milliseconds.</summary>
    public DateTime At { get; init; }

    /// <summary>What kind of thing.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>Member of staff; null for the customer and the system.</summary>
    public long? ActorId { get; init; }

    /// <summary>Hash of the entry before; empty for the first. Set when saved.</summary>
    public string PreviousHash { get; internal set; } = "";

    /// <summary>HMAC-SHA256 in hex over the canonical form. Set when saved.</summary>
    public string Hash { get; internal set; } = "";

    /// <summary>SHA-256 in hex of salt and content. Set when saved.</summary>
    public string ContentHash { get; internal set; } = "";

    /// <summary>What was said; null once erased.</summary>
    public EntryContent? Content { get; init; }

    /// <summary>True for what passed between us and the customer.</summary>
    public bool IsContact =>
        Kind
            is EntryKind.ContactIn
                or EntryKind.ContactOut
                or EntryKind.Acknowledged
                or EntryKind.Apologized
                or EntryKind.Resolved
                or EntryKind.FollowUpAnswered
                or EntryKind.FollowUpAttempt
                or EntryKind.DocumentSent;
}

/// <summary>The words of an entry, with the salt that hides them in the hash. Can be erased for one complaint or all.</summary>
public sealed class EntryContent
{
    public long ComplaintId { get; private set; }
    public int Seq { get; init; }

    /// <summary>Random, hex. Set when saved.</summary>
    public string Salt { get; internal set; } = "";

    /// <summary><see cref="EntryBody"/> as JSON, exactly as hashed.</summary>
    public required string Text { get; init; }

    /// <summary>The content read.</summary>
    public EntryBody Body => EntryBody.Read(Text);
}

/// <summary>What an entry says. Properties that do not apply are left out of the kept text.</summary>
public sealed record EntryBody
{
    private static readonly JsonSerializerOptions _json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Kept sentence that says what happened.</summary>
    public required string Say { get; init; }

    /// <summary>Name of who did it, as it was then.</summary>
    public required string By { get; init; }

    /// <summary>Free text: what was said, sent, noted.</summary>
    public string? Words { get; init; }

    /// <summary>Channel of a contact.</summary>
    public Channel? Channel { get; init; }

    /// <summary>Value before a change.</summary>
    public string? Before { get; init; }

    /// <summary>Value after a change.</summary>
    public string? After { get; init; }

    /// <summary>Key of the outgoing or id of the incoming message it belongs to.</summary>
    public string? Message { get; init; }

    /// <summary>The sentence to show.</summary>
    [JsonIgnore]
    public Sentence Sentence => KeptSentence.Read(Say);

    /// <summary>The text that is kept and hashed.</summary>
    public string Write() => JsonSerializer.Serialize(this, _json);

    /// <summary>The content again.</summary>
    public static EntryBody Read(string text) => JsonSerializer.Deserialize<EntryBody>(text, _json)!;
}
