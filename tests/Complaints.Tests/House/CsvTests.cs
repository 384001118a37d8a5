using Complaints.Tests.World;

namespace Complaints.Tests.House;

/// <summary>Every file for a spreadsheet goes through one rule; a second one would be weaker some day.</summary>
public sealed class CsvTests
{
    [Fact]
    public void Only_one_place_decides_what_a_spreadsheet_would_run()
    {
        var src = Path.Combine(Repository.Root, "src");
        var deciding = Directory
            .EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Where(f =>
                File.ReadAllText(f) is var text
                && text.Contains("'='", StringComparison.Ordinal)
                && text.Contains("'@'", StringComparison.Ordinal)
            )
            .Where(f => !f.Contains("/Mail/", StringComparison.Ordinal)) // addresses and encodings have these signs too
            .Select(f => Path.GetFileName(f));
        Assert.Equal(["SheetField.cs"], deciding);
    }
}
