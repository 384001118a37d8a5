using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Browsing;

/// <summary>Brings the demo's complaints into the states it does not show by itself, so that every page can be looked at.</summary>
internal static class DemoStates
{
    /// <summary>Time passes until mails are out, escalations raised and customers asked; then the rest is done by hand.</summary>
    /// <returns>One complaint of each kind: what it is, and its reference.</returns>
    internal static async Task<IReadOnlyList<(string Kind, string Reference)>> MakeAsync(TestHouse house)
    {
        await house.WorkAsync(TimeSpan.FromMinutes(5));
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        var open = await house.WithAsync(db =>
            db.Complaints.Where(c => c.State == State.Apologized && c.WaitingSince == null)
                .OrderBy(c => c.Id)
                .Select(c => c.Reference)
                .ToListAsync()
        );
        var closed = await house.WithAsync(db =>
            db.Complaints.Where(c => c.State == State.Closed).OrderBy(c => c.Id).Select(c => c.Reference).ToListAsync()
        );
        await house.DoAsync(
            open[0],
            "林晓雯",
            (c, actor, book) =>
                c.Resolve(
                    actor,
                    house.Now,
                    new Resolution("The double charge goes back.", Remedy.Refund, new Money(86_000, "GBP"), 1, null, true, Outcome.Upheld),
                    new Statement(Channel.Phone, "You get the whole amount back."),
                    0,
                    book
                )
        );
        await house.DoAsync(open[1], "林晓雯", (c, actor, _) => c.ProposeDismissal(actor, house.Now, "A question about opening hours."));
        await house.DoAsync(
            open[2],
            "Daniel Okoro",
            (c, actor, _) => c.SetBeside(Verb.MarkDuplicate, actor, house.Now, "The same call.", c.Id - 1)
        );
        await house.DoAsync(
            open[3],
            "Daniel Okoro",
            (c, actor, _) => c.SetBeside(Verb.Refer, actor, house.Now, "It is the bank's matter.")
        );
        await house.DoAsync(open[4], "Daniel Okoro", (c, actor, book) => c.WaitForCustomer(actor, house.Now, "A copy of the bill", book));
        await house.DoAsync(closed[0], "Daniel Okoro", (c, actor, book) => c.Reopen(actor, house.Now, "The refund never came.", book));
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        var all = await house.WithAsync(db => db.Complaints.AsNoTracking().OrderBy(c => c.Id).ToListAsync());
        return [.. all.Select(c => (Kind: KindOf(c), c.Reference)).DistinctBy(c => c.Kind)];
    }

    private static string KindOf(Complaint c) =>
        $"{c.State}{(c.AwaitingApproval ? " awaiting approval" : "")}{(c.WaitingSince is null ? "" : " waiting")}{(c.Cycle > 1 ? " reopened" : "")}{(c.ProposedById is null ? "" : " proposed away")}";
}
