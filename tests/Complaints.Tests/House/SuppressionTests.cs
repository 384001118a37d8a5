using Complaints.Tests.World;

namespace Complaints.Tests.House;

public sealed class SuppressionTests
{
    [Fact]
    public void Every_rule_that_is_switched_off_says_why()
    {
        var off = File.ReadLines(Path.Combine(Repository.Root, ".editorconfig"))
            .Where(l => l.Contains(".severity = none", StringComparison.Ordinal))
            .ToList();
        Assert.True(off.Count > 40);
        Assert.DoesNotContain(off, l => l.Split('#') is not [_, { Length: > 4 }]);
    }
}
