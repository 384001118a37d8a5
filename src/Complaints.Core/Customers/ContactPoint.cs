namespace Complaints.Customers;

/// <summary>A mail address, phone number or social handle of a customer.</summary>
public sealed class ContactPoint
{
    public long Id { get; private set; }

    /// <summary>Whose.</summary>
    public long CustomerId { get; private set; }

    /// <summary>What it is.</summary>
    public ContactKind Kind { get; init; }

    /// <summary>As given.</summary>
    public required string Value { get; set; }

    /// <summary>What is compared: <see cref="Matching.Normalise"/> of the value.</summary>
    public required string Normalised { get; set; }

    /// <summary>UTC time a mail to it bounced for good; null when good.</summary>
    public DateTime? BouncedAt { get; set; }

    /// <summary>What the mail server said then, kept sentence; null when it is not known.</summary>
    public string? BounceReason { get; set; }

    /// <summary>UTC time its owner reported a mail of ours as unwanted; nothing is sent there any more. Null when good.</summary>
    public DateTime? UnwantedAt { get; set; }

    /// <summary>UTC time somebody showed that it is theirs; null when nobody did.</summary>
    public DateTime? VerifiedAt { get; set; }

    /// <summary>Name of who heard it on the phone; null when a signed link in a mail was followed.</summary>
    public string? VerifiedBy { get; set; }

    /// <summary>UTC time the last link for verifying was mailed; null when none was.</summary>
    public DateTime? AskedAt { get; set; }

    /// <summary>It is theirs.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="by">Who heard it on the phone; null for a followed link.</param>
    public void Verify(DateTime now, string? by) => (VerifiedAt, VerifiedBy) = (now, by);

    /// <summary>A mail to it bounced for good; the first time counts, the last reason stands.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="reason">What the mail server said, kept sentence.</param>
    public void Bounce(DateTime now, string? reason) => (BouncedAt, BounceReason) = (BouncedAt ?? now, reason ?? BounceReason);

    /// <summary>It is tried again: it works once more, or its owner wants our mail after all.</summary>
    public void TryAgain() => (BouncedAt, BounceReason, UnwantedAt) = (null, null, null);
}
