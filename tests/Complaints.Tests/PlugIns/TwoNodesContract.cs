using Complaints.Casework;
using Complaints.Data;
using Complaints.Escalation;
using Complaints.Mail;
using Complaints.Tests.Escalation;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.PlugIns;

/// <summary>
/// What must hold of background work whatever ticks: the real program twice, each as a process of its own on one database
/// with its clock ticking, and one of the two killed (-9) in the middle.
/// </summary>
public abstract class TwoNodesContract
{
    private const int Late = 400;

    /// <summary>More settings for every node; names plug-ins.</summary>
    protected virtual string[] Settings => [];

    [Theory, OnPostgres]
    public async Task Two_nodes_raise_each_level_once_and_lose_none_when_one_is_killed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        house.Clock.Now = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-20); // the programs' clock is the machine's
        await house.LogAsync(Late, customer: "王芳");

        using var first = Start(house);
        await first.HearAsync("Stop with Ctrl+C");
        using var second = Start(house);
        await second.HearAsync("Stop with Ctrl+C");
        await UntilAsync(house, async () => await RaisedAsync(house) > 0, second);
        first.Kill();
        await first.EndAsync();
        await UntilAsync(house, async () => await RaisedAsync(house) == Late && await NothingDueAsync(house), second);
        second.Stop();
        await second.EndAsync();

        var raised = await house.WithAsync(db =>
            db.Escalations.GroupBy(e => new
                {
                    e.ComplaintId,
                    e.Clock,
                    e.Level,
                })
                .Select(g => g.Count())
                .ToListAsync()
        );
        Assert.All(raised, n => Assert.Equal(1, n));
        var notices = await house.WithAsync(db => db.OutMessages.GroupBy(m => m.Key).Select(g => g.Count()).ToListAsync());
        Assert.NotEmpty(notices);
        Assert.All(notices, n => Assert.Equal(1, n));
        Assert.Empty(await house.WithAsync(db => db.WorkFailures.ToListAsync()));
        var (code, text) = await ProgramRun.ToEndAsync(["verify", .. house.Arguments]);
        Assert.True(code == 0, text);
    }

    [Theory, OnPostgres]
    public async Task A_node_started_after_a_kill_works_at_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, Settings);
        house.Clock.Now = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-20);
        for (var round = 0; round < 3; round++)
        {
            using var killed = Start(house);
            await killed.HearAsync("Stop with Ctrl+C");
            await Task.Delay(300 * (round + 1)); // while its clock begins to tick
            killed.Kill();
            await killed.EndAsync();
        }

        await house.LogAsync(5, customer: "王芳");
        using var node = Start(house);
        await node.HearAsync("Stop with Ctrl+C");
        await UntilAsync(house, async () => await NothingDueAsync(house), node);
    }

    private ProgramRun Start(TestHouse house) => ProgramRun.Start(["run", .. house.Arguments, "--urls", "http://127.0.0.1:0", .. Settings]);

    private static Task<int> RaisedAsync(TestHouse house) =>
        house.WithAsync(db => db.Escalations.Select(e => e.ComplaintId).Distinct().CountAsync());

    private static Task<bool> NothingDueAsync(TestHouse house)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return house.WithAsync(async db =>
            !await db.Complaints.AnyAsync(c => c.NextActionAt <= now)
            && !await db.OutDeliveries.AnyAsync(d => d.State == DeliveryState.Waiting && d.NextTryAt <= now)
        );
    }

    private static async Task UntilAsync(TestHouse house, Func<Task<bool>> so, ProgramRun node)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await so())
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"{await RaisedAsync(house)} raised.\n{node.Said}");
    }
}
