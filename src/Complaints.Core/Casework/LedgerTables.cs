using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Casework;

/// <summary>The tables of the remedy ledger.</summary>
public static class LedgerTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>Remedies that were offered.</summary>
        public DbSet<Grant> Grants => db.Set<Grant>();

        /// <summary>What was paid of them.</summary>
        public DbSet<Payment> Payments => db.Set<Payment>();
    }

    /// <summary>A complaint with its whole ledger: what every verb of the ledger needs.</summary>
    public static IQueryable<Complaint> WithLedger(this IQueryable<Complaint> complaints) =>
        complaints.Include(c => c.Grants).ThenInclude(g => g.Payments);

    internal sealed class Grants : IEntityTypeConfiguration<Grant>
    {
        public void Configure(EntityTypeBuilder<Grant> builder)
        {
            builder.ToTable("Grants");
            builder.Property(g => g.Currency).HasMaxLength(3);
            builder.Property(g => g.Reason).HasMaxLength(-1);
            builder.Property(g => g.EndReason).HasMaxLength(4000);
            builder.Ignore(g => g.Amount).Ignore(g => g.Left).Ignore(g => g.StandingMinor).Ignore(g => g.IsMoney);
            builder.HasOne(g => g.Complaint).WithMany(c => c.Grants).HasForeignKey(g => g.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(g => g.Request).WithMany().HasForeignKey(g => g.RequestId).OnDelete(DeleteBehavior.SetNull);
            builder.HasMany(g => g.Payments).WithOne(p => p.Grant).HasForeignKey(p => p.GrantId).OnDelete(DeleteBehavior.Cascade);

            // The lists page by these: what is owed, by the day it is due; the rest by state.
            builder.HasIndex(g => new { g.DueAt, g.Id }).HasFilter("\"IsOwed\"").HasDatabaseName("IX_Grants_Owed");
            builder
                .HasIndex(g => new
                {
                    g.State,
                    g.DueAt,
                    g.Id,
                })
                .HasDatabaseName("IX_Grants_State");

            // What was settled on some days: the figures count it.
            builder.HasIndex(g => new { g.SettledAt, g.Id }).HasFilter("\"SettledAt\" IS NOT NULL").HasDatabaseName("IX_Grants_Settled");
        }
    }

    internal sealed class Payments : IEntityTypeConfiguration<Payment>
    {
        public void Configure(EntityTypeBuilder<Payment> builder)
        {
            builder.ToTable("Payments");
            builder.Property(p => p.Currency).HasMaxLength(3);
            builder.Property(p => p.Reference).HasMaxLength(100);
            builder.Property(p => p.Reason).HasMaxLength(1000);
            builder.Ignore(p => p.Amount);
            builder.HasOne(p => p.Reverses).WithMany().HasForeignKey(p => p.ReversesId).OnDelete(DeleteBehavior.NoAction);
            builder.HasIndex(p => p.ReversesId).IsUnique().HasFilter("\"ReversesId\" IS NOT NULL");
            builder.HasIndex(p => new { p.PaidOn, p.Id }); // the export's range of days
        }
    }
}
