using System.Text.Json;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Settings;

/// <summary>One line of the history of settings: who changed what, and how. Written by <see cref="ChangeKeeper"/> alone.</summary>
public sealed class SettingsChange
{
    public long Id { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
    public ChangedBy By { get; init; }

    /// <summary>The member of staff; null for nobody.</summary>
    public long? ById { get; init; }

    /// <summary>Their name as it was; null for nobody.</summary>
    public string? ByName { get; init; }
    public Topic Topic { get; init; }
    public ChangeAct Act { get; init; }

    /// <summary>What it is called, a kept sentence.</summary>
    public required string What { get; init; }

    /// <summary>JSON, see <see cref="ChangedField"/>; never a secret.</summary>
    public required string Fields { get; init; }

    /// <summary>The fields that changed, in order.</summary>
    public IReadOnlyList<ChangedField> All => JsonSerializer.Deserialize<List<ChangedField>>(Fields) ?? [];
}

/// <summary>A field before and after, as kept sentences; null for nothing.</summary>
/// <param name="Label">What people call it.</param>
/// <param name="Secret">It changed, and neither value is told.</param>
public sealed record ChangedField(string Label, string? Before, string? After, bool Secret = false);

/// <summary>The table of the history.</summary>
public static class SettingsTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>Who changed which setting.</summary>
        public DbSet<SettingsChange> SettingsChanges => db.Set<SettingsChange>();
    }

    internal sealed class Changes : IEntityTypeConfiguration<SettingsChange>
    {
        public void Configure(EntityTypeBuilder<SettingsChange> builder)
        {
            builder.ToTable("SettingsChanges");
            builder.Property(c => c.What).HasMaxLength(2000);
            builder.Property(c => c.Fields).HasMaxLength(-1);
            builder.Ignore(c => c.All);
            builder.HasIndex(c => new { c.Topic, c.Id });
            builder.HasIndex(c => new { c.ById, c.Id });
        }
    }
}
