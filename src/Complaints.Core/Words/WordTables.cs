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

    /// <summary>UTC of the last change by a person; null while as seeded.</summary>
    public DateTime? ChangedAt { get; set; }
    public long? ChangedById { get; set; }

    /// <inheritdoc />
    public long Version { get; private set; }
}

/// <summary>What a phrase is for.</summary>
public enum PhrasePurpose
{
    [Words("Opening", "开场")]
    Opening = 0,

    [Words("Guiding", "引导")]
    Guiding = 1,

    [Words("Suggesting", "建议")]
    Suggesting = 2,

    [Words("Apologizing", "致歉")]
    Apologizing = 3,

    [Words("Closing", "结束")]
    Closing = 4,
}

/// <summary>A phrase of the phrase book.</summary>
public sealed class Phrase
{
    public long Id { get; private set; }
    public PhrasePurpose Purpose { get; set; }
    public required string Language { get; set; }
    public required string Text { get; set; }
}

/// <summary>The tables of this room.</summary>
public static class WordTables
{
    extension(ComplaintsDb db)
    {
        public DbSet<Template> Templates => db.Set<Template>();
        public DbSet<Phrase> Phrases => db.Set<Phrase>();
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
            builder.HasIndex(t => new { t.Purpose, t.Language }).IsUnique();
        }
    }

    internal sealed class Phrases : IEntityTypeConfiguration<Phrase>
    {
        public void Configure(EntityTypeBuilder<Phrase> builder)
        {
            builder.ToTable("Phrases");
            builder.Property(p => p.Language).HasMaxLength(20);
            builder.Property(p => p.Text).HasMaxLength(4000);
        }
    }
}
