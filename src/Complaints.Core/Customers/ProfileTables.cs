using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Customers;

/// <summary>The tables of what a profile keeps beside the customer's own row.</summary>
internal static class ProfileTables
{
    internal sealed class Tiers : IEntityTypeConfiguration<TierChange>
    {
        public void Configure(EntityTypeBuilder<TierChange> builder)
        {
            builder.ToTable("TierChanges");
            builder.Property(t => t.Why).HasMaxLength(1000);
            builder.HasOne<Customer>().WithMany().HasForeignKey(t => t.CustomerId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Held : IEntityTypeConfiguration<Purchase>
    {
        public void Configure(EntityTypeBuilder<Purchase> builder)
        {
            builder.ToTable("Purchases");
            builder.Property(p => p.Name).HasMaxLength(300);
            builder.Property(p => p.Number).HasMaxLength(100);
            builder.HasOne(p => p.Customer).WithMany().HasForeignKey(p => p.CustomerId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Consents : IEntityTypeConfiguration<Consent>
    {
        public void Configure(EntityTypeBuilder<Consent> builder)
        {
            builder.ToTable("Consents");
            builder.HasOne(c => c.Customer).WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Contacts : IEntityTypeConfiguration<CustomerContact>
    {
        public void Configure(EntityTypeBuilder<CustomerContact> builder)
        {
            builder.ToTable("CustomerContacts");
            builder.Property(c => c.Words).HasMaxLength(-1);
            builder.HasOne(c => c.Customer).WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Care : IEntityTypeConfiguration<CareNote>
    {
        public void Configure(EntityTypeBuilder<CareNote> builder)
        {
            builder.ToTable("CareNotes");
            builder.Property(n => n.Helps).HasMaxLength(CareNote.Longest);
            builder.HasOne<Customer>().WithMany().HasForeignKey(n => n.CustomerId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Mergers : IEntityTypeConfiguration<CustomerMerger>
    {
        public void Configure(EntityTypeBuilder<CustomerMerger> builder)
        {
            builder.ToTable("CustomerMergers");
            builder.Property(m => m.Kept).HasMaxLength(-1);
            builder.Ignore(m => m.UndoUntil);
            builder.HasOne<Customer>().WithMany().HasForeignKey(m => m.CustomerId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Customer>().WithMany().HasForeignKey(m => m.SurvivorId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(m => m.CustomerId).HasFilter("\"UndoneAt\" IS NULL").IsUnique();
        }
    }

    internal sealed class Apart : IEntityTypeConfiguration<CustomersApart>
    {
        public void Configure(EntityTypeBuilder<CustomersApart> builder)
        {
            builder.ToTable("CustomersApart").HasKey(a => new { a.LowId, a.HighId });
            builder.HasOne<Customer>().WithMany().HasForeignKey(a => a.LowId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Customer>().WithMany().HasForeignKey(a => a.HighId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Exports : IEntityTypeConfiguration<CustomerExport>
    {
        public void Configure(EntityTypeBuilder<CustomerExport> builder)
        {
            builder.ToTable("CustomerExports");
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(e => e.StaffId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
