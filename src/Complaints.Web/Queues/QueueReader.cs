using System.Linq.Expressions;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Queues;

/// <summary>
/// Reads a page of a list by key: the keys of at most one page from each range, merged, and then the rows of that page.
/// What it costs follows the page, not the number of complaints. OFFSET is never used.
/// </summary>
public sealed class QueueReader(ComplaintsDb db, Reach reach, Me me, LookThrough most, DeadlineBooks books, TimeProvider clock)
{
    /// <summary>Rows looked at for a count with filters.</summary>
    private const int Stretch = 600;

    /// <summary>The page beyond the cursor.</summary>
    /// <param name="after">Cursor of the last row seen; wins over <paramref name="before"/>.</param>
    /// <param name="before">Cursor of the first row seen, to go back.</param>
    /// <param name="size">Rows wanted; at most a page.</param>
    public async Task<QueuePage> ReadAsync(
        Queue queue,
        QueueFilter filter,
        string? after = null,
        string? before = null,
        int size = QueuePage.Size
    )
    {
        var from = RowKey.Read(after) ?? RowKey.Read(before);
        var back = from is not null && RowKey.Read(after) is null;
        var up = queue.Ascending != back;
        var (keys, end) = await KeysAsync(queue, filter, from, back, size + 1);
        var inOrder = InOrder(keys.Distinct().Where(k => end is null || !IsBeyond(k, end, up)), up).ToList();
        var page = inOrder.Take(size).ToList();
        var further = inOrder.Count > size ? page[^1] : end;
        if (back)
        {
            page.Reverse();
        }

        var (newer, older) = back
            ? (further, from)
            : (
                from is null ? null
                : page.Count > 0 ? page[0]
                : from,
                further
            );
        if (back && page.Count > 0)
        {
            older = page[^1];
        }

        return new QueuePage(await RowsAsync(page), newer?.Cursor, older?.Cursor, inOrder.Count > size ? null : end?.At);
    }

    /// <summary>The queries that find the keys of a page; the test that looks at their plans reads them here.</summary>
    public async Task<IReadOnlyList<IQueryable<RowKey>>> QueriesAsync(
        Queue queue,
        QueueFilter filter,
        RowKey? from = null,
        bool back = false
    ) => [.. (await RangesAsync(queue, filter)).Select(r => Keys(queue, Ordered(queue, r, from, back)).Take(QueuePage.Size + 1))];

    /// <summary>How many the list holds, and not more than <paramref name="cap"/>.</summary>
    public async Task<int> CountAsync(Queue queue, QueueFilter filter, int cap)
    {
        var narrow = await NarrowAsync(queue, filter);
        var count = 0;
        foreach (var range in await RangesAsync(queue, filter))
        {
            count += count < cap ? await narrow(range).Select(c => c.Id).Take(cap - count).CountAsync() : 0;
        }

        return count;
    }

    /// <summary>
    /// How many the first stretch of the list holds, and whether there may be more: what a count costs is bounded whatever the
    /// filter asks for.
    /// </summary>
    public async Task<(int Count, bool More)> CountWithinAsync(Queue queue, QueueFilter filter, int cap)
    {
        var ranges = await RangesAsync(queue, filter);
        var narrows = filter.Narrows(queue);
        var narrow = await NarrowAsync(queue, filter);
        var window = Math.Max(10, Math.Min(most.Rows, Stretch) / Math.Max(1, ranges.Count));
        var (count, more) = (0, false);
        foreach (var range in ranges)
        {
            var walked = Ordered(queue, range, null, back: false);
            var found = narrows ? narrow(walked.Take(window)) : walked;
            count += await found.Select(c => c.Id).Take(cap + 1).CountAsync();
            more = more || (narrows && await walked.Select(c => c.Id).Skip(window).AnyAsync());
            if (count > cap)
            {
                return (cap, true);
            }
        }

        return (count, more);
    }

    /// <summary>Ids of the whole list in its order, and not more than <paramref name="cap"/>; with a filter as far as its pages lead within reason.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(Queue queue, QueueFilter filter, int cap)
    {
        var ids = new List<long>();
        string? after = null;
        for (var page = 0; page < cap / QueuePage.Size && ids.Count < cap; page++)
        {
            var read = await ReadAsync(queue, filter, after);
            ids.AddRange(read.Rows.Select(r => r.Id));
            if (read.Older is null)
            {
                break;
            }

            after = read.Older;
        }

        return [.. ids.Take(cap)];
    }

