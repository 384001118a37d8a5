using System.Text.Json;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;

namespace Complaints.Casework;

/// <summary>Why something must happen at once; recorded by the verbs, dealt with by the sweep.</summary>
public enum Trigger
{
    [Words("New words of the customer", "客户新说的话")]
    CustomerWords = 0,

    [Words("Diamond customer with a critical complaint", "钻石客户的紧急投诉")]
    DiamondCritical = 1,

    [Words("Reopened", "重新打开")]
    Reopened = 2,

    [Words("Reopened a second time", "再次重新打开")]
    ReopenedAgain = 3,

    [Words("Dissatisfied answer", "回访不满意")]
    Dissatisfied = 4,

    [Words("A word that needs attention", "敏感词")]
    Word = 5,

    [Words("A complaint about the person who holds it", "投诉对象为当前处理人")]
    AboutHolder = 6,

    [Words("A promise was not kept", "承诺未兑现")]
    PromiseBroken = 7,

    [Words("A promise is due soon", "承诺即将到期")]
    PromiseSoon = 8,

    [Words("Silence: the customer hears nothing", "久未联系客户")]
    Silence = 9,

    [Words("A merged complaint was escalated", "合并进来的投诉曾被升级")]
    Joined = 10,

    [Words("A granted remedy is not settled in time", "补偿逾期未兑付")]
    PaymentLate = 20,
}

/// <summary>One cause; dealt with exactly once.</summary>
public sealed class Cause
{
    public long Id { get; private set; }
    public long ComplaintId { get; private set; }
    public Trigger Trigger { get; init; }

    /// <summary>The timeline entry that gave it.</summary>
    public int Seq { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>UTC time the sweep dealt with it; null until then.</summary>
    public DateTime? HandledAt { get; set; }
}

/// <summary>A remedy above somebody's limit, waiting for or decided by somebody whose limit covers it.</summary>
public sealed class Approval
{
    private Approval() { }

    public long Id { get; private set; }
    public long ComplaintId { get; private set; }
    public Remedy Remedy { get; private set; }
    public long Minor { get; private set; }
    public string Currency { get; private set; } = "";
    public long? AskedById { get; private set; }
    public string AskedByName { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; private set; }
    public long? DecidedById { get; private set; }

    /// <summary>UTC; null while it waits.</summary>
    public DateTime? DecidedAt { get; private set; }
    public bool Granted { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>The whole resolution as asked for, JSON; done when granted.</summary>
    public string Asked { get; private set; } = "";

    /// <summary>The amount asked for.</summary>
    public Money Amount => new(Minor, Currency);

    /// <summary>The resolution asked for.</summary>
    public Resolution Resolution => Read().Resolution;

    /// <summary>What the customer is to be told.</summary>
    public Statement Statement => Read().Statement;

    /// <summary>What the letter takes along beside its words; null for nothing.</summary>
    public Enclosure? Enclosure => Read().With;

    /// <summary>Keeps what the letter is to take along when it leaves.</summary>
    public void Enclose(Enclosure with) => Asked = JsonSerializer.Serialize(Read() with { With = with });

    internal static Approval Ask(Resolution resolution, Statement said, Actor actor, DateTime now) =>
        new()
        {
            Remedy = resolution.Remedy,
            Minor = resolution.Amount!.Value.Minor,
            Currency = resolution.Amount.Value.Currency,
            AskedById = actor.StaffId,
            AskedByName = actor.Name,
            AskedAt = now,
            Asked = JsonSerializer.Serialize(new Whole(resolution, said)),
        };

    internal void Decide(Actor actor, DateTime now, bool granted, string? reason) =>
        (DecidedById, DecidedAt, Granted, Reason) = (actor.StaffId, now, granted, reason);

    private Whole Read() => JsonSerializer.Deserialize<Whole>(Asked)!;

    private sealed record Whole(Resolution Resolution, Statement Statement, Enclosure? With = null);
}

/// <summary>What a letter takes along that waits for approval. Its files are on the complaint by then.</summary>
/// <param name="Attached">SHA-256 of files.</param>
/// <param name="Shown">SHA-256 of pictures shown below the words.</param>
/// <param name="Copies">Addresses that get a copy.</param>
/// <param name="Quote">Quote what the customer wrote last.</param>
public sealed record Enclosure(IReadOnlyList<string> Attached, IReadOnlyList<string> Shown, IReadOnlyList<string> Copies, bool Quote);

/// <summary>What a person is asked to do beside the four steps.</summary>
public enum TaskKind
{
    [Words("Follow-up call", "电话回访")]
    FollowUpCall = 0,

