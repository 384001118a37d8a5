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
            builder.HasMany(c => c.ContactPoints).WithOne().HasForeignKey(p => p.CustomerId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Points : IEntityTypeConfiguration<ContactPoint>
    {
        public void Configure(EntityTypeBuilder<ContactPoint> builder)
        {
            builder.ToTable("ContactPoints");
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
