using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.Joining;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Points;

/// <summary>Not a complaint: proposed by one, decided by another, and undone.</summary>
public sealed class NoComplaintTests
{
    private static readonly DateTime _now = PureDesk.Start.AddMinutes(5);

    [Fact]
    public void Whoever_proposed_it_decides_nothing_but_may_withdraw()
    {
        var complaint = PureDesk.Logged();
        complaint.ProposeDismissal(PureDesk.Lead, _now, "A question only");
        Assert.True(complaint.Clock(ClockName.Acknowledge).IsLive);
        Assert.Throws<Refusal>(() => complaint.SetBeside(Verb.DismissAsNoComplaint, PureDesk.Lead, _now, "Yes"));
        Assert.Throws<Refusal>(() => complaint.KeepAsComplaint(PureDesk.Lead, _now, "No"));
        Assert.Throws<StepRefused>(() => complaint.KeepAsComplaint(PureDesk.Agent, _now, "No"));
        Assert.Throws<Refusal>(() => complaint.WithdrawProposal(PureDesk.OtherLead, _now));
        complaint.WithdrawProposal(PureDesk.Lead, _now);
        Assert.Null(complaint.ProposedById);
        Assert.Throws<Refusal>(() => complaint.WithdrawProposal(PureDesk.Lead, _now));

        complaint.ProposeDismissal(PureDesk.Lead, _now, "A question only");
        Assert.Throws<Refusal>(() => complaint.KeepAsComplaint(PureDesk.OtherLead, _now, " "));
        complaint.KeepAsComplaint(PureDesk.OtherLead, _now, "They want their money back");
        Assert.Equal((State.Received, true), (complaint.State, complaint.IsOpen));
    }

    [Theory]
    [InlineData(State.Received)]
    [InlineData(State.Acknowledged)]
    [InlineData(State.Apologized)]
    public void Brought_back_it_stands_where_it_stood_and_its_clocks_run_as_if_never_stopped(State state)
    {
        var complaint = PureDesk.In(state);
        var before = complaint.Clocks.Select(c => (c.Name, c.State, c.DueAt)).ToList();
        complaint.ProposeDismissal(PureDesk.Agent, _now, "A question only");
        complaint.SetBeside(Verb.DismissAsNoComplaint, PureDesk.Lead, _now, "Agreed");
        Assert.DoesNotContain(complaint.Clocks, c => c.IsLive);
        Assert.Throws<StepRefused>(() => complaint.BringBack(PureDesk.Agent, _now, "It was one", PureDesk.Book));
        Assert.Throws<Refusal>(() => complaint.BringBack(PureDesk.Lead, _now, " ", PureDesk.Book));
        complaint.BringBack(PureDesk.Lead, _now.AddHours(3), "It was one", PureDesk.Book);
        Assert.Equal((state, true, null), (complaint.State, complaint.IsOpen, complaint.ClosedAt));
        Assert.Equal(before, complaint.Clocks.Select(c => (c.Name, c.State, c.DueAt)));
        Assert.Throws<Refusal>(() => complaint.BringBack(PureDesk.Lead, _now, "Again", PureDesk.Book));
    }

