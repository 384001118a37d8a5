using System.Text.Json;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Joining;

/// <summary>Whatever two complaints went through: merged and taken apart again, both stand as they stood.</summary>
public sealed class MergeProperties
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Merging_and_undoing_it_changes_nothing_but_the_timelines(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (merged, survivor) = await PairAsync(house, random);
            var before = (await LookAsync(house, merged), await LookAsync(house, survivor));
            await house.MergeAsync(merged, survivor);
            var between = await LookAsync(house, survivor);
            Assert.True(
                before.Item2.Resolve is null || between.Resolve <= before.Item2.Resolve,
                $"seed {seed}: the survivor's deadline was loosened"
            );
            Assert.True(between.Received <= before.Item1.Received && between.Received <= before.Item2.Received, $"seed {seed}: receipt");
            Assert.Equal(
                before.Item1.Promises.Count(p => p.Open) + before.Item2.Promises.Count(p => p.Open),
                between.Promises.Count(p => p.Open)
            );
            Assert.Null((await LookAsync(house, merged)).PromiseDueAt);
            await house.UndoAsync(merged, survivor);
            var after = (await LookAsync(house, merged), await LookAsync(house, survivor));
            Assert.True(
                before.Item1.Written == after.Item1.Written,
                $"seed {seed}, merged:\n{before.Item1.Written}\n{after.Item1.Written}"
            );
            Assert.True(
                before.Item2.Written == after.Item2.Written,
                $"seed {seed}, survivor:\n{before.Item2.Written}\n{after.Item2.Written}"
            );
            Assert.Null(await house.AskAsync<TimelineVerifier, Tampering?>(async v => await v.VerifyAsync(await house.IdAsync(merged))));
        }
    }

    [Theory, OnSqlite]
    public async Task What_came_meanwhile_stays(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var seed = 100; seed < 115; seed++)
        {
            var random = new Random(seed);
            var (merged, survivor) = await PairAsync(house, random);
            await house.DoAsync(survivor, "Mia", (c, a, b) => c.StopWaiting(a, house.Now, b));
            var id = await house.IdAsync(survivor);
            var undone = await LookAsync(house, survivor);
            await house.MergeAsync(merged, survivor);
            house.Clock.Pass(TimeSpan.FromMinutes(random.Next(1, 120)));
            await house.DoAsync(survivor, "Mia", (c, a, b) => c.WaitForCustomer(a, house.Now, "the bill", b));
            var since = house.Now;
            house.Clock.Pass(TimeSpan.FromMinutes(random.Next(1, 300)));
            await house.DoAsync(survivor, "Mia", (c, a, b) => c.HearFrom(Actor.Customer, house.Now, Channel.Email, "Here it is", b));
            await house.UndoAsync(merged, survivor);
            var clock = (await house.ReadAsync(survivor)).Clocks.Single(c => c.Name == ClockName.Resolve);
            Assert.Equal((since, (DateTime?)house.Now), (clock.Pauses.MaxBy(p => p.From)!.From, clock.Pauses.MaxBy(p => p.From)!.To));
            var ledger = JsonSerializer.Serialize(clock.Ledger with { Pauses = [] });
            Assert.Equal(undone.ResolveLedger, ledger);
            Assert.True(undone.Resolve is null || clock.DueAt >= undone.Resolve, $"seed {seed}: the pause is lost");
            Assert.True(await house.WithAsync(db => db.Timeline.AnyAsync(e => e.ComplaintId == id && e.Kind == EntryKind.ContactIn)));
        }
    }

    /// <summary>Two complaints of one customer, each after a few things that may happen to one before it is resolved.</summary>
    private static async Task<(string Merged, string Survivor)> PairAsync(TestHouse house, Random random)
    {
        var one = await RandomAsync(house, random);
        house.Clock.Pass(TimeSpan.FromMinutes(random.Next(0, 600)));
        var other = await RandomAsync(house, random);
        return random.Next(2) == 0 ? (one, other) : (other, one);
    }

    private static async Task<string> RandomAsync(TestHouse house, Random random)
    {
        var reference = await house.LogAsync(severity: (Severity)random.Next(4), owner: random.Next(3) == 0 ? null : "Mia");
        for (var step = random.Next(6); step > 0; step--)
        {
            house.Clock.Pass(TimeSpan.FromMinutes(random.Next(1, 90)));
            var what = random.Next(6);
            await house.DoAsync(
                reference,
                "Mia",
                (c, a, b) =>
                {
                    switch (what)
                    {
                        case 0 when c.State == State.Received:
                            c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "Said"), b);
                            break;
                        case 1 when c.State == State.Acknowledged:
                            c.Apologize(a, house.Now, new Apology(true, null), new Statement(Channel.Phone, "Said"));
                            break;
                        case 2 when c.WaitingSince is null:
                            c.WaitForCustomer(a, house.Now, "the bill", b);
                            break;
                        case 3:
                            c.StopWaiting(a, house.Now, b);
                            break;
                        case 4:
                            c.MakePromise(a, house.Now, "call", Channel.Phone, house.Now.AddHours(random.Next(1, 99)), a.StaffId);
                            break;
                        default:
                            c.Ask(TaskKind.ReadAnswer, house.Now, house.Now.AddHours(4), null, new Sentence("{0}", "look"));
                            break;
                    }
                }
            );
        }

        return reference;
    }

    private static Task<Look> LookAsync(TestHouse house, string reference) =>
        house.WithAsync(async db =>
        {
            var c = await db
                .Complaints.AsNoTracking()
                .Include(x => x.Clocks)
                    .ThenInclude(k => k.Pauses)
                .Include(x => x.Promises)
                .Include(x => x.Tasks)
                .AsSplitQuery()
                .SingleAsync(x => x.Reference == reference);
            var resolve = c.Clocks.Single(k => k.Name == ClockName.Resolve);
            var promises = c.Promises.OrderBy(p => p.Id).Select(p => (p.Id, p.Seq, p.DueAt, Open: p.IsOpen, p.TaskId)).ToList();
            var written = JsonSerializer.Serialize(
                new
                {
                    State = c.State.ToString(),
                    c.IsOpen,
                    c.OwnerId,
                    c.ReceivedAt,
                    c.WaitingSince,
                    c.WaitingFor,
                    c.NextDueAt,
                    c.NextDueName,
                    c.QueueAt,
                    c.PromiseDueAt,
                    c.DuplicateOfId,
                    c.ClosedAt,
                    c.ProposedById,
                    Clocks = c
                        .Clocks.OrderBy(k => k.Id)
                        .Select(k => new
                        {
                            k.Id,
                            k.Ledger,
                            k.State,
                            k.StoppedAt,
                            DueAt = k.State == ClockState.Paused ? (DateTime?)null : k.DueAt, // moves on with now while paused
                        }),
                    Promises = promises.Select(p => p.ToString()),
                    Tasks = c
                        .Tasks.OrderBy(t => t.Id)
                        .Select(t => new
                        {
                            t.Id,
                            t.OwnerId,
                            t.UnitId,
                            t.DueAt,
                            t.DoneAt,
                        }),
                }
            );
            return new Look(
                written,
                resolve.State == ClockState.Running ? resolve.DueAt : null,
                c.ReceivedAt,
                c.PromiseDueAt,
                [.. promises.Select(p => (p.Id, p.Open))],
                JsonSerializer.Serialize(resolve.Ledger with { Pauses = [] })
            );
        });

    private sealed record Look(
        string Written,
        DateTime? Resolve,
        DateTime Received,
        DateTime? PromiseDueAt,
        List<(long Id, bool Open)> Promises,
        string ResolveLedger
    );
}
