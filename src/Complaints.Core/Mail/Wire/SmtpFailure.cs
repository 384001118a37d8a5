using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>The conversation with the mail server cannot go on.</summary>
/// <param name="why">What went wrong and what to do, for a person.</param>
/// <param name="reply">The server's words, or null when it said none.</param>
internal sealed class SmtpFailure(Sentence why, SmtpReply? reply = null) : Exception(why.ToString())
{
    public Sentence Why { get; } = why;

    public SmtpReply? Reply { get; } = reply;
}

/// <summary>One answer of the server: its three-digit code and its text in one line, cut to a reasonable length.</summary>
public sealed record SmtpReply(int Code, string Text, IReadOnlyList<string> Lines)
{
    public bool Good => Code is >= 200 and < 300;

    public bool Permanent => Code is >= 500 and < 600;

    public override string ToString() => Text.Length == 0 ? $"{Code:000}" : $"{Code:000} {Text}";

    /// <summary>The same without any of <paramref name="secrets"/>: some servers repeat a line they do not understand.</summary>
    public SmtpReply Without(params string[] secrets) =>
        this with
        {
            Text = secrets
                .Where(s => s.Length > 0)
                .Aggregate(Text, (text, secret) => text.Replace(secret, "•••", StringComparison.Ordinal)),
            Lines = [],
        };
}
