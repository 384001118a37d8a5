using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Customers;

/// <summary>The tables of this room.</summary>
public static class CustomerTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>Customers.</summary>
        public DbSet<Customer> Customers => db.Set<Customer>();

        /// <summary>Mail addresses, phones and handles.</summary>
        public DbSet<ContactPoint> ContactPoints => db.Set<ContactPoint>();

        /// <summary>What customers are found by while typing.</summary>
        public DbSet<CustomerKey> CustomerKeys => db.Set<CustomerKey>();
        public DbSet<TierChange> TierChanges => db.Set<TierChange>();
        public DbSet<Purchase> Purchases => db.Set<Purchase>();
        public DbSet<Consent> Consents => db.Set<Consent>();

        /// <summary>What was said beside any complaint.</summary>
        public DbSet<CustomerContact> CustomerContacts => db.Set<CustomerContact>();
        public DbSet<CareNote> CareNotes => db.Set<CareNote>();
        public DbSet<CustomerMerger> CustomerMergers => db.Set<CustomerMerger>();
        public DbSet<CustomersApart> CustomersApart => db.Set<CustomersApart>();
        public DbSet<CustomerExport> CustomerExports => db.Set<CustomerExport>();
    }

    internal sealed class People : IEntityTypeConfiguration<Customer>
    {
        public void Configure(EntityTypeBuilder<Customer> builder)
        {
            builder.ToTable("Customers");
            builder.Property(c => c.Name).HasMaxLength(300);
            builder.Property(c => c.Notes).HasMaxLength(20_000);
            builder.Property(c => c.TierReason).HasMaxLength(1000);
            builder.Property(c => c.PostalCode).HasMaxLength(20);
            builder.Property(c => c.Version).IsConcurrencyToken();
            builder.Property(c => c.ExternalNumber).HasMaxLength(100);
            builder.HasIndex(c => c.ExternalNumber).IsUnique().HasFilter("\"ExternalNumber\" IS NOT NULL");
            builder.HasIndex(c => c.OrganisationId).HasFilter("\"OrganisationId\" IS NOT NULL");
            builder.HasIndex(c => c.MergedIntoId).HasFilter("\"MergedIntoId\" IS NOT NULL");
            builder.HasOne(c => c.Organisation).WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Customer>().WithMany().HasForeignKey(c => c.MergedIntoId).OnDelete(DeleteBehavior.Restrict);
            builder.HasMany(c => c.ContactPoints).WithOne().HasForeignKey(p => p.CustomerId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Points : IEntityTypeConfiguration<ContactPoint>
    {
        public void Configure(EntityTypeBuilder<ContactPoint> builder)
        {
            builder.ToTable("ContactPoints");
            builder.Property(p => p.BounceReason).HasMaxLength(2000);
            builder.HasIndex(p => new { p.Kind, p.Normalised });
            builder.HasIndex(p => p.CustomerId);
        }
    }

    internal sealed class Keys : IEntityTypeConfiguration<CustomerKey>
    {
        public void Configure(EntityTypeBuilder<CustomerKey> builder)
        {
            builder.ToTable("CustomerKeys");
            builder.HasIndex(k => new { k.Key, k.CustomerId });
            builder.HasIndex(k => k.CustomerId);
            builder.HasIndex(k => k.ContactPointId);
            builder.HasOne(k => k.Customer).WithMany().HasForeignKey(k => k.CustomerId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(k => k.ContactPoint).WithMany().HasForeignKey(k => k.ContactPointId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
