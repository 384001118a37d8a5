namespace Complaints.Customers;

/// <summary>
/// That a customer needs more care than others, and the one short sentence that says what helps: "speak slowly", never why.
/// Rows are only added; the last one counts. Who may see them at all is decided by <see cref="Staff.Rights.MaySeeCare"/>.
/// </summary>
public sealed class CareNote
{
    /// <summary>Most characters of the sentence: enough for what helps, too little for a diagnosis.</summary>
    public const int Longest = 160;

    public long Id { get; private set; }
    public long CustomerId { get; init; }

    /// <summary>What helps; null when it was taken off.</summary>
    public required string? Helps { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Name of who wrote it, as it was then.</summary>
    public required string By { get; init; }
}
