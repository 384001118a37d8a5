namespace Complaints.Customers;

/// <summary>Something said between a customer and us that belongs to no complaint; it may become one.</summary>
public sealed class CustomerContact
{
    public long Id { get; private set; }
    public long CustomerId { get; private set; }

    /// <summary>Who spoke, for a new one.</summary>
    public Customer? Customer { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>True when they spoke to us, false when we spoke to them.</summary>
    public required bool Incoming { get; init; }

    /// <summary>UTC time it was said.</summary>
    public required DateTime At { get; init; }

    /// <summary>What was said.</summary>
    public required string Words { get; init; }

    /// <summary>Name of who wrote it down, as it was then.</summary>
    public required string By { get; init; }

    /// <summary>The complaint that was made of it; who may not read that does not see this either. Null while it is none.</summary>
    public long? ComplaintId { get; set; }
}
