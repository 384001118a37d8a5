using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;

namespace Complaints.Casework;

/// <summary>The need behind a complaint.</summary>
public enum Need
{
    [Words("Friendliness", "友好")]
    Friendliness = 0,

    [Words("Control", "掌控")]
    Control = 1,

    [Words("Fairness", "公平")]
    Fairness = 2,

    [Words("Choice", "选择")]
    Choice = 3,

    [Words("Understanding", "理解")]
    Understanding = 4,

    [Words("Information", "信息")]
    Information = 5,
}

/// <summary>When in the course of the service it went wrong.</summary>
public enum ServiceStage
{
    [Words("Pre-sale", "售前")]
    PreSale = 0,

    [Words("In-sale", "售中")]
    InSale = 1,

    [Words("After-sale", "售后")]
    AfterSale = 2,
}

/// <summary>What the customer gets.</summary>
public enum Remedy
{
    [Words("None", "无")]
    None = 0,

    [Words("Refund", "退款")]
    Refund = 1,

    [Words("Replacement", "换货")]
    Replacement = 2,

    [Words("Compensation", "赔偿")]
    Compensation = 3,

    [Words("Goodwill", "善意补偿")]
    Goodwill = 4,

    [Words("Explanation", "解释说明")]
    Explanation = 5,
}

/// <summary>What came out of it.</summary>
public enum Outcome
{
    [Words("Upheld", "成立")]
    Upheld = 0,

    [Words("Partly upheld", "部分成立")]
    PartlyUpheld = 1,

    [Words("Not upheld", "不成立")]
    NotUpheld = 2,
}

/// <summary>What is needed to log a complaint.</summary>
public sealed record LogFacts
{
    /// <summary>Who complains.</summary>
    public required Customer Customer { get; init; }

    /// <summary>Who speaks for the customer, when that is an organisation; contact points loaded. Null for nobody.</summary>
    public Customer? ContactPerson { get; init; }

    /// <summary>How it came in.</summary>
    public required Channel Channel { get; init; }

    /// <summary>UTC; clocks start here. Never in the future.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>What happened, in words. Required.</summary>
    public required string WhatHappened { get; init; }

    /// <summary>A line that names it; made from the first words when empty.</summary>
    public string? Summary { get; init; }

    /// <summary>What the customer wants, in the customer's words.</summary>
    public string? DesiredOutcome { get; init; }

    /// <summary>The unit that handles it.</summary>
    public required long UnitId { get; init; }

    public long? CategoryId { get; init; }

    /// <summary>The points it is about, in a few words each; empty when it is one matter.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];
    public Severity Severity { get; init; } = Severity.Normal;

    /// <summary>Visible on social media.</summary>
    public bool Public { get; init; }

    public Money? AmountInDispute { get; init; }

    /// <summary>Member of staff complained about.</summary>
    public long? ComplainedAboutId { get; init; }

    /// <summary>Who decided what it was split from before that was reopened, as <see cref="Recusal"/> writes it; null for nobody.</summary>
    public string? DecidedBefore { get; init; }

    /// <summary>For whom, when not for themselves.</summary>
    public string? AffectedPerson { get; init; }

    /// <summary>Their authority to act for the affected person.</summary>
    public string? Authority { get; init; }

    /// <summary>Proof of the channel: post stamp, case number of the authority, address of the posting.</summary>
    public string? ProofOfChannel { get; init; }

    public Need? Need { get; init; }
    public ServiceStage? Stage { get; init; }
    public bool? Technical { get; init; }
    public bool? OnSite { get; init; }
    public bool? Paid { get; init; }

    /// <summary>Key of the form it came from, so that a second click makes no second complaint.</summary>
    public string? SubmissionKey { get; init; }

    /// <summary>Imported from elsewhere: sends, escalates and surveys nothing.</summary>
    public bool Historic { get; init; }
}

/// <summary>How something was said to the customer.</summary>
/// <param name="Channel">Channel used.</param>
/// <param name="Words">What was said or sent. Required.</param>
/// <param name="Posted">A letter that was posted.</param>
public sealed record Statement(Channel Channel, string Words, bool Posted = false);

/// <summary>An apology owns up to a shortfall, or regrets the experience with no fault found so far.</summary>
/// <param name="NoFaultFound">True for regret without admission (不代表责任认定).</param>
/// <param name="Shortfall">The shortfall owned up to (承认不足); required unless <paramref name="NoFaultFound"/>.</param>
public sealed record Apology(bool NoFaultFound, string? Shortfall);

/// <summary>How a complaint is resolved.</summary>
/// <param name="Solution">What was done. Required.</param>
/// <param name="Remedy">What the customer gets.</param>
/// <param name="Amount">Required for refund, compensation and goodwill in money; null otherwise.</param>
/// <param name="RootCauseId">Cause from the editable tree. Required.</param>
/// <param name="CorrectiveAction">What keeps it from happening again; may be empty.</param>
/// <param name="CustomerAgreed">Whether the customer agreed; null when not known yet.</param>
/// <param name="Outcome">The finding; closing confirms it.</param>
public sealed record Resolution(
    string Solution,
    Remedy Remedy,
    Money? Amount,
    long RootCauseId,
    string? CorrectiveAction,
    bool? CustomerAgreed,
    Outcome Outcome
);
