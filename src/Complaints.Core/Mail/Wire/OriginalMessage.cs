namespace Complaints.Mail.Wire;

/// <summary>The mail a report is about, as far as the report carries it.</summary>
internal static class OriginalMessage
{
    private const int LongestHeaders = 256 * 1024;

    // What servers write over the copy of the mail that came back, where they put no part of its own around it.
    private static readonly string[] _below =
    [
        "--- Below this line is a copy of the message.",
        "------ This is a copy of the message",
        "----- Original message -----",
        "----- Message header follows -----",
        "----- Original message headers -----",
        "Original message headers:",
        "The following is the original message header",
        "Received: ",
    ];

    /// <summary>Its Message-ID without brackets; null when it cannot be made out.</summary>
    public static string? IdIn(ReadMail mail)
    {
        foreach (var part in mail.Parts)
        {
            if (
                part.Type
                    is "message/rfc822"
                        or "text/rfc822-headers"
                        or "message/global"
                        or "message/global-headers"
                        or "message/rfc822-headers"
                && IdOf(part.First(LongestHeaders)) is { } id
            )
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Its Message-ID where its headers stand among the words of the report; null when they do not.</summary>
    public static string? IdIn(string words)
    {
        foreach (var mark in _below)
        {
            var at = words.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            var id = at < 0 ? -1 : words.IndexOf("\nMessage-ID:", at, StringComparison.OrdinalIgnoreCase);
            if (id >= 0)
            {
                return MessageIds.FirstIn(words[(id + 12)..Math.Min(words.Length, id + 1100)].Trim().Split('\n')[0]);
            }
        }

        return null;
    }

    /// <summary>Its Message-ID out of its own bytes.</summary>
    public static string? IdOf(ReadOnlyMemory<byte> message) => MailReader.MessageIdOf(message);
}
