using Complaints.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Insight;

/// <summary>How many days a cell holds.</summary>
public enum TallySpan
{
    /// <summary>One day in the organisation's zone.</summary>
    Day = 0,

    /// <summary>A month: the sum of its days.</summary>
    Month = 1,
}

/// <summary>What was counted in one unit on one day, or in one month. Written by <see cref="Tallying"/> alone.</summary>
public sealed class TallyCell
{
    public TallySpan Span { get; init; }

    /// <summary>The day, or the first of the month, in the organisation's zone.</summary>
    public DateOnly Start { get; init; }
    public long UnitId { get; init; }

    /// <summary>The counters (<see cref="Tally.ToBytes"/>).</summary>
    public byte[] Counts { get; set; } = [];

    /// <summary>Beside the counters, so that a line over a year need not read them: complaints received.</summary>
    public int Received { get; set; }

    /// <summary>Complaints resolved.</summary>
    public int Resolved { get; set; }

    /// <summary>Complaints received then that are open and not resolved yet.</summary>
    public int Unresolved { get; set; }

    /// <summary>UTC moment when time alone makes it wrong, because something in it falls due; null when nothing will. Days only.</summary>
    public DateTime? StaleAt { get; set; }

    /// <summary>Puts in what was counted.</summary>
    public void Set(Tally tally, DateTime? staleAt) =>
        (Counts, Received, Resolved, Unresolved, StaleAt) = (
            tally.ToBytes(),
            (int)tally[Measure.Received],
            (int)tally[Measure.Resolved],
            (int)tally[Measure.Unresolved],
            staleAt
        );
}

/// <summary>
/// Something changed that is counted in this unit on the day of this moment. Marks are only added and taken away, so that
/// two people who work in one unit never wait for each other.
/// </summary>
public sealed class TallyMark
{
    public long Id { get; private set; }

    /// <summary>0 for all units on all days: the days themselves have changed.</summary>
    public long UnitId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
}

/// <summary>The tables of what is counted.</summary>
public static class TallyTables
{
    extension(ComplaintsDb db)
    {
        public DbSet<TallyCell> TallyCells => db.Set<TallyCell>();
        public DbSet<TallyMark> TallyMarks => db.Set<TallyMark>();
    }

    internal sealed class Cells : IEntityTypeConfiguration<TallyCell>
    {
        public void Configure(EntityTypeBuilder<TallyCell> builder)
        {
            builder
                .ToTable("TallyCells")
                .HasKey(c => new
                {
                    c.Span,
                    c.Start,
                    c.UnitId,
                });
            builder.HasIndex(c => c.StaleAt).HasFilter("\"StaleAt\" IS NOT NULL");
        }
    }

    internal sealed class Marks : IEntityTypeConfiguration<TallyMark>
    {
        public void Configure(EntityTypeBuilder<TallyMark> builder) => builder.ToTable("TallyMarks");
    }
}
