using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Deadlines;

/// <summary>The tables of this room.</summary>
public static class DeadlineTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>Working calendars.</summary>
        public DbSet<CalendarSetting> Calendars => db.Set<CalendarSetting>();

        /// <summary>Policies; the one with the highest id is in force.</summary>
        public DbSet<Policy> Policies => db.Set<Policy>();

        /// <summary>Regulators' regimes.</summary>
        public DbSet<Regime> Regimes => db.Set<Regime>();

        /// <summary>Where regimes apply.</summary>
        public DbSet<RegimeAttachment> RegimeAttachments => db.Set<RegimeAttachment>();

        /// <summary>Categories.</summary>
        public DbSet<Category> Categories => db.Set<Category>();

        /// <summary>Clocks of complaints.</summary>
        public DbSet<DeadlineClock> Clocks => db.Set<DeadlineClock>();
    }

    internal sealed class Calendars : IEntityTypeConfiguration<CalendarSetting>
    {
        public void Configure(EntityTypeBuilder<CalendarSetting> builder)
        {
            builder.ToTable("Calendars");
            builder.Property(c => c.Hours).HasMaxLength(4000);
            builder.Property(c => c.Holidays).HasMaxLength(20_000);
            builder.Property(c => c.MakeUp).HasMaxLength(20_000);
            builder.Property(c => c.Version).IsConcurrencyToken();
        }
    }

    internal sealed class CategoryTree : IEntityTypeConfiguration<Category>
    {
        public void Configure(EntityTypeBuilder<Category> builder)
        {
            builder.ToTable("Categories");
            builder.HasIndex(c => c.Key).IsUnique();
            builder.HasOne<Category>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class Policies : IEntityTypeConfiguration<Policy>
    {
        public void Configure(EntityTypeBuilder<Policy> builder)
        {
            builder.ToTable("Policies");
            builder.Property(p => p.Version).IsConcurrencyToken();
            builder.HasMany(p => p.Lines).WithOne().HasForeignKey(l => l.PolicyId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class PolicyLines : IEntityTypeConfiguration<PolicyLine>
    {
        public void Configure(EntityTypeBuilder<PolicyLine> builder) => builder.ToTable("PolicyLines");
    }

    internal sealed class Regimes : IEntityTypeConfiguration<Regime>
    {
        public void Configure(EntityTypeBuilder<Regime> builder)
        {
            builder.ToTable("Regimes");
            builder.HasIndex(r => r.Key).IsUnique();
            builder.Property(r => r.Remark).HasMaxLength(4000);
            builder.Property(r => r.RemarkZh).HasMaxLength(4000);
            builder.Property(r => r.Source).HasMaxLength(2000);
            builder.Property(r => r.Version).IsConcurrencyToken();
            builder.HasMany(r => r.Clocks).WithOne().HasForeignKey(c => c.RegimeId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(r => r.Documents).WithOne().HasForeignKey(d => d.RegimeId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<CalendarSetting>().WithMany().HasForeignKey(r => r.CalendarId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class RegimeClocks : IEntityTypeConfiguration<RegimeClock>
    {
        public void Configure(EntityTypeBuilder<RegimeClock> builder) => builder.ToTable("RegimeClocks");
    }

    internal sealed class RegimeDocuments : IEntityTypeConfiguration<RegimeDocument>
    {
        public void Configure(EntityTypeBuilder<RegimeDocument> builder)
        {
            builder.ToTable("RegimeDocuments");
            builder.Property(d => d.MustSay).HasMaxLength(10_000);
            builder.Property(d => d.MustSayZh).HasMaxLength(10_000);
        }
    }

    internal sealed class Attachments : IEntityTypeConfiguration<RegimeAttachment>
    {
        public void Configure(EntityTypeBuilder<RegimeAttachment> builder)
        {
            builder.ToTable("RegimeAttachments");
            builder.HasOne<Regime>().WithMany().HasForeignKey(a => a.RegimeId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Clocks : IEntityTypeConfiguration<DeadlineClock>
    {
        public void Configure(EntityTypeBuilder<DeadlineClock> builder)
        {
            builder.ToTable("Clocks");
            builder.Property(c => c.RegimeClock).HasMaxLength(100);
            builder.Property(c => c.Why).HasMaxLength(2000);
            builder
                .HasIndex(c => new
                {
                    c.ComplaintId,
                    c.Name,
                    c.RegimeClock,
                })
                .IsUnique();
            builder.HasMany(c => c.Pauses).WithOne().HasForeignKey(p => p.ClockId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Pauses : IEntityTypeConfiguration<ClockPause>
    {
        public void Configure(EntityTypeBuilder<ClockPause> builder)
        {
            builder.ToTable("ClockPauses");
            builder.Property(p => p.Why).HasMaxLength(4000);
        }
    }
}
