using Complaints.Insight;
using Complaints.Tests.World;

namespace Complaints.Tests.Insight;

/// <summary>The background work that counts the figures, run by hand.</summary>
internal static class Counting
{
    /// <summary>Counts what changed.</summary>
    public static Task CountFiguresAsync(this TestHouse house) =>
        house.AskAsync<Tallying, int>(async t =>
        {
            await t.RunAsync(CancellationToken.None);
            return 0;
        });
}
