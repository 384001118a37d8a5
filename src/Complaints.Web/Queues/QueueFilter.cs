using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Time;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

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

    /// <summary>Id of the tag.</summary>
    public long? Tag { get; set; }

    /// <summary>Id of a field, and what stands in it.</summary>
    public long? Field { get; set; }
    public string? Value { get; set; }

    /// <summary>Id of the saved view that is looked at; no filter.</summary>
    public long? View { get; set; }

    /// <summary>How many filters are set.</summary>
    public int Count => Pairs().Count();

    /// <summary>Filters from a query; what cannot be read is no filter.</summary>
    public static QueueFilter Read(IReadOnlyDictionary<string, StringValues> query)
    {
        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        long? Id(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        T? One<T>(string name)
            where T : struct, Enum => Enum.TryParse<T>(Text(name), out var value) && Enum.IsDefined(value) ? value : null;
        DateOnly? Day(string name) =>
            DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        return new QueueFilter
        {
            Unit = Id("unit"),
            Category = Id("category"),
            Severity = One<Severity>("severity"),
            Tier = One<Tier>("tier"),
            Channel = One<Channel>("channel"),
            State = One<State>("state"),
            Owner = Id("owner"),
            Due = Text("due"),
            From = Day("from"),
            To = Day("to"),
            Spot = Text("spot"),
            Cause = Id("cause"),
            Tag = Id("tag"),
            Field = Id("field"),
            Value = Text("value"),
        };
    }

    /// <summary>The filters alone as a query, without a question mark and without the view.</summary>
    public string Bare => new QueryBuilder(Pairs()).ToString().TrimStart('?');

    /// <summary>True when the list's own index cannot answer, so that rows have to be looked through.</summary>
    /// <param name="queue">The list.</param>
    public bool Narrows(Queue queue) =>
        (Category ?? Cause ?? Tag) is not null
        || (Owner is not null && !Reach.IsRange(queue.Scope))
        || HasField
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
    /// <param name="db">For tags and fields, each looked up by key.</param>
    public IQueryable<Complaint> Narrow(
        IQueryable<Complaint> rows,
        Queue queue,
        IReadOnlyList<long>? categories,
        Reader reader,
        ComplaintsDb db
    )
    {
        if (Tag is { } tag)
        {
            rows = rows.Where(c => db.Set<CaseTag>().Any(t => t.ComplaintId == c.Id && t.TagId == tag));
        }

        if (HasField)
        {
            var (field, value) = (Field!.Value, Value!.Trim());
            rows = rows.Where(c => db.Set<CaseFieldValue>().Any(v => v.ComplaintId == c.Id && v.FieldId == field && v.Value == value));
        }

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
        if (View is { } view)
        {
            query.Add("view", view.ToString(CultureInfo.InvariantCulture));
        }

        if (name is not null && cursor is not null)
        {
            query.Add(name, cursor);
        }

        return query.ToString();
    }

    /// <summary>True when a field is asked for: the field alone, or a value alone, asks for nothing.</summary>
    private bool HasField => Field is not null && !string.IsNullOrWhiteSpace(Value);

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
            ("tag", Tag),
            ("field", HasField ? Field : null),
            ("value", HasField ? Value : null),
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
