using Complaints.Data;
using Complaints.Language;

namespace Complaints.Web.Operation;

/// <summary>One process writes a SQLite file: the server holds a lock file beside it. On PostgreSQL nothing is held.</summary>
public sealed class ServerLock(IDatabase database, DataFolder folder)
{
    /// <summary>Takes the lock; dispose to give it back. Null when none is needed.</summary>
    /// <exception cref="Refusal">Another process holds it.</exception>
    public IDisposable? Take()
    {
        if (!database.OneWriter)
        {
            return null;
        }

        try
        {
            return new FileStream(
                folder.Of("server.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
        }
        catch (IOException)
        {
            throw new Refusal(
                "Another Complaints server already uses the data in {0}. Stop it first, or give this one its own folder with Data:Folder.",
                folder.Path
            );
        }
    }
}
