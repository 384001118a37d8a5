using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Intake;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    [Words("Columns to be matched", "待匹配列")]
    Mapping = 0,

    [Words("Waiting", "等待中")]
    Waiting = 1,

    [Words("Running", "进行中")]
    Running = 2,

    [Words("Done", "已完成")]
    Done = 3,

    [Words("Failed", "失败")]
    Failed = 4,
}

/// <summary>An import of a CSV file through the page; its file lies in the data folder.</summary>
public sealed class ImportJob : IVersioned
{
    public long Id { get; private set; }
    public required string FileName { get; init; }

    /// <summary>Hex; the file's name in the data folder.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who started it; null from the command line.</summary>
    public long? StaffId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC until when somebody is at work on it; past or null: whoever comes next goes on after the last done row.</summary>
    public DateTime? BusyUntil { get; set; }
    public ImportState State { get; set; }

    /// <summary><see cref="ImportPlan"/> as JSON.</summary>
    public string Mapping { get; set; } = "{}";

    /// <summary>Rows in the file without the header.</summary>
    public int Total { get; set; }

    /// <summary>Rows worked through; a restart goes on after them.</summary>
    public int Done { get; set; }
    public int Imported { get; set; }
    public int Refused { get; set; }
    public int AlreadyThere { get; set; }
    public string? Failure { get; set; }

    /// <summary>Who chose to go live with the open ones; null while nobody did.</summary>
    public long? LiveById { get; set; }

    /// <summary>Whether deadlines then count from that moment instead of from receipt.</summary>
    public bool LiveFromNow { get; set; }

    /// <summary>UTC time it was chosen.</summary>
    public DateTime? LiveAt { get; set; }

    /// <summary>UTC time all were live; null until then.</summary>
    public DateTime? LiveDoneAt { get; set; }

    /// <summary>How many went live.</summary>
    public int Live { get; set; }

    /// <inheritdoc />
    public long Version { get; private set; }
}

/// <summary>A row that was refused, as it stood, and why.</summary>
public sealed class RefusedRow
{
    public long Id { get; private set; }
    public long JobId { get; init; }

    /// <summary>Line in the file, the header being 1.</summary>
    public int Line { get; init; }
    public required string Row { get; init; }

    /// <summary>Kept sentence.</summary>
    public required string Why { get; init; }
}

/// <summary>A row that was imported: its key in the source, so that a second run imports nothing twice.</summary>
public sealed class ImportedRow
{
    public long Id { get; private set; }

    /// <summary>Source and its own key, such as <c>cfpb:1243210</c>.</summary>
    public required string SourceKey { get; init; }
    public long JobId { get; init; }
    public long ComplaintId { get; init; }
    public Complaint? Complaint { get; init; }
}

/// <summary>The columns last chosen for a file with that header.</summary>
public sealed class RememberedMapping
{
    /// <summary>SHA-256 of the header line, hex.</summary>
    public required string Header { get; init; }
    public required string Mapping { get; set; }
}

/// <summary>The tables of this room.</summary>
public static class IntakeTables
{
    extension(ComplaintsDb db)
    {
        public DbSet<ImportJob> ImportJobs => db.Set<ImportJob>();
        public DbSet<RefusedRow> RefusedRows => db.Set<RefusedRow>();
        public DbSet<ImportedRow> ImportedRows => db.Set<ImportedRow>();
        public DbSet<RememberedMapping> RememberedMappings => db.Set<RememberedMapping>();
    }

    internal sealed class Jobs : IEntityTypeConfiguration<ImportJob>
    {
        public void Configure(EntityTypeBuilder<ImportJob> builder)
        {
            builder.ToTable("ImportJobs");
            builder.Property(j => j.Mapping).HasMaxLength(20_000);
            builder.Property(j => j.Failure).HasMaxLength(4000);
            builder.Property(j => j.Version).IsConcurrencyToken();
        }
    }

    internal sealed class Refused : IEntityTypeConfiguration<RefusedRow>
    {
        public void Configure(EntityTypeBuilder<RefusedRow> builder)
        {
            builder.ToTable("RefusedRows");
            builder.Property(r => r.Row).HasMaxLength(-1);
            builder.Property(r => r.Why).HasMaxLength(4000);
            builder.HasIndex(r => new { r.JobId, r.Line });
        }
    }

    internal sealed class Imported : IEntityTypeConfiguration<ImportedRow>
    {
        public void Configure(EntityTypeBuilder<ImportedRow> builder)
        {
            builder.ToTable("ImportedRows");
            builder.Property(r => r.SourceKey).HasMaxLength(200);
            builder.HasIndex(r => r.SourceKey).IsUnique();
            builder.HasIndex(r => new { r.JobId, r.ComplaintId });
            builder.HasOne(r => r.Complaint).WithMany().HasForeignKey(r => r.ComplaintId).OnDelete(DeleteBehavior.Cascade);
        }
    }

    internal sealed class Mappings : IEntityTypeConfiguration<RememberedMapping>
    {
        public void Configure(EntityTypeBuilder<RememberedMapping> builder)
        {
            builder.ToTable("RememberedMappings").HasKey(m => m.Header);
            builder.Property(m => m.Header).HasMaxLength(64);
            builder.Property(m => m.Mapping).HasMaxLength(20_000);
        }
    }
}
