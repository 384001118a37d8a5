using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Mail;

/// <summary>The tables of this room.</summary>
public static class MailTables
{
    private const int Unbounded = -1;

    extension(ComplaintsDb db)
    {
        public DbSet<OutMessage> OutMessages => db.Set<OutMessage>();
        public DbSet<OutDelivery> OutDeliveries => db.Set<OutDelivery>();
        public DbSet<OutFile> OutFiles => db.Set<OutFile>();
        public DbSet<Participant> Participants => db.Set<Participant>();
        public DbSet<InMessage> InMessages => db.Set<InMessage>();
        public DbSet<Mailbox> Mailboxes => db.Set<Mailbox>();
        public DbSet<HeldFile> HeldFiles => db.Set<HeldFile>();
    }

    internal sealed class Out : IEntityTypeConfiguration<OutMessage>
    {
        public void Configure(EntityTypeBuilder<OutMessage> builder)
        {
            builder.ToTable("OutMessages");
            builder.Property(m => m.Key).HasMaxLength(200);
            builder.HasIndex(m => m.Key).IsUnique();
            builder.Property(m => m.MessageId).HasMaxLength(200);
            builder.HasIndex(m => m.MessageId).IsUnique();
            builder.HasIndex(m => new { m.ComplaintId, m.Id });
            builder.Ignore(m => m.AskWhenUnknown);
            builder.Property(m => m.References).HasMaxLength(8000);
            builder.Property(m => m.InReplyTo).HasMaxLength(1000);
            builder.Property(m => m.Subject).HasMaxLength(1000);
            builder.Property(m => m.Text).HasMaxLength(Unbounded);
            builder.Property(m => m.Html).HasMaxLength(Unbounded);
            builder.Property(m => m.Typed).HasMaxLength(Unbounded);
            builder.Property(m => m.SaidWhenSent).HasMaxLength(Unbounded);
            builder.HasMany(m => m.Files).WithOne().HasForeignKey(f => f.MessageId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(m => m.Deliveries).WithOne(d => d.Message).HasForeignKey(d => d.MessageId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Deliveries : IEntityTypeConfiguration<OutDelivery>
    {
        public void Configure(EntityTypeBuilder<OutDelivery> builder)
        {
            builder.ToTable("OutDeliveries");
            builder.Property(d => d.Reply).HasMaxLength(4000);
            builder.HasIndex(d => d.MessageId);
            builder.HasIndex(d => d.Recipient);
            builder.HasIndex(d => new { d.State, d.Id }).HasFilter("\"State\" IN (3, 6, 7)").HasDatabaseName("IX_OutDeliveries_ForPeople");
            builder.HasIndex(d => d.NextTryAt).HasFilter("\"NextTryAt\" IS NOT NULL");
            builder
                .HasIndex(d => d.SettledAt)
                .HasFilter("\"SettledAt\" IS NOT NULL AND \"ToldAt\" IS NULL")
                .HasDatabaseName("IX_OutDeliveries_Untold");
        }
    }

    internal sealed class OutFileRows : IEntityTypeConfiguration<OutFile>
    {
        public void Configure(EntityTypeBuilder<OutFile> builder)
        {
            builder.ToTable("OutFiles");
            builder.Property(f => f.Sha256).HasMaxLength(64);
            builder.Property(f => f.FileName).HasMaxLength(200);
            builder.Property(f => f.ContentType).HasMaxLength(200);
            builder.Property(f => f.ContentId).HasMaxLength(200);
            builder.HasIndex(f => f.MessageId);
        }
    }

    internal sealed class ParticipantRows : IEntityTypeConfiguration<Participant>
    {
        public void Configure(EntityTypeBuilder<Participant> builder)
        {
            builder.ToTable("Participants");
            builder.Property(p => p.Address).HasMaxLength(320);
            builder.Property(p => p.Normalised).HasMaxLength(320);
            builder.Property(p => p.BroughtBy).HasMaxLength(200);
            builder.HasIndex(p => new { p.ComplaintId, p.Normalised }).IsUnique();
            builder.HasIndex(p => p.Normalised);
        }
    }

    internal sealed class Boxes : IEntityTypeConfiguration<Mailbox>
    {
        public void Configure(EntityTypeBuilder<Mailbox> builder)
        {
            builder.ToTable("Mailboxes");
            builder.Property(m => m.Name).HasMaxLength(60);
            builder.HasIndex(m => m.Name).IsUnique();
            builder.Property(m => m.Address).HasMaxLength(320);
            builder.Property(m => m.Trouble).HasMaxLength(4000);
            builder.HasOne(m => m.Unit).WithMany().HasForeignKey(m => m.UnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class In : IEntityTypeConfiguration<InMessage>
    {
        public void Configure(EntityTypeBuilder<InMessage> builder)
        {
            builder.ToTable("InMessages");
            builder.Property(m => m.Raw).HasMaxLength(Unbounded);
            builder.Property(m => m.Mailbox).HasMaxLength(200);
            builder.Property(m => m.Fingerprint).HasMaxLength(64);
            builder.Property(m => m.MessageIdHeader).HasMaxLength(1000);
            builder.Property(m => m.From).HasMaxLength(1000);
            builder.Property(m => m.Subject).HasMaxLength(2000);
            builder.Property(m => m.VisibleText).HasMaxLength(Unbounded);
            builder.Property(m => m.Why).HasMaxLength(4000);
            builder
                .HasIndex(m => new
                {
                    m.Mailbox,
                    m.UidValidity,
                    m.Uid,
                })
                .IsUnique();
            builder.HasIndex(m => m.Fingerprint).IsUnique();
            builder.HasIndex(m => m.ComplaintId);
            builder.HasIndex(m => new { m.State, m.Id }).HasFilter("\"State\" <> 1");
        }
    }

    internal sealed class Held : IEntityTypeConfiguration<HeldFile>
    {
        public void Configure(EntityTypeBuilder<HeldFile> builder)
        {
            builder.ToTable("HeldFiles");
            builder.Property(f => f.FileName).HasMaxLength(400);
            builder.Property(f => f.Type).HasMaxLength(200);
            builder.HasOne(f => f.Message).WithMany().HasForeignKey(f => f.MessageId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(f => new { f.MessageId, f.Part }).IsUnique();
        }
    }
}
