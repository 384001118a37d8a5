namespace Complaints.Mail;

/// <summary>
/// Somebody beside the customer who takes part in a complaint's mail, because a person copied them in: their answers find
/// the complaint, and are never counted as the customer's verdict.
/// </summary>
public sealed class Participant
{
    public long Id { get; private set; }
    public long ComplaintId { get; init; }

    /// <summary>As typed.</summary>
    public required string Address { get; init; }

    /// <summary>What is compared.</summary>
    public required string Normalised { get; init; }

    /// <summary>Key of the mail that brought them in; undone before it left, it takes them out again.</summary>
    public required string BroughtBy { get; init; }

    /// <summary>UTC.</summary>
    public DateTime AddedAt { get; init; }

    /// <summary>UTC time a mail to it came back for good; null when good.</summary>
    public DateTime? BouncedAt { get; set; }

    /// <summary>UTC time its owner reported a mail of ours as unwanted; nothing is sent there any more. Null when good.</summary>
    public DateTime? UnwantedAt { get; set; }
}
