using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Insight;
using Complaints.Web.Casework;
using Complaints.Web.Queues;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Search;

/// <summary>
/// Finds complaints and customers, newest first and page by key. Rights are part of the query; what was asked by pairs of
/// characters is looked for in the text again.
/// </summary>
public sealed class Finder(ComplaintsDb db, IDatabase database, Cases cases, LookThrough newest)
{
    private const int Size = 25;
    private const int MostRounds = 8;
    private const int MostEntries = 60;

    /// <summary>A page of hits.</summary>
    public async Task<SearchPage> FindAsync(string typed, long? before)
    {
        var query = SearchQuery.Read(typed);
        if (query.IsEmpty)
        {
            return new SearchPage(typed, [], [], null, null);
        }

        var customers = before is null ? await CustomersAsync(query) : [];
        var (hits, older) = await ComplaintsAsync(query, before);
        return new SearchPage(typed, hits, customers, older, null);
    }

    /// <summary>The query for a page of ids, for the test that looks at its plan.</summary>
    /// <param name="among">The newest few; null for all below <paramref name="before"/>.</param>
    public IQueryable<long> Ids(SearchQuery query, long? before, int count, IdRange? among = null)
    {
        var found = database.Found(db, nameof(ComplaintWords), cases.SearchCodes is { } within ? query.Within(within) : query, among);
        if (before is { } last && among is null)
        {
            found = found.Where(h => h.Id < last);
        }

        return found.Join(cases.Visible(db.Complaints), h => h.Id, c => c.Id, (h, _) => h.Id).OrderByDescending(id => id).Take(count);
    }

    /// <summary>A word that is common is met often among the newest, and they are few; one that is not has few hits anyway.</summary>
    private async Task<List<long>> NextIdsAsync(SearchQuery query, long? before, int count)
    {
        var below = before ?? long.MaxValue;
        var edge = await db.Set<ComplaintWords>()
            .Where(w => w.ComplaintId < below)
            .OrderByDescending(w => w.ComplaintId)
            .Select(w => w.ComplaintId)
            .Skip(newest.Rows)
            .FirstOrDefaultAsync();
        var ids = await Ids(query, before, count, new IdRange(edge, below)).ToListAsync();
        return ids.Count == count || edge == 0 ? ids : await Ids(query, before, count).ToListAsync();
    }

    private async Task<(List<ComplaintHit> Hits, long? Older)> ComplaintsAsync(SearchQuery query, long? before)
    {
        var hits = new List<ComplaintHit>();
        for (var round = 0; round < MostRounds; round++)
        {
            var ids = await NextIdsAsync(query, before, Size + 1);
            foreach (var hit in await ReadAsync(query, ids))
            {
                if (hits.Count == Size)
                {
                    return (hits, hits[^1].Id);
                }

                hits.Add(hit);
            }

            if (ids.Count <= Size)
            {
                return (hits, null);
            }

            before = ids[^1];
        }

        return (hits, before);
    }

    private async Task<List<ComplaintHit>> ReadAsync(SearchQuery query, List<long> ids)
    {
        var rows = await db
            .Complaints.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.Reference,
                c.Summary,
                c.WhatHappened,
                c.DesiredOutcome,
                c.AffectedPerson,
                c.State,
                c.IsOpen,
                c.ReceivedAt,
                c.Tier,
                Customer = c.Customer.Name,
                c.Customer.ContactPerson,
                Points = c.Customer.ContactPoints.Select(p => p.Value).ToList(),
            })
            .AsSplitQuery()
            .ToListAsync();
        var said = (
            await db
                .EntryContents.AsNoTracking()
                .Where(e => ids.Contains(e.ComplaintId) && e.Seq > 1)
                .OrderBy(e => e.Seq)
                .Select(e => new { e.ComplaintId, e.Text })
                .ToListAsync()
        ).ToLookup(e => e.ComplaintId, e => EntryBody.Read(e.Text).Words);
        var hits = new List<ComplaintHit>();
        foreach (var row in rows.OrderByDescending(r => r.Id))
        {
            string?[] texts = [row.WhatHappened, row.DesiredOutcome, .. said[row.Id], row.AffectedPerson, row.ContactPerson, .. row.Points];
            var folded = texts
                .Prepend(row.Summary)
                .Append(row.Customer)
                .Where(t => !string.IsNullOrEmpty(t))
                .Select(SearchText.Of)
                .ToList();
            if (query.Runs.All(run => folded.Exists(t => t.Folded.Contains(run, StringComparison.Ordinal))))
            {
                hits.Add(
                    new ComplaintHit(
                        row.Id,
                        row.Reference,
                        Snippet.Marked(SearchText.Of(row.Summary), query, whole: true),
                        Snippet.Best(folded.Skip(1), query),
                        row.Customer,
                        row.Tier,
                        row.State,
                        row.IsOpen,
                        row.ReceivedAt
                    )
                );
            }
        }

        return hits;
    }

    private async Task<List<CustomerHit>> CustomersAsync(SearchQuery query)
    {
        var ids = await database
            .Found(db, nameof(CustomerWords), query)
            .Select(h => h.Id)
            .OrderByDescending(id => id)
            .Take(8)
            .ToListAsync();
        var rows = await db
            .Customers.AsNoTracking()
            .Include(c => c.ContactPoints)
            .Where(c => ids.Contains(c.Id) && c.MergedIntoId == null)
            .OrderBy(c => c.Name)
            .ToListAsync();
        return
        [
            .. rows.Where(c =>
                    query.Runs.All(run => SearchCodes.Fold(c.Name + " " + c.ContactPerson).Contains(run, StringComparison.Ordinal))
                )
                .Select(c => new CustomerHit(c.Id, c.Name, c.Tier, string.Join(" · ", c.ContactPoints.Select(p => p.Value)))),
        ];
    }
}

/// <summary>A complaint that was found.</summary>
/// <param name="Summary">Parts, those to mark with true.</param>
/// <param name="Words">Parts of the text around the first hit; empty when only the summary or the customer fits.</param>
public sealed record ComplaintHit(
    long Id,
    string Reference,
    IReadOnlyList<(string Text, bool Hit)> Summary,
    IReadOnlyList<(string Text, bool Hit)> Words,
    string Customer,
    Tier Tier,
    State State,
    bool IsOpen,
    DateTime ReceivedAt
);

/// <summary>A customer who was found.</summary>
public sealed record CustomerHit(long Id, string Name, Tier Tier, string Points);

/// <summary>A page of hits.</summary>
/// <param name="Typed">What was asked.</param>
/// <param name="Older">Where the next page begins; null on the last.</param>
/// <param name="Said">Something to know first; null for nothing.</param>
public sealed record SearchPage(
    string Typed,
    IReadOnlyList<ComplaintHit> Complaints,
    IReadOnlyList<CustomerHit> Customers,
    long? Older,
    string? Said
);
