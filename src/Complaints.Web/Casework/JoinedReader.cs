using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Casework;

/// <summary>Reads what a complaint was joined with. What the reader may not see is not there.</summary>
public sealed class JoinedReader(ComplaintsDb db, Cases cases, TimeProvider clock)
{
    private const int MostLooked = 30;
    private const int MostShown = 3;

    /// <summary>All of it.</summary>
    /// <param name="mayWork">Whether likely duplicates are looked for: only who works on it can do something about them.</param>
    public async Task<Joined> OfAsync(Complaint complaint, bool mayWork)
    {
        var id = complaint.Id;
        var into = await Merging.IntoAsync(db, id);
        var links = await db
            .CaseLinks.AsNoTracking()
            .Where(l => (l.LowId == id || l.HighId == id) && l.RemovedAt == null)
            .OrderBy(l => l.Id)
            .ToListAsync();
        var shown = links.Where(l => l.Kind != LinkKind.Different).ToList();
        var seen = await SeenAsync([.. into, .. shown.Select(l => l.Other(id)), .. complaint.ParentId is { } under ? new[] { under } : []]);
        var mergers = await db
            .Mergers.AsNoTracking()
            .Where(m => (m.SurvivorId == id || m.ComplaintId == id) && m.UndoneAt == null)
            .ToListAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        DateTime? Until(Func<Merger, bool> which) => mergers.Find(m => which(m) && m.UndoUntil >= now)?.UndoUntil;
        return new Joined
        {
            References = into.Where(seen.ContainsKey)
                .Select(m => KeyValuePair.Create(m, seen[m].Reference))
                .Prepend(KeyValuePair.Create(id, complaint.Reference))
                .ToDictionary(),
            Merged = [.. into.Where(seen.ContainsKey).Select(m => new MergedCase(seen[m], Until(x => x.ComplaintId == m)))],
            UndoUntil = Until(m => m.ComplaintId == id),
            Links = [.. shown.Where(l => seen.ContainsKey(l.Other(id))).Select(l => new LinkedCase(seen[l.Other(id)], l))],
            Parent = complaint.ParentId is { } parent ? seen.GetValueOrDefault(parent) : null,
            Children = await cases.Visible(db.Complaints.Where(c => c.ParentId == id)).CountAsync(),
            Likely =
                mayWork && complaint is { IsOpen: true, State: < State.Resolved }
                    ? await LikelyAsync(complaint, [.. links.Select(l => l.Other(id))])
                    : [],
        };
    }

    private async Task<Dictionary<long, JoinedCase>> SeenAsync(List<long> ids) =>
        ids.Count == 0 ? [] : await Named(cases.Visible(db.Complaints.Where(c => ids.Contains(c.Id)))).ToDictionaryAsync(c => c.Id);

    /// <summary>Complaints as they are named on the page of another.</summary>
    public static IQueryable<JoinedCase> Named(IQueryable<Complaint> complaints) =>
        complaints.Select(c => new JoinedCase(
            c.Id,
            c.Reference,
            c.Summary,
            c.Customer.Name,
            c.State,
            c.ReceivedAt,
            c.NextDueAt,
            c.SubmissionKey
        ));

    private async Task<IReadOnlyList<JoinedCase>> LikelyAsync(Complaint complaint, List<long> decided)
    {
        var (id, customer) = (complaint.Id, complaint.CustomerId);
        var others = await cases
            .Visible(db.Complaints.AsNoTracking())
            .Where(c => c.CustomerId == customer && c.IsOpen && c.State < State.Resolved && c.Id != id && !decided.Contains(c.Id))
            .OrderByDescending(c => c.ReceivedAt)
            .Take(MostLooked)
            .Select(c => new
            {
                c.Id,
                c.Summary,
                Text = c.WhatHappened.Substring(0, 4000),
            })
            .ToListAsync();
        var alike = others
            .Select(o =>
                (
                    o.Id,
                    Alike: Math.Max(
                        Duplicates.Similarity(o.Text, complaint.WhatHappened),
                        Duplicates.Similarity(o.Summary, complaint.Summary)
                    ),
                    o
                )
            )
            .Where(o => Duplicates.LooksAlike(o.o.Text, complaint.WhatHappened) || Duplicates.LooksAlike(o.o.Summary, complaint.Summary))
            .OrderByDescending(o => o.Alike)
            .Take(MostShown)
            .Select(o => o.Id)
            .ToList();
        var named = await SeenAsync(alike);
        return [.. alike.Where(named.ContainsKey).Select(o => named[o])];
    }
}
