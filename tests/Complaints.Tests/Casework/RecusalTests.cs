using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Deadlines;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

/// <summary>Whoever decided a complaint before it was reopened neither works nor reads it, on any way.</summary>
public sealed partial class RecusalTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Who_reopens_what_they_decided_hands_it_on_and_sees_it_no_more(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await DecidedAsync(house, "Sen");
        await house.DoAsync(
            reference,
            "Sen",
            (c, a, _) => c.Ask(TaskKind.Question, house.Now, house.Now.AddHours(1), a.StaffId, new Complaints.Language.Sentence("Soon."))
        );
        using var sen = await house.SignInAsync("Sen");
        var page = await sen.PostAsync(
            $"/complaints/{reference}/reopening",
            new() { ["reason"] = "It happened again.", ["Seen"] = await house.SeenAsync(reference) },
            $"/complaints/{reference}"
        );
        Assert.Equal("/queues/mine", sen.Path);
        Assert.Contains("somebody else works it now", page);
        Assert.DoesNotContain("complaints/" + reference, page);
        var complaint = await house.ReadAsync(reference);
        Assert.Null(complaint.OwnerId); // nobody else present has a senior seat: the lead hands it out
        Assert.Contains(complaint.Timeline, e => e.Kind == EntryKind.Recusal && Said(e) == "Kept from Sen: decided it before.");
        Assert.Null(complaint.Tasks.Single(t => t.Kind == TaskKind.Question).OwnerId);
        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("Sen: decided it before", await lena.GetAsync($"/complaints/{reference}"));
        using var otto = await house.SignInAsync("Otto");
        await otto.GetAsync($"/complaints/{reference}");
        Assert.Equal(HttpStatusCode.OK, otto.Status); // an auditor reads everything
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_address_of_it_is_not_there_for_them(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await ReopenedAsync(house, "Sen");
        using var sen = await house.SignInAsync("Sen");
        using var lena = await house.SignInAsync("Lena");
        var (looked, wrong) = (0, new List<string>());
        foreach (var (path, method) in Routes(house, reference))
        {
            if (method == "GET")
            {
                await sen.GetAsync(path);
            }
            else
            {
                await sen.PostAsync(path, [], "/profile");
            }

            looked++;
            if (sen.Status != HttpStatusCode.NotFound)
            {
                wrong.Add($"{method} {path} {(int)sen.Status} {sen.Path}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(looked > 40, $"{looked} addresses");
        await lena.GetAsync($"/complaints/{reference}");
        Assert.Equal(HttpStatusCode.OK, lena.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task It_is_in_none_of_their_lists_counts_searches_and_files(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await ReopenedAsync(house, "Sen");
        var customer = (await house.ReadAsync(reference)).CustomerId;
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        string[] lists =
        [
            "/",
            "/queues/unit",
            "/queues/unassigned",
            "/queues/open",
            "/queues/all",
            "/queues/open/export.csv",
            $"/search?q={reference}",
            "/search?q=rooms",
            $"/customers/{customer}",
            "/notices",
            "/follow-ups",
            "/escalations",
        ];
        using var sen = await house.SignInAsync("Sen");
        using var lena = await house.SignInAsync("Lena");
        var shown = 0;
        foreach (var list in lists)
        {
            var link = list.EndsWith("csv", StringComparison.Ordinal) ? reference : "complaints/" + reference;
            Assert.DoesNotContain(link, await sen.GetAsync(list));
            shown += (await lena.GetAsync(list)).Contains(link, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(shown >= 6, $"the lead sees it in {shown} lists");
        Assert.Contains("Nothing waits for you now", await sen.PostAsync("/next", [], "/"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_hands_it_to_them_and_nothing_tells_them_of_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var sen = (await house.ActorAsync("Sen")).StaffId!.Value;
        var reference = await DecidedAsync(house, "Sen");
        await house.WithAsync(async db =>
        {
            var id = await db.Complaints.Where(c => c.Reference == reference).Select(c => c.Id).SingleAsync();
            db.Watchers.Add(new Watcher { ComplaintId = id, StaffId = sen });
            await db.SaveChangesAsync();
        });
        await ReopenAsync(house, reference);
        using var lena = await house.SignInAsync("Lena");
        var (seen, from) = (await house.SeenAsync(reference), $"/complaints/{reference}");
        await lena.PostAsync(from + "/notes", new() { ["words"] = "@Sen please look.", ["Seen"] = seen }, from);
        await lena.PostAsync(
            from + "/assignment",
            new() { ["ownerId"] = sen.ToString(CultureInfo.InvariantCulture), ["Seen"] = await house.SeenAsync(reference) },
            from
        );
        Assert.NotEqual(sen, (await house.ReadAsync(reference)).OwnerId);
        Assert.Equal(0, await house.WithAsync(db => db.Watchers.CountAsync(w => w.StaffId == sen)));
        var told = await house.WithAsync(db => db.Notices.Where(n => n.StaffId == sen).Select(n => n.Say).ToListAsync());
        Assert.DoesNotContain(told, t => t.Contains("Note", StringComparison.Ordinal));
        await house.DoAsync(
            reference,
            "Lena",
            (c, a, _) => Assert.Throws<Complaints.Language.Refusal>(() => c.Assign(a, house.Now, Person("Sen", sen)))
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_warning_already_written_to_them_does_not_leave_any_more(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync(owner: "Sen");
        await house.WorkAsync(TimeSpan.FromMinutes(100)); // more than three quarters of the two hours to acknowledge
        var mail = await house.WithAsync(db =>
            db.OutMessages.Include(m => m.Deliveries).OrderBy(m => m.Id).FirstAsync(m => m.Purpose == MailPurpose.OwnerWarning)
        );
        Assert.Null(await house.WithAsync(db => StillOwed.AskAsync(db, mail, CancellationToken.None)));
        await SettleAsync(house, reference, "Sen");
        await ReopenAsync(house, reference);
        Assert.Contains(
            "kept out",
            (await house.WithAsync(db => StillOwed.AskAsync(db, mail, CancellationToken.None)))!.Text,
            StringComparison.Ordinal
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_desk_of_one_keeps_it_and_the_manager_is_asked_until_somebody_comes(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(db =>
            db.Staff.Where(s => s.Name == "Lena" || s.Name == "Mia").ExecuteUpdateAsync(s => s.SetProperty(p => p.Active, false))
        );
        var (sen, max) = ((await house.ActorAsync("Sen")).StaffId, (await house.ActorAsync("Max")).StaffId);
        var reference = await ReopenedAsync(house, "Sen");
        var complaint = await house.ReadAsync(reference);
        Assert.Equal(sen, complaint.OwnerId);
        Assert.Equal(max, complaint.Tasks.Single(t => t.Kind == TaskKind.Recusal).OwnerId);
        using var browser = await house.SignInAsync("Sen");
        Assert.Contains("because nobody else here has the seat", await browser.GetAsync($"/complaints/{reference}"));

        await house.WithAsync(db => db.Staff.Where(s => s.Name == "Lena").ExecuteUpdateAsync(s => s.SetProperty(p => p.Active, true)));
        await house.WithAsync(db => Recusals.WakeAsync(db, house.Now));
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        complaint = await house.ReadAsync(reference);
        Assert.True(complaint.IsKeptFrom(sen));
        Assert.NotEqual(sen, complaint.OwnerId);
        await browser.GetAsync($"/complaints/{reference}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);

        using var ada = await house.SignInAsync("Ada"); // and the other way round, by the page: the lead leaves
        var lena = await house.WithAsync(db => db.Staff.Where(s => s.Name == "Lena").Select(s => s.Id).SingleAsync());
        await ada.PostAsync($"/staff/{lena}/departure", [], $"/staff/{lena}/departure");
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        await browser.GetAsync($"/complaints/{reference}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_the_customer_says_is_not_solved_goes_to_another_senior_who_is_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(db => db.Staff.Where(s => s.Name == "Mia").ExecuteUpdateAsync(s => s.SetProperty(p => p.Seat, Seat.Senior)));
        var reference = await ReopenedAsync(house, "Sen");
        Assert.Equal("Mia", (await house.ReadAsync(reference)).Owner!.Name);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_split_from_it_is_kept_from_them_too_and_it_goes_into_none_they_may_read(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var sen = (await house.ActorAsync("Sen")).StaffId;
        var (reference, other) = (await ReopenedAsync(house, "Sen"), await house.LogAsync());
        using var lena = await house.SignInAsync("Lena");
        await house.DoAsync(reference, "Lena", (c, a, b) => c.HearFrom(a, house.Now, Channel.Phone, "The lift stood still as well.", b));
        var seq = (await house.ReadAsync(reference)).Timeline.Single(e => e.Kind == EntryKind.ContactIn).Seq;
        await lena.PostAsync(
            $"/complaints/{reference}/entries/{seq}/split",
            new() { ["summary"] = "Lift", ["Seen"] = await house.SeenAsync(reference) },
            $"/complaints/{reference}"
        );
        var split = await house.WithAsync(db => db.Complaints.OrderByDescending(c => c.Id).FirstAsync());
        Assert.NotEqual(other, split.Reference);
        Assert.True(split.IsKeptFrom(sen), $"{split.Reference} {lena.Path}");
        var lead = await house.ActorAsync("Lena");
        var (from, into) = (await house.ReadAsync(reference), await house.ReadAsync(other));
        var refused = Assert.Throws<Complaints.Language.Refusal>(() =>
            from.MergeInto(into, lead, house.Now, "The same.", false, PureDesk.Book)
        );
        Assert.Contains("would lie open", refused.Message);
    }

    private static StaffMember Person(string name, long id) => new() { Id = id, Name = name };

    private static string Said(TimelineEntry entry) => Complaints.Language.Tongue.Say("en", entry.Content!.Body.Sentence);

    private static async Task<string> DecidedAsync(TestHouse house, string by)
    {
        var reference = await house.LogAsync(owner: by);
        await SettleAsync(house, reference, by);
        return reference;
    }

    private static async Task SettleAsync(TestHouse house, string reference, string by)
    {
        var cause = await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync());
        await house.DoAsync(
            reference,
            by,
            (c, who, book) =>
            {
                var said = new Statement(Channel.Phone, "As agreed.");
                c.Acknowledge(who, house.Now, said, book);
                c.Apologize(who, house.Now, new Apology(false, "Charged twice"), said);
                c.Resolve(who, house.Now, new Resolution("Paid back", Remedy.None, null, cause, null, true, Outcome.Upheld), said, 0, book);
            }
        );
    }

    private static async Task<string> ReopenedAsync(TestHouse house, string by)
    {
        var reference = await DecidedAsync(house, by);
        await ReopenAsync(house, reference);
        return reference;
    }

    private static Task ReopenAsync(TestHouse house, string reference) =>
        house.WithAsync(
            async (db, services) =>
            {
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var complaint = await db
                    .Complaints.Include(c => c.Clocks)
                        .ThenInclude(k => k.Pauses)
                    .Include(c => c.Customer)
                    .Include(c => c.Unit)
                    .Include(c => c.Owner)
                    .SingleAsync(c => c.Reference == reference);
                complaint.Reopen(Actor.Customer, house.Now, "Not solved.", book);
                await Recusals.ReopenedAsync(db, complaint, house.Now, book);
                await db.SaveChangesAsync();
            }
        );

    private static IEnumerable<(string Path, string Method)> Routes(TestHouse house, string reference) =>
        house
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action
                && typeof(DeskController).IsAssignableFrom(action.ControllerTypeInfo)
            )
            .Where(e => e.RoutePattern.RawText?.Contains("{reference", StringComparison.Ordinal) == true)
            .SelectMany(e =>
                (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m =>
                    (
                        "/"
                            + Place()
                                .Replace(
                                    e.RoutePattern.RawText!.Trim('/'),
                                    p => p.Value.Contains("reference", StringComparison.Ordinal) ? reference : "1"
                                ),
                        m
                    )
                )
            )
            .Distinct();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
