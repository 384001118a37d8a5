using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Mail;

public sealed class RegulatorBounceTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_final_response_that_comes_back_gives_the_resolution_back_and_the_regulators_clock_runs_as_if_never_stopped(
        string database
    )
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AttachAsync(house, "fca-disp");
        var id = await Outbox.ComplaintAsync(house);
        var before = await ClockAsync(house, id);
        Assert.Equal((ClockState.Running, 1), (before.State, before.Cycle));
        await ResolveAsync(house, id);
        Assert.Equal(ClockState.Running, (await ClockAsync(house, id)).State); // written is not yet left

        await house.WorkAsync(TimeSpan.FromMinutes(1));
        var letter = await house.WithAsync(db => db.OutMessages.AsNoTracking().SingleAsync(m => m.Purpose == MailPurpose.Resolution));
        Assert.Equal("final-response", letter.DocumentKey);
        var stopped = await ClockAsync(house, id);
        Assert.Equal((ClockState.Stopped, before.DueAt), (stopped.State, stopped.DueAt));
        Assert.Equal(State.Resolved, (await Outbox.ComplaintAsync(house, id)).State);

        await house.WorkAsync(TimeSpan.FromDays(2));
        await ComeBackAsync(house, letter);
        var complaint = await Outbox.ComplaintAsync(house, id);
        var clock = await ClockAsync(house, id);
        Assert.Equal(State.Apologized, complaint.State);
        Assert.Equal((ClockState.Running, before.DueAt, 2), (clock.State, clock.DueAt, clock.Cycle));
        Assert.Null(clock.StoppedAt);
        Assert.Single(complaint.Tasks, t => t.Kind == TaskKind.CallInstead && t.DoneAt is null);

        // As if never stopped: at the end of the eight weeks it is late, whatever was believed for two days.
        await house.WorkAsync(before.DueAt - house.Now + TimeSpan.FromMinutes(1));
        Assert.True(await house.WithAsync(db => db.Set<RaisedEscalation>().AnyAsync(e => e.ComplaintId == id && e.ClockId == clock.Id)));
    }

    [Theory, OnSqlite]
    public async Task A_letter_that_is_posted_after_a_bounce_stops_the_regulators_clock_for_good(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await AttachAsync(house, "fca-disp");
        var id = await Outbox.ComplaintAsync(house);
        await ResolveAsync(house, id);
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        var letter = await house.WithAsync(db => db.OutMessages.AsNoTracking().SingleAsync(m => m.Purpose == MailPurpose.Resolution));
        await ComeBackAsync(house, letter);
        Assert.Equal(ClockState.Running, (await ClockAsync(house, id)).State);

        await ResolveAsync(house, id, Channel.Letter);
        Assert.Equal(ClockState.Stopped, (await ClockAsync(house, id)).State);
        await ComeBackAsync(house, letter); // the same report once more
        Assert.Equal(ClockState.Stopped, (await ClockAsync(house, id)).State);
        Assert.Equal(State.Resolved, (await Outbox.ComplaintAsync(house, id)).State);
    }

    /// <summary>Through the page, with what the regulator wants said.</summary>
    private static async Task ResolveAsync(TestHouse house, long id, Channel channel = Channel.Email)
    {
        var complaint = await Outbox.ComplaintAsync(house, id);
        using var sen = await house.SignInAsync("Sen");
        if (complaint.State == State.Received)
        {
            await SayAsync("acknowledgement", Channel.Phone, []);
            await SayAsync("apology", Channel.Phone, new() { ["Shortfall"] = "We charged twice." });
        }

        var cause = await house.WithAsync(db => db.RootCauses.Select(c => c.Id).FirstAsync());
        await SayAsync(
            "resolution",
            channel,
            new()
            {
                ["Solution"] = "The second charge is refunded.",
                ["Remedy"] = nameof(Remedy.Explanation),
                ["RootCauseId"] = $"{cause}",
                ["Outcome"] = nameof(Outcome.Upheld),
                ["Document"] = "final-response",
            }
        );
        Assert.Equal(State.Resolved, (await Outbox.ComplaintAsync(house, id)).State);

        async Task SayAsync(string step, Channel by, Dictionary<string, string?> more)
        {
            (more["Seen"], more["Channel"]) = (await house.SeenAsync(complaint.Reference), $"{by}");
            var demanded = await house.WithAsync(db =>
                db.Regimes.Where(r => r.Key == "fca-disp").SelectMany(r => r.Documents).Where(d => d.Key == "final-response").ToListAsync()
            );
            more["Words"] = "Here is our answer.\n\n" + string.Join("\n\n", demanded.SelectMany(d => d.MustSay.Split('\n')));
            await sen.PostAsync($"/complaints/{complaint.Reference}/{step}", more, $"/complaints/{complaint.Reference}");
            Assert.Equal(System.Net.HttpStatusCode.OK, sen.Status);
        }
    }

    private static async Task ComeBackAsync(TestHouse house, OutMessage letter)
    {
        var raw = SandboxPost.Bounce(letter, "grace@customer.example", "desk@desk.example", house.Now);
        var uid = await house.WithAsync(db => db.InMessages.CountAsync()) + 1;
        await house.AskAsync((InboxStore store) => store.StoreAsync(InboxStore.Sandbox, 1, uid, raw));
        await house.WorkAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task<DeadlineClock> ClockAsync(TestHouse house, long id) =>
        (await Outbox.ComplaintAsync(house, id)).Clocks.Single(c => c.RegimeClock.StartsWith("fca-disp/final", StringComparison.Ordinal));

    private static Task AttachAsync(TestHouse house, string key) =>
        house.WithAsync(
            async (db, _) =>
            {
                db.RegimeAttachments.Add(
                    new RegimeAttachment
                    {
                        RegimeId = await db.Regimes.Where(r => r.Key == key).Select(r => r.Id).SingleAsync(),
                        UnitId = await db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "North").Select(u => u.Id).SingleAsync(),
                    }
                );
                await DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
            }
        );
}
