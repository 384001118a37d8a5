using System.Globalization;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Web.Casework;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Customers;

/// <summary>
/// A customer's line of time: every complaint, contact, mark and remedy the reader may see, newest first. It reads a page of
/// keys from the index and then only what those name, however many complaints there are.
/// </summary>
public sealed class LineReader(ComplaintsDb db, Cases cases)
{
    private const int PageLength = 30;

    /// <summary>A page of it.</summary>
    /// <param name="customerId">Whose.</param>
    /// <param name="before">Where to go on, from <see cref="Line.Older"/>; null for the newest.</param>
    public async Task<Line> ReadAsync(long customerId, string? before)
    {
        var page = Keys(customerId, before);
        var rows = await (
            from m in page
            join c in db.Set<Complaint>() on m.ComplaintId equals (long?)c.Id into cs
            from c in cs.DefaultIfEmpty()
            join t in db.Set<EntryContent>()
                on new { A = m.ComplaintId, B = m.Seq } equals new { A = (long?)t.ComplaintId, B = (int?)t.Seq }
                into ts
            from t in ts.DefaultIfEmpty()
            join e in db.Set<TimelineEntry>()
                on new { A = m.ComplaintId, B = m.Seq } equals new { A = (long?)e.ComplaintId, B = (int?)e.Seq }
                into es
            from e in es.DefaultIfEmpty()
            join k in db.Set<CustomerContact>() on m.ContactId equals (long?)k.Id into ks
            from k in ks.DefaultIfEmpty()
            orderby m.At descending, m.Id descending
            select new
            {
                m.Id,
                m.At,
                m.ComplaintId,
                m.Seq,
                EntryAt = (DateTime?)e.At,
                Kind = (EntryKind?)e.Kind,
                Text = t == null ? null : t.Text,
                Contact = k,
                Case = c == null
                    ? null
                    : new LineCase(
                        c.Reference,
                        c.Summary,
                        c.State,
                        c.Outcome,
                        c.AffectedPerson,
                        c.Authority,
                        c.ContactName,
                        c.ResolvedAt,
                        c.Remedy,
                        c.RemedyMinor,
                        c.RemedyCurrency
                    ),
            }
        ).ToListAsync();
        var marks = await MarksAsync([
            .. rows.Where(r => r.Kind == EntryKind.FollowUpAnswered).Select(r => r.ComplaintId!.Value).Distinct(),
        ]);
        return new Line(
            [
                .. rows.Take(PageLength)
                    .Select(r => new LineRow(
                        r.At,
                        r.Kind,
                        r.Seq,
                        r.Text is null ? null : EntryBody.Read(r.Text),
                        r.Contact,
                        r.Case,
                        r.Kind == EntryKind.FollowUpAnswered
                            ? marks.Find(m => m.ComplaintId == r.ComplaintId && m.AnsweredAt == r.EntryAt)?.Mean
                            : null
                    )),
            ],
            rows.Count > PageLength ? Write(rows[PageLength - 1].At, rows[PageLength - 1].Id) : null,
            before is not null
        );
    }

    /// <summary>The keys of a page, and one more.</summary>
    public IQueryable<CustomerMoment> Keys(long customerId, string? before)
    {
        var (at, last) = Read(before);
        var seen = cases.Visible(db.Complaints.AsNoTracking());
        return db
            .CustomerMoments.AsNoTracking()
            .Where(m => m.CustomerId == customerId && m.At <= at && (m.At < at || m.Id < last))
            .Where(m => m.ComplaintId == null || seen.Any(c => c.Id == m.ComplaintId))
            .OrderByDescending(m => m.At)
            .ThenByDescending(m => m.Id)
            .Take(PageLength + 1);
    }

    private async Task<List<SurveyAnswer>> MarksAsync(List<long> complaints) =>
        complaints.Count == 0
            ? []
            : await db.SurveyAnswers.AsNoTracking().Where(a => complaints.Contains(a.ComplaintId)).Take(300).ToListAsync();

    private static string Write(DateTime at, long id) => string.Create(CultureInfo.InvariantCulture, $"{at.Ticks}-{id}");

    private static (DateTime At, long Id) Read(string? text) =>
        text?.Split('-') is [var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTime.MaxValue.Ticks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (new DateTime(ticks, DateTimeKind.Utc), last)
            : (Complaint.Never, long.MaxValue);
}

/// <summary>A page of a customer's line of time.</summary>
/// <param name="Older">Where it goes on; null on the last page.</param>
/// <param name="Later">True when this is not the newest page.</param>
public sealed record Line(IReadOnlyList<LineRow> Rows, string? Older, bool Later);

/// <summary>One moment.</summary>
/// <param name="At">UTC.</param>
/// <param name="Kind">Of the complaint's entry; null for a contact of its own.</param>
/// <param name="Seq">Number of that entry.</param>
/// <param name="Body">What it says; null once erased.</param>
/// <param name="Contact">A contact that belonged to no complaint.</param>
/// <param name="Case">The complaint; null for none.</param>
/// <param name="Mark">Mean of the marks given, 1 to 5.</param>
public sealed record LineRow(
    DateTime At,
    EntryKind? Kind,
    int? Seq,
    EntryBody? Body,
    CustomerContact? Contact,
    LineCase? Case,
    double? Mark
)
{
    /// <summary>What was said, shortened; null for nothing.</summary>
    public string? Words =>
        (Contact?.Words ?? Body?.Words) is not { Length: > 0 } words ? null
        : words.Length <= 400 ? words
        : words[..(char.IsHighSurrogate(words[398]) ? 398 : 399)] + "…";

    /// <summary>The remedy this moment gave; null for none.</summary>
    public (Remedy What, Money? Amount)? Remedy =>
        Kind == EntryKind.Resolved && Case is { Remedy: { } remedy and not Complaints.Casework.Remedy.None } c && c.ResolvedAt == At
            ? (remedy, c.RemedyMinor is { } minor ? new Money(minor, c.RemedyCurrency!) : null)
            : null;
}

/// <summary>What the line says of a complaint.</summary>
public sealed record LineCase(
    string Reference,
    string Summary,
    State State,
    Outcome? Outcome,
    string? AffectedPerson,
    string? Authority,
    string? ContactName,
    DateTime? ResolvedAt,
    Remedy? Remedy,
    long? RemedyMinor,
    string? RemedyCurrency
);
