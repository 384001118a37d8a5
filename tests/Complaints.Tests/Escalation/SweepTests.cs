using System.Collections.Concurrent;
using System.Data.Common;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Escalation;

public sealed class SweepTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Each_due_complaint_is_seen_once_and_moves_on_to_the_millisecond_above(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(3);
        var next = house.Now.AddHours(1).AddTicks(5);
        var duty = new DutyOf((_, _) => next);
        Assert.Equal(3, await house.Services.SweepAsync(duty));
        Assert.Equal(0, await house.Services.SweepAsync(duty));
        var moved = await house.WithAsync(db => db.Complaints.Select(c => c.NextActionAt).Distinct().SingleAsync());
        Assert.Equal(house.Now.AddHours(1).AddMilliseconds(1), moved);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Moving_on_leaves_the_version_alone_so_that_open_forms_stay_good(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync();
        var before = await house.WithAsync(db => db.Complaints.Select(c => c.Version).SingleAsync());
        await house.Services.SweepAsync(new DutyOf((_, _) => null));
        var after = await house.WithAsync(db => db.Complaints.Select(c => new { c.Version, c.NextActionAt }).SingleAsync());
        Assert.Equal(before, after.Version);
        Assert.Null(after.NextActionAt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_wake_up_that_falls_into_a_sweep_is_not_lost(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await house.LogAsync();
        await house.WithAsync(
            async (db, _) =>
            {
                var opened = await db.Complaints.SingleAsync(c => c.Id == ids[0]); // due: a verb would not change NextActionAt
                await house.Services.SweepAsync(new DutyOf((_, _) => null));
                opened.Note(Actor.System, house.Now, "A thought.");
                await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
            }
        );
    }

    [Theory, OnSqlite]
    public async Task Nothing_due_costs_one_read(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(5);
        await house.SweepAsync();
        var counter = new CommandCounter();
        await house.WithAsync(
            async (_, services) =>
            {
                var options = new DbContextOptionsBuilder<ComplaintsDb>(services.GetRequiredService<DbContextOptions<ComplaintsDb>>());
                await using var db = new ComplaintsDb(options.AddInterceptors(counter).Options, services.GetRequiredService<WriteGate>());
                Assert.Equal(0, await Desk.SweepOf(db, services, [.. services.GetServices<IDuty>()]).RunAsync());
            }
        );
        var text = Assert.Single(counter.Texts);
        var plan = await house.WithAsync(db =>
            db.Database.SqlQueryRaw<string>(
                    "SELECT group_concat(detail, ';') AS \"Value\" FROM pragma_index_list('Complaints') l JOIN (SELECT 'IX_Complaints_NextActionAt' AS detail) ON l.name = detail"
                )
                .SingleAsync()
        );
        Assert.Contains("NextActionAt", text);
        Assert.Equal("IX_Complaints_NextActionAt", plan);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_bad_complaint_stops_nobody_and_is_visible(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ids = await house.LogAsync(7);
        var seen = new ConcurrentBag<long>();
        var duty = new DutyOf(
            (c, _) =>
            {
                seen.Add(c.Id);
                return c.Id == ids[3] ? throw new InvalidOperationException("a stone in the shoe") : null;
            }
        );
        await house.Services.SweepAsync(duty);
        Assert.Equal(ids, seen.Distinct().Order());
        var failure = await house.WithAsync(db => db.WorkFailures.SingleAsync());
        Assert.Equal(ids[3], failure.ComplaintId);
        Assert.Contains("a stone in the shoe", failure.Reason);
        Assert.Equal(house.Now.AddMinutes(1), failure.NextTryAt);
        Assert.Equal(
            [ids[3]],
            await house.WithAsync(db => db.Complaints.Where(c => c.NextActionAt != null).Select(c => c.Id).ToListAsync())
        );

        house.Clock.Pass(TimeSpan.FromMinutes(1));
        await house.Services.SweepAsync(duty);
        failure = await house.WithAsync(db => db.WorkFailures.SingleAsync());
        Assert.Equal((2, house.Now.AddMinutes(2)), (failure.Times, failure.NextTryAt!.Value));

        house.Clock.Pass(TimeSpan.FromMinutes(2));
        await house.Services.SweepAsync(new DutyOf((_, _) => null));
        Assert.Empty(await house.WithAsync(db => db.WorkFailures.ToListAsync()));
    }

    [Theory, OnPostgres]
    public async Task Two_nodes_share_the_work_and_double_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(450);
        await using var second = await house.SecondNodeAsync();
        var duty = new DutyOf(
            (c, now) =>
            {
                c.Note(Actor.System, now, "seen");
                return null;
            }
        );
        await Task.WhenAll(
            house.Services.SweepAsync(duty),
            second.Services.SweepAsync(duty),
            house.Services.SweepAsync(duty),
            second.Services.SweepAsync(duty)
        );
        var notes = await house.WithAsync(db =>
            db.Timeline.Where(t => t.Kind == EntryKind.Note).GroupBy(t => t.ComplaintId).Select(g => g.Count()).ToListAsync()
        );
        Assert.Equal(450, notes.Count);
        Assert.All(notes, n => Assert.Equal(1, n));
        await second.StopAsync();
    }

    [Theory, OnSqlite]
    public async Task A_duty_sees_what_a_later_duty_did(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync();
        var counts = new List<int>();
        var first = new DutyOf(
            (c, _) =>
            {
                counts.Add(c.TimelineCount);
                return null;
            }
        );
        var wrote = false;
        var later = new DutyOf(
            (c, now) =>
            {
                if (!wrote)
                {
                    wrote = true;
                    c.Because(Trigger.Dissatisfied, c.Record(EntryKind.FollowUpAnswered, Actor.System, now, new Sentence("Note")));
                }

                return now.AddDays(1);
            }
        );
        await house.Services.SweepAsync(first, later);
        Assert.Equal([2, 3], counts);
    }

    private sealed class CommandCounter : DbCommandInterceptor
    {
        public List<string> Texts { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            Texts.Add(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            Texts.Add(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }
}
