using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// A message as read by <see cref="MailReader"/>. Everything in it was written by a stranger: addresses may be forged,
/// names may be anything, dates may be years off.
/// </summary>
public sealed record ReadMail
{
    /// <summary>All headers in their order, unfolded, encoded words decoded.</summary>
    public IReadOnlyList<MailHeader> Headers { get; init; } = [];

    /// <summary>Who it says it is from; usually one.</summary>
    public IReadOnlyList<Correspondent> From { get; init; } = [];

    /// <summary>Who it is to, as written in the headers.</summary>
    public IReadOnlyList<Correspondent> To { get; init; } = [];

    /// <summary>Who gets a copy, as written in the headers.</summary>
    public IReadOnlyList<Correspondent> Cc { get; init; } = [];

    /// <summary>Where the sender wants answers; empty when not said.</summary>
    public IReadOnlyList<Correspondent> ReplyTo { get; init; } = [];

    /// <summary>The subject, decoded; empty when there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When it says it was written, UTC; null when missing or unreadable.</summary>
    public DateTime? Date { get; init; }

    /// <summary>Its own id without brackets; null when missing.</summary>
    public string? MessageId { get; init; }

    /// <summary>Ids of the mails it answers, without brackets.</summary>
    public IReadOnlyList<string> InReplyTo { get; init; } = [];

    /// <summary>Ids of the mails before it in the thread, oldest first, without brackets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The type of the whole message, lower case, such as <c>multipart/alternative</c>.</summary>
    public string ContentType { get; init; } = "text/plain";

    /// <summary>The words: the first plain text, or the first HTML turned into text. Line ends are LF. Empty when there are none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The words stood in HTML only, so <see cref="Text"/> is our rendering of them.</summary>
    public bool TextWasHtml { get; init; }

    /// <summary>The HTML form of the words, as it came; null when there is none. Shown only through <see cref="CleanHtml"/>.</summary>
    public string? Html { get; init; }

    /// <summary>All parts that hold no further parts, in their order, decoded, with the ones the words were taken from.</summary>
    public IReadOnlyList<MailPart> Parts { get; init; } = [];

    /// <summary>Parts that are neither the words nor another form of them: files, pictures, further texts, forwarded mails.</summary>
    public IReadOnlyList<MailPart> Attachments { get; init; } = [];

    /// <summary>What could not be read as it should, and what was done instead.</summary>
    public IReadOnlyList<Sentence> Problems { get; init; } = [];

    /// <summary>A person cannot be shown what the sender wrote; keep the bytes and let somebody look.</summary>
    public bool Unreadable { get; init; }

    /// <summary>The first header of this name, in any case; null when absent.</summary>
    public string? Header(string name) => All(name).FirstOrDefault();

    /// <summary>The values of every header of this name, in any case.</summary>
    public IEnumerable<string> All(string name) =>
        Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value);
}

/// <summary>One header.</summary>
/// <param name="Name">Its name as written.</param>
/// <param name="Value">Its value, unfolded, encoded words decoded.</param>
/// <param name="Raw">The value unfolded only, for what must be taken apart before it is decoded.</param>
public sealed record MailHeader(string Name, string Value, string Raw);
