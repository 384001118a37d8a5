using Complaints.Customers;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Casework;

/// <summary>
/// One moment between a customer and the house, whatever complaint it belongs to: the key by which all of them stand on one
/// line of time that pages without reading the others. What happened stands where it always stood.
/// </summary>
public sealed class CustomerMoment
{
    public long Id { get; private set; }
    public long CustomerId { get; private set; }
    public Customer? Customer { get; init; }

    /// <summary>UTC; of a complaint, when it was received.</summary>
    public DateTime At { get; set; }

    /// <summary>The complaint; null for a contact that belongs to none.</summary>
    public long? ComplaintId { get; set; }
    public Complaint? Complaint { get; init; }

    /// <summary>The entry of its timeline; null for a contact that was none.</summary>
    public int? Seq { get; init; }

    /// <summary>The contact without a complaint, or out of which one was made later; null otherwise.</summary>
    public long? ContactId { get; private set; }
    public CustomerContact? Contact { get; init; }

    /// <summary>True for entries that stand on the customer's line: complaints, what was said, marks, remedies.</summary>
    public static bool IsOne(TimelineEntry entry) =>
        entry.IsContact || entry.Kind is EntryKind.Logged or EntryKind.Imported or EntryKind.Reopened;
}

/// <summary>Puts what happens on the customer's line of time, whoever lets it happen.</summary>
public sealed class LineKeeper : SaveChangesInterceptor
{
    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        var db = eventData.Context!;
        if (Add(db) is { Count: > 0 } moved)
        {
            Move(moved, await Firsts(db, moved).ToListAsync(cancellationToken));
        }

        return result;
    }

    /// <inheritdoc />
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var db = eventData.Context!;
        if (Add(db) is { Count: > 0 } moved)
        {
            Move(moved, [.. Firsts(db, moved)]);
        }

        return result;
    }

    /// <returns>Complaints whose receipt is another than it was.</returns>
    private static List<Complaint> Add(DbContext db)
    {
        var complaints = db.ChangeTracker.Entries<Complaint>().ToList();
        foreach (var complaint in complaints.Select(e => e.Entity))
        {
            foreach (var entry in complaint.Timeline.Where(e => CustomerMoment.IsOne(e) && db.Entry(e).State == EntityState.Added))
            {
                var moment = db.Add(
                    new CustomerMoment
                    {
                        Complaint = complaint,
                        Customer = complaint.Customer,
                        Seq = entry.Seq,
                        At = entry.Kind is EntryKind.Logged or EntryKind.Imported ? complaint.ReceivedAt : entry.At,
                    }
                );
                if (complaint.CustomerId > 0)
                {
                    moment.Property(m => m.CustomerId).CurrentValue = complaint.CustomerId; // where the customer was not loaded with it
                }
            }
        }

        foreach (var contact in db.ChangeTracker.Entries<CustomerContact>().Where(e => e.State == EntityState.Added).ToList())
        {
            db.Add(
                new CustomerMoment
                {
                    Customer = contact.Entity.Customer,
                    Contact = contact.Entity,
                    At = contact.Entity.At,
                }
            );
        }

        return
        [
            .. complaints.Where(e => e.State == EntityState.Modified && e.Property(c => c.ReceivedAt).IsModified).Select(e => e.Entity),
        ];
    }

    private static IQueryable<CustomerMoment> Firsts(DbContext db, List<Complaint> moved)
    {
        var ids = moved.ConvertAll(c => (long?)c.Id);
        return db.Set<CustomerMoment>().Where(m => ids.Contains(m.ComplaintId) && m.Seq == 1);
    }

    private static void Move(List<Complaint> moved, List<CustomerMoment> firsts) =>
        firsts.ForEach(m => m.At = moved.Find(c => c.Id == m.ComplaintId)!.ReceivedAt);
}

/// <summary>The table of the line.</summary>
public static class CustomerLineTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>Every customer's line of time.</summary>
        public DbSet<CustomerMoment> CustomerMoments => db.Set<CustomerMoment>();
    }

    internal sealed class Moments : IEntityTypeConfiguration<CustomerMoment>
    {
        public void Configure(EntityTypeBuilder<CustomerMoment> builder)
        {
            builder.ToTable("CustomerMoments");
            builder.HasIndex(m => new
            {
                m.CustomerId,
                m.At,
                m.Id,
            });
            builder.HasOne(m => m.Customer).WithMany().HasForeignKey(m => m.CustomerId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(m => m.Complaint).WithMany().HasForeignKey(m => m.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(m => m.Contact).WithMany().HasForeignKey(m => m.ContactId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Spoken : IEntityTypeConfiguration<Complaint>
    {
        public void Configure(EntityTypeBuilder<Complaint> builder)
        {
            builder.Ignore(c => c.UsableMail).Ignore(c => c.Addressee).Ignore(c => c.OwnAddresses);
            builder.HasOne<Customer>().WithMany().HasForeignKey(c => c.ContactPersonId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(c => c.ContactPersonId).HasFilter("\"ContactPersonId\" IS NOT NULL");
        }
    }

    internal sealed class Contacts : IEntityTypeConfiguration<CustomerContact>
    {
        public void Configure(EntityTypeBuilder<CustomerContact> builder) =>
            builder.HasOne<Complaint>().WithMany().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.SetNull);
    }
}
