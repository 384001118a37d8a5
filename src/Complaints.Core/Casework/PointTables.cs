using Complaints.Deadlines;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Casework;

/// <summary>The table of the points of complaints.</summary>
internal sealed class PointTables : IEntityTypeConfiguration<Point>
{
    public void Configure(EntityTypeBuilder<Point> builder)
    {
        const int Unbounded = -1;
        builder.ToTable("Points");
        builder.Property(p => p.What).HasMaxLength(Point.LongestWhat);
        builder.Property(p => p.Evidence).HasMaxLength(Unbounded);
        builder.Property(p => p.EvidenceFiles).HasMaxLength(4000);
        builder.Property(p => p.Finding).HasMaxLength(Unbounded);
        builder.Property(p => p.RemedyCurrency).HasMaxLength(3);
        builder.Property(p => p.CorrectiveAction).HasMaxLength(Unbounded);
        builder.Property(p => p.WithdrawnWhy).HasMaxLength(4000);
        builder.Ignore(p => p.Counts).Ignore(p => p.IsOpen).Ignore(p => p.Amount).Ignore(p => p.FileIds).Ignore(p => p.Answer);
        builder.HasIndex(p => new { p.ComplaintId, p.Number }).IsUnique();
        builder.HasOne<Category>().WithMany().HasForeignKey(p => p.CategoryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<RootCause>().WithMany().HasForeignKey(p => p.RootCauseId).OnDelete(DeleteBehavior.Restrict);
    }
}
