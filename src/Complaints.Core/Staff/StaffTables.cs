using Complaints.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Staff;

/// <summary>The tables of this room; Identity's own among them, trimmed to what is used (no roles table: a person has one <see cref="Role"/>).</summary>
public static class StaffTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>People who work here.</summary>
        public DbSet<StaffMember> Staff => db.Set<StaffMember>();

        /// <summary>Branches and departments.</summary>
        public DbSet<Unit> Units => db.Set<Unit>();

        /// <summary>Who looked at personal data.</summary>
        public DbSet<AccessLogEntry> AccessLog => db.Set<AccessLogEntry>();

        /// <summary>One-time codes.</summary>
        public DbSet<OneTimeCode> OneTimeCodes => db.Set<OneTimeCode>();
    }

    internal sealed class People : IEntityTypeConfiguration<StaffMember>
    {
        public void Configure(EntityTypeBuilder<StaffMember> builder)
        {
            builder.ToTable("Staff");
            builder.Property(s => s.Name).HasMaxLength(200);
            builder.Property(s => s.Language).HasMaxLength(20);
            builder.Property(s => s.TimeZone).HasMaxLength(100);
            builder.Property(s => s.Theme).HasMaxLength(10);
            builder.Property(s => s.DemoFace).HasMaxLength(40);
            builder.Property(s => s.Version).IsConcurrencyToken();
            builder.Property(s => s.ConcurrencyStamp).IsConcurrencyToken();
            builder.HasIndex(s => s.NormalizedUserName).IsUnique();
            builder.HasIndex(s => s.NormalizedEmail).IsUnique();
            builder.HasIndex(s => s.UnitId);
            builder.HasOne(s => s.Unit).WithMany().HasForeignKey(s => s.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<StaffMember>().WithMany().HasForeignKey(s => s.DelegateId).OnDelete(DeleteBehavior.SetNull);
        }
    }

    internal sealed class Claims : IEntityTypeConfiguration<IdentityUserClaim<long>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserClaim<long>> builder) => builder.ToTable("StaffClaims").HasKey(c => c.Id);
    }

    internal sealed class Logins : IEntityTypeConfiguration<IdentityUserLogin<long>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> builder) =>
            builder.ToTable("StaffLogins").HasKey(l => new { l.LoginProvider, l.ProviderKey });
    }

    internal sealed class Tokens : IEntityTypeConfiguration<IdentityUserToken<long>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserToken<long>> builder) =>
            builder
                .ToTable("StaffTokens")
                .HasKey(t => new
                {
                    t.UserId,
                    t.LoginProvider,
                    t.Name,
                });
    }

    internal sealed class UnitTree : IEntityTypeConfiguration<Unit>
    {
        public void Configure(EntityTypeBuilder<Unit> builder)
        {
            builder.ToTable("Units");
            builder.Property(u => u.Name).HasMaxLength(200);
            builder.Property(u => u.NameZh).HasMaxLength(200);
            builder.Property(u => u.Path).HasMaxLength(400);
            builder.Property(u => u.Version).IsConcurrencyToken();
            builder.HasIndex(u => u.Path);
            builder.HasOne<Unit>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class Access : IEntityTypeConfiguration<AccessLogEntry>
    {
        public void Configure(EntityTypeBuilder<AccessLogEntry> builder)
        {
            builder.ToTable("AccessLog");
            builder
                .HasIndex(a => new
                {
                    a.StaffId,
                    a.CustomerId,
                    a.ComplaintId,
                    a.Quarter,
                    a.Care,
                })
                .IsUnique();
            builder.HasIndex(a => a.Quarter);
        }
    }

    internal sealed class Codes : IEntityTypeConfiguration<OneTimeCode>
    {
        public void Configure(EntityTypeBuilder<OneTimeCode> builder)
        {
            builder.ToTable("OneTimeCodes");
            builder.Property(c => c.Purpose).HasMaxLength(20);
            builder.Property(c => c.Hash).HasMaxLength(64);
            builder.HasIndex(c => c.Hash).IsUnique();
        }
    }
}