    [Fact]
    public void Resolving_it_meanwhile_ends_the_proposal()
    {
        var complaint = PureDesk.In(State.Apologized);
        complaint.ProposeDismissal(PureDesk.Agent, _now, "A question only");
        complaint.Resolve(PureDesk.Agent, _now, PureDesk.Free, PureDesk.Said, null, PureDesk.Book);
        Assert.Null(complaint.ProposedById);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_one_who_must_look_finds_it_and_sees_why(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var page = $"/complaints/{reference}";
        using var mia = await house.SignInAsync("Mia");
        var fields = new Dictionary<string, string?> { ["Verb"] = "DismissAsNoComplaint", ["Reason"] = "A question about opening hours" };
        var mine = await mia.PostAsync($"{page}/setting-beside", fields, page);
        Assert.Contains("You proposed it, so somebody else decides.", mine);
        Assert.DoesNotContain("value=\"confirm\"", mine);
        await mia.PostAsync($"{page}/setting-beside/decision", new() { ["decision"] = "confirm" }, page);
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);

        using var lena = await house.SignInAsync("Lena");
        Assert.Contains(reference, await lena.GetAsync("/")); // the home page
        Assert.Contains("opening hours", await lena.GetAsync("/approvals"));
        Assert.Contains(reference, await lena.GetAsync("/queues/proposed"));
        using var wen = await house.SignInAsync("Wen");
        Assert.DoesNotContain(reference, await wen.GetAsync("/queues/proposed"));
        Assert.True((await house.ReadAsync(reference)).Clock(ClockName.Acknowledge).IsLive);

        var kept = await lena.PostAsync($"{page}/setting-beside/decision", new() { ["decision"] = "keep" }, page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lena.Status);
        Assert.Contains("Say why.", kept);
        await lena.PostAsync($"{page}/setting-beside/decision", new() { ["decision"] = "confirm" }, page);
        Assert.Equal(State.NotAComplaint, (await house.ReadAsync(reference)).State);
        Assert.DoesNotContain("/setting-beside/undo", await mia.GetAsync(page));
        await mia.PostAsync($"{page}/setting-beside/undo", new() { ["reason"] = "It is one" }, page);
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        var back = await lena.PostAsync($"{page}/setting-beside/undo", new() { ["reason"] = "They rang again" }, page);
        Assert.Equal(HttpStatusCode.OK, lena.Status);
        Assert.Contains("They rang again", back);
        var now = await house.ReadAsync(reference);
        Assert.Equal((State.Received, true), (now.State, now.Clock(ClockName.Acknowledge).IsLive));

        await mia.PostAsync($"{page}/setting-beside", fields, page);
        await mia.PostAsync($"{page}/setting-beside/proposal/withdrawal", [], page);
        Assert.Null((await house.ReadAsync(reference)).ProposedById);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_may_decide_is_told_until_it_is_decided_and_never_who_proposed_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var page = $"/complaints/{reference}";
        using var mia = await house.SignInAsync("Mia");
        using var lena = await house.SignInAsync("Lena");
        using var max = await house.SignInAsync("Max");
        var propose = new Dictionary<string, string?> { ["Verb"] = "DismissAsNoComplaint", ["Reason"] = "A question only" };
        await mia.PostAsync($"{page}/setting-beside", propose, page);
        Assert.Equal(["Lena"], await ToldAsync(house)); // the nearest; who stands above her finds it on the home page
        Assert.Contains("A second look is asked for", await lena.GetAsync("/notices"));
        Assert.Contains("A second look is asked for", await lena.GetAsync("/profile/notices"));
        foreach (var decider in new[] { lena, max })
        {
            var home = await decider.GetAsync("/");
            Assert.Contains("Mia proposes: this is no complaint. A second person has to look", home);
            Assert.Contains($"{page}#dismissal", home);
        }

        Assert.DoesNotContain("proposes: this is no complaint", await mia.GetAsync("/"));
        await house.AskAsync<NoticeMails, int>(m => m.RunAsync());
        var mail = Assert.Single(await house.MailsAsync(MailPurpose.Notice));
        Assert.Equal(("lena@desk.example", $"A second look is asked for: {reference}"), (mail.Deliveries[0].Recipient, mail.Subject));

        await lena.PostAsync("/notices/seen", [], "/notices"); // looking is not deciding
        Assert.Contains("proposes: this is no complaint", await lena.GetAsync("/"));
        await lena.PostAsync($"{page}/setting-beside/decision", new() { ["decision"] = "keep", ["reason"] = "It is one" }, page);
        Assert.Empty(await ToldAsync(house));
        Assert.DoesNotContain("proposes: this is no complaint", await lena.GetAsync("/"));

        await lena.PostAsync($"{page}/setting-beside", propose, page); // she may not decide about her own
        Assert.Equal(["Max"], await ToldAsync(house));
        Assert.DoesNotContain("proposes: this is no complaint", await lena.GetAsync("/"));
        Assert.Contains("Lena proposes: this is no complaint", await max.GetAsync("/"));
        await lena.PostAsync($"{page}/setting-beside/proposal/withdrawal", [], page);
        Assert.Empty(await ToldAsync(house));

        await mia.PostAsync($"{page}/setting-beside", propose, page);
        await max.PostAsync($"{page}/setting-beside/decision", new() { ["decision"] = "confirm" }, page);
        Assert.Equal(State.NotAComplaint, (await house.ReadAsync(reference)).State);
        Assert.Empty(await ToldAsync(house));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_is_away_or_kept_out_is_passed_over_and_what_lapses_asks_for_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var about = await house.LogAsync(complainedAbout: "Lena");
        var (away, merged) = (await house.LogAsync(), await house.LogAsync());
        await ProposeAsync(house, about);
        Assert.Equal(["Max"], await ToldAsync(house));
        await house.DoAsync(about, "Max", (c, a, _) => c.KeepAsComplaint(a, house.Now, "It is one"));
        await house.WithAsync(db =>
            db.Staff.Where(s => s.Name == "Lena" || s.Name == "Max")
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.AwayUntil, house.Now.AddDays(3)))
        );
        await ProposeAsync(house, away);
        Assert.Equal(["Dora"], await ToldAsync(house));
        await house.WithAsync(db =>
            db.Staff.Where(s => s.Name == "Dora").ExecuteUpdateAsync(s => s.SetProperty(x => x.AwayUntil, house.Now.AddDays(3)))
        );
        await ProposeAsync(house, merged);
        Assert.Equal(["Dora", "Lena"], await ToldAsync(house)); // everybody is away: the nearest finds it when she is back
        await house.MergeAsync(merged, away);
        Assert.Equal(["Dora"], await ToldAsync(house));
        await house.UndoAsync(merged, away);
        Assert.Equal(["Dora", "Lena"], await ToldAsync(house)); // it is proposed as before
    }

    private static Task ProposeAsync(TestHouse house, string reference) =>
        house.DoAsync(reference, "Mia", (c, a, _) => c.ProposeDismissal(a, house.Now, "A question only"));

    private static Task<List<string>> ToldAsync(TestHouse house) =>
        house.WithAsync(db =>
            db.Notices.Where(n => n.Kind == NoticeKind.SecondLook)
                .Join(db.Staff, n => n.StaffId, s => s.Id, (n, s) => s.Name)
                .OrderBy(n => n)
                .ToListAsync()
        );
}
