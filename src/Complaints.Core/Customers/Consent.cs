using Complaints.Language;

namespace Complaints.Customers;

/// <summary>What a customer may allow beyond the handling of their complaint.</summary>
public enum ConsentPurpose
{
    [Words("Offers and news", "营销与资讯")]
    Offers = 0,

    [Words("Recording of calls", "通话录音")]
    Recording = 1,

    [Words("Passing data to partners", "向合作方提供资料")]
    Partners = 2,

    [Words("Use of the case for training, without the name", "案例匿名用于培训")]
    Training = 3,
}

/// <summary>A customer allowed something or forbade it. Rows are only added; the last one of a purpose counts.</summary>
public sealed class Consent
{
    public long Id { get; private set; }
    public long CustomerId { get; private set; }

    /// <summary>Whose, for a new one.</summary>
    public Customer? Customer { get; init; }
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>True when allowed, false when forbidden or taken back.</summary>
    public required bool Given { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>How it was given: on the phone, signed form of a date, box on the web page.</summary>
    public required string How { get; init; }

    /// <summary>Name of who took it down, as it was then.</summary>
    public required string By { get; init; }
}
