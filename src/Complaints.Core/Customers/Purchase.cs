namespace Complaints.Customers;

/// <summary>Something a customer bought, or a service they hold.</summary>
public sealed class Purchase
{
    public long Id { get; private set; }
    public long CustomerId { get; private set; }

    /// <summary>Whose, for a new one.</summary>
    public Customer? Customer { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; set; }

    /// <summary>Order, contract or serial number; null when none.</summary>
    public string? Number { get; set; }

    /// <summary>Bought or held since that day; null when not known.</summary>
    public DateOnly? Since { get; set; }

    /// <summary>The last day it is held; null while it runs, and for what was simply bought.</summary>
    public DateOnly? Until { get; set; }
}
