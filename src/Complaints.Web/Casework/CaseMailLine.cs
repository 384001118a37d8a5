using Complaints.Mail;

namespace Complaints.Web.Casework;

/// <summary>What the timeline shows of a mail.</summary>
/// <param name="Id">Id in the outbox.</param>
/// <param name="NotBefore">UTC; until then it can be undone.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Later">A person put its leaving off, and it has not left.</param>
/// <param name="To">What became of it for each recipient, the customer first.</param>
/// <param name="Files">Names of the files it carries.</param>
public sealed record CaseMailLine(
    long Id,
    DateTime NotBefore,
    long? AuthorId,
    string Subject,
    bool Later,
    IReadOnlyList<CaseRecipient> To,
    IReadOnlyList<string> Files
)
{
    /// <summary>Has nobody begun to send it?</summary>
    public bool IsWaiting => To.All(r => r is { State: DeliveryState.Waiting, Attempt: 0 });
}

/// <summary>What became of a mail for one recipient.</summary>
/// <param name="Address">Where it goes.</param>
/// <param name="Kind">Under To or Cc.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reply">The server's words, or ours as a kept sentence; null while there are none.</param>
/// <param name="Attempt">Tries so far.</param>
/// <param name="NextTryAt">UTC of the next.</param>
/// <param name="SettledAt">UTC of the outcome.</param>
/// <param name="BouncedAt">UTC time it came back after it had been accepted.</param>
/// <param name="ArrivedAt">UTC time a report said that it arrived; null where none came.</param>
public sealed record CaseRecipient(
    string Address,
    RecipientKind Kind,
    DeliveryState State,
    string? Reply,
    int Attempt,
    DateTime? NextTryAt,
    DateTime? SettledAt,
    DateTime? BouncedAt,
    DateTime? ArrivedAt
)
{
    /// <summary>Tried, not taken, to be tried again.</summary>
    public bool IsDeferred => State == DeliveryState.Waiting && Attempt > 0;
}
