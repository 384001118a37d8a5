using Complaints.Data;
using Complaints.Language;

namespace Complaints.Mail;

/// <summary>Why a file of a received mail was not taken out of it.</summary>
public enum HoldReason
{
    /// <summary>Its kind is blocked.</summary>
    Blocked = 0,

    /// <summary>It is larger than the mailbox keeps.</summary>
    TooLarge = 1,

    /// <summary>The mail has more files than are taken out of one.</summary>
    TooMany = 2,
}

/// <summary>A file that came by mail and was not taken out of the message. Its bytes stay in the raw message, which is kept whole.</summary>
public sealed class HeldFile
{
    public long Id { get; private set; }
    public long MessageId { get; init; }
    public InMessage? Message { get; private set; }

    /// <summary>Its place among the attachments of the message, from 0.</summary>
    public int Part { get; init; }
    public required string FileName { get; init; }

    /// <summary>The type its content showed; null when it showed none.</summary>
    public string? Type { get; init; }
    public long Bytes { get; init; }
    public HoldReason Reason { get; init; }

    /// <summary>The limit it was over, in MB or in files; 0 when blocked.</summary>
    public int Limit { get; init; }

    /// <summary>Such as "blocked: program (exe)".</summary>
    /// <param name="policy">As it is now: what is no longer blocked may be downloaded.</param>
    public Sentence Say(FilePolicy policy) =>
        Reason switch
        {
            HoldReason.Blocked when policy.Blocked(FileName, Type) is { } what => new Sentence("blocked: {0}", what),
            HoldReason.Blocked => new Sentence("was blocked when it came in; it stays in the whole message"),
            HoldReason.TooLarge => new Sentence("larger than {0} MB; it stays in the whole message", Limit),
            _ => new Sentence("one of more than {0} files; it stays in the whole message", Limit),
        };

    /// <summary>True when only administrators may have it, whatever kept it in the message.</summary>
    public bool IsBlocked(FilePolicy policy) => policy.Blocked(FileName, Type) is not null;
}
