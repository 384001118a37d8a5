using Microsoft.EntityFrameworkCore;

namespace Complaints.Data;

/// <summary>
/// What only the provider knows. Two implementations stand in the migrations projects, the only places that reference a
/// provider's package.
/// </summary>
public interface IDatabase
{
    /// <summary>True when only one writer is let in at a time, so that the process queues its own.</summary>
    bool OneWriter { get; }

    /// <summary>Points the context at the database with this provider's settings and migrations.</summary>
    void Use(DbContextOptionsBuilder options, string connectionString);

    /// <summary>
    /// Gives a database that is not there yet its tables and marks the migrations as applied, where the provider can do so
    /// without the model, which is still being built then. Does nothing to any other: that is what the migrations are for.
    /// </summary>
    /// <returns>True when it did.</returns>
    Task<bool> MakeTablesAsync(string connectionString, CancellationToken cancel);

    /// <summary>
    /// Runs <paramref name="work"/> while no other process prepares the same database, after removing what a killed
    /// migration left behind.
    /// </summary>
    Task AloneAsync(ComplaintsDb db, Func<Task> work, CancellationToken cancel);

    /// <summary>Writes a consistent copy of the database into <paramref name="file"/> while others go on working.</summary>
    /// <exception cref="Language.Refusal">The provider's own tool is missing or failed; the sentence says which.</exception>
    Task BackUpAsync(string connectionString, string file, CancellationToken cancel);

    /// <summary>Makes the empty database of <paramref name="connectionString"/> what the copy in <paramref name="file"/> holds.</summary>
    /// <exception cref="Language.Refusal">The database is not empty, or the provider's own tool is missing or failed.</exception>
    Task RestoreAsync(string connectionString, string file, CancellationToken cancel);

    /// <summary>
    /// Makes what the model cannot describe: the full-text index of the search, and the counter of changes. Does nothing
    /// when it is there. Called after the migrations, at every start.
    /// </summary>
    Task PrepareAsync(ComplaintsDb db, CancellationToken cancel);

    /// <summary>A number that rises when any node changed something, for telling open pages; 0 where there is only one node.</summary>
    /// <param name="raise">True to raise it, because this node did.</param>
    Task<long> ChangeStampAsync(ComplaintsDb db, bool raise, CancellationToken cancel);

    /// <summary>What the search finds in an index made by <see cref="PrepareAsync"/>; composable, best joined to what may be seen.</summary>
    /// <param name="index"><c>ComplaintWords</c> or <c>CustomerWords</c>.</param>
    /// <param name="among">Only these ids, few enough to be read one by one; null for all, and then the words are asked first.</param>
    IQueryable<SearchHit> Found(ComplaintsDb db, string index, SearchQuery query, IdRange? among = null);
}
