using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Insight;

/// <summary>
/// The codes of everything a complaint can be found by. The full-text index over them is the provider's
/// (<see cref="IDatabase.PrepareAsync"/>): a GIN index on PostgreSQL, FTS5 kept by triggers on SQLite.
/// </summary>
public sealed class ComplaintWords
{
    public long ComplaintId { get; private set; }
    public Complaint? Complaint { get; init; }
    public long CustomerId { get; set; }

    /// <summary>From the complaint's own text and its timeline; new ones are added as words come in.</summary>
    public string[] Words { get; set; } = [];

    /// <summary>From the customer: names, phones, addresses. Replaced when the customer changes.</summary>
    public string[] Who { get; set; } = [];

    /// <summary>The unit and who holds it, so that a search need not walk through what the asker may not see.</summary>
    public string[] Place { get; set; } = [];
}

/// <summary>The codes a customer can be found by.</summary>
public sealed class CustomerWords
{
    public long CustomerId { get; private set; }
    public Customer? Customer { get; init; }
    public string[] Words { get; set; } = [];
}

/// <summary>The tables of the search.</summary>
public static class SearchTables
{
    extension(ComplaintsDb db)
    {
        public DbSet<ComplaintWords> ComplaintWords => db.Set<ComplaintWords>();
        public DbSet<CustomerWords> CustomerWords => db.Set<CustomerWords>();
    }

    internal sealed class OfComplaints : IEntityTypeConfiguration<ComplaintWords>
    {
        public void Configure(EntityTypeBuilder<ComplaintWords> builder)
        {
            builder.ToTable("ComplaintWords").HasKey(w => w.ComplaintId);
            builder.Property(w => w.ComplaintId).ValueGeneratedNever();
            builder.HasOne(w => w.Complaint).WithOne().HasForeignKey<ComplaintWords>(w => w.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(w => w.CustomerId);
        }
    }

    internal sealed class OfCustomers : IEntityTypeConfiguration<CustomerWords>
    {
        public void Configure(EntityTypeBuilder<CustomerWords> builder)
        {
            builder.ToTable("CustomerWords").HasKey(w => w.CustomerId);
            builder.Property(w => w.CustomerId).ValueGeneratedNever();
            builder.HasOne(w => w.Customer).WithOne().HasForeignKey<CustomerWords>(w => w.CustomerId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
