using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Tests.Escalation;
using Complaints.Tests.World;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

public sealed class PolicyChangeTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Stopped_in_between_it_goes_on_and_moves_each_complaint_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(250);
        await AskAsync(house);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(house.Services, new Stopping(stop, 2), stop.Token));
        Assert.Equal((100, 100), await ProgressAsync(house));
        if (database == "postgres")
        {
            await using var second = await house.SecondNodeAsync();
            await Task.WhenAll(RunAsync(house.Services), RunAsync(second.Services), RunAsync(house.Services));
            await second.StopAsync();
        }
        else
        {
            await RunAsync(house.Services);
        }

        Assert.Equal((250, 250), await ProgressAsync(house));
        var entries = await house.WithAsync(db =>
            db.Timeline.Where(e => e.Kind == EntryKind.Deadline).GroupBy(e => e.ComplaintId).Select(g => g.Count()).ToListAsync()
        );
        Assert.Equal(250, entries.Count);
        Assert.All(entries, n => Assert.Equal(1, n));
    }

    [Theory, OnSqlite]
    public async Task A_policy_changed_again_is_not_applied_in_the_name_of_who_saw_the_other(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(3);
        await AskAsync(house);
        await ChangeAsync(house, 600);
        await RunAsync(house.Services);
        var progress = await house.WithAsync(db => PolicyChange.ProgressAsync(db));
        Assert.True(progress!.Overtaken);
        Assert.Equal((0, 0), (progress.Done, progress.Moved));
        Assert.NotNull(progress.EndedAt);
    }

    private static async Task AskAsync(TestHouse house)
    {
        await ChangeAsync(house, 480);
        await house.WithAsync(
            async (db, _) =>
                await PolicyChange.AskAsync(
                    db,
                    await db.Staff.Where(s => s.Name == "Ada").Select(s => s.Id).SingleAsync(),
                    await db.Policies.Select(p => p.Version).SingleAsync()
                )
        );
    }

    private static Task ChangeAsync(TestHouse house, decimal minutes) =>
        house.WithAsync(
            async (db, _) =>
            {
                (await db.Policies.SingleAsync()).Acknowledge = minutes;
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
            }
        );

    private static async Task<(int Done, int Moved)> ProgressAsync(TestHouse house) =>
        await house.WithAsync(db => PolicyChange.ProgressAsync(db)) is { } p ? (p.Done, p.Moved) : default;

    private static async Task RunAsync(IServiceProvider node, TimeProvider? clock = null, CancellationToken cancel = default)
    {
        await using var scope = node.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await new PolicyChange(
            services.GetRequiredService<ComplaintsDb>(),
            services.GetRequiredService<DeadlineBooks>(),
            clock ?? services.GetRequiredService<TimeProvider>(),
            new WorkReport()
        ).RunAsync(cancel);
    }

    /// <summary>The node is stopped when the clock is asked that often.</summary>
    private sealed class Stopping(CancellationTokenSource stop, int often) : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++_asked == often)
            {
                stop.Cancel();
            }

            return new(LittleWorld.Monday);
        }
    }
}
