using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Data;

/// <summary>A setting of the organisation, kept in the database so that every node has the same.</summary>
public sealed class Setting
{
    /// <summary>Dotted name, such as <c>organisation.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Value as text; JSON for records. Secrets are stored encrypted by whoever writes them.</summary>
    public required string Value { get; set; }
}

/// <summary>The time a piece of named work last ran, for the background-work page and for health.</summary>
public sealed class WorkRun
{
    /// <summary>Name in the timetable.</summary>
    public required string Name { get; init; }

    /// <summary>Last start, UTC.</summary>
    public DateTime StartedAt { get; set; }

    /// <summary>Last end, UTC; null while running or when the process died.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Null when the last run went well; otherwise what went wrong, without personal data.</summary>
    public string? Failure { get; set; }

    /// <summary>What the last run did, such as "3 complaints".</summary>
    public string? Outcome { get; set; }

    /// <summary>A person asked for a run now; the next tick of any node takes it.</summary>
    public bool RunNow { get; set; }
}

/// <summary>A row that background work could not do: shown to administrators, tried again with growing pauses.</summary>
public sealed class WorkFailure
{
    public long Id { get; private set; }

    /// <summary>Name of the work.</summary>
    public required string Work { get; init; }

    /// <summary>What it concerned, such as a complaint reference.</summary>
    public required string Subject { get; init; }

    /// <summary>The complaint, when it is one.</summary>
    public long? ComplaintId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>How often in a row.</summary>
    public int Times { get; set; }

    /// <summary>Exception type and message, bounded.</summary>
    public required string Reason { get; set; }

    /// <summary>UTC time of the next try.</summary>
    public DateTime? NextTryAt { get; set; }
}

/// <summary>A key of the Data Protection ring, encrypted by the key file in the data folder.</summary>
public sealed class ProtectionKey
{
    public long Id { get; private set; }

    /// <summary>Data Protection's own name of the key.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The key's XML, encrypted.</summary>
    public required string Xml { get; init; }
}

/// <summary>The tables that belong to no room.</summary>
public static class DataTables
{
    extension(ComplaintsDb db)
    {
        /// <summary>Settings of the organisation.</summary>
        public DbSet<Setting> Settings => db.Set<Setting>();

        /// <summary>Last runs of named work.</summary>
        public DbSet<WorkRun> WorkRuns => db.Set<WorkRun>();

        /// <summary>Rows that background work could not do.</summary>
        public DbSet<WorkFailure> WorkFailures => db.Set<WorkFailure>();
    }

    internal sealed class Settings : IEntityTypeConfiguration<Setting>
    {
        public void Configure(EntityTypeBuilder<Setting> builder)
        {
            builder.ToTable("Settings").HasKey(s => s.Name);
            builder.Property(s => s.Name).HasMaxLength(100);
            builder.Property(s => s.Value).HasMaxLength(100_000);
        }
    }

    internal sealed class WorkRuns : IEntityTypeConfiguration<WorkRun>
    {
        public void Configure(EntityTypeBuilder<WorkRun> builder)
        {
            builder.ToTable("WorkRuns").HasKey(w => w.Name);
            builder.Property(w => w.Failure).HasMaxLength(2000);
        }
    }

    internal sealed class WorkFailures : IEntityTypeConfiguration<WorkFailure>
    {
        public void Configure(EntityTypeBuilder<WorkFailure> builder)
        {
            builder.ToTable("WorkFailures");
            builder.Property(w => w.Reason).HasMaxLength(2000);
            builder.HasIndex(w => new { w.Work, w.Subject }).IsUnique();
        }
    }

    internal sealed class ProtectionKeys : IEntityTypeConfiguration<ProtectionKey>
    {
        public void Configure(EntityTypeBuilder<ProtectionKey> builder)
        {
            builder.ToTable("ProtectionKeys");
            builder.Property(k => k.Xml).HasMaxLength(20_000);
        }
    }
}
