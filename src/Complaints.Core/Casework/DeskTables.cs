using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Casework;

/// <summary>The tables of what somebody has on their desk.</summary>
public static class DeskTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>What people typed and did not send; each only for its author.</summary>
        public DbSet<Draft> Drafts => db.Set<Draft>();
    }

    internal sealed class OfDrafts : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> builder)
        {
            builder
                .ToTable("Drafts")
                .HasKey(d => new
                {
                    d.StaffId,
                    d.ComplaintId,
                    d.Form,
                });
            builder.Property(d => d.Form).HasMaxLength(40);
            builder.Property(d => d.Typed).HasMaxLength(-1);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(d => d.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(d => d.StaffId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(d => d.At);
        }
    }
}
