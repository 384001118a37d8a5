using Complaints.Data;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Operation;

/// <summary>
/// A database of one table in memory. Whoever saves and asks in it once has had the library's ways of doing so compiled,
/// while the house's own model, which is a thousand times larger, is still being built on the other core.
/// </summary>
internal sealed class Practice(DbContextOptions<Practice> options) : DbContext(options)
{
    /// <summary>Saves, asks and changes; nothing stays.</summary>
    /// <param name="provider">One that knows databases in memory.</param>
    public static async Task RunAsync(IDatabase provider)
    {
        var options = new DbContextOptionsBuilder<Practice>();
        provider.Use(options, "Data Source=:memory:");
        await using var db = new Practice(options.Options);
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript());
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(new Line { Parts = { new Line() } });
        await db.SaveChangesAsync();
        foreach (var line in await db.Set<Line>().Where(l => l.Text == "").OrderBy(l => l.Id).ToListAsync())
        {
            line.Text = "changed";
        }

        await db.SaveChangesAsync();
        _ = await db.Set<Line>().AnyAsync(l => l.Parts.Count > 0);
        _ = await db.Set<Line>().ToDictionaryAsync(l => l.Id, l => l.Text);
        _ = await db.Database.SqlQueryRaw<int>("SELECT 1 AS Value").SingleAsync();
        await transaction.CommitAsync();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Line>().HasMany(l => l.Parts).WithOne().HasForeignKey(l => l.PartOfId);

    private sealed class Line
    {
        public long Id { get; init; }
        public string Text { get; set; } = "";
        public DateTime At { get; init; }
        public long? PartOfId { get; init; }
        public List<Line> Parts { get; } = [];
    }
}
