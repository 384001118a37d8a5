using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;

namespace Complaints.Intake;

/// <summary>What became of the money of a demo complaint: most of it is paid and confirmed, some is under way, one is late.</summary>
internal sealed class DemoLedger(DeadlineBook book, IReadOnlyList<RemedyLimit> limits, DateTime now)
{
    private static readonly TimeSpan _toPay = TimeSpan.FromDays(3);
    private static readonly TimeSpan _toSettle = TimeSpan.FromDays(14);

    /// <summary>What somebody may grant alone there.</summary>
    public static long? LimitOf(IReadOnlyList<RemedyLimit> limits, Actor actor, Complaint complaint, string? currency) =>
        limits
            .Where(l => l.Role == actor.Role && l.Currency == currency && (l.Seat is null || l.Seat == actor.Seat))
            .Where(l => l.Tier is null || l.Tier == complaint.Tier)
            .OrderBy(l => l.Tier is null)
            .Select(l => (long?)l.Minor)
            .FirstOrDefault();

    /// <summary>Somebody up the chain approves what waits with the resolution.</summary>
    public static void Approve(
        Complaint complaint,
        DateTime at,
        IReadOnlyList<RemedyLimit> limits,
        string unitPath,
        IEnumerable<Actor> people,
        DeadlineBook book
    )
    {
        var waiting = complaint.Grants[^1];
        var approver = people
            .Where(a =>
                a.Role is Role.TeamLead or Role.Manager or Role.Director && unitPath.StartsWith(a.UnitPath, StringComparison.Ordinal)
            )
            .OrderBy(a => a.Role)
            .First(a => complaint.AgainstApproving(waiting, a, LimitOf(limits, a, complaint, waiting.Currency)) is null);
        complaint.Approve(approver, at, LimitOf(limits, approver, complaint, waiting.Currency), book);
    }

    /// <summary>Plays it, after everything else that happened.</summary>
    public void Live(Complaint complaint, DemoComplaint seed, Dictionary<string, (StaffMember Member, Actor Actor)> staff)
    {
        if (seed.Offer is { } offer)
        {
            var by = staff[offer.By].Actor;
            var amount = new Money(offer.Minor, offer.Currency);
            var limit = LimitOf(limits, by, complaint, offer.Currency);
            complaint.Offer(by, now.AddHours(-offer.HoursAgo), offer.Remedy, amount, offer.Reason, limit, book);
            return;
        }

        foreach (var grant in complaint.Grants.Where(g => g.IsOwed).ToList())
        {
            var by = staff[seed.Owner ?? "chen"].Actor;
            if (grant.State == GrantState.Offered)
            {
                complaint.DeclineOffer(grant, by, After(complaint), seed.Steps[^1].Words);
            }
            else if (seed.Money is "part" or "paid" || (seed.Money is null && complaint.ResolvedAt < now - _toSettle))
            {
                Settle(complaint, grant, by, seed.Money);
            }
        }
    }

    private void Settle(Complaint complaint, Grant grant, Actor by, string? how)
    {
        if (!grant.IsMoney)
        {
            complaint.Deliver(grant, by, After(complaint), null);
            return;
        }

        var at = complaint.ResolvedAt!.Value + _toPay;
        at = at > After(complaint) ? at : After(complaint);
        var day = book.Calendar(book.Unit(complaint.UnitId).CalendarId).DateOf(at);
        var all = grant.Left!.Value;
        var amount = how == "part" ? all with { Minor = all.Minor / 2 } : all;
        complaint.Pay(grant, by, at, amount, day, PayWay.BankTransfer, "HL-" + complaint.Reference, book);
        if (how is null)
        {
            complaint.ConfirmPaid(grant, by, at.AddDays(2), null);
        }
    }

    private DateTime After(Complaint complaint)
    {
        var last = complaint.Timeline[^1].At.AddMinutes(10);
        return last < now ? last : now;
    }
}
