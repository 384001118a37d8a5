using Complaints.Language;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Complaints.Data;

/// <summary>What the virus scanner said of a content.</summary>
public enum ScanState
{
    /// <summary>Nothing yet, or it could not.</summary>
    NotScanned = 0,

    /// <summary>No virus.</summary>
    Clean = 1,

    /// <summary>A virus.</summary>
    Infected = 2,
}

/// <summary>What is known about a kept content. One row each, however often and under whatever names it came.</summary>
public sealed class FileScan
{
    public long Id { get; private set; }

    /// <summary>Hex; its name in the store.</summary>
    public required string Sha256 { get; init; }
    public ScanState State { get; set; }

    /// <summary>The scanner's name for what it found; null unless infected.</summary>
    public string? Found { get; set; }

    /// <summary>Why it is not scanned, kept sentence; null while it only waits.</summary>
    public string? Why { get; set; }

    /// <summary>UTC of the last try; null before the first.</summary>
    public DateTime? TriedAt { get; set; }

    /// <summary>Tries that failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>UTC of the next try; null when it is done.</summary>
    public DateTime? NextAt { get; set; }

    /// <summary>Such as "virus found: Eicar-Test-Signature", for showing beside the file.</summary>
    /// <param name="scan">Null when nothing is known about the content yet.</param>
    /// <param name="hasScanner">Whether a scanner is set up at all.</param>
    public static Sentence Say(FileScan? scan, bool hasScanner) =>
        scan?.State switch
        {
            ScanState.Clean => new Sentence("no virus found"),
            ScanState.Infected => new Sentence("virus found: {0}", scan.Found),
            _ when !hasScanner => new Sentence("not scanned: no scanner is set up"),
            _ when scan?.Why is { } why => new Sentence("not scanned: {0}", KeptSentence.Read(why)),
            _ => new Sentence("not scanned yet: it waits for the scanner"),
        };
}

/// <summary>The table of scans.</summary>
public static class KnownScans
{
    extension(ComplaintsDb db)
    {
        /// <summary>What is known about kept contents.</summary>
        public DbSet<FileScan> FileScans => db.Set<FileScan>();
    }

    /// <summary>What is known about these contents, by hash.</summary>
    public static async Task<IReadOnlyDictionary<string, FileScan>> OfAsync(
        ComplaintsDb db,
        IEnumerable<string> sha256,
        CancellationToken cancel = default
    )
    {
        var wanted = sha256.Distinct(StringComparer.Ordinal).ToList();
        return wanted.Count == 0
            ? new Dictionary<string, FileScan>()
            : await db.FileScans.AsNoTracking().Where(s => wanted.Contains(s.Sha256)).ToDictionaryAsync(s => s.Sha256, cancel);
    }

    /// <summary>True when the content is known to hold a virus.</summary>
    public static Task<bool> IsInfectedAsync(ComplaintsDb db, string sha256, CancellationToken cancel = default) =>
        db.FileScans.AnyAsync(s => s.Sha256 == sha256 && s.State == ScanState.Infected, cancel);

    /// <summary>For whoever sends files out: none of ours carries a virus. What is not scanned may go; a scanner that is
    /// down stops no work.</summary>
    /// <exception cref="Refusal">One of them does; the sentence names it.</exception>
    public static async Task CheckOutgoingAsync(
        ComplaintsDb db,
        IReadOnlyList<(string FileName, string Sha256)> files,
        string? field = null,
        CancellationToken cancel = default
    )
    {
        var known = await OfAsync(db, files.Select(f => f.Sha256), cancel);
        foreach (var (name, sha256) in files)
        {
            if (known.GetValueOrDefault(sha256) is { State: ScanState.Infected } scan)
            {
                throw new Refusal(
                    new Sentence("“{0}” is not sent: the virus scanner found {1} in it. Take it out of the mail.", name, scan.Found),
                    field
                );
            }
        }
    }

    internal sealed class Table : IEntityTypeConfiguration<FileScan>
    {
        public void Configure(EntityTypeBuilder<FileScan> builder)
        {
            builder.ToTable("FileScans");
            builder.Property(s => s.Sha256).HasMaxLength(64);
            builder.HasIndex(s => s.Sha256).IsUnique();
            builder.Property(s => s.Found).HasMaxLength(300);
            builder.Property(s => s.Why).HasMaxLength(2000);
            builder.HasIndex(s => s.NextAt).HasFilter("\"NextAt\" IS NOT NULL");
            builder.HasIndex(s => s.State).HasFilter("\"State\" = 2").HasDatabaseName("IX_FileScans_Infected");
        }
    }
}
