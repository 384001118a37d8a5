namespace Complaints.Mail;

/// <summary>A file that goes with a mail. Its bytes lie in the data folder under their SHA-256 and are read when the mail's bytes are fixed.</summary>
public sealed class OutFile
{
    /// <summary>
    /// Largest total of a mail's files, in bytes: most mail servers take 25 MB, and on the way three bytes become four.
    /// </summary>
    public const long MostBytes = 18L * 1024 * 1024;

    public long Id { get; private set; }
    public long MessageId { get; private set; }
    public required string FileName { get; init; }

    /// <summary>Type by its content.</summary>
    public required string ContentType { get; init; }
    public long Bytes { get; init; }

    /// <summary>Hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Without brackets: a picture shown in the words under this id; null for an attached file.</summary>
    public string? ContentId { get; init; }
}
