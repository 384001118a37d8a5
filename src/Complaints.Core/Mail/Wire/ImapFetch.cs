using System.Globalization;
using System.Runtime.CompilerServices;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>Finding out which messages are new, and fetching them one by one.</summary>
internal sealed class ImapFetch(ImapSettings settings, ImapTalk talk)
{
    private const int HeadersKept = 256 * 1024;
    private const int Batch = 200; // sizes asked for at once
    private const long LargestUid = uint.MaxValue;
    private const double Mega = 1024 * 1024;

    public async IAsyncEnumerable<SourceMessage> NewAsync(long afterUid, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var batch in (await ListAsync(afterUid, cancel)).Chunk(Batch))
        {
            var sizes = await SizesAsync(batch, cancel);
            foreach (var uid in batch)
            {
                // One whose size is not told is either gone or kept from us; fetching finds out which.
                if (await MessageAsync(uid, sizes.GetValueOrDefault(uid), cancel) is { } message)
                {
                    yield return message;
                }
            }
        }
    }

    /// <summary>
    /// The numbers above <paramref name="afterUid"/>, ascending. By FETCH and not by SEARCH, whose one line for a folder of
    /// 50,000 messages would be longer than any line should be.
    /// </summary>
    private async Task<IReadOnlyCollection<long>> ListAsync(long afterUid, CancellationToken cancel)
    {
        if (talk.Exists == 0)
        {
            await talk.AskAsync("NOOP", cancel); // an empty folder has no "*", and some servers then say BAD
        }

        talk.Forget();
        if (talk.Exists == 0 || afterUid >= LargestUid)
        {
            return [];
        }

        var uids = new SortedSet<long>();
        var answer = await talk.AskAsync(
            $"UID FETCH {UidSet.Number(Math.Max(0, afterUid) + 1)}:* (UID)",
            cancel,
            r =>
            {
                // "*" is the last message, whatever its number, so that one always answers.
                if (r.FetchedNumber("UID") is { } uid && uid > afterUid && uid <= LargestUid)
                {
                    uids.Add(uid);
                }
            }
        );
        return answer.Good ? uids : throw talk.Refused(answer);
    }

    private async Task<Dictionary<long, long>> SizesAsync(long[] uids, CancellationToken cancel)
    {
        var sizes = new Dictionary<long, long>();
        foreach (var set in UidSet.Of(uids))
        {
            await talk.AskAsync(
                $"UID FETCH {set} (UID RFC822.SIZE)",
                cancel,
                r =>
                {
                    if (r.FetchedNumber("UID") is { } uid && r.FetchedNumber("RFC822.SIZE") is { } size)
                    {
                        sizes[uid] = size;
                    }
                }
            );
        }

        return sizes;
    }

    private async Task<SourceMessage?> MessageAsync(long uid, long size, CancellationToken cancel)
    {
        if (size > settings.LargestMessage)
        {
            return await HeadersAsync(uid, TooLarge(size), cancel);
        }

        var (answer, found) = await FetchAsync(uid, "BODY.PEEK[]", n => n == "BODY[]", settings.LargestMessage, cancel);
        if (found is { Body: { } body })
        {
            // The size told before may have been a guess (Exchange does so); the block itself cannot lie.
            return body.Length > settings.LargestMessage
                ? await HeadersAsync(uid, TooLarge(body.Length), cancel)
                : new(uid, body.Nil ? default : body.Bytes, Math.Max(body.Length, found.Size), false) { Received = found.Received };
        }

        if (answer.HasCode("EXPUNGEISSUED"))
        {
            return null; // another program removed it, and the server is about to say so
        }

        if (answer.HasCode("UNAVAILABLE") || answer.HasCode("INUSE") || answer.HasCode("LIMIT"))
        {
            throw talk.Refused(answer); // it says itself that it will pass
        }

        var there = false;
        await talk.AskAsync($"UID FETCH {UidSet.Number(uid)} (UID)", cancel, r => there |= r.FetchedNumber("UID") == uid);
        return there
            ? await HeadersAsync(
                uid,
                new Sentence(
                    "The mail server cannot hand over this message ({0}). It is still in the mailbox; only its headers are here.",
                    talk.Words(answer)
                ),
                cancel
            )
            : null;
    }

    private async Task<SourceMessage?> HeadersAsync(long uid, Sentence why, CancellationToken cancel)
    {
        var (answer, found) = await FetchAsync(
            uid,
            $"BODY.PEEK[HEADER]<0.{UidSet.Number(HeadersKept)}>",
            n => n.StartsWith("BODY[HEADER]", StringComparison.Ordinal),
            HeadersKept,
            cancel
        );
        if (found is { Body: { } headers })
        {
            return new(uid, headers.Nil ? default : headers.Bytes, found.Size, true) { Why = why, Received = found.Received };
        }

        // Not left out: nobody would ever know of it. Everything behind it waits until somebody has looked.
        return answer.Good && found is null
            ? null
            : throw new MailSourceFailure(
                new Sentence(
                    "The mail server {0} hands over neither message {1} of “{2}” nor its headers: {3}. Move that message to another folder.",
                    settings.Host,
                    UidSet.Number(uid),
                    settings.Folder,
                    talk.Words(answer)
                )
            );
    }

    private async Task<(ImapResponse Answer, Found? Found)> FetchAsync(
        long uid,
        string part,
        Func<string, bool> name,
        int keep,
        CancellationToken cancel
    )
    {
        Found? found = null;
        var answer = await talk.AskAsync(
            $"UID FETCH {UidSet.Number(uid)} (UID RFC822.SIZE INTERNALDATE {part})",
            cancel,
            r =>
            {
                if (r.FetchedNumber("UID") == uid)
                {
                    found = new(
                        r.Fetched(name) ?? found?.Body,
                        r.FetchedNumber("RFC822.SIZE") ?? found?.Size ?? 0,
                        Moment(r.Fetched(n => n == "INTERNALDATE")) ?? found?.Received
                    );
                }
            },
            keep: keep
        );
        return (answer, found);
    }

    private Sentence TooLarge(long bytes) =>
        new(
            "The message has {0} MB, and no more than {1} MB are fetched. It is still in the mailbox; only its headers are here.",
            (bytes / Mega).ToString("N1", CultureInfo.InvariantCulture),
            (settings.LargestMessage / Mega).ToString("N1", CultureInfo.InvariantCulture)
        );

    private static DateTime? Moment(ImapValue? value) =>
        value is not null
        && DateTimeOffset.TryParseExact(
            value.Text.Trim(),
            "d-MMM-yyyy HH:mm:ss zzz",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var moment
        )
            ? moment.UtcDateTime
            : null;

    private sealed record Found(ImapValue? Body, long Size, DateTime? Received);
}
