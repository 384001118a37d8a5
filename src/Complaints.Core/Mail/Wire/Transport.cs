using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>The way a finished message leaves the house. Carries raw bytes, so that any library can stand behind it.</summary>
public interface IMailTransport
{
    /// <summary>
    /// Hands <paramref name="message"/> to the mail server once, for all <paramref name="recipients"/>. Says what
    /// became of it for every one of them, in their order; never throws for what a server or network does.
    /// </summary>
    /// <param name="envelopeSender">Where bounces go; an empty text sends without a return address, so that nothing
    /// ever answers (RFC 5321, 4.5.5).</param>
    /// <param name="recipients">Bare addresses, each one tried.</param>
    /// <param name="message">The whole message, headers and body (RFC 5322).</param>
    /// <param name="cancellation">Stops before anything was handed over. Once the end of the message has been sent the
    /// server's answer is still waited for, for a few seconds, because a message that may have left is not unsent.</param>
    /// <exception cref="OperationCanceledException">Stopped, and nothing was handed over.</exception>
    Task<IReadOnlyList<RecipientOutcome>> SendAsync(
        string envelopeSender,
        IReadOnlyList<string> recipients,
        ReadOnlyMemory<byte> message,
        CancellationToken cancellation
    );

    /// <summary>
    /// Tries everything short of sending: finding the server, its port and certificate, signing in, and whether it
    /// lets us send as <paramref name="envelopeSender"/> (null: not asked).
    /// </summary>
    /// <returns>What exactly failed and what to do; null when all is well.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    Task<Sentence?> TestAsync(string? envelopeSender, CancellationToken cancellation);
}

/// <summary>What became of a message for one recipient.</summary>
/// <param name="Recipient">The address as it was given.</param>
/// <param name="Result">Accepted, or how it failed.</param>
/// <param name="Reply">The mail server's own words with their code, in one line and never with a secret in it; empty
/// when the server said nothing.</param>
public sealed record RecipientOutcome(string Recipient, DeliveryResult Result, string Reply)
{
    /// <summary>What went wrong on the way, in our words; null when the server's reply says all there is to say.</summary>
    public Sentence? Why { get; init; }

    /// <summary>
    /// True when the server could not be reached or would not talk to us at all: that says nothing about this mail or
    /// recipient, and would have been the same for any other.
    /// </summary>
    public bool Unreachable { get; init; }
}

/// <summary>How handing over a message ended for one recipient.</summary>
public enum DeliveryResult
{
    /// <summary>The server took it and answers for it from now on.</summary>
    [Words("Accepted by the mail server", "邮件服务器已接收")]
    Accepted,

    /// <summary>Not now: a 4xx reply, no connection, or our own settings are refused. Trying again later makes sense.</summary>
    [Words("Failed for now", "暂时失败")]
    TemporaryFailure,

    /// <summary>A 5xx reply about this sender, recipient or message, or an address that cannot be sent to at all.</summary>
    [Words("Refused", "被拒收")]
    PermanentFailure,

    /// <summary>The connection was lost after the whole message was sent and before the answer: it may have left, or not.</summary>
    [Words("Not known", "结果不明")]
    Unknown,
}
