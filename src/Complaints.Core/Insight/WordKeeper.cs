using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Insight;

/// <summary>
/// Keeps the search's words with what is saved, in the same save: a new complaint, new words on a timeline, a changed
/// customer. So nothing is saved that cannot be found.
/// </summary>
public sealed class WordKeeper : SaveChangesInterceptor
{
    /// <inheritdoc />
    /// <exception cref="NotSupportedException">Complaints or customers are saved synchronously; their words are read on the way.</exception>
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        eventData.Context!.ChangeTracker.Entries().Any(e => e.Entity is Complaint or Customer or ContactPoint)
            ? throw new NotSupportedException("Save with SaveChangesAsync: the words of a complaint are read and kept on the way.")
            : result;

    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        await KeepAsync((ComplaintsDb)eventData.Context!, cancellationToken);
        return result;
    }

    /// <summary>Makes the words of a whole house again, in batches; for a restored or older database.</summary>
    /// <returns>How many complaints.</returns>
    public static async Task<int> RemakeAsync(ComplaintsDb db, CancellationToken cancel)
    {
        const int Batch = 200;
        var done = 0;
        for (long last = 0; ; )
        {
            var complaints = await db
                .Complaints.Include(c => c.Customer)
                    .ThenInclude(c => c.ContactPoints)
                .Include(c => c.Timeline)
                    .ThenInclude(t => t.Content)
                .AsSplitQuery()
                .Where(c => c.Id > last)
                .OrderBy(c => c.Id)
                .Take(Batch)
                .ToListAsync(cancel);
            foreach (var complaint in complaints)
            {
                var row = await db.ComplaintWords.FindAsync([complaint.Id], cancel);
                if (row is null)
                {
                    db.Add(row = new ComplaintWords { Complaint = complaint, CustomerId = complaint.CustomerId });
                }

                row.Words = Union([], Core(complaint).Concat(complaint.Timeline.SelectMany(t => SearchCodes.Of(t.Content?.Body.Words))));
                row.Who = Who(complaint.Customer, complaint.Customer.ContactPoints);
                row.Place = Place(complaint);
                await KeepCustomerAsync(db, complaint.Customer, row.Who, cancel);
            }

            if (complaints.Count == 0)
            {
                return done;
            }

            await db.SaveChangesAsync(cancel);
            (last, done) = (complaints[^1].Id, done + complaints.Count);
            db.ChangeTracker.Clear();
        }
    }

    // Changes are looked for once: each look goes through all that is tracked, and there is one a complaint otherwise.
    private static async Task KeepAsync(ComplaintsDb db, CancellationToken cancel)
    {
        var tracker = db.ChangeTracker;
        var byItself = tracker.AutoDetectChangesEnabled;
        tracker.DetectChanges();
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            await KeepKnownAsync(db, cancel);
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = byItself;
        }
    }

    private static async Task KeepKnownAsync(ComplaintsDb db, CancellationToken cancel)
    {
        var complaints = db
            .ChangeTracker.Entries<Complaint>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified)
            .Select(e => (e.Entity, IsNew: e.State == EntityState.Added, Moved: IsMoved(e), Words: NewWords(db, e.Entity)))
            .Where(c => c.IsNew || c.Moved || c.Words.Count > 0)
            .ToList();
        foreach (var customer in await ChangedCustomersAsync(db, cancel))
        {
            await KeepAsync(db, customer, cancel);
        }

        foreach (var (complaint, isNew, moved, words) in complaints)
        {
            if (isNew)
            {
                db.Add(
                    new ComplaintWords
                    {
                        Complaint = complaint,
                        CustomerId = complaint.CustomerId,
                        Words = Union([], Core(complaint).Concat(words.SelectMany(SearchCodes.Of))),
                        Who = Who(complaint.Customer, await PointsAsync(db, complaint.Customer, cancel)),
                        Place = Place(complaint),
                    }
                );
            }
            else if (await db.ComplaintWords.FindAsync([complaint.Id], cancel) is { } row)
            {
                row.Words = words.Count > 0 ? Union(row.Words, words.SelectMany(SearchCodes.Of)) : row.Words;
                row.Place = moved ? Place(complaint) : row.Place;
            }
        }
    }

    private static async Task<HashSet<Customer>> ChangedCustomersAsync(ComplaintsDb db, CancellationToken cancel)
    {
        var points = db.ChangeTracker.Entries<ContactPoint>().Where(IsChanged).Select(e => e.Entity).ToList();
        var customers = db
            .ChangeTracker.Entries<Customer>()
            .Where(e =>
                e.State == EntityState.Added || (e.State == EntityState.Modified && IsRenamed(e)) || points.Any(p => Belongs(p, e.Entity))
            )
            .Select(e => e.Entity)
            .ToHashSet();
        foreach (var id in points.Select(p => p.CustomerId).Where(id => id > 0 && customers.All(c => c.Id != id)).Distinct().ToList())
        {
            customers.Add(await db.Customers.FirstAsync(c => c.Id == id, cancel));
        }

        return customers;
    }

    private static async Task KeepAsync(ComplaintsDb db, Customer customer, CancellationToken cancel)
    {
        var who = Who(customer, await PointsAsync(db, customer, cancel));
        await KeepCustomerAsync(db, customer, who, cancel);
        if (db.Entry(customer).Property(c => c.MergedIntoId) is { IsModified: true } merged)
        {
            await FollowAsync(db, customer, (merged.CurrentValue ?? merged.OriginalValue)!.Value, who, cancel);
        }
        else if (db.Entry(customer).State != EntityState.Added)
        {
            foreach (var row in await db.ComplaintWords.Where(w => w.CustomerId == customer.Id).ToListAsync(cancel))
            {
                row.Who = row.CustomerId == customer.Id ? who : row.Who; // it may be about to go to another customer
            }
        }
    }

    /// <summary>Two customers became one, or two again: complaints are found by the words of whoever they belong to now.</summary>
    private static async Task FollowAsync(ComplaintsDb db, Customer customer, long other, string[] who, CancellationToken cancel)
    {
        var counterpart = await db.Customers.FirstAsync(c => c.Id == other, cancel);
        var theirs = Who(counterpart, await PointsAsync(db, counterpart, cancel));
        await KeepCustomerAsync(db, counterpart, theirs, cancel);
        var rows = await (
            from w in db.Set<ComplaintWords>()
            join c in db.Set<Complaint>() on w.ComplaintId equals c.Id
            where w.CustomerId == customer.Id || w.CustomerId == other
            select new { Words = w, c.CustomerId }
        ).ToListAsync(cancel);
        foreach (var row in rows)
        {
            (row.Words.CustomerId, row.Words.Who) = (row.CustomerId, row.CustomerId == other ? theirs : who);
        }
    }

    private static async Task KeepCustomerAsync(ComplaintsDb db, Customer customer, string[] who, CancellationToken cancel)
    {
        var row = db.Entry(customer).State == EntityState.Added ? null : await db.CustomerWords.FindAsync([customer.Id], cancel);
        if (row is null)
        {
            db.Add(row = new CustomerWords { Customer = customer });
        }

        row.Words = who;
    }

    /// <summary>Contact points as they will be: those stored, with what is changed in this save.</summary>
    private static async Task<List<ContactPoint>> PointsAsync(ComplaintsDb db, Customer customer, CancellationToken cancel)
    {
        if (db.Entry(customer).State != EntityState.Added)
        {
            await db.ContactPoints.Where(p => p.CustomerId == customer.Id).LoadAsync(cancel);
        }

        return
        [
            .. db
                .ChangeTracker.Entries<ContactPoint>()
                .Where(e => e.State != EntityState.Deleted && Belongs(e.Entity, customer))
                .Select(e => e.Entity),
        ];
    }

    private static List<string> NewWords(ComplaintsDb db, Complaint complaint) =>
        [
            .. complaint
                .Timeline.Where(t => t.Content is not null && db.Entry(t).State == EntityState.Added)
                .Select(t => t.Content!.Body.Words)
                .OfType<string>(),
        ];

    private static bool Belongs(ContactPoint point, Customer customer) =>
        (customer.Id > 0 && point.CustomerId == customer.Id) || customer.ContactPoints.Contains(point);

    private static bool IsChanged(EntityEntry<ContactPoint> e) =>
        e.State is EntityState.Added or EntityState.Deleted || (e.State == EntityState.Modified && e.Property(p => p.Value).IsModified);

    private static bool IsMoved(EntityEntry<Complaint> e) => e.Property(c => c.UnitId).IsModified || e.Property(c => c.OwnerId).IsModified;

    private static string[] Place(Complaint c) =>
        c.OwnerId is { } owner ? [SearchCodes.OfUnit(c.UnitId), SearchCodes.OfHolder(owner)] : [SearchCodes.OfUnit(c.UnitId)];

    private static bool IsRenamed(EntityEntry<Customer> e) =>
        e.Property(c => c.Name).IsModified || e.Property(c => c.ContactPerson).IsModified || e.Property(c => c.MergedIntoId).IsModified;

    private static IEnumerable<string> Core(Complaint c) =>
        SearchCodes
            .OfReference(c.Reference)
            .Concat(SearchCodes.Of(c.Summary))
            .Concat(SearchCodes.Of(c.WhatHappened))
            .Concat(SearchCodes.Of(c.DesiredOutcome))
            .Concat(SearchCodes.OfName(c.AffectedPerson));

    private static string[] Who(Customer customer, IEnumerable<ContactPoint> points) =>
        Union(
            [],
            SearchCodes
                .OfName(customer.Name)
                .Concat(SearchCodes.OfName(customer.ContactPerson))
                .Concat(points.SelectMany(p => p.Kind == ContactKind.Phone ? SearchCodes.OfPhone(p.Value) : SearchCodes.OfName(p.Value)))
        );

    private static string[] Union(string[] known, IEnumerable<string> more) =>
        [.. known.Concat(more).Distinct(StringComparer.Ordinal).Take(SearchCodes.Most)];
}
