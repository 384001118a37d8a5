using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Joining;

/// <summary>Two complaints, merged and taken apart as the page does it.</summary>
internal static class Pairs
{
    public static Task MergeAsync(
        this TestHouse house,
        string merged,
        string survivor,
        string name = "Mia",
        bool anotherCustomers = false,
        string reason = "The same bill"
    ) =>
        house.BothAsync(
            merged,
            survivor,
            name,
            (s, m, o, a, b) => s.GetRequiredService<Merging>().MergeAsync(m, o, a, house.Now, reason, anotherCustomers, b)
        );

    public static Task UndoAsync(this TestHouse house, string merged, string survivor, string name = "Mia") =>
        house.BothAsync(
            merged,
            survivor,
            name,
            async (s, m, o, a, b) =>
            {
                var merging = s.GetRequiredService<Merging>();
                await merging.UndoAsync((await merging.OfAsync(m.Id))!, m, o, a, house.Now, b);
            }
        );

    public static async Task BothAsync(
        this TestHouse house,
        string one,
        string other,
        string name,
        Func<IServiceProvider, Complaint, Complaint, Actor, DeadlineBook, Task> work
    )
    {
        var actor = await house.ActorAsync(name);
        await house.WithAsync(
            async (db, services) =>
            {
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                await work(services, await LoadAsync(db, one), await LoadAsync(db, other), actor, book);
                await db.SaveChangesAsync();
            }
        );
    }

    /// <summary>As <c>Cases.FindAsync</c> loads it.</summary>
    public static Task<Complaint> LoadAsync(ComplaintsDb db, string reference) =>
        db
            .Complaints.Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .Include(c => c.Owner)
            .Include(c => c.Approvals.Where(a => a.DecidedAt == null))
            .Include(c => c.Promises.Where(p => p.EndedAt == null))
            .WithLedger()
            .AsSplitQuery()
            .SingleAsync(c => c.Reference == reference);

    public static Task<long> IdAsync(this TestHouse house, string reference) =>
        house.WithAsync(db => db.Complaints.Where(c => c.Reference == reference).Select(c => c.Id).SingleAsync());
}
