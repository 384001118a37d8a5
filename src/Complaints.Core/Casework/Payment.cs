using Complaints.Data;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>How money reached the customer.</summary>
public enum PayWay
{
    [Words("Bank transfer", "银行转账")]
    BankTransfer = 0,

    [Words("Back to the card", "原卡退回")]
    Card = 1,

    [Words("Cash", "现金")]
    Cash = 2,

    [Words("Voucher", "代金券")]
    Voucher = 3,

    [Words("Credit to the account", "账户抵扣")]
    Credit = 4,

    [Words("Mobile wallet", "移动支付")]
    Wallet = 5,

    [Words("Cheque", "支票")]
    Cheque = 6,
}

/// <summary>One payment, or the reversal of one entered wrongly. Never changed, never deleted.</summary>
public sealed class Payment
{
    public long Id { get; private set; }
    public long GrantId { get; private set; }
    public Grant Grant { get; private set; } = null!;

    /// <summary>Minor units of the grant's currency; negative for a reversal.</summary>
    public long Minor { get; init; }

    /// <summary>As of the grant.</summary>
    public required string Currency { get; init; }

    /// <summary>The day it was paid, as in the books; of a reversal, the day of what it reverses.</summary>
    public DateOnly PaidOn { get; init; }

    public PayWay Way { get; init; }

    /// <summary>What it can be found by at the bank; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>UTC time it was entered.</summary>
    public DateTime EnteredAt { get; init; }
    public long? EnteredById { get; init; }
    public string EnteredByName { get; init; } = "";

    /// <summary>The payment it takes back; null for a payment.</summary>
    public Payment? Reverses { get; init; }
    public long? ReversesId { get; private set; }

    /// <summary>Why it was reversed; null for a payment.</summary>
    public string? Reason { get; init; }

    /// <summary>The amount; negative for a reversal.</summary>
    public Money Amount => new(Minor, Currency);
}
