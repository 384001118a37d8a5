using Complaints.Data;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>Where a granted remedy stands: named by the last thing that happened to it.</summary>
public enum GrantState
{
    [Words("Awaiting approval", "待审批")]
    Waiting = 0,

    [Words("Offered", "待客户答复")]
    Offered = 1,

    [Words("Accepted", "客户已接受")]
    Accepted = 2,

    [Words("Paid", "已付清")]
    Paid = 3,

    [Words("Confirmed", "已确认到账")]
    Confirmed = 4,

    [Words("Delivered", "已交付")]
    Delivered = 5,

    [Words("Declined by the customer", "客户已谢绝")]
    Declined = 6,

    [Words("Not approved", "未获批准")]
    Refused = 7,

    [Words("Cancelled", "已取消")]
    Cancelled = 8,
}

/// <summary>
/// One line of a complaint's remedy ledger: what was offered to the customer, who approved it, what the customer said and
/// what was paid. Changed only by the verbs of <see cref="Complaint"/>; payments are rows of their own and are never
/// changed.
/// </summary>
public sealed class Grant
{
    public long Id { get; private set; }
    public long ComplaintId { get; private set; }
    public Complaint Complaint { get; private set; } = null!;

    /// <summary>Refund, replacement, compensation or goodwill.</summary>
    public Remedy Remedy { get; internal set; }

    /// <summary>Minor units; null for a remedy without money.</summary>
    public long? Minor { get; internal set; }

    /// <summary>ISO 4217; null for a remedy without money. Never converted.</summary>
    public string? Currency { get; internal set; }

    public GrantState State { get; internal set; }

    /// <summary>Why it was offered, in our own words.</summary>
    public required string Reason { get; set; }

    /// <summary>It came with the resolution of <see cref="Cycle"/> and goes when that is taken back.</summary>
    public bool WithResolution { get; init; }

    /// <summary>The complaint's cycle in which it was offered.</summary>
    public int Cycle { get; init; }

    /// <summary>The resolution that waits together with it; null when it was offered by itself.</summary>
    public Approval? Request { get; internal set; }
    public long? RequestId { get; private set; }

    /// <summary>Who offered it first.</summary>
    public long? OfferedById { get; init; }
    public string OfferedByName { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime OfferedAt { get; init; }

    /// <summary>Ids of everybody who offered or changed it, such as <c>,4,9,</c>: none of them may approve it for another.</summary>
    public string Shapers { get; internal set; } = ",";

    /// <summary>Who approved it; the offerer when their own limit covered it. Null while it waits, and for what has no amount.</summary>
    public long? ApprovedById { get; internal set; }
    public string? ApprovedByName { get; internal set; }

    /// <summary>UTC; null while it waits.</summary>
    public DateTime? ApprovedAt { get; internal set; }

    /// <summary>UTC time of the customer's yes; null until then.</summary>
    public DateTime? AcceptedAt { get; internal set; }

    /// <summary>UTC moment by which it is to be paid or delivered, or an answer of the customer to be had; null while it waits.</summary>
    public DateTime? DueAt { get; internal set; }

    /// <summary>UTC time it was found late; null while in time. What is late stays owed.</summary>
    public DateTime? LateAt { get; internal set; }

    /// <summary>UTC time it was settled: paid in full, delivered, or ended; null until then.</summary>
    public DateTime? SettledAt { get; internal set; }

    /// <summary>Why it was declined, not approved or cancelled; null otherwise.</summary>
    public string? EndReason { get; internal set; }

    /// <summary>Sum of <see cref="Payments"/>, reversals taken off; kept for lists. Minor units.</summary>
    public long PaidMinor { get; internal set; }

    /// <summary>True while we owe it: offered or accepted, and not settled. Kept for indexes.</summary>
    public bool IsOwed { get; private set; }

    /// <summary>What was paid and what was reversed; load them before paying.</summary>
    public List<Payment> Payments { get; private set; } = [];

    /// <summary>The amount; null for a remedy without money.</summary>
    public Money? Amount => Minor is { } minor ? new Money(minor, Currency!) : null;

    /// <summary>What is still to be paid; null for a remedy without money.</summary>
    public Money? Left => Minor is { } minor ? new Money(minor - PaidMinor, Currency!) : null;

    /// <summary>What it costs us as it stands, minor units: its amount, or what was paid before it was cancelled.</summary>
    public long StandingMinor =>
        State is GrantState.Offered or GrantState.Accepted or GrantState.Paid or GrantState.Confirmed ? Minor ?? 0 : PaidMinor;

    /// <summary>It has an amount.</summary>
    public bool IsMoney => Minor is not null;

    /// <summary>True when that member of staff offered or changed it.</summary>
    public bool ShapedBy(long? staffId) =>
        staffId is { } id
        && Shapers.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $",{id},"), StringComparison.Ordinal);

    internal void Shape(long? staffId)
    {
        if (staffId is { } id && !ShapedBy(staffId))
        {
            Shapers += string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id},");
        }
    }

    internal void StandAlone() => (Request, RequestId) = (null, null);

    internal void Now(GrantState state)
    {
        State = state;
        IsOwed = state is GrantState.Offered or GrantState.Accepted;
    }
}
