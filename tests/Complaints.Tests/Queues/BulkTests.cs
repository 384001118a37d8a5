using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Queues;

/// <summary>The same change to many: looked at before, done one by one, and no bad one stops the others.</summary>
public sealed class BulkTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Reassigning_many_shows_first_what_happens_and_keeps_what_was_refused(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var plain = await house.LogAsync();
        var about = await house.LogAsync("Ivar Lindqvist", owner: "Sen", complainedAbout: "Jun");
        var foreign = await house.LogAsync(unit: "Shanghai", owner: "Wen");
        var jun = await house.ActorAsync("Jun");
        using var lena = await house.SignInAsync("Lena");
        var page = await PickAsync(house, lena, "assign", jun.StaffId, plain, about, foreign);
        Assert.Contains("1 will be changed, 1 refused", page);
        Assert.Contains("Assigned to Jun", page);
        Assert.Contains("Jun is complained about here", page);
        Assert.DoesNotContain(foreign, page);
        Assert.Equal("Mia", await OwnerAsync(house, plain));

        var run = lena.Path;
        page = await lena.PostAsync(run + "/start", [], run);
        Assert.Contains("1 changed", page);
        Assert.Equal("Jun", await OwnerAsync(house, plain));
        Assert.Equal("Sen", await OwnerAsync(house, about));
        Assert.Equal("Wen", await OwnerAsync(house, foreign));
        Assert.Matches($"value=\"{await IdAsync(house, about)}\" checked", page);

        page = await lena.PostAsync(
            run + "/rest",
            new()
            {
                ["Pick[0]"] = $"{await IdAsync(house, about)}",
                ["What"] = "assign",
                ["OwnerId"] = $"{(await house.ActorAsync("Mia")).StaffId}",
            },
            run
        );
        Assert.Contains("1 will be changed", page);
        await lena.PostAsync(run + "/start", [], "/queues/unit");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status); // done is done
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Acknowledging_many_writes_to_each_and_says_who_cannot_be_written_to(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var first = await house.LogAsync();
        var mute = await house.LogAsync("No Mail Norris");
        var done = await house.LogAsync("王芳");
        await house.DoAsync(done, "Mia", (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "Said"), b));
        using var mia = await house.SignInAsync("Mia");
        await PickAsync(house, mia, "acknowledge", null, first, mute, done);
        var run = mia.Path;
        Assert.Contains(
            "Take the other braces out",
            await mia.PostAsync(run + "/changes", new() { ["Acknowledgement"] = "Dear {{name}}" }, run)
        );
        var page = await mia.PostAsync(run + "/changes", new() { ["Acknowledgement"] = "Dear {{customer}}, we have {{reference}}." }, run);
        Assert.Contains("1 will be changed, 2 refused", page);
        Assert.Contains("no mail address that works", page);
        Assert.Contains("Open now:", page);
        Assert.Empty(await house.MailsAsync(MailPurpose.Acknowledgement));
        await mia.PostAsync(run + "/start", [], run);
        var mail = Assert.Single(await house.MailsAsync(MailPurpose.Acknowledgement));
        Assert.Contains($"Dear Grace Okafor, we have {first}.", mail.Text);
        Assert.Equal(State.Acknowledged, (await house.ReadAsync(first)).State);
        Assert.Equal(State.Received, (await house.ReadAsync(mute)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Many_can_be_noted_made_severe_and_ended_with_what_is_missing_named(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var first = await house.LogAsync();
        var second = await house.LogAsync("王芳");
        using var mia = await house.SignInAsync("Mia");
        await DoAsync(house, mia, "note", new() { ["Note"] = "Same lift" }, first, second);
        Assert.Contains((await house.ReadAsync(second)).Timeline, e => e.Kind == EntryKind.Note && e.Content!.Body.Words == "Same lift");
        await DoAsync(house, mia, "severity", new() { ["Severity"] = "High" }, first, second);
        Assert.Equal(Severity.High, (await house.ReadAsync(first)).Severity);
        await PickAsync(house, mia, "end", null, first, second);
        var run = mia.Path;
        Assert.Contains("Choose what is to change", await mia.PostAsync(run + "/changes", [], run));
        Assert.Contains("Say why", await mia.PostAsync(run + "/changes", new() { ["Ending"] = "Withdraw" }, run));
        Assert.Contains("Name the body", await mia.PostAsync(run + "/changes", new() { ["Ending"] = "Refer", ["Reason"] = "x" }, run));
        Assert.Contains("Say what was found", await mia.PostAsync(run + "/changes", new() { ["Ending"] = "Close", ["Reason"] = "x" }, run));
        await mia.PostAsync(run + "/changes", new() { ["Ending"] = "Withdraw", ["Reason"] = "They asked us to" }, run);
        await mia.PostAsync(run + "/start", [], run);
        Assert.Equal(State.Withdrawn, (await house.ReadAsync(first)).State);
        Assert.Equal(State.Withdrawn, (await house.ReadAsync(second)).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_remedy_that_waits_for_approval_ends_with_its_complaint(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var first = await house.LogAsync();
        await house.DoAsync(
            first,
            "Mia",
            (c, a, b) => c.Offer(a, house.Now, Remedy.Refund, new Complaints.Data.Money(900_00, "GBP"), "Charged twice", 100_00, b)
        );
        Assert.True((await house.ReadAsync(first)).AwaitingApproval);
        using var mia = await house.SignInAsync("Mia");
        await DoAsync(house, mia, "end", new() { ["Ending"] = "Withdraw", ["Reason"] = "They asked us to" }, first);
        var ended = await house.ReadAsync(first);
        Assert.Equal((State.Withdrawn, false), (ended.State, ended.AwaitingApproval));
        Assert.Equal(GrantState.Cancelled, Assert.Single(ended.Grants).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_great_many_are_done_in_the_background_and_going_on_after_a_stop_does_none_twice(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await ManyComplaints.AddAsync(house, 400);
        using var lena = await house.SignInAsync("Lena");
        await lena.PostAsync("/queues/unit/bulk", new() { ["Whole"] = "true", ["What"] = "note" }, "/queues/unit");
        var run = lena.Path;
        var page = await lena.PostAsync(run + "/changes", new() { ["Note"] = "Seen by all, @Sen too" }, run);
        Assert.Contains("Of the 50 shown", page);
        Assert.Contains("from=50", page);
        Assert.Contains("Being done", await lena.PostAsync(run + "/start", [], run));
        var kept = await house.WithAsync(db => db.BulkRuns.AsNoTracking().SingleAsync());
        Assert.True(kept.Ids.Count > BulkRuns.AtOnce);
        Assert.Equal(0, kept.Done);

        // One node works in steps and is stopped; two others go on at once.
        using (var stop = new CancellationTokenSource())
        {
            stop.CancelAfter(TimeSpan.FromMilliseconds(150));
            try
            {
                await house.AskAsync<BulkRuns, int>(async r => await RunAsync(r, stop.Token));
            }
            catch (OperationCanceledException) { }
        }

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => house.AskAsync<BulkRuns, int>(r => RunAsync(r, default))));
        kept = await house.WithAsync(db => db.BulkRuns.AsNoTracking().SingleAsync());
        Assert.Equal(kept.Ids.Count, kept.Done);
        Assert.Equal(kept.Ids.Count, kept.Changed + kept.RefusedOnes.Count);
        var notes = await house.WithAsync(db =>
            db.Timeline.Where(e => e.Kind == EntryKind.Note).GroupBy(e => e.ComplaintId).Select(g => g.Count()).ToListAsync()
        );
        Assert.Equal(kept.Changed, notes.Count);
        Assert.All(notes, n => Assert.Equal(1, n));
        var told = await house.WithAsync(db => db.Notices.SingleAsync(n => n.Kind == NoticeKind.Mention));
        var sen = (await house.ActorAsync("Sen")).StaffId!.Value;
        var open = await house.WithAsync(async db =>
            (
                await db
                    .Complaints.Where(c => db.Set<TimelineEntry>().Any(e => e.ComplaintId == c.Id && e.Kind == EntryKind.Note))
                    .Select(c => c.KeptFrom)
                    .ToListAsync()
            ).Count(k => !Recusal.Holds(k, sen))
        );
        Assert.Equal((sen, open), (told.StaffId, told.Number)); // once, however many, and only of those she may read
        Assert.Contains($"{kept.Changed} changed", await lena.GetAsync(run));
        house.Clock.Pass(TimeSpan.FromDays(15));
        await house.AskAsync<BulkRuns, int>(r => RunAsync(r, default));
        Assert.Empty(await house.WithAsync(db => db.BulkRuns.ToListAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Rights_count_when_it_is_done_and_a_run_is_nobody_elses(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var moved = await house.LogAsync();
        var stays = await house.LogAsync("王芳");
        using var lena = await house.SignInAsync("Lena");
        await PickAsync(house, lena, "note", null, moved, stays);
        var run = lena.Path;
        await lena.PostAsync(run + "/changes", new() { ["Note"] = "Among us" }, run);
        var shanghai = await house.WithAsync(db => db.Units.SingleAsync(u => u.Name == "Shanghai"));
        await house.DoAsync(moved, "Dora", (c, a, b) => c.MoveTo(a, house.Now, shanghai, "theirs", b));
        Assert.Contains("not yours to change", await lena.PostAsync(run + "/start", [], run));
        Assert.DoesNotContain((await house.ReadAsync(moved)).Timeline, e => e.Kind == EntryKind.Note);
        Assert.Contains((await house.ReadAsync(stays)).Timeline, e => e.Kind == EntryKind.Note);
        using var mia = await house.SignInAsync("Mia");
        await mia.GetAsync(run);
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        using var otto = await house.SignInAsync("Otto");
        Assert.DoesNotContain("name=\"Pick\"", await otto.GetAsync("/queues/all"));
        await otto.PostAsync("/queues/all/bulk", new() { ["Whole"] = "true", ["What"] = "note" }, "/queues/all");
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
        var page = await PickAsync(house, mia, "assign", (await house.ActorAsync("Jun")).StaffId, stays);
        Assert.Contains("1 will be changed", page); // she holds it herself
        var other = await house.LogAsync(owner: "Sen");
        page = await PickAsync(house, mia, "assign", (await house.ActorAsync("Jun")).StaffId, other);
        Assert.Contains("Somebody else holds it", page);
        await mia.PostAsync("/queues/unit/bulk", new() { ["What"] = "note" }, "/queues/unit");
        Assert.Equal("/queues/unit", mia.Path);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_fault_with_one_is_said_and_ends_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (first, second) = (await house.LogAsync(), await house.LogAsync("王芳"));
        using var mia = await house.SignInAsync("Mia");
        await PickAsync(house, mia, "end", null, first, second);
        await house.WithAsync(async db =>
        {
            var run = await db.BulkRuns.SingleAsync();
            run.Changes = new CaseChanges { Ending = Verb.Close, Reason = "no finding, which no form lets through" }.Write();
            run.StartedAt = house.Now;
            await db.SaveChangesAsync();
        });
        await house.AskAsync<BulkRuns, int>(r => RunAsync(r, default));
        var page = await mia.GetAsync(mia.Path);
        Assert.Contains("Left as they were: 2", page);
        Assert.Contains("A fault of the program", page);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_is_named_on_many_is_told_once_with_the_number_and_only_of_what_they_may_read(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (first, second) = (await house.LogAsync(), await house.LogAsync("王芳"));
        var about = await house.LogAsync(complainedAbout: "Jun");
        await house.WithAsync(async db =>
        {
            var choice = new NoticeChoice { StaffId = (await db.Staff.SingleAsync(s => s.Name == "Sen")).Id };
            choice.Choose(
                new Dictionary<NoticeKind, (bool, MailWhen)> { [NoticeKind.Mention] = (true, MailWhen.AtOnce) },
                new TimeOnly(8, 0),
                null,
                null,
                []
            );
            db.Add(choice);
            await db.SaveChangesAsync();
        });
        using var mia = await house.SignInAsync("Mia");
        await PickAsync(house, mia, "note", null, first, second, about);
        var run = mia.Path;
        var page = await mia.PostAsync(run + "/changes", new() { ["Note"] = "@Sen, @Jun and @Mia: see {{reference}}" }, run);
        Assert.Contains("tells Sen, Jun", page);
        Assert.Contains("does not tell Jun, who may not read it", page);
        Assert.Empty(await house.WithAsync(db => db.Notices.Where(n => n.Kind == NoticeKind.Mention).ToListAsync()));
        await mia.PostAsync(run + "/start", [], run);
        var told = await house.WithAsync(db =>
            db.Notices.Where(n => n.Kind == NoticeKind.Mention)
                .Join(db.Staff, n => n.StaffId, s => s.Id, (n, s) => new { s.Name, n.Number })
                .ToDictionaryAsync(n => n.Name, n => n.Number)
        );
        Assert.Equal(new Dictionary<string, int> { ["Sen"] = 3, ["Jun"] = 2 }, told);
        using var sen = await house.SignInAsync("Sen");
        Assert.Contains($"One note on 3 complaints: {first}, {second}, {about}", await sen.GetAsync("/notices"));
        Assert.Contains("You were named (Mia), on 3 complaints", await sen.GetAsync("/"));
        using var jun = await house.SignInAsync("Jun");
        Assert.DoesNotContain(about, await jun.GetAsync("/notices"));
        await house.AskAsync<NoticeMails, int>(m => m.RunAsync());
        var mail = Assert.Single(await house.MailsAsync(MailPurpose.Notice));
        Assert.Contains("You were named, on 3 complaints", mail.Text);
    }

    private static async Task<int> RunAsync(BulkRuns runs, CancellationToken cancel)
    {
        await runs.RunAsync(cancel);
        return 0;
    }

    private static async Task DoAsync(
        TestHouse house,
        Browser who,
        string what,
        Dictionary<string, string?> form,
        params string[] references
    )
    {
        await PickAsync(house, who, what, null, references);
        var run = who.Path;
        await who.PostAsync(run + "/changes", form, run);
        Assert.Contains("0 refused", await who.GetAsync(run));
        await who.PostAsync(run + "/start", [], run);
    }

    private static async Task<string> PickAsync(TestHouse house, Browser who, string what, long? owner, params string[] references)
    {
        var form = new Dictionary<string, string?>
        {
            ["What"] = what,
            ["OwnerId"] = owner?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        for (var i = 0; i < references.Length; i++)
        {
            form[$"Pick[{i}]"] = $"{await IdAsync(house, references[i])}";
        }

        var page = await who.PostAsync("/queues/unit/bulk", form, "/queues/unit");
        Assert.Equal(HttpStatusCode.OK, who.Status);
        return page;
    }

    private static Task<long> IdAsync(TestHouse house, string reference) =>
        house.WithAsync(db => db.Complaints.Where(c => c.Reference == reference).Select(c => c.Id).SingleAsync());

    private static Task<string?> OwnerAsync(TestHouse house, string reference) =>
        house.WithAsync(db => db.Complaints.Where(c => c.Reference == reference).Select(c => c.Owner!.Name).SingleAsync())!;
}
