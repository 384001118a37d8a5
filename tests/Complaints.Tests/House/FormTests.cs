using Complaints.Tests.World;

namespace Complaints.Tests.House;

/// <summary>
/// Every posting form gets its token from one place, <c>FormToken</c>. A second token in the same form makes the two
/// arrive as one wrong value, which only a real browser notices.
/// </summary>
public sealed class FormTests
{
    [Fact]
    public void No_view_writes_a_token_of_its_own()
    {
        var wrong =
            from file in Repository.Files("src", "*.cshtml")
            from line in File.ReadLines(file)
            where line.Contains("AntiForgeryToken(", StringComparison.Ordinal) || line.Contains("asp-antiforgery", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";
        Assert.Empty(wrong);
    }
}
