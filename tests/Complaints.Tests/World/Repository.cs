using System.Runtime.CompilerServices;

namespace Complaints.Tests.World;

/// <summary>Where the source lies, for tests that read it.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Source files below a folder of the repository, without what was built.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal));

    private static string Find([CallerFilePath] string here = "")
    {
        var at = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(at.FullName, "Complaints.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("Complaints.sln is not above the tests.");
        }

        return at.FullName;
    }
}
