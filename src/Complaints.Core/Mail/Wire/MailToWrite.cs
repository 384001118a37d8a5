namespace Complaints.Mail.Wire;

/// <summary>Everything a mail we send is made of; <see cref="MailWriter"/> turns it into bytes.</summary>
public sealed record MailToWrite
{
    /// <summary>Who it is from.</summary>
    public required Correspondent From { get; init; }

    /// <summary>Who it is to.</summary>
    public required Correspondent To { get; init; }

    /// <summary>Who gets a copy, in the open.</summary>
    public IReadOnlyList<Correspondent> Cc { get; init; } = [];

    /// <summary>Where answers go, when not to <see cref="From"/>; null otherwise.</summary>
    public Correspondent? ReplyTo { get; init; }

    /// <summary>The subject, any text; line breaks become blanks.</summary>
    public required string Subject { get; init; }

    /// <summary>The words as plain text, any line ends.</summary>
    public required string Text { get; init; }

    /// <summary>The same words as an HTML document; null for a mail of text alone.</summary>
    public string? Html { get; init; }

    /// <summary>Files that go with it; those with a content id are pictures the HTML shows.</summary>
    public IReadOnlyList<MailFile> Files { get; init; } = [];

    /// <summary>This mail's own id, with or without its angle brackets; see <see cref="MessageIds"/>.</summary>
    public required string MessageId { get; init; }

    /// <summary>Id of the mail this one answers; null when it answers none.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Ids of the mails before it in the thread, oldest first. Of a very long thread the first and the latest are kept.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>When it was written, UTC.</summary>
    public required DateTime Date { get; init; }

    /// <summary>Language tag of the words, such as <c>zh-Hans</c>; null when not known.</summary>
    public string? Language { get; init; }

    /// <summary>Further headers, such as <c>Auto-Submitted</c>; values may be any text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

/// <summary>Message ids (RFC 5322, 3.6.4). This system keeps them without their angle brackets.</summary>
public static class MessageIds
{
    private const int Longest = 900; // a header line may have 998 bytes and an id cannot be folded
    private const int Most = 500;

    /// <summary>The id of a mail we write.</summary>
    /// <param name="unique">What tells it from every other.</param>
    /// <param name="domain">The domain that answers for its being unique, in ASCII: the part of the sender's address after the at-sign.</param>
    public static string For(Guid unique, string domain) => $"{unique:N}@{domain.Trim().ToLowerInvariant()}";

    /// <summary>
    /// The ids in a header's value, without brackets and each once. Reads what stands in angle brackets; where there are none, the
    /// words that look like an id. At most 500, the first and the latest.
    /// </summary>
    public static IReadOnlyList<string> In(string? value)
    {
        var found = new List<string>();
        var text = value ?? "";
        for (var open = text.IndexOf('<', StringComparison.Ordinal); open >= 0; )
        {
            var close = text.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            found.Add(text[(open + 1)..close]);
            open = text.IndexOf('<', close);
        }

        if (found.Count == 0)
        {
            found.AddRange(
                text.Split([' ', '\t', '\r', '\n', ','], StringSplitOptions.RemoveEmptyEntries)
                    .Where(w => w.Contains('@', StringComparison.Ordinal))
            );
        }

        var clean = found.Select(Bare).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return clean.Count <= Most ? clean : [clean[0], .. clean[^(Most - 1)..]];
    }

    /// <summary>The first of the ids in a header's value; null when there is none.</summary>
    public static string? FirstIn(string? value) => In(value) is [var first, ..] ? first : null;

    /// <summary>The id without brackets and anything that has no place in one; null when nothing is left or it is too long.</summary>
    internal static string? Bare(string id)
    {
        var bare = string.Concat(id.Where(c => c is > ' ' and < '\u007f' and not ('<' or '>')));
        return bare.Length is > 0 and <= Longest ? bare : null;
    }
}
