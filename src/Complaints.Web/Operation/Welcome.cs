namespace Complaints.Web.Operation;

/// <summary>What the console says once pages are served.</summary>
public sealed class Welcome(DataFolder folder)
{
    /// <summary>The address to open and where the data lies.</summary>
    public string Text(ICollection<string> urls) =>
        $"\n  Complaints is ready: {string.Join("  ", urls)}\n  Data: {folder.Path}\n  Stop with Ctrl+C.\n";
}
