using Complaints.Data;
using Complaints.Mail;

namespace Complaints.Web.Mail;

/// <summary>The mail page.</summary>
/// <param name="Questions">Mails whose fate is unknown.</param>
/// <param name="Waiting">To be sent, the next first.</param>
/// <param name="Failed">Refused or held back, newest first.</param>
/// <param name="Received">Received mail that belongs to no complaint, newest first.</param>
/// <param name="HeldSince">UTC since when all mail is held after a restore; null when it is not.</param>
/// <param name="Sandbox">Mail goes to the sandbox.</param>
public sealed record MailPage(
    IReadOnlyList<OutLine> Questions,
    IReadOnlyList<OutLine> Waiting,
    IReadOnlyList<OutLine> Failed,
    IReadOnlyList<InLine> Received,
    DateTime? HeldSince,
    bool Sandbox
);

/// <summary>A delivery on the mail page.</summary>
public sealed record OutLine(
    long Id,
    string To,
    string Subject,
    MailPurpose Purpose,
    string? Reference,
    DeliveryState State,
    string? Reply,
    int Attempt,
    DateTime? NextTryAt,
    DateTime? SettledAt
);

/// <summary>A received message on the mail page.</summary>
public sealed record InLine(
    long Id,
    string? From,
    string? Subject,
    DateTime StoredAt,
    InState State,
    string? Why,
    bool Automatic,
    string? Words
);
