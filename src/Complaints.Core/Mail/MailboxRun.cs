using Complaints.Data;
using Complaints.Language;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Mail;

/// <summary>
/// Brings the messages of one mailbox into the house. Each is stored before it is marked or moved, and the place in the
/// folder is noted last: killed anywhere, the next look meets some messages again and the store knows them.
/// </summary>
public sealed class MailboxRun(ComplaintsDb db, InboxStore store, MailboxDoor door, TimeProvider clock)
{
    private const int Batch = 20;
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _longestBackoff = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _renew = TimeSpan.FromMinutes(1);

    /// <summary>This process, in leases.</summary>
    public static string Node { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";

    /// <summary>Mailboxes to be read now: not paused, past their backoff, and read by nobody else.</summary>
    public Task<List<long>> DueAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db
            .Mailboxes.Where(m => m.Kind != MailboxKind.Http && !m.Paused)
            .Where(m => m.NotBefore == null || m.NotBefore <= now)
            .Where(m => m.LeaseUntil == null || m.LeaseUntil <= now)
            .Select(m => m.Id)
            .ToListAsync(cancel);
    }

    /// <summary>Looks once; how many messages were stored, or null when somebody else reads it or it failed (see the mailbox).</summary>
    public Task<int?> LookAsync(long id, CancellationToken cancel = default) => LookAsync(id, stay: false, cancel);

    /// <summary>Looks, and goes on whenever the server says that there is more, until the mailbox is changed or paused, or it fails.</summary>
    public Task<int?> StayAsync(long id, CancellationToken cancel) => LookAsync(id, stay: true, cancel);

    private async Task<int?> LookAsync(long id, bool stay, CancellationToken cancel)
    {
        if (!await LeaseAsync(id, cancel))
        {
            return null;
        }

        try
        {
            var box = await db.Mailboxes.AsNoTracking().FirstAsync(m => m.Id == id, cancel);
            await using var source = door.Open(box);
            var folder = await source.OpenAsync(cancel);
            var count = 0;
            for (var place = new Place(box, folder.UidValidity); ; )
            {
                count += await DrainAsync(place, source, cancel);
                await WellAsync(id, cancel);
                if (!stay || !await IsSameAsync(box, cancel))
                {
                    return count;
                }

                await source.WaitAsync(_renew, cancel);
                if (!await LeaseAsync(id, cancel))
                {
                    return count; // we were asleep for too long, and somebody else reads it now
                }
            }
        }
        catch (MailSourceFailure failure)
        {
            await FailedAsync(id, failure.Why, CancellationToken.None);
            return null;
        }
        finally
        {
            db.ChangeTracker.Clear();
            await LeaveAsync(id);
        }
    }

    private async Task<int> DrainAsync(Place place, IMailSource source, CancellationToken cancel)
    {
        var count = 0;
        var stored = new List<long>();
        await foreach (var message in source.NewAsync(place.LastUid, cancel))
        {
            var raw = message.Raw.ToArray();
            await store.StoreAsync(place.Mailbox, place.UidValidity, message.Uid, raw, message.TooLarge ? message.Why : null, cancel);
            db.ChangeTracker.Clear();
            count++;
            stored.Add(message.Uid);
            if (stored.Count == Batch)
            {
                await DoneAsync();
            }
        }

        await DoneAsync();
        return count;

        async Task DoneAsync()
        {
            if (stored.Count == 0)
            {
                return;
            }

            await source.DoneAsync(stored, cancel);
            place.LastUid = Math.Max(place.LastUid, stored.Max());
            stored.Clear();
            var (validity, last, until) = (place.UidValidity, place.LastUid, Until());
            await ChangeAsync(
                place.Id,
                m =>
                    m.ExecuteUpdateAsync(
                        s =>
                            s.SetProperty(b => b.UidValidity, validity)
                                .SetProperty(b => b.LastUid, last)
                                .SetProperty(b => b.LeaseUntil, until),
                        cancel
                    )
            );
        }
    }

    private async Task<bool> IsSameAsync(Mailbox box, CancellationToken cancel) =>
        await db.Mailboxes.AnyAsync(m => m.Id == box.Id && m.Version == box.Version && !m.Paused, cancel);

    private async Task<bool> LeaseAsync(long id, CancellationToken cancel)
    {
        var (now, until) = (clock.GetUtcNow().UtcDateTime, Until());
        return await ChangeAsync(
                id,
                m =>
                    m.Where(b => !b.Paused && (b.LeaseBy == Node || b.LeaseUntil == null || b.LeaseUntil <= now))
                        .ExecuteUpdateAsync(s => s.SetProperty(b => b.LeaseBy, Node).SetProperty(b => b.LeaseUntil, until), cancel)
            ) == 1;
    }

    private Task LeaveAsync(long id) =>
        ChangeAsync(
            id,
            m =>
                m.Where(b => b.LeaseBy == Node)
                    .ExecuteUpdateAsync(s => s.SetProperty(b => b.LeaseUntil, (DateTime?)null), CancellationToken.None)
        );

    private Task WellAsync(long id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return ChangeAsync(
            id,
            m =>
                m.ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(b => b.SeenAt, now)
                            .SetProperty(b => b.Trouble, (string?)null)
                            .SetProperty(b => b.TroubleSince, (DateTime?)null)
                            .SetProperty(b => b.NotBefore, (DateTime?)null)
                            .SetProperty(b => b.Failures, 0),
                    cancel
                )
        );
    }

    private async Task FailedAsync(long id, Sentence why, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var text = KeptSentence.Write(why);
        var failures = await db.Mailboxes.Where(m => m.Id == id).Select(m => m.Failures).FirstOrDefaultAsync(cancel);
        var wait = TimeSpan.FromSeconds(15 * Math.Pow(2, Math.Min(failures, 10)));
        var next = now + (wait < _longestBackoff ? wait : _longestBackoff);
        await ChangeAsync(
            id,
            m =>
                m.ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(b => b.Trouble, text)
                            .SetProperty(b => b.TroubleSince, b => b.TroubleSince ?? now)
                            .SetProperty(b => b.NotBefore, next)
                            .SetProperty(b => b.Failures, failures + 1),
                    cancel
                )
        );
    }

    private DateTime Until() => clock.GetUtcNow().UtcDateTime + _lease;

    // None of this raises the version: it is not a change of the settings.
    private async Task<int> ChangeAsync(long id, Func<IQueryable<Mailbox>, Task<int>> change)
    {
        using var turn = await db.Gate.EnterAsync();
        return await change(db.Mailboxes.Where(m => m.Id == id));
    }

    private sealed class Place(Mailbox box, long validity)
    {
        public long Id { get; } = box.Id;
        public string Mailbox { get; } = box.Name;
        public long UidValidity { get; } = validity;

        // A new numbering begins anew; what was stored before is recognised by its bytes.
        public long LastUid { get; set; } = box.Kind == MailboxKind.Imap && box.UidValidity == validity ? box.LastUid : 0;
    }
}
