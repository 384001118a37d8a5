using Complaints.Casework;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Home;

/// <content>What waits for somebody to decide: proposals that something is no complaint, and escalations.</content>
public sealed partial class NeedsReader
{
    /// <summary>Proposals that something is no complaint, which a second person decides: never one's own. For the test of its plan too.</summary>
    public IQueryable<Proposal> Proposals()
    {
        var id = me.Member.Id;
        return cases
            .Visible(db.Complaints.AsNoTracking())
            .Where(c => c.ProposedById != null && c.ProposedById != id)
            .OrderBy(c => c.QueueAt)
            .ThenBy(c => c.Id)
            .Take(Few)
            .Select(c => new Proposal(c.Reference, c.Summary, c.Customer.Name, c.Tier, c.ProposedByName!, c.ProposedAt!.Value));
    }

    private async Task<IEnumerable<(NeedOf, Need)>> ProposedAsync() =>
        (await Proposals().ToListAsync()).Select(p =>
            (
                new NeedOf(p.Reference, p.Summary, p.Customer, p.Tier),
                new Need(
                    NeedKind.Approval,
                    p.At,
                    new Sentence("{0} proposes: this is no complaint. A second person has to look", p.By),
                    "Decide",
                    Page(p.Reference) + "#dismissal"
                )
            )
        );

    private async Task<IEnumerable<(NeedOf, Need)>> UntakenAsync() =>
        (
            await counts
                .Untaken()
                .OrderByDescending(e => e.Level)
                .ThenBy(e => e.RaisedAt)
                .Take(Few)
                .Select(e => new UntakenRow(
                    e.Level,
                    e.RaisedAt,
                    e.Why,
                    e.Complaint!.Reference,
                    e.Complaint.Summary,
                    e.Complaint.Customer.Name,
                    e.Complaint.Tier
                ))
                .ToListAsync()
        ).Select(e =>
            (
                new NeedOf(e.Reference, e.Summary, e.Customer, e.Tier),
                new Need(
                    NeedKind.Escalated,
                    e.RaisedAt,
                    new Sentence("Level {0}, and nobody took it", e.Level),
                    "Take it|escalation",
                    "/escalations"
                )
                {
                    Weight = e.Level,
                }
            )
        );
}
