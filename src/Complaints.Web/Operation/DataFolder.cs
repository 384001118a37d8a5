using Complaints.Language;

namespace Complaints.Web.Operation;

/// <summary>
/// Where data lives: <c>Data:Folder</c>, else the service manager's <c>$STATE_DIRECTORY</c>, else <c>./data</c> under the
/// current folder. Settings are read beside the binary.
/// </summary>
/// <param name="Path">Absolute path; exists.</param>
public sealed record DataFolder(string Path)
{
    /// <summary>The folder the settings name, created when missing.</summary>
    /// <exception cref="Refusal">It cannot be made.</exception>
    public static DataFolder From(IConfiguration settings)
    {
        var path =
            settings["Data:Folder"] is { Length: > 0 } set ? set
            : Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } state ? state.Split(':')[0]
            : System.IO.Path.Combine(Directory.GetCurrentDirectory(), "data");
        try
        {
            return new DataFolder(Directory.CreateDirectory(System.IO.Path.GetFullPath(path)).FullName);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new Refusal("The data folder {0} cannot be used: {1} Name another with Data:Folder.", path, closed.Message);
        }
    }

    /// <summary>A path below the folder.</summary>
    public string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
