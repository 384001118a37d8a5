using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Escalation;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

/// <summary>Promises: made in one field, reminded of, kept, broken, agreed anew; and what waits for them.</summary>
public sealed class PromiseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_promise_made_in_one_field_is_reminded_of_escalates_when_broken_and_ends_when_kept(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var reference = (await Outbox.ComplaintAsync(house, id)).Reference;
        using var sen = await house.SignInAsync("Sen");
        var page = $"/complaints/{reference}";
        var refused = await sen.PostAsync($"{page}/promises", new() { ["promise"] = "call soon", ["channel"] = "Phone" }, page);
        Assert.Contains("Say by when", refused);
        Assert.Contains("value=\"call soon\"", refused);
        Assert.Contains(
            "Promised by",
            await sen.PostAsync($"{page}/promises", new() { ["promise"] = "call within 2 hours", ["channel"] = "Phone" }, page)
        );
        Assert.Contains("call within 2 hours", await sen.GetAsync("/"));
        var promise = await OnlyAsync(house, id);
        Assert.Equal(house.Now.AddHours(2), promise.DueAt);

        house.Clock.Pass(TimeSpan.FromMinutes(90));
        await SweepAsync(house);
        await SweepAsync(house);
        Assert.Equal([(Trigger.PromiseSoon, 0)], await RaisedAsync(house, id));
        house.Clock.Pass(TimeSpan.FromMinutes(30));
        await SweepAsync(house);
        await SweepAsync(house);
        Assert.Equal([(Trigger.PromiseSoon, 0), (Trigger.PromiseBroken, 1)], await RaisedAsync(house, id));
        Assert.NotNull((await OnlyAsync(house, id)).BrokenAt);
        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("What the customer was promised was not done in time.", await lena.GetAsync("/escalations"));

        using var again = await house.SignInAsync("Sen");
        Assert.Contains("Promise kept.", await again.PostAsync($"{page}/promises/{promise.Id}/kept", [], page));
        Assert.Contains("Promise kept, late", await again.GetAsync(page));
        await SweepAsync(house);
        Assert.Empty(
            await house.WithAsync(db =>
                db.Escalations.Where(e => e.ComplaintId == id && e.Trigger != null && e.EndedAt == null).ToListAsync()
            )
        );
        Assert.Null((await Outbox.ComplaintAsync(house, id)).PromiseDueAt);
        Assert.False(await house.WithAsync(db => db.DeskTasks.AnyAsync(t => t.ComplaintId == id && t.DoneAt == null)));
        Assert.Contains("ended already", await ErrorAsync(house, id, (c, p, s) => c.KeepPromise(p, s, house.Now)));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Agreed_anew_it_is_owed_at_the_new_time_and_released_it_is_owed_no_more(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var page = $"/complaints/{(await Outbox.ComplaintAsync(house, id)).Reference}";
        using var sen = await house.SignInAsync("Sen");
        await sen.PostAsync($"{page}/promises", new() { ["promise"] = "call within 2 hours", ["channel"] = "Phone" }, page);
        var first = await OnlyAsync(house, id);
        var moved = $"{page}/promises/{first.Id}/moved";
        var refused = await sen.PostAsync(moved, new() { ["promise"] = "call within 5 hours" }, page);
        Assert.Contains("Say what the customer agreed to", refused);
        Assert.Contains("value=\"call within 5 hours\"", refused);
        await sen.PostAsync(moved, new() { ["promise"] = "call within 5 hours", ["reason"] = "She is in a meeting." }, page);
        Assert.Equal(house.Now.AddHours(5), (await Outbox.ComplaintAsync(house, id)).PromiseDueAt);
        house.Clock.Pass(TimeSpan.FromHours(3));
        await SweepAsync(house);
        Assert.Empty(await RaisedAsync(house, id));

        var second = await house.WithAsync(db => db.Promises.SingleAsync(p => p.ComplaintId == id && p.EndedAt == null));
        using var later = await house.SignInAsync("Sen");
        await later.PostAsync($"{page}/promises/{second.Id}/released", new() { ["reason"] = "She called us." }, page);
        Assert.Null((await Outbox.ComplaintAsync(house, id)).PromiseDueAt);
        await later.PostAsync($"{page}/promises/{second.Id}/kept", [], page);
        Assert.Equal(HttpStatusCode.NotFound, later.Status); // it is not open any more
        using var wen = await house.SignInAsync("Wen");
        await wen.PostAsync($"{page}/promises", new() { ["promise"] = "call within 2 hours", ["channel"] = "Phone" }, "/");
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Closing_waits_for_every_promise_and_nobody_ends_a_complaint_over_one(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        await DoAsync(
            house,
            id,
            (c, sen, book) =>
            {
                c.MakePromise(sen, house.Now, "a letter within 3 hours", Channel.Letter, house.Now.AddHours(3), sen.StaffId);
                var refused = Assert.Throws<Refusal>(() => c.SetBeside(Verb.Withdraw, sen, house.Now, "She said so."));
                Assert.Contains("A promise to the customer is still open", Tongue.Say(Tongue.English, refused.Sentence));
                var said = new Statement(Channel.Phone, "Hello");
                c.Acknowledge(sen, house.Now, said, book);
                c.Apologize(sen, house.Now, new Apology(false, "We charged twice."), said);
                c.Resolve(
                    sen,
                    house.Now,
                    new Resolution("Paid back.", Remedy.None, null, cause, null, null, Outcome.Upheld),
                    said,
                    0,
                    book
                );
                c.StartFollowUp(sen, house.Now, new Sentence("To be asked on the phone: {0}", "x"));
                Assert.Throws<Refusal>(() => c.Close(sen, house.Now, Outcome.Upheld, new Sentence("{0}", "done")));
                c.CloseWhenKept(sen, house.Now, Outcome.PartlyUpheld, new Sentence("The customer is satisfied"));
                Assert.Equal(State.InFollowUp, c.State);
            }
        );
        await DoAsync(house, id, (c, sen, _) => c.KeepPromise(c.Promises[0], sen, house.Now));
        var closed = await Outbox.ComplaintAsync(house, id);
        Assert.Equal((State.Closed, Outcome.PartlyUpheld), (closed.State, closed.Outcome));
        Assert.Contains(
            "has ended",
            await ErrorAsync(house, id, (c, _, s) => c.MakePromise(s, house.Now, "x", Channel.Phone, house.Now.AddHours(1), null))
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_promise_goes_with_a_reply_or_a_call_and_is_taken_back_with_its_mail(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var page = $"/complaints/{(await Outbox.ComplaintAsync(house, id)).Reference}";
        using var sen = await house.SignInAsync("Sen");
        Dictionary<string, string?> reply = new()
        {
            ["Channel"] = "Email",
            ["Words"] = "We look into it.",
            ["Promise"] = "soon",
        };
        Assert.Contains("Say by when", await sen.PostAsync($"{page}/replies", reply, page));
        Assert.Empty(await house.WithAsync(db => db.OutMessages.ToListAsync()));
        reply["Promise"] = "call within 3 hours";
        await sen.PostAsync($"{page}/replies", reply, page);
        var promise = await OnlyAsync(house, id);
        Assert.Equal((Channel.Phone, house.Now.AddHours(3)), (promise.Channel, promise.DueAt));

        var mail = await house.WithAsync(db => db.OutMessages.SingleAsync());
        var back = await sen.PostAsync($"/mail/{mail.Id}/undo", [], page);
        Assert.Contains("value=\"call within 3 hours\"", back);
        Assert.Equal(PromiseEnd.Released, (await OnlyAsync(house, id)).End);
        Assert.Null((await Outbox.ComplaintAsync(house, id)).PromiseDueAt);

        Dictionary<string, string?> call = new()
        {
            ["channel"] = "Phone",
            ["words"] = "She asks when.",
            ["promise"] = "a letter within 2 weeks",
        };
        await sen.PostAsync($"{page}/contacts", call, page);
        Assert.NotNull((await Outbox.ComplaintAsync(house, id)).PromiseDueAt);
    }

    private static Task SweepAsync(TestHouse house) => house.AskAsync((Sweep sweep) => sweep.RunAsync());

    private static Task<Promise> OnlyAsync(TestHouse house, long id) =>
        house.WithAsync(db => db.Promises.AsNoTracking().SingleAsync(p => p.ComplaintId == id));

    private static async Task<List<(Trigger?, int)>> RaisedAsync(TestHouse house, long id) =>
        [
            .. (
                await house.WithAsync(db =>
                    db.Escalations.AsNoTracking()
                        .Where(e => e.ComplaintId == id && e.Trigger != null)
                        .OrderBy(e => e.Id)
                        .Select(e => new { e.Trigger, e.Level })
                        .ToListAsync()
                )
            ).Select(e => (e.Trigger, e.Level)),
        ];

    private static Task DoAsync(TestHouse house, long id, Action<Complaint, Actor, DeadlineBook> verbs) =>
        house.WithAsync(
            async (db, s) =>
            {
                var book = await s.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var complaint = await Outbox.LoadAsync(db, id);
                await db.Promises.Where(p => p.ComplaintId == id).LoadAsync();
                var sen = await db.Staff.Include(m => m.Unit).SingleAsync(m => m.Name == "Sen");
                verbs(complaint, Actor.Of(sen, TimeZoneInfo.Utc), book);
                await db.SaveChangesAsync();
            }
        );

    private static async Task<string> ErrorAsync(TestHouse house, long id, Action<Complaint, Promise, Actor> verb)
    {
        Refusal? refused = null;
        await DoAsync(house, id, (c, sen, _) => refused = Assert.Throws<Refusal>(() => verb(c, c.Promises[0], sen)));
        return Tongue.Say(Tongue.English, refused!.Sentence);
    }
}
