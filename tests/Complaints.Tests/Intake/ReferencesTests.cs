using Complaints.Intake;
using Complaints.Tests.World;

namespace Complaints.Tests.Intake;

public sealed class ReferencesTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Numbers_given_out_at_once_are_all_different_and_leave_no_gap(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var blocks = await Task.WhenAll(Enumerable.Range(1, 12).Select(n => house.WithAsync(db => References.AllocateAsync(db, 2031, n))));
        var given = blocks.SelectMany(b => b).ToList();
        Assert.Equal(78, given.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(given, r => r.StartsWith("C-31-00078-", StringComparison.Ordinal));
        Assert.Equal("C-32-00001", (await house.WithAsync(db => References.AllocateAsync(db, 2032, 1)))[0][..10]);
    }
}
