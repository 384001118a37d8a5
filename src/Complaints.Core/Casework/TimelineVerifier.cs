using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>
/// Walks timelines and names the first entry that was tampered with, and how. Reads only; may run beside the server.
/// </summary>
public sealed class TimelineVerifier(ComplaintsDb db, Keys keys)
{
    private const int Batch = 200;

    /// <summary>Checks one complaint; null when its timeline is whole.</summary>
    public async Task<Tampering?> VerifyAsync(long complaintId, CancellationToken cancel = default)
    {
        var chain = await db
            .Complaints.AsNoTracking()
            .Where(c => c.Id == complaintId)
            .Select(c => new Chain(c.Id, c.Reference, c.TimelineHead, c.TimelineCount))
            .SingleAsync(cancel);
        var entries = await EntriesAsync([complaintId], cancel);
        return Check(chain, entries[complaintId]);
    }

    /// <summary>Checks every complaint, in the order of their ids, and yields what was found as it goes.</summary>
    /// <param name="progress">Called after every batch with the number checked so far.</param>
    /// <param name="cancel">Stops between batches.</param>
    public async IAsyncEnumerable<Tampering> VerifyAllAsync(
        Action<int>? progress = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        long after = 0;
        for (var done = 0; ; )
        {
            var from = after;
            var chains = await db
                .Complaints.AsNoTracking()
                .Where(c => c.Id > from)
                .OrderBy(c => c.Id)
                .Take(Batch)
                .Select(c => new Chain(c.Id, c.Reference, c.TimelineHead, c.TimelineCount))
                .ToListAsync(cancel);
            if (chains.Count == 0)
            {
                yield break;
            }

            var entries = await EntriesAsync([.. chains.Select(c => c.Id)], cancel);
            foreach (var chain in chains)
            {
                // Somebody may have written between the two reads: look again before accusing anybody.
                if (Check(chain, entries[chain.Id]) is not null && await VerifyAsync(chain.Id, cancel) is { } found)
                {
                    yield return found;
                }
            }

            after = chains[^1].Id;
            done += chains.Count;
            progress?.Invoke(done);
        }
    }

    private async Task<ILookup<long, TimelineEntry>> EntriesAsync(List<long> ids, CancellationToken cancel) =>
        (
            await db
                .Timeline.AsNoTracking()
                .Include(e => e.Content)
                .Where(e => ids.Contains(e.ComplaintId))
                .OrderBy(e => e.ComplaintId)
                .ThenBy(e => e.Seq)
                .ToListAsync(cancel)
        ).ToLookup(e => e.ComplaintId);

    private Tampering? Check(Chain chain, IEnumerable<TimelineEntry> entries)
    {
        var (previous, expected) = ("", 1);
        foreach (var entry in entries)
        {
            var how =
                entry.Seq != expected ? new Sentence("Entry {0} is missing", expected)
                : entry.Content is { } content && TimelineSeal.HashOf(content.Salt, content.Text) != entry.ContentHash
                    ? new Sentence("The words of entry {0} were changed", entry.Seq)
                : entry.PreviousHash != previous ? new Sentence("Entry {0} does not follow the one before it", entry.Seq)
                : TimelineSeal.Sign(keys.Timeline, TimelineSeal.Canonical(chain.Reference, entry)) != entry.Hash
                    ? new Sentence("Kind, time or author of entry {0} were changed", entry.Seq)
                : null;
            if (how is not null)
            {
                return new Tampering(chain.Id, chain.Reference, Math.Min(expected, entry.Seq), how);
            }

            (previous, expected) = (entry.Hash, expected + 1);
        }

        return expected - 1 < chain.Count
                ? new Tampering(chain.Id, chain.Reference, expected, new Sentence("Entry {0} and what followed it were cut off", expected))
            : expected - 1 > chain.Count || previous != chain.Head
                ? new Tampering(chain.Id, chain.Reference, expected - 1, new Sentence("The complaint ends with another entry than it says"))
            : null;
    }

    private sealed record Chain(long Id, string Reference, string Head, int Count);
}

/// <summary>The first entry of a complaint that is not as it was written.</summary>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="Seq">Number of the entry.</param>
/// <param name="How">What is wrong with it.</param>
public sealed record Tampering(long ComplaintId, string Reference, int Seq, Sentence How);
