using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Tests.Escalation;
using Complaints.Tests.World;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

public sealed class PolicyCountTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Counts_each_open_complaint_once_however_many_count_and_moves_none(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(PolicyCount.BatchSize + 20);
        await house.WithAsync(
            async (db, _) =>
            {
                (await db.Policies.SingleAsync()).Acknowledge = 480;
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
                await PolicyCount.AskAsync(db, await db.Policies.Select(p => p.Version).SingleAsync(), LittleWorld.Monday);
            }
        );
        await Task.WhenAll(RunAsync(house.Services), RunAsync(house.Services));
        await RunAsync(house.Services);
        var counted = await house.WithAsync(db => PolicyCount.LastAsync(db));
        Assert.NotNull(counted!.EndedAt);
        Assert.Equal((520, 520, 520), (counted.Total, counted.Done, counted.Moving));
        Assert.Equal(520, counted.Earlier + counted.Later);
        Assert.Equal(PolicyCount.Shown, counted.First.Count);
        Assert.All(counted.First, m => Assert.NotEqual(m.Before, m.After));
        Assert.False(await house.WithAsync(db => db.Timeline.AnyAsync(e => e.Kind == EntryKind.Deadline)));
    }

    private static async Task RunAsync(IServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await new PolicyCount(
            services.GetRequiredService<ComplaintsDb>(),
            services.GetRequiredService<DeadlineBooks>(),
            services.GetRequiredService<TimeProvider>(),
            new WorkReport()
        ).RunAsync(CancellationToken.None);
    }
}
