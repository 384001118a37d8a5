using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// The way mail comes into the house: one folder of one mailbox over one connection. Carries raw bytes and numbers, so
/// that any library can stand behind it. Used by one caller at a time; after a failure it is disposed and a new one made.
/// </summary>
public interface IMailSource : IAsyncDisposable
{
    /// <summary>Connects, signs in and selects the folder; finds out whether the folder to move to is there.</summary>
    /// <exception cref="MailSourceFailure">One of these did not work; it says which, and what to do.</exception>
    Task<SourceFolder> OpenAsync(CancellationToken cancel);

    /// <summary>
    /// The messages with a number above <paramref name="afterUid"/>, oldest first, one at a time: the next one is fetched
    /// when it is asked for, and <see cref="DoneAsync"/> may be called in between. A message that vanished in the meantime
    /// is left out. Nothing is marked.
    /// </summary>
    /// <param name="afterUid">Number of the last message already stored; 0 for the whole folder, and so whenever
    /// <see cref="SourceFolder.UidValidity"/> is not the one that the number belongs to.</param>
    /// <param name="cancel">Stops between or within messages; the source must then be disposed.</param>
    /// <exception cref="MailSourceFailure">The connection or the server failed; what was given out before is whole.</exception>
    IAsyncEnumerable<SourceMessage> NewAsync(long afterUid, CancellationToken cancel);

    /// <summary>
    /// Marks messages as read and, when a folder is set for it, moves them there. Called after they are stored. Doing it
    /// twice does no harm, and numbers that are no longer there are left out.
    /// </summary>
    /// <exception cref="MailSourceFailure">The connection or the server failed; some may be done and some not.</exception>
    Task DoneAsync(IReadOnlyCollection<long> uids, CancellationToken cancel);

    /// <summary>Returns when the server says that there is new mail, or after <paramref name="longest"/>.</summary>
    /// <exception cref="MailSourceFailure">The connection or the server failed.</exception>
    Task WaitAsync(TimeSpan longest, CancellationToken cancel);
}

/// <summary>The opened folder.</summary>
/// <param name="UidValidity">While this number stays the same, every message keeps its own (RFC 9051, 2.3.1.1).</param>
/// <param name="Exists">Messages in the folder, read ones too.</param>
public sealed record SourceFolder(long UidValidity, long Exists);

/// <summary>One message of the folder.</summary>
/// <param name="Uid">Its number, ascending in the order of arrival.</param>
/// <param name="Raw">The message byte for byte as the server keeps it; only its headers when <paramref name="TooLarge"/>.</param>
/// <param name="Bytes">Its size as the server says, in bytes.</param>
/// <param name="TooLarge">It was not fetched whole: it is larger than <see cref="ImapSettings.LargestMessage"/>, or the
/// server cannot hand it over; <see cref="Why"/> says which.</param>
public sealed record SourceMessage(long Uid, ReadOnlyMemory<byte> Raw, long Bytes, bool TooLarge)
{
    /// <summary>Why it was not fetched whole, for a person; null when it was.</summary>
    public Sentence? Why { get; init; }

    /// <summary>When the mailbox took it in, UTC; null when the server does not say.</summary>
    public DateTime? Received { get; init; }
}

/// <summary>Mail could not be fetched.</summary>
/// <param name="why">What failed and what to do, for a person; never with a secret in it.</param>
public sealed class MailSourceFailure(Sentence why) : Exception(why.ToString())
{
    /// <summary>What failed and what to do, for a person.</summary>
    public Sentence Why { get; } = why;
}

/// <summary>Makes a source for a mailbox; it does nothing before <see cref="IMailSource.OpenAsync"/>.</summary>
public delegate IMailSource MailSourceMaker(ImapSettings settings);
