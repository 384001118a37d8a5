using Complaints.Data;
using Complaints.Deadlines;
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

        /// <summary>What is to be done about complaints of a kind, and what was.</summary>
        public DbSet<ChecklistVersion> ChecklistVersions => db.Set<ChecklistVersion>();
        public DbSet<ChecklistTick> ChecklistTicks => db.Set<ChecklistTick>();
        public DbSet<ChecklistTaken> ChecklistsTaken => db.Set<ChecklistTaken>();

        /// <summary>What reaches whom, and when.</summary>
        public DbSet<NoticeChoice> NoticeChoices => db.Set<NoticeChoice>();
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

    internal sealed class OfChoices : IEntityTypeConfiguration<NoticeChoice>
    {
        public void Configure(EntityTypeBuilder<NoticeChoice> builder)
        {
            builder.ToTable("NoticeChoices").HasKey(c => c.StaffId);
            builder.Property(c => c.StaffId).ValueGeneratedNever();
            builder.HasOne<StaffMember>().WithOne().HasForeignKey<NoticeChoice>(c => c.StaffId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class OfChecklists : IEntityTypeConfiguration<ChecklistVersion>
    {
        public void Configure(EntityTypeBuilder<ChecklistVersion> builder)
        {
            builder.ToTable("ChecklistVersions");
            builder.Property(v => v.Kept).HasMaxLength(-1);
            builder.Property(v => v.ReplacedAt).IsConcurrencyToken(); // of two who put another in its place one is first
            builder.Ignore(v => v.Points);
            builder.HasOne<Category>().WithMany().HasForeignKey(v => v.CategoryId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(v => v.ById).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class OfTicks : IEntityTypeConfiguration<ChecklistTick>
    {
        public void Configure(EntityTypeBuilder<ChecklistTick> builder)
        {
            builder.ToTable("ChecklistTicks").HasKey(t => new { t.ComplaintId, t.Key });
            builder.Property(t => t.Key).HasMaxLength(20);
            builder.Property(t => t.By).HasMaxLength(200);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(t => t.ComplaintId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class OfTaken : IEntityTypeConfiguration<ChecklistTaken>
    {
        public void Configure(EntityTypeBuilder<ChecklistTaken> builder)
        {
            builder.ToTable("ChecklistsTaken").HasKey(t => t.ComplaintId);
            builder.Property(t => t.ComplaintId).ValueGeneratedNever();
            builder.HasOne<Complaint>().WithOne().HasForeignKey<ChecklistTaken>(t => t.ComplaintId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