    /// <summary>
    /// The keys of a page, and where looking ended although there is more: a filter that fits hardly anything must not
    /// walk through a million rows for one page.
    /// </summary>
    private async Task<(List<RowKey> Keys, RowKey? End)> KeysAsync(Queue queue, QueueFilter filter, RowKey? from, bool back, int count)
    {
        var ranges = await RangesAsync(queue, filter);
        var keys = new List<RowKey>();
        if (!filter.Narrows(queue))
        {
            foreach (var range in ranges)
            {
                keys.AddRange(await Keys(queue, Ordered(queue, range, from, back)).Take(count).ToListAsync());
            }

            return (keys, null);
        }

        var up = queue.Ascending != back;
        var window = Math.Max(10, most.Rows / Math.Max(1, ranges.Count));
        var narrow = await NarrowAsync(queue, filter);
        var ends = new List<RowKey>();
        foreach (var range in ranges)
        {
            var walked = Ordered(queue, range, from, back);
            var looked = Sorted(queue, narrow(walked.Take(window)), up);
            keys.AddRange(await Keys(queue, looked).Take(count).ToListAsync());
            ends.AddRange(await Keys(queue, walked).Skip(window - 1).Take(1).ToListAsync()); // an OFFSET, but never a far one
        }

        return (keys, InOrder(ends, up).FirstOrDefault());
    }

    private static IEnumerable<RowKey> InOrder(IEnumerable<RowKey> keys, bool up) =>
        up ? keys.OrderBy(k => k.At).ThenBy(k => k.Id) : keys.OrderByDescending(k => k.At).ThenByDescending(k => k.Id);

    private static bool IsBeyond(RowKey key, RowKey end, bool up) =>
        (key.At, key.Id).CompareTo((end.At, end.Id)) is var order && (up ? order > 0 : order < 0);

    private async Task<Func<IQueryable<Complaint>, IQueryable<Complaint>>> NarrowAsync(Queue queue, QueueFilter filter)
    {
        var categories = filter.Category is { } category ? await CategoriesAsync(category) : null;
        return rows => filter.Narrow(rows, queue, categories, me.Reader, db);
    }

    private async Task<List<IQueryable<Complaint>>> RangesAsync(Queue queue, QueueFilter filter)
    {
        var units = filter.Unit is { } unit ? await BelowAsync(unit) : null;
        var now = clock.GetUtcNow().UtcDateTime;
        var all = reach.Unbiased(db.Complaints.AsNoTracking()).Where(queue.Holds);
        return [.. reach.Ranges(queue.Scope, units, filter.Owner).Select(range => filter.Bound(all.Where(range), queue, now, me.Reader))];
    }

    private static IQueryable<Complaint> Ordered(Queue queue, IQueryable<Complaint> range, RowKey? from, bool back)
    {
        var up = queue.Ascending != back;
        return Sorted(queue, from is null ? range : range.Where(Beyond(queue.Key, from, up)), up);
    }

    private static IQueryable<Complaint> Sorted(Queue queue, IQueryable<Complaint> rows, bool up) =>
        up ? rows.OrderBy(queue.Key).ThenBy(c => c.Id) : rows.OrderByDescending(queue.Key).ThenByDescending(c => c.Id);

    private static IQueryable<RowKey> Keys(Queue queue, IQueryable<Complaint> ordered) =>
        queue.Order switch
        {
            QueueOrder.Due => ordered.Select(c => new RowKey(c.QueueAt, c.Id)),
            QueueOrder.Waiting => ordered.Select(c => new RowKey(c.WaitingSince!.Value, c.Id)),
            QueueOrder.Received => ordered.Select(c => new RowKey(c.ReceivedAt, c.Id)),
            _ => ordered.Select(c => new RowKey(c.ResolvedAt!.Value, c.Id)),
        };

