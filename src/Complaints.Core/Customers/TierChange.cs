namespace Complaints.Customers;

/// <summary>A tier was changed by a person: who, when, before and after, why. Never changed itself.</summary>
public sealed class TierChange
{
    public long Id { get; private set; }
    public long CustomerId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Name of who changed it, as it was then.</summary>
    public required string By { get; init; }
    public required Tier Before { get; init; }
    public required Tier After { get; init; }
    public required string Why { get; init; }
}
