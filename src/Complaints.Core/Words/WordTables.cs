using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Words;

/// <summary>The text of a mail for one purpose in one language, with <c>{{fields}}</c> and no logic.</summary>
public sealed class Template : IVersioned
{
    public long Id { get; private set; }
    public required MailPurpose Purpose { get; init; }

    /// <summary><see cref="Tongue.English"/> or <see cref="Tongue.Chinese"/>.</summary>
    public required string Language { get; init; }
    public required string Subject { get; set; }
    public required string Body { get; set; }

    /// <summary>False for what is only a part of a text, and has no subject anywhere.</summary>
    public bool HasSubject => Purpose is not (MailPurpose.FinalLetter or MailPurpose.PointParagraph);

    /// <summary>UTC of the last change by a person; null while as seeded.</summary>
    public DateTime? ChangedAt { get; set; }
    public long? ChangedById { get; set; }

    /// <inheritdoc />
    public long Version { get; private set; }
}

/// <summary>The tables of this room.</summary>
public static class WordTables
{
    extension(ComplaintsDb db)
    {
        public DbSet<Template> Templates => db.Set<Template>();
        public DbSet<Phrase> Phrases => db.Set<Phrase>();
        public DbSet<PhraseUse> PhraseUses => db.Set<PhraseUse>();
        public DbSet<AdviceRule> AdviceRules => db.Set<AdviceRule>();
    }

    internal sealed class Templates : IEntityTypeConfiguration<Template>
    {
        public void Configure(EntityTypeBuilder<Template> builder)
        {
            builder.ToTable("Templates");
            builder.Property(t => t.Language).HasMaxLength(20);
            builder.Property(t => t.Subject).HasMaxLength(500);
            builder.Property(t => t.Body).HasMaxLength(50_000);
            builder.Property(t => t.Version).IsConcurrencyToken();
            builder.Ignore(t => t.HasSubject);
            builder.HasIndex(t => new { t.Purpose, t.Language }).IsUnique();
        }
    }

    internal sealed class Phrases : IEntityTypeConfiguration<Phrase>
    {
        public void Configure(EntityTypeBuilder<Phrase> builder)
        {
            builder.ToTable("Phrases");
            builder.Property(p => p.Language).HasMaxLength(20);
            builder.Property(p => p.Text).HasMaxLength(Phrase.MostCharacters);
            builder.Property(p => p.Version).IsConcurrencyToken();
            builder.HasOne(p => p.Unit).WithMany().HasForeignKey(p => p.UnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }

    internal sealed class Uses : IEntityTypeConfiguration<PhraseUse>
    {
        public void Configure(EntityTypeBuilder<PhraseUse> builder)
        {
            builder.ToTable("PhraseUses");
            builder.Property(u => u.MessageKey).HasMaxLength(200);
            builder.HasOne<Phrase>().WithMany().HasForeignKey(u => u.PhraseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(u => new { u.PhraseId, u.ComplaintId });
            builder.HasIndex(u => u.MessageKey);
        }
    }

    internal sealed class Rules : IEntityTypeConfiguration<AdviceRule>
    {
        public void Configure(EntityTypeBuilder<AdviceRule> builder)
        {
            builder.ToTable("AdviceRules");
            builder.Property(r => r.Language).HasMaxLength(20);
            builder.Property(r => r.Text).HasMaxLength(AdviceRule.MostCharacters);
            builder.Property(r => r.Better).HasMaxLength(AdviceRule.MostCharacters);
            builder.Property(r => r.Exceptions).HasMaxLength(2000);
            builder.Property(r => r.Version).IsConcurrencyToken();
            builder
                .HasIndex(r => new
                {
                    r.Language,
                    r.List,
                    r.Text,
                })
                .IsUnique();
        }
    }
}