    [Words("Call: the mail did not arrive", "致电：邮件未送达")]
    CallInstead = 1,

    [Words("Win the customer back", "挽回客户")]
    Recovery = 2,

    [Words("Decide about a mail", "确认邮件是否重发")]
    MailQuestion = 3,

    [Words("Read what the customer wrote", "查看客户来信")]
    ReadAnswer = 4,

    [Words("Answer a colleague's question", "回复同事的询问")]
    Question = 8,

    [Words("Keep a promise", "兑现承诺")]
    KeepPromise = 9,

    [Words("Write a holding letter", "发送进度说明")]
    HoldingLetter = 10,

    [Words("Decide who works it", "确定由谁处理")]
    Recusal = 60,
}

/// <summary>A task of a complaint.</summary>
public sealed class DeskTask
{
    public long Id { get; private set; }
    public long ComplaintId { get; internal set; }
    public Complaint? Complaint { get; private set; }
    public TaskKind Kind { get; init; }
    public long UnitId { get; internal set; }

    /// <summary>Who does it; null for whoever of the unit comes first.</summary>
    public long? OwnerId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime DueAt { get; init; }

    /// <summary>UTC; null while open.</summary>
    public DateTime? DoneAt { get; set; }
    public long? DoneById { get; set; }

    /// <summary>Kept sentence.</summary>
    public required string Why { get; init; }

    /// <summary>What came of it.</summary>
    public string? Result { get; set; }
}

/// <summary>A file that belongs to a complaint. The bytes lie in the data folder under their SHA-256, written before this row.</summary>
public sealed class Attachment
{
    public long Id { get; private set; }
    public long ComplaintId { get; init; }

    /// <summary>The entry it came with.</summary>
    public int Seq { get; init; }
    public required string FileName { get; init; }

    /// <summary>By its content, and where that says nothing, as claimed by whoever sent it; downloads never trust it.</summary>
    public required string ContentType { get; init; }
    public long Bytes { get; init; }

    /// <summary>Hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>UTC time its content was put down for the virus scanner; null until then, and while there is no scanner.</summary>
    public DateTime? ScanAskedAt { get; private set; }
}

/// <summary>A root cause in the editable tree.</summary>
public sealed class RootCause
{
    public long Id { get; private set; }
    public long? ParentId { get; set; }
    public string? Key { get; init; }
    public required string Name { get; set; }
    public string? NameZh { get; set; }
    public bool Active { get; set; } = true;

    /// <summary>Place among those with the same parent, from 0; one nobody placed comes last, in the order of being added.</summary>
    public int Position { get; set; } = 10_000;

    /// <summary>The name in the reader's language.</summary>
    public string NameIn(string language) => language == Tongue.Chinese && !string.IsNullOrEmpty(NameZh) ? NameZh : Name;
}

/// <summary>What somebody may grant alone.</summary>
public sealed class RemedyLimit
{
    public long Id { get; private set; }
    public Role Role { get; init; }

    /// <summary>Only for agents; null for everybody above.</summary>
    public Seat? Seat { get; init; }
    public required string Currency { get; init; }

    /// <summary>For customers of that tier alone, where it wins over the general one; null for all.</summary>
    public Customers.Tier? Tier { get; init; }

    /// <summary>Minor units.</summary>
    public long Minor { get; set; }
}

/// <summary>The running number of a year's references.</summary>
public sealed class ReferenceCounter
{
    /// <summary>Year in the organisation's zone.</summary>
    public int Year { get; init; }

    /// <summary>The last number given out.</summary>
    public long Last { get; set; }
}
