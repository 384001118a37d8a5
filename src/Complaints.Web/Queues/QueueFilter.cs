using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;
using Microsoft.AspNetCore.Http.Extensions;

namespace Complaints.Web.Queues;

/// <summary>The filters of a list, as they stand in its address.</summary>
public sealed class QueueFilter
{
    /// <summary>This unit and those below it.</summary>
    public long? Unit { get; set; }

    /// <summary>This category and those below it.</summary>
    public long? Category { get; set; }

    /// <summary>The severity that counts: public complaints one step higher.</summary>
    public Severity? Severity { get; set; }
    public Tier? Tier { get; set; }
    public Channel? Channel { get; set; }
    public State? State { get; set; }

    /// <summary>Id of who holds it.</summary>
    public long? Owner { get; set; }

    /// <summary><c>late</c> or <c>today</c> (due before the reader's midnight, late ones included).</summary>
    public string? Due { get; set; }

    /// <summary>First and last day of receipt, or of resolution in the list of resolved ones; in the reader's zone.</summary>
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }

    /// <summary><c>1</c>: only what was settled on the spot.</summary>
    public string? Spot { get; set; }

    /// <summary>Id of the root cause.</summary>
    public long? Cause { get; set; }

    /// <summary>How many filters are set.</summary>
    public int Count => Pairs().Count();

    /// <summary>True when the list's own index cannot answer, so that rows have to be looked through.</summary>
    /// <param name="queue">The list.</param>
    public bool Narrows(Queue queue) =>
        (Category ?? Owner ?? Cause) is not null
        || Severity is not null
        || Tier is not null
        || Channel is not null
        || State is not null
        || Spot == "1"
        || (queue.IsWork && (From is not null || To is not null));

    /// <summary>What bounds a range of a list along its own order: days and due times.</summary>
    /// <param name="rows">The range.</param>
    /// <param name="queue">The list.</param>
    /// <param name="now">UTC.</param>
    /// <param name="reader">Whose midnight counts.</param>
    public IQueryable<Complaint> Bound(IQueryable<Complaint> rows, Queue queue, DateTime now, Reader reader)
    {
        if (Due is "late" or "today" && queue.Order == QueueOrder.Due)
        {
            var until = Due == "late" ? now : EndOfDay(now, reader);
            rows = rows.Where(c => c.QueueAt < until);
        }

        return queue.IsWork ? rows : Between(rows, queue, reader);
    }

    /// <summary>What else narrows it. Never widens it: rights are applied beside this.</summary>
    /// <param name="rows">The range.</param>
    /// <param name="queue">The list.</param>
    /// <param name="categories">The category and those below it; null for all.</param>
    /// <param name="reader">Whose midnight counts.</param>
    public IQueryable<Complaint> Narrow(IQueryable<Complaint> rows, Queue queue, IReadOnlyList<long>? categories, Reader reader)
    {
        if (categories is not null)
        {
            rows = rows.Where(c => c.CategoryId != null && categories.Contains(c.CategoryId.Value));
        }

        if (Severity is { } severity)
        {
            rows = rows.Where(c =>
                (c.Public && c.Severity < Complaints.Deadlines.Severity.Critical ? c.Severity + 1 : c.Severity) == severity
            );
        }

        rows = Tier is { } tier ? rows.Where(c => c.Tier == tier) : rows;
        rows = Channel is { } channel ? rows.Where(c => c.Channel == channel) : rows;
        rows = State is { } state ? rows.Where(c => c.State == state) : rows;
        rows = Owner is { } owner ? rows.Where(c => c.OwnerId == owner) : rows;
        rows = Cause is { } cause ? rows.Where(c => c.RootCauseId == cause) : rows;
        rows = Spot == "1" ? rows.Where(c => c.OnTheSpot) : rows;
        return queue.IsWork ? Between(rows, queue, reader) : rows;
    }

    /// <summary>The reader's next midnight, UTC.</summary>
    public static DateTime EndOfDay(DateTime now, Reader reader) => Zones.FirstInstant(reader.Zone, reader.Local(now).Date.AddDays(1));

    /// <summary>The filters as a query, each empty one left out; with a leading <c>?</c> when there are any.</summary>
    /// <param name="cursor">Place in the list, such as <c>after=…</c>; null for the first page.</param>
    public string Query(string? name = null, string? cursor = null)
    {
        var query = new QueryBuilder(Pairs());
        if (name is not null && cursor is not null)
        {
            query.Add(name, cursor);
        }

        return query.ToString();
    }

    private IQueryable<Complaint> Between(IQueryable<Complaint> rows, Queue queue, Reader reader)
    {
        var from = From is { } first ? Zones.FirstInstant(reader.Zone, first.ToDateTime(TimeOnly.MinValue)) : (DateTime?)null;
        var to =
            To is { } last && last < DateOnly.MaxValue
                ? Zones.FirstInstant(reader.Zone, last.AddDays(1).ToDateTime(TimeOnly.MinValue))
                : (DateTime?)null;
        if (queue.Order == QueueOrder.Resolved)
        {
            rows = from is { } a ? rows.Where(c => c.ResolvedAt >= a) : rows;
            return to is { } b ? rows.Where(c => c.ResolvedAt < b) : rows;
        }

        rows = from is { } start ? rows.Where(c => c.ReceivedAt >= start) : rows;
        return to is { } end ? rows.Where(c => c.ReceivedAt < end) : rows;
    }

    private IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        (string Name, object? Value)[] all =
        [
            ("unit", Unit),
            ("category", Category),
            ("severity", Severity),
            ("tier", Tier),
            ("channel", Channel),
            ("state", State),
            ("owner", Owner),
            ("due", Due),
            ("from", From),
            ("to", To),
            ("spot", Spot),
            ("cause", Cause),
        ];
        return all.Where(p => p.Value is not (null or ""))
            .Select(p => new KeyValuePair<string, string>(
                p.Name,
                p.Value switch
                {
                    DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
                    _ => (string)p.Value!,
                }
            ));
    }
}
