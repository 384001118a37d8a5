using Complaints.Data;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Casework;

/// <summary>The tables of what joins complaints and splits them.</summary>
public static class JoiningTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>What was merged into what.</summary>
        public DbSet<Merger> Mergers => db.Set<Merger>();
        public DbSet<CaseLink> CaseLinks => db.Set<CaseLink>();
        public DbSet<CommonAnswer> CommonAnswers => db.Set<CommonAnswer>();
    }

    internal sealed class Joined : IEntityTypeConfiguration<Complaint>
    {
        public void Configure(EntityTypeBuilder<Complaint> builder)
        {
            builder.HasOne<Complaint>().WithMany().HasForeignKey(c => c.DuplicateOfId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(c => c.DuplicateOfId).HasFilter("\"DuplicateOfId\" IS NOT NULL");
            builder.HasIndex(c => new { c.ParentId, c.Id }).HasFilter("\"ParentId\" IS NOT NULL");
        }
    }

    internal sealed class Mergers : IEntityTypeConfiguration<Merger>
    {
        public void Configure(EntityTypeBuilder<Merger> builder)
        {
            builder.ToTable("Mergers");
            builder.Property(m => m.Kept).HasMaxLength(-1);
            builder.Ignore(m => m.UndoUntil).Ignore(m => m.Before);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(m => m.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(m => m.SurvivorId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(m => m.ById).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(m => m.ComplaintId).HasFilter("\"UndoneAt\" IS NULL").IsUnique();
        }
    }

    internal sealed class Links : IEntityTypeConfiguration<CaseLink>
    {
        public void Configure(EntityTypeBuilder<CaseLink> builder)
        {
            builder.ToTable("CaseLinks");
            builder.Property(l => l.Reason).HasMaxLength(4000);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(l => l.LowId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(l => l.HighId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(l => l.ById).OnDelete(DeleteBehavior.Restrict);
            builder
                .HasIndex(l => new
                {
                    l.LowId,
                    l.HighId,
                    l.Kind,
                })
                .HasFilter("\"RemovedAt\" IS NULL AND \"Kind\" <> 1") // several messages may be split out, each into one of its own
                .IsUnique();
            builder.HasIndex(l => l.HighId);
        }
    }

    internal sealed class Answers : IEntityTypeConfiguration<CommonAnswer>
    {
        public void Configure(EntityTypeBuilder<CommonAnswer> builder)
        {
            builder.ToTable("CommonAnswers");
            builder.Property(a => a.Text).HasMaxLength(-1);
            builder.Property(a => a.Refused).HasMaxLength(-1);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(a => a.ParentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(a => a.ById).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(a => a.EndedAt).HasFilter("\"EndedAt\" IS NULL");
        }
    }
}
