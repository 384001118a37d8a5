using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Casework;

/// <summary>The tables of what makes work with many complaints quick.</summary>
public static class FastTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>The same changes to many complaints.</summary>
        public DbSet<BulkRun> BulkRuns => db.Set<BulkRun>();

        /// <summary>Lists under a name.</summary>
        public DbSet<SavedView> SavedViews => db.Set<SavedView>();

        /// <summary>Several changes under a name.</summary>
        public DbSet<Macro> Macros => db.Set<Macro>();

        /// <summary>What people are told on their page, and what they follow.</summary>
        public DbSet<Notice> Notices => db.Set<Notice>();
        public DbSet<Watcher> Watchers => db.Set<Watcher>();

        /// <summary>Who has what open at this moment.</summary>
        public DbSet<CaseVisit> CaseVisits => db.Set<CaseVisit>();

        /// <summary>Words complaints are marked with.</summary>
        public DbSet<Tag> Tags => db.Set<Tag>();
        public DbSet<CaseTag> CaseTags => db.Set<CaseTag>();

        /// <summary>Fields the house added.</summary>
        public DbSet<CaseField> CaseFields => db.Set<CaseField>();
        public DbSet<CaseFieldValue> CaseFieldValues => db.Set<CaseFieldValue>();

        /// <summary>Columns people chose.</summary>
        public DbSet<ChosenColumns> ChosenColumns => db.Set<ChosenColumns>();
    }

    internal sealed class Bulk : IEntityTypeConfiguration<BulkRun>
    {
        public void Configure(EntityTypeBuilder<BulkRun> builder)
        {
            builder.ToTable("BulkRuns");
            builder.Property(r => r.Back).HasMaxLength(2000);
            builder.Property(r => r.What).HasMaxLength(40);
            builder.Property(r => r.Picked).HasMaxLength(-1);
            builder.Property(r => r.Changes).HasMaxLength(-1);
            builder.Property(r => r.Refused).HasMaxLength(-1);
            builder.Property(r => r.Named).HasMaxLength(-1);
            builder.Ignore(r => r.Ids).Ignore(r => r.RefusedOnes).Ignore(r => r.NamedOnes);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(r => r.ById).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(r => r.EndedAt).HasFilter("\"StartedAt\" IS NOT NULL AND \"EndedAt\" IS NULL");
            builder.HasIndex(r => r.At);
        }
    }

    internal sealed class Views : IEntityTypeConfiguration<SavedView>
    {
        public void Configure(EntityTypeBuilder<SavedView> builder)
        {
            builder.ToTable("SavedViews");
            builder.Property(v => v.Name).HasMaxLength(SavedView.LongestName);
            builder.Property(v => v.List).HasMaxLength(40);
            builder.Property(v => v.Query).HasMaxLength(2000);
            builder.Property(v => v.Columns).HasMaxLength(1000);
            builder.HasOne(v => v.Owner).WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(v => v.Unit).WithMany().HasForeignKey(v => v.UnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class Columns : IEntityTypeConfiguration<ChosenColumns>
    {
        public void Configure(EntityTypeBuilder<ChosenColumns> builder)
        {
            builder.ToTable("ChosenColumns").HasKey(c => new { c.StaffId, c.List });
            builder.Property(c => c.List).HasMaxLength(40);
            builder.Property(c => c.Columns).HasMaxLength(1000);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.StaffId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Tags : IEntityTypeConfiguration<Tag>
    {
        public void Configure(EntityTypeBuilder<Tag> builder)
        {
            builder.ToTable("Tags");
            builder.Property(t => t.Name).HasMaxLength(Tag.Longest);
            builder.Property(t => t.Folded).HasMaxLength(4 * Tag.Longest);
            builder.HasIndex(t => t.Folded).IsUnique();
        }
    }

    internal sealed class TagsOfCases : IEntityTypeConfiguration<CaseTag>
    {
        public void Configure(EntityTypeBuilder<CaseTag> builder)
        {
            builder.ToTable("CaseTags").HasKey(t => new { t.ComplaintId, t.TagId });
            builder.HasOne<Complaint>().WithMany().HasForeignKey(t => t.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(t => t.Tag).WithMany().HasForeignKey(t => t.TagId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(t => new { t.TagId, t.ComplaintId });
        }
    }

    internal sealed class Fields : IEntityTypeConfiguration<CaseField>
    {
        public void Configure(EntityTypeBuilder<CaseField> builder)
        {
            builder.ToTable("CaseFields");
            builder.Property(f => f.Name).HasMaxLength(80);
            builder.Property(f => f.NameZh).HasMaxLength(80);
            builder.Property(f => f.Choices).HasMaxLength(4000);
            builder.Ignore(f => f.Offered);
            builder.HasOne<Category>().WithMany().HasForeignKey(f => f.CategoryId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class Values : IEntityTypeConfiguration<CaseFieldValue>
    {
        public void Configure(EntityTypeBuilder<CaseFieldValue> builder)
        {
            builder.ToTable("CaseFieldValues").HasKey(v => new { v.ComplaintId, v.FieldId });
            builder.Property(v => v.Value).HasMaxLength(CaseField.LongestValue);
            builder.HasOne<Complaint>().WithMany().HasForeignKey(v => v.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<CaseField>().WithMany().HasForeignKey(v => v.FieldId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class Macros : IEntityTypeConfiguration<Macro>
    {
        public void Configure(EntityTypeBuilder<Macro> builder)
        {
            builder.ToTable("Macros");
            builder.Property(m => m.Name).HasMaxLength(Macro.LongestName);
            builder.Property(m => m.Changes).HasMaxLength(-1);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(m => m.OwnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(m => m.Unit).WithMany().HasForeignKey(m => m.UnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class Notices : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> builder)
        {
            builder.ToTable("Notices");
            builder.Property(n => n.By).HasMaxLength(200);
            builder.Property(n => n.Say).HasMaxLength(-1);
            builder.HasOne(n => n.Complaint).WithMany().HasForeignKey(n => n.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(n => n.StaffId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(n => new { n.StaffId, n.Id });
            builder.HasIndex(n => n.StaffId).HasFilter("\"SeenAt\" IS NULL AND \"OnPage\"").HasDatabaseName("IX_Notices_Unseen");
            builder.HasIndex(n => n.ComplaintId).HasFilter("\"SeenAt\" IS NULL").HasDatabaseName("IX_Notices_UnseenOf");
            builder.HasIndex(n => n.ComplaintId, "IX_Notices_SecondLook").HasFilter("\"Kind\" = 9"); // gone as soon as it is decided
            builder.HasIndex(n => n.At);
            builder.HasIndex(n => n.MailAt).HasFilter("\"MailAt\" IS NOT NULL").HasDatabaseName("IX_Notices_MailDue");
        }
    }

    internal sealed class Watching : IEntityTypeConfiguration<Watcher>
    {
        public void Configure(EntityTypeBuilder<Watcher> builder)
        {
            builder.ToTable("Watchers").HasKey(w => new { w.ComplaintId, w.StaffId });
            builder.HasOne<Complaint>().WithMany().HasForeignKey(w => w.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(w => w.StaffId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Visits : IEntityTypeConfiguration<CaseVisit>
    {
        public void Configure(EntityTypeBuilder<CaseVisit> builder)
        {
            builder.ToTable("CaseVisits").HasKey(v => new { v.ComplaintId, v.StaffId });
            builder.HasOne<Complaint>().WithMany().HasForeignKey(v => v.ComplaintId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(v => v.StaffId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(v => v.SeenAt);
        }
    }
}