    /// <summary>(key, id) beyond a place, written so that both databases take the first half as the bound of an index range.</summary>
    private static Expression<Func<Complaint, bool>> Beyond(Expression<Func<Complaint, DateTime>> key, RowKey from, bool up)
    {
        var row = key.Parameters[0];
        var at = Expression.Property(Expression.Constant(from), nameof(RowKey.At)); // a property of a constant becomes a parameter
        var id = Expression.Property(Expression.Constant(from), nameof(RowKey.Id));
        var rowId = Expression.Property(row, nameof(Complaint.Id));
        var body = up
            ? Expression.AndAlso(
                Expression.GreaterThanOrEqual(key.Body, at),
                Expression.OrElse(Expression.GreaterThan(key.Body, at), Expression.GreaterThan(rowId, id))
            )
            : Expression.AndAlso(
                Expression.LessThanOrEqual(key.Body, at),
                Expression.OrElse(Expression.LessThan(key.Body, at), Expression.LessThan(rowId, id))
            );
        return Expression.Lambda<Func<Complaint, bool>>(body, row);
    }

    private async Task<IReadOnlyList<QueueRow>> RowsAsync(List<RowKey> page)
    {
        var ids = page.Select(k => k.Id).ToList();
        var chinese = me.Reader.Language == Complaints.Language.Tongue.Chinese;
        var rows = await db
            .Complaints.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .Select(c => new QueueRow(
                c.Id,
                c.Reference,
                c.Summary,
                c.Customer.Name,
                c.Tier,
                c.Public && c.Severity < Severity.Critical ? c.Severity + 1 : c.Severity,
                c.State,
                c.IsOpen,
                c.NextDueAt,
                c.NextDueName,
                c.WaitingSince,
                c.AwaitingApproval,
                c.Owner == null ? null : c.Owner.Name,
                c.Level,
                c.LastPersonContactAt,
                c.PromiseDueAt,
                c.ReceivedAt,
                c.ResolvedAt,
                c.ClosedAt,
                chinese && c.Unit.NameZh != null ? c.Unit.NameZh : c.Unit.Name,
                c.CategoryId,
                c.Channel,
                c.LastHeardAt,
                c.WaitingFor,
                c.DisputeMinor,
                c.DisputeCurrency,
                c.Cycle,
                c.DesiredOutcome == null ? null : c.DesiredOutcome.Substring(0, 80)
            ))
            .ToDictionaryAsync(r => r.Id);
        var turns = await TurnsAsync(ids);
        return [.. ids.Where(rows.ContainsKey).Select(id => turns.TryGetValue(id, out var turn) ? Said(rows[id], turn) : rows[id])];
    }

    private QueueRow Said(QueueRow row, (TurnClock Clock, decimal Minimum) turn) =>
        row with
        {
            Turn = Turn.Say(turn.Clock, row.Tier, turn.Minimum, me.Reader, clock.GetUtcNow().UtcDateTime),
        };

    /// <summary>The clock that is due first, for each row of the page.</summary>
    private async Task<Dictionary<long, (TurnClock, decimal)>> TurnsAsync(List<long> ids)
    {
        var running = await db.Set<DeadlineClock>()
            .AsNoTracking()
            .Where(k => ids.Contains(k.ComplaintId) && k.State == ClockState.Running && !k.BindsAuthority)
            .Select(k => new TurnClock(k.ComplaintId, k.Name, k.StartedAt, k.Amount, k.Unit, k.Why, k.DueAt, k.Pauses.Count > 0))
            .ToListAsync();
        var minimum = running.Count == 0 ? 0 : (await books.OpenAsync(db)).Policy.MinimumMinutes;
        return running.GroupBy(k => k.ComplaintId).ToDictionary(g => g.Key, g => (g.MinBy(k => k.DueAt)!, minimum));
    }

    private async Task<IReadOnlyList<long>> BelowAsync(long unit)
    {
        var path = await db.Units.Where(u => u.Id == unit).Select(u => u.Path).FirstOrDefaultAsync();
        return path is null ? [] : await db.Units.Where(u => u.Path.StartsWith(path)).Select(u => u.Id).ToListAsync();
    }

    private async Task<IReadOnlyList<long>> CategoriesAsync(long top)
    {
        var all = await db.Categories.AsNoTracking().Select(c => new { c.Id, c.ParentId }).ToListAsync();
        var found = new List<long> { top };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(all.Where(c => c.ParentId == found[i]).Select(c => c.Id));
        }

        return found;
    }
}
