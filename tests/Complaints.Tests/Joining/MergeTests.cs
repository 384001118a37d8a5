using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Insight;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.Casework;
using Complaints.Tests.Insight;
using Complaints.Tests.Mail;
using Complaints.Tests.World;
using Complaints.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Joining;

/// <summary>Merging as people do it: on the page, with everything that must not be lost by it.</summary>
public sealed class MergeTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Merged_on_the_page_everything_goes_on_at_the_survivor_and_back_again_when_undone(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var survivor = await house.LogAsync();
        var merged = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync(
            $"/complaints/{merged}/promises",
            new() { ["promise"] = "call within 2 hours", ["channel"] = "Phone" },
            $"/complaints/{merged}"
        );
        await mia.PostFileAsync($"/complaints/{merged}/attachments", [], "file", "bill.txt", "A bill"u8.ToArray(), $"/complaints/{merged}");
        await mia.PostAsync($"/complaints/{merged}/notes", new() { ["words"] = "A note on the later one" }, $"/complaints/{merged}");

        var refused = await mia.PostAsync($"/complaints/{survivor}/merger", new() { ["duplicateOf"] = merged }, $"/complaints/{survivor}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("Say why", refused);
        Assert.Contains($"value=\"{merged}\"", refused);
        var page = await mia.PostAsync(
            $"/complaints/{survivor}/merger",
            new() { ["duplicateOf"] = merged, ["reason"] = "The same bill" },
            $"/complaints/{survivor}"
        );
        Assert.Contains($"from {merged}", page);
        Assert.Contains("A note on the later one", page);
        Assert.Contains("bill.txt", page);
        Assert.Contains($"/complaints/{merged}/attachments/", page);
        Assert.Contains("call within 2 hours", page);
        Assert.Contains($"Promise taken over from {merged}", page);
        Assert.DoesNotContain("A note on the later one", await mia.GetAsync($"/complaints/{survivor}?of={survivor}"));
        var only = await mia.GetAsync($"/complaints/{survivor}?show=all&of={merged}");
        Assert.Contains("A note on the later one", only);
        Assert.DoesNotContain($"{merged} was merged into this one", only[only.IndexOf("id=\"timeline\"", StringComparison.Ordinal)..]);
        Assert.Contains("Undo the merging", await mia.GetAsync($"/complaints/{merged}"));
        var (gone, on) = (await house.ReadAsync(merged), await house.ReadAsync(survivor));
        Assert.Equal((State.Duplicate, on.Id, (DateTime?)null), (gone.State, gone.DuplicateOfId, gone.PromiseDueAt));
        Assert.Equal(house.Now.AddHours(2), on.PromiseDueAt);

        var promise = await house.WithAsync(db => db.Promises.SingleAsync());
        Assert.Contains(
            "Promise kept.",
            await mia.PostAsync($"/complaints/{survivor}/promises/{promise.Id}/kept", [], $"/complaints/{survivor}")
        );
        Assert.Contains(
            "It stands by itself again.",
            await mia.PostAsync($"/complaints/{merged}/merger/undo", [], $"/complaints/{merged}")
        );
        gone = await house.ReadAsync(merged);
        Assert.Equal((State.Received, true, (long?)null), (gone.State, gone.IsOpen, gone.DuplicateOfId));
        Assert.All(gone.Clocks, c => Assert.Equal(ClockState.Running, c.State));
        Assert.Equal(gone.Id, await house.WithAsync(db => db.Promises.Select(p => p.ComplaintId).SingleAsync()));
        Assert.DoesNotContain("A note on the later one", await mia.GetAsync($"/complaints/{survivor}"));
        Assert.Contains("undone already", await mia.PostAsync($"/complaints/{merged}/merger/undo", [], $"/complaints/{merged}"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_earlier_receipt_and_the_stricter_deadline_count_and_it_says_so(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var early = await house.LogAsync(severity: Severity.Low);
        var received = house.Now;
        house.Clock.Pass(TimeSpan.FromHours(2));
        var urgent = await house.LogAsync(severity: Severity.Critical);
        house.Clock.Pass(TimeSpan.FromMinutes(5));
        var late = await house.LogAsync(severity: Severity.Low);
        var due = await ResolveAsync(house, urgent);
        await house.MergeAsync(urgent, late);
        Assert.Equal(due, await ResolveAsync(house, late));
        await house.MergeAsync(early, late);
        var survivor = await house.ReadAsync(late);
        Assert.Equal(received, survivor.ReceivedAt);
        Assert.True(await ResolveAsync(house, late) <= due);
        var said = survivor
            .Timeline.Where(e => e.Kind == EntryKind.Deadline)
            .Select(e => Tongue.Say(Tongue.English, e.Content!.Body.Sentence))
            .ToList();
        Assert.Contains(
            said,
            s => s.StartsWith("Resolve: due", StringComparison.Ordinal) && s.EndsWith($"because of {urgent}", StringComparison.Ordinal)
        );
        Assert.Contains(said, s => s.Contains($"{early} came earlier", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Remedies_of_the_merged_one_are_seen_at_the_survivor_and_what_is_owed_counts_when_it_closes(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (survivor, merged, inside) = (await house.LogAsync(), await house.LogAsync(), await house.LogAsync());
        await house.DoAsync(
            inside,
            "Mia",
            (c, a, b) =>
                c.AcceptOffer(
                    c.Offer(a, house.Now, Remedy.Refund, new Money(50_00, "GBP"), "Charged twice", 100_00, b),
                    a,
                    house.Now,
                    null,
                    b
                )
        );
        await house.MergeAsync(inside, merged);
        await house.MergeAsync(merged, survivor); // through another one
        using var mia = await house.SignInAsync("Mia");
        var page = await mia.GetAsync($"/complaints/{survivor}");
        var shown = page[page.IndexOf("id=\"merged-ledger\"", StringComparison.Ordinal)..];
        Assert.Contains("Refund of 50.00 GBP", shown[..shown.IndexOf("</ul>", StringComparison.Ordinal)]);
        Assert.Contains($"/complaints/{inside}#ledger", shown);
        Assert.DoesNotContain($"/complaints/{inside}/remedies/", page); // changed where they belong
        Assert.DoesNotContain("id=\"owed\"", page);

        await house.DoAsync(
            survivor,
            "Mia",
            (c, a, b) =>
            {
                c.Acknowledge(a, house.Now, PureDesk.Said, b);
                c.Apologize(a, house.Now, new Apology(true, null), PureDesk.Said);
                c.Resolve(a, house.Now, PureDesk.Free, PureDesk.Said, null, b);
                c.StartFollowUp(a, house.Now, new Sentence("Called"));
            }
        );
        page = await mia.GetAsync($"/complaints/{survivor}");
        shown = page[page.IndexOf("id=\"owed\"", StringComparison.Ordinal)..];
        Assert.Contains("Before you close it: something granted is not settled.", shown);
        Assert.Contains($"/complaints/{inside}#ledger", shown[..shown.IndexOf("</ul>", StringComparison.Ordinal)]);
        await house.DoAsync(survivor, "Mia", (c, a, _) => c.Close(a, house.Now, Outcome.Upheld, new Sentence("Settled")));
        var said = (await house.ReadAsync(survivor)).Timeline.Select(e => Tongue.Say(Tongue.English, e.Content!.Body.Sentence)).ToList();
        Assert.Contains(
            said,
            s => s.StartsWith($"A remedy of {inside}, which was merged into this one, is still owed", StringComparison.Ordinal)
        );
        var id = await house.IdAsync(survivor);
        Assert.Null(await house.AskAsync<TimelineVerifier, Tampering?>(v => v.VerifyAsync(id)));

        await house.DoAsync(
            inside,
            "Mia",
            (c, a, b) =>
                c.Pay(c.Grants[0], a, house.Now, new Money(50_00, "GBP"), DateOnly.FromDateTime(house.Now), PayWay.BankTransfer, null, b)
        );
        page = await mia.GetAsync($"/complaints/{survivor}");
        Assert.DoesNotContain("id=\"owed\"", page);
        Assert.Contains("50.00 GBP", page[page.IndexOf("id=\"merged-ledger\"", StringComparison.Ordinal)..]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Remedies_of_a_merged_one_that_the_reader_may_not_see_are_not_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (survivor, foreign) = (await house.LogAsync(), await house.LogAsync(unit: "Shanghai", owner: "Wen"));
        await house.DoAsync(
            foreign,
            "Wen",
            (c, a, b) => c.Offer(a, house.Now, Remedy.Refund, new Money(50_00, "GBP"), "Charged twice", 100_00, b)
        );
        await house.MergeAsync(foreign, survivor, "Dora");
        using var mia = await house.SignInAsync("Mia");
        Assert.DoesNotContain("id=\"merged-ledger\"", await mia.GetAsync($"/complaints/{survivor}"));
        using var dora = await house.SignInAsync("Dora");
        Assert.Contains("id=\"merged-ledger\"", await dora.GetAsync($"/complaints/{survivor}"));
        await house.UndoAsync(foreign, survivor, "Dora");
        Assert.DoesNotContain("id=\"merged-ledger\"", await dora.GetAsync($"/complaints/{survivor}"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Replies_and_the_status_link_of_the_merged_one_lead_to_the_survivor(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var survivor = await house.LogAsync();
        var merged = await house.LogAsync();
        var id = await house.IdAsync(merged);
        await house.MergeAsync(merged, survivor);
        await house.DoAsync(
            survivor,
            "Mia",
            (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "We have both of yours"), b)
        );
        var uid = await house.WithAsync(db => db.InMessages.CountAsync()) + 1;
        var raw = MailWriter.Write(
            new MailToWrite
            {
                From = new Correspondent("grace@customer.example"),
                To = new Correspondent("complaints@desk.example"),
                Subject = $"Re: {merged}",
                Text = "And here is more about it",
                MessageId = MessageIds.For(Guid.NewGuid(), "elsewhere.example"),
                Date = house.Now,
            }
        );
        await house.AskAsync((InboxStore store) => store.StoreAsync(InboxStore.Sandbox, 1, uid, raw));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        Assert.Contains((await house.ReadAsync(survivor)).Timeline, e => e.Content!.Body.Words == "And here is more about it");
        Assert.DoesNotContain((await house.ReadAsync(merged)).Timeline, e => e.Kind == EntryKind.ContactIn);

        using var customer = house.NewBrowser();
        var link = "/c/" + house.Services.GetRequiredService<SignedLinks>().Make(LinkPurpose.Status, id, house.Now.AddDays(180));
        Assert.Contains("We have both of yours", await customer.GetAsync(link));
        await customer.PostAsync(link + "/contacts", new() { ["words"] = "From the old link" }, link);
        Assert.Contains((await house.ReadAsync(survivor)).Timeline, e => e.Content!.Body.Words == "From the old link");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_customers_are_merged_only_knowingly_and_neither_sees_the_other(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var survivor = await house.LogAsync();
        var merged = await house.LogAsync("Ivar Lindqvist");
        using var mia = await house.SignInAsync("Mia");
        Dictionary<string, string?> fields = new()
        {
            ["Verb"] = "MarkDuplicate",
            ["DuplicateOf"] = survivor,
            ["Reason"] = "One stay, booked by two",
        };
        Assert.Contains(
            "of another customer, Grace Okafor",
            await mia.PostAsync($"/complaints/{merged}/setting-beside", fields, $"/complaints/{merged}")
        );
        fields["AnotherCustomers"] = "true";
        await mia.PostAsync($"/complaints/{merged}/setting-beside", fields, $"/complaints/{merged}");
        Assert.Equal(State.Duplicate, (await house.ReadAsync(merged)).State);
        await house.DoAsync(
            survivor,
            "Mia",
            (c, a, b) => c.Acknowledge(a, house.Now, new Statement(Channel.Phone, "Said to Grace alone"), b)
        );
        using var ivar = house.NewBrowser();
        var link =
            "/c/"
            + house
                .Services.GetRequiredService<SignedLinks>()
                .Make(LinkPurpose.Status, await house.IdAsync(merged), house.Now.AddDays(180));
        Assert.DoesNotContain("Said to Grace alone", await ivar.GetAsync(link));
        await ivar.PostAsync(link + "/contacts", new() { ["words"] = "What about me?" }, link);
        Assert.Contains("What about me?", await mia.GetAsync($"/complaints/{survivor}"));
        Assert.Contains((await house.ReadAsync(merged)).Tasks, t => t.Kind == TaskKind.ReadAnswer && t.DoneAt is null);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_would_be_lost_is_refused_with_the_reason(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (one, other) = (await house.LogAsync(), await house.LogAsync());
        Assert.Contains("that this one repeats", await RefusedAsync(house, one, one));
        var about = await house.LogAsync(complainedAbout: "Sen");
        Assert.Contains("would lie open", await RefusedAsync(house, about, other));
        await house.MergeAsync(one, other);
        Assert.Contains("is Duplicate", await RefusedAsync(house, about, one));
        Assert.Contains("not possible", await RefusedAsync(house, one, other)); // it is a duplicate already

        var third = await house.LogAsync();
        await house.MergeAsync(other, third);
        await Assert.ThrowsAsync<Refusal>(() => house.UndoAsync(one, other)); // the survivor went on itself
        await house.UndoAsync(other, third);
        house.Clock.Pass(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));
        var late = await Assert.ThrowsAsync<Refusal>(() => house.UndoAsync(one, other));
        Assert.Contains("30 days", Tongue.Say(Tongue.English, late.Sentence));
        using var mia = await house.SignInAsync("Mia");
        Assert.DoesNotContain("Undo the merging", await mia.GetAsync($"/complaints/{one}"));
    }

    [Fact]
    public void A_regulators_clock_is_merged_only_into_the_same_clock_of_the_same_customer()
    {
        static Complaint Logged(long id)
        {
            var complaint = PureDesk.Logged();
            typeof(Complaint).GetProperty(nameof(Complaint.Id))!.SetValue(complaint, id);
            return complaint;
        }

        var (one, other, third) = (Logged(1), Logged(2), Logged(3));
        var now = PureDesk.Start.AddHours(1);
        other.DocumentLeft(PureDesk.Agent, now, now, "final-response", new Sentence("{0}", "Final"));
        var refused = Assert.Throws<Refusal>(() => one.MergeInto(other, PureDesk.Agent, now, "Same", false, PureDesk.Book));
        Assert.Contains("regulator's clock", Tongue.Say(Tongue.English, refused.Sentence));
        Assert.Equal(State.Received, one.State);
        one.MergeInto(third, PureDesk.Agent, now, "Same", false, PureDesk.Book);
        Assert.Equal(ClockState.Cancelled, one.Clock(ClockName.Regime).State);
        Assert.Equal(ClockState.Running, third.Clock(ClockName.Regime).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_foreign_complaint_can_be_neither_merged_nor_linked_nor_seen(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var mine = await house.LogAsync();
        var foreign = await house.LogAsync(unit: "Shanghai", owner: "Wen");
        var about = await house.LogAsync(complainedAbout: "Mia", owner: null);
        using var mia = await house.SignInAsync("Mia");
        foreach (var other in new[] { foreign, about })
        {
            foreach (var act in new[] { "merger", "links", "links/different" })
            {
                var page = await mia.PostAsync(
                    $"/complaints/{mine}/{act}",
                    new() { ["duplicateOf"] = other, ["reason"] = "x" },
                    $"/complaints/{mine}"
                );
                Assert.Contains("There is no complaint", page);
                await mia.PostAsync(
                    $"/complaints/{other}/{act}",
                    new() { ["duplicateOf"] = mine, ["reason"] = "x" },
                    $"/complaints/{mine}"
                );
                Assert.Equal(HttpStatusCode.NotFound, mia.Status);
            }
        }

        await house.MergeAsync(foreign, mine, "Dora"); // somebody who sees both
        Assert.DoesNotContain(foreign, (await mia.GetAsync($"/complaints/{mine}")).Split("id=\"timeline\"")[0]);
        await mia.PostAsync($"/complaints/{foreign}/merger/undo", [], $"/complaints/{mine}");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        using var otto = await house.SignInAsync("Otto");
        await otto.PostAsync($"/complaints/{mine}/merger", new() { ["duplicateOf"] = about, ["reason"] = "x" }, $"/complaints/{mine}");
        Assert.Equal(HttpStatusCode.NotFound, otto.Status); // an auditor reads
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Merged_complaints_are_not_counted_twice(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var survivor = await house.LogAsync();
        var merged = await house.LogAsync();
        var today = DateOnly.FromDateTime(house.Now);
        var question = new FigureQuestion(today.AddDays(-1), today, null, today, new Reader(Tongue.English, TimeZoneInfo.Utc));
        async Task<double?> ReceivedAsync()
        {
            await house.CountFiguresAsync();
            var volume = await house.WithAsync(db => FlowFigures.VolumeAsync(db, question, CancellationToken.None));
            return volume.Rows.Sum(r => r.Values[0]);
        }

        Assert.Equal(2, await ReceivedAsync());
        await house.MergeAsync(merged, survivor);
        Assert.Equal(1, await ReceivedAsync());
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("1, 0 reopened", await mia.GetAsync($"/complaints/{survivor}"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_page_proposes_what_looks_the_same_and_remembers_what_is_not(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var first = await house.LogAsync();
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        var second = await house.LogAsync();
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        var third = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var page = await mia.GetAsync($"/complaints/{third}");
        Assert.Contains("This may be the same as", page);
        await mia.PostAsync(
            $"/complaints/{third}/links/different",
            new() { ["DuplicateOf"] = second, ["Reason"] = "The customer told us about the same thing twice." },
            $"/complaints/{third}"
        );
        page = await mia.GetAsync($"/complaints/{third}");
        Assert.DoesNotContain($"name=\"DuplicateOf\" value=\"{second}\"", page);
        Assert.Contains($"name=\"DuplicateOf\" value=\"{first}\"", page);
        Assert.DoesNotContain($"name=\"DuplicateOf\" value=\"{third}\"", await mia.GetAsync($"/complaints/{second}"));
        Assert.Contains("formaction=\"/complaints/" + first, await mia.GetAsync($"/complaints/{first}"));
        Assert.Contains($"action=\"/complaints/{first}/merger\"", await mia.GetAsync($"/complaints/{first}"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Related_ones_stand_beside_each_other_until_somebody_takes_the_link_out(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var one = await house.LogAsync();
        var other = await house.LogAsync("Ivar Lindqvist");
        using var mia = await house.SignInAsync("Mia");
        Dictionary<string, string?> fields = new() { ["duplicateOf"] = other };
        Assert.Contains("Say why they belong together", await mia.PostAsync($"/complaints/{one}/links", fields, $"/complaints/{one}"));
        fields["reason"] = "The same lift";
        Assert.Contains($"Linked with {other}.", await mia.PostAsync($"/complaints/{one}/links", fields, $"/complaints/{one}"));
        var page = await mia.GetAsync($"/complaints/{other}");
        Assert.Contains("The same lift", page);
        Assert.Contains($"href=\"/complaints/{one}\"", page);
        fields["duplicateOf"] = one;
        Assert.Contains("linked already", await mia.PostAsync($"/complaints/{other}/links", fields, $"/complaints/{other}"));
        fields["duplicateOf"] = other;
        Assert.Contains("That is this complaint itself", await mia.PostAsync($"/complaints/{other}/links", fields, $"/complaints/{other}"));
        var id = await house.WithAsync(db => db.CaseLinks.Select(l => l.Id).SingleAsync());
        await mia.PostAsync($"/complaints/{other}/links/{id}/removal", [], $"/complaints/{other}");
        Assert.DoesNotContain("links/", (await mia.GetAsync($"/complaints/{one}")).Split("id=\"timeline\"")[1].Split("id=\"link\"")[0]);
        Assert.Contains(
            $"Linked with {one}.",
            await mia.PostAsync($"/complaints/{other}/links", new() { ["duplicateOf"] = one, ["reason"] = "Again" }, $"/complaints/{other}")
        );
    }

    private static async Task<DateTime> ResolveAsync(TestHouse house, string reference) =>
        (await house.ReadAsync(reference)).Clocks.Single(c => c.Name == ClockName.Resolve).DueAt;

    private static async Task<string> RefusedAsync(TestHouse house, string merged, string survivor) =>
        Tongue.Say(
            Tongue.English,
            (
                await Assert.ThrowsAnyAsync<Refusal>(async () =>
                {
                    if (merged == survivor)
                    {
                        await house.DoAsync(merged, "Mia", (c, a, b) => c.MergeInto(c, a, house.Now, "x", false, b));
                    }
                    else
                    {
                        await house.MergeAsync(merged, survivor);
                    }
                })
            ).Sentence
        );
}
