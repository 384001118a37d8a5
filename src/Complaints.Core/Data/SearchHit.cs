using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Data;

/// <summary>
/// One row the word index found. A row type and not a bare number: around a bare number EF writes a CAST, and SQLite then
/// sorts all hits instead of walking its index backwards.
/// </summary>
public sealed class SearchHit
{
    /// <summary>Id of the complaint or customer.</summary>
    public long Id { get; private init; }

    internal sealed class Row : IEntityTypeConfiguration<SearchHit>
    {
        public void Configure(EntityTypeBuilder<SearchHit> builder) => builder.HasNoKey().ToView(null);
    }
}

/// <summary>Ids between two others, neither of them included.</summary>
public readonly record struct IdRange(long After, long Before);
