using System.Net;
using System.Text.Json;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Insight;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Customers;

/// <summary>Two customers who are one, and two again.</summary>
public sealed class MergeTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Merging_and_undoing_it_leaves_every_row_as_it_was(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var (one, other) = (await RandomAsync(house, random, $"One {seed}"), await RandomAsync(house, random, $"Other {seed}"));
            var before = await RowsAsync(house);
            var merger = await MergeAsync(house, one, other);
            Assert.Equal(0, await house.WithAsync(db => db.Complaints.CountAsync(c => c.CustomerId == one)));
            Assert.Equal(0, await house.WithAsync(db => db.CustomerMoments.CountAsync(m => m.CustomerId == one)));
            Assert.Equal(0, await house.WithAsync(db => db.ComplaintWords.CountAsync(w => w.CustomerId == one)));
            Assert.NotEqual(before, await RowsAsync(house));
            await UndoAsync(house, merger);
            var after = await RowsAsync(house);
            Assert.True(before == after, $"seed {seed}:\n{before}\n{after}");
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_came_meanwhile_or_went_on_stays(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (one, other) = (await house.MeetAsync("Ann", "ann@x.example"), await house.MeetAsync("Anne", "anne@x.example"));
        var old = await house.LogAsync("Ann");
        var merger = await MergeAsync(house, one, other);
        var fresh = await house.LogAsync("Anne");
        await house.DoAsync(old, "Mia", (c, a, b) => c.HearFrom(Actor.Customer, house.Now, Channel.Phone, "And another thing", b));
        await house.WithAsync(async db =>
        {
            var anne = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Id == other);
            anne.Notes = "Written meanwhile";
            anne.ContactPoints.RemoveAll(p => p.Value == "ann@x.example");
            await db.SaveChangesAsync();
        });
        await UndoAsync(house, merger);
        await house.WithAsync(async db =>
        {
            Assert.Equal(one, await db.Complaints.Where(c => c.Reference == old).Select(c => c.CustomerId).SingleAsync());
            Assert.Equal(other, await db.Complaints.Where(c => c.Reference == fresh).Select(c => c.CustomerId).SingleAsync());
            Assert.Equal("Written meanwhile", await db.Customers.Where(c => c.Id == other).Select(c => c.Notes).SingleAsync());
            Assert.False(await db.ContactPoints.AnyAsync(p => p.Value == "ann@x.example"));
            Assert.Equal(2, await db.CustomerMoments.CountAsync(m => m.CustomerId == one)); // what was said meanwhile goes with its complaint
        });
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task After_thirty_days_twice_or_in_the_wrong_order_it_is_not_undone(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (a, b, c) = (await house.MeetAsync("A"), await house.MeetAsync("B"), await house.MeetAsync("C"));
        var first = await MergeAsync(house, a, b);
        await Assert.ThrowsAsync<Refusal>(() => MergeAsync(house, a, c)); // gone already
        await Assert.ThrowsAsync<Refusal>(() => MergeAsync(house, b, b));
        var second = await MergeAsync(house, b, c);
        await Assert.ThrowsAsync<Refusal>(() => UndoAsync(house, first));
        await UndoAsync(house, second);
        await Assert.ThrowsAsync<Refusal>(() => UndoAsync(house, second));
        house.Clock.Pass(TimeSpan.FromDays(31));
        await Assert.ThrowsAsync<Refusal>(() => UndoAsync(house, first));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mail_from_an_address_of_the_merged_one_comes_to_the_survivor(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (one, other) = (
            await house.MeetAsync("Ann", "ann@x.example", "020 7946 0500"),
            await house.MeetAsync("Anne", "anne@x.example", "020 7946 0500")
        );
        await MergeAsync(house, one, other);
        foreach (var typed in new[] { "ann@x.example", "anne@x.example", "0500", "Ann " })
        {
            Assert.Equal([other], await house.AskAsync<CustomerSearch, IReadOnlyList<long>>(s => s.FindAsync(typed, 10)));
        }

        var known = await house.AskAsync<CustomerSearch, IReadOnlyList<Customer>>(s => s.WithPointAsync(ContactKind.Mail, "ann@x.example"));
        Assert.Equal(other, known.Single().Id);
        Assert.Equal(2, known[0].ContactPoints.Count(p => p.Kind == ContactKind.Mail));
        Assert.Single(known[0].ContactPoints, p => p.Kind == ContactKind.Phone); // both had it
        var link = await house.WithAsync(
            (_, s) => Task.FromResult(s.GetRequiredService<Complaints.Words.House>().UnsubscribeLink(one, house.Now))
        );
        using var ann = house.NewBrowser();
        var path = new Uri(link).AbsolutePath;
        await ann.GetAsync(path);
        await ann.PostAsync(path, [], path);
        Assert.NotNull(await house.WithAsync(db => db.Customers.Where(c => c.Id == other).Select(c => c.NoSurveysSince).SingleAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Likely_same_ones_are_proposed_compared_merged_and_undone_on_the_pages(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (one, other) = (await house.MeetAsync("Ann Smith", "020 7946 0501"), await house.MeetAsync("A. Smith", "020 7946 0501"));
        var stranger = await house.MeetAsync("Bob Smith", "020 7946 0502");
        using var jun = await house.SignInAsync("Jun");
        Assert.Contains("Probably there twice", await jun.GetAsync("/customers?q=Ann"), StringComparison.Ordinal);
        Assert.Contains("Compare and merge", await jun.GetAsync($"/customers/{one}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Compare and merge", await jun.GetAsync($"/customers/{stranger}"), StringComparison.Ordinal);
        Assert.Contains("A. Smith", await jun.GetAsync($"/customers/{one}/merger?with={other}"), StringComparison.Ordinal);
        await jun.GetAsync($"/customers/{one}/merger");
        Assert.Equal(HttpStatusCode.OK, jun.Status);
        var fields = new Dictionary<string, string?> { ["with"] = People.Text(other), ["survivor"] = People.Text(stranger) };
        await jun.PostAsync($"/customers/{one}/merger", fields, $"/customers/{one}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        fields["survivor"] = People.Text(other);
        var page = await jun.PostAsync($"/customers/{one}/merger", fields, $"/customers/{one}");
        Assert.Contains("Ann Smith was merged into this profile by Jun,", page, StringComparison.Ordinal);
        await jun.GetAsync($"/customers/{one}");
        Assert.Equal($"/customers/{other}", jun.Path);
        await jun.PostProfileAsync(one, "/contacts", new() { ["Said"] = "x" });
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
        var merger = await house.WithAsync(db => db.CustomerMergers.Select(m => m.Id).SingleAsync());
        await jun.PostAsync($"/customers/{stranger}/mergers/{merger}/undo", [], $"/customers/{other}");
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
        using var otto = await house.SignInAsync("Otto");
        await otto.PostAsync($"/customers/{other}/mergers/{merger}/undo", [], $"/customers/{other}");
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
        await jun.PostAsync($"/customers/{other}/mergers/{merger}/undo", [], $"/customers/{other}");
        await jun.GetAsync($"/customers/{one}");
        Assert.Equal($"/customers/{one}", jun.Path);
        await jun.PostProfileAsync(one, "/apart", new() { ["other"] = People.Text(other) });
        Assert.DoesNotContain("Compare and merge", await jun.GetAsync($"/customers/{other}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Probably there twice", await jun.GetAsync("/customers?q=Ann"), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_helps_is_not_lost_by_merging_nor_by_undoing_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (one, other) = (await house.MeetAsync("Ann"), await house.MeetAsync("Anne"));
        await house.LogAsync("Ann", "Mia");
        await house.LogAsync("Anne", "Mia");
        using var mia = await house.SignInAsync("Mia");
        await mia.PostProfileAsync(one, "/care", new() { ["Helps"] = "Speak slowly" });
        await mia.PostProfileAsync(other, "/care", new() { ["Helps"] = "Write instead" });
        await mia.PostProfileAsync(other, "/care/removal", []);
        var merger = await MergeAsync(house, one, other);
        Assert.Contains("<div>Speak slowly</div>", await mia.GetAsync($"/customers/{other}"), StringComparison.Ordinal);
        await UndoAsync(house, merger);
        Assert.Contains("<div>Speak slowly</div>", await mia.GetAsync($"/customers/{one}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Speak slowly", await mia.GetAsync($"/customers/{other}"), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_complaint_that_goes_along_says_so_and_that_it_came_back_and_its_chain_holds(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (one, other) = (await house.MeetAsync("Ann", "ann@x.example"), await house.MeetAsync("Anne", "anne@x.example"));
        var own = await house.LogAsync("Anne");
        await ManyAsync(house, one, 205); // more than one stretch
        var woken = await house.WithAsync(db => db.Complaints.OrderBy(c => c.Id).Select(c => c.NextActionAt).ToListAsync());
        var merger = await MergeAsync(house, one, other);
        var ids = await house.WithAsync(db => db.Complaints.Where(c => c.Reference != own).Select(c => c.Id).ToListAsync());
        Assert.Equal(205, ids.Count);
        Assert.Equal(205, await SaidAsync(house, "Ann was merged into Anne, and this complaint went along"));
        Assert.Equal(woken, await house.WithAsync(db => db.Complaints.OrderBy(c => c.Id).Select(c => c.NextActionAt).ToListAsync()));
        using var mia = await house.SignInAsync("Mia");
        var first = await house.WithAsync(db => db.Complaints.Where(c => c.Id == ids[0]).Select(c => c.Reference).SingleAsync());
        Assert.Contains("Ann was merged into Anne, and this complaint went along", await mia.GetAsync($"/complaints/{first}"));
        Assert.DoesNotContain("was merged into", await mia.GetAsync($"/complaints/{own}"));

        var third = await house.MeetAsync("Somebody else");
        await house.WithAsync(db =>
            db.Complaints.Where(c => c.Id == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(c => c.CustomerId, third))
        );
        await UndoAsync(house, merger);
        Assert.Equal(204, await SaidAsync(house, "The merging of Ann into Anne was undone, and this complaint came back")); // one had moved on
        Assert.Equal(
            0,
            await house.AskAsync<TimelineVerifier, int>(async v =>
            {
                var found = 0;
                await foreach (var _ in v.VerifyAllAsync())
                {
                    found++;
                }

                return found;
            })
        );
    }

    private static Task<int> SaidAsync(TestHouse house, string say) =>
        house.WithAsync(async db =>
            (await db.Timeline.AsNoTracking().Include(e => e.Content).Where(e => e.Kind == EntryKind.Changed).ToListAsync()).Count(e =>
                Tongue.Say(Tongue.English, e.Content!.Body.Sentence) == say
            )
        );

    private static async Task ManyAsync(TestHouse house, long customer, int count)
    {
        var actor = await house.ActorAsync("Jun");
        await house.WithAsync(
            async (db, services) =>
            {
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var who = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Id == customer);
                for (var i = 0; i < count; i++)
                {
                    db.Complaints.Add(
                        Complaint.Log(
                            new LogFacts
                            {
                                Customer = who,
                                Channel = Channel.Phone,
                                ReceivedAt = house.Now,
                                WhatHappened = "Charged twice",
                                UnitId = actor.UnitId,
                            },
                            Reference.Of(26, 50_000 + i),
                            actor,
                            house.Now,
                            book
                        )
                    );
                }

                await db.SaveChangesAsync();
            }
        );
    }

    private static Task<long> MergeAsync(TestHouse house, long merged, long survivor) =>
        house.AskAsync<CustomerMerging, long>(async m =>
            (await m.MergeAsync(merged, survivor, await house.ActorAsync("Jun"), house.Now)).Id
        );

    private static Task UndoAsync(TestHouse house, long merger) =>
        house.AskAsync<CustomerMerging, int>(async m =>
        {
            await m.UndoAsync(merger, await house.ActorAsync("Jun"), house.Now);
            return 0;
        });

    /// <summary>Somebody with a few of everything; some of it shared with whoever comes next.</summary>
    private static async Task<long> RandomAsync(TestHouse house, Random random, string name)
    {
        var points = new[]
        {
            "shared@x.example",
            "020 7946 0777",
            $"{name.Replace(" ", "", StringComparison.Ordinal)}@x.example",
            "@shared",
        };
        var id = await house.MeetAsync(name, [.. points.Where(_ => random.Next(2) == 0)]);
        for (var i = random.Next(3); i > 0; i--)
        {
            await house.LogAsync(name);
        }

        await house.WithAsync(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id);
            customer.ExternalNumber = random.Next(2) == 0 ? $"N-{name}" : null;
            customer.ContactPerson = random.Next(2) == 0 ? "Somebody" : null;
            customer.Notes = random.Next(2) == 0 ? "Notes of " + name : null;
            customer.NoSurveysSince = random.Next(2) == 0 ? house.Now.AddDays(-1) : null;
            customer.LastMark = random.Next(2) == 0 ? 2.5 : null;
            for (var i = random.Next(3); i > 0; i--)
            {
                db.Purchases.Add(new Purchase { Customer = customer, Name = "Thing" });
                db.Consents.Add(
                    new Consent
                    {
                        Customer = customer,
                        Purpose = (ConsentPurpose)random.Next(4),
                        Given = random.Next(2) == 0,
                        At = house.Now,
                        How = "By phone",
                        By = "Jun",
                    }
                );
                db.CustomerContacts.Add(
                    new CustomerContact
                    {
                        Customer = customer,
                        Channel = Channel.Phone,
                        Incoming = true,
                        At = house.Now,
                        Words = "Hello",
                        By = "Jun",
                    }
                );
                db.Customers.Add(
                    new Customer
                    {
                        Name = "Speaks for " + name,
                        OrganisationId = id,
                        CreatedAt = house.Now,
                    }
                );
            }

            await db.SaveChangesAsync();
        });
        return id;
    }

    private static Task<string> RowsAsync(TestHouse house) =>
        house.WithAsync(async db =>
            string.Join(
                "\n",
                JsonSerializer.Serialize(
                    (await db.Customers.AsNoTracking().OrderBy(c => c.Id).ToListAsync()).Select(c => new
                    {
                        c.Id,
                        c.Name,
                        c.ExternalNumber,
                        c.ContactPerson,
                        c.Notes,
                        c.NoSurveysSince,
                        c.LastMark,
                        c.OrganisationId,
                        c.MergedIntoId,
                        c.PostalCode,
                        c.TimeZone,
                        c.Tier,
                    })
                ),
                JsonSerializer.Serialize(await db.ContactPoints.AsNoTracking().OrderBy(p => p.Id).ToListAsync()),
                JsonSerializer.Serialize(
                    await db
                        .CustomerKeys.OrderBy(k => k.CustomerId)
                        .ThenBy(k => k.ContactPointId)
                        .ThenBy(k => k.Key)
                        .Select(k => new
                        {
                            k.CustomerId,
                            k.ContactPointId,
                            k.Key,
                        })
                        .ToListAsync()
                ),
                JsonSerializer.Serialize(
                    await db
                        .Complaints.OrderBy(c => c.Id)
                        .Select(c => new
                        {
                            c.Id,
                            c.CustomerId,
                            c.ContactPersonId, // without the version: the timeline says that it went and came back
                        })
                        .ToListAsync()
                ),
                JsonSerializer.Serialize(
                    await db
                        .CustomerMoments.OrderBy(m => m.Id)
                        .Select(m => new
                        {
                            m.Id,
                            m.CustomerId,
                            m.At,
                            m.ComplaintId,
                            m.ContactId,
                        })
                        .ToListAsync()
                ),
                JsonSerializer.Serialize(await db.CustomerContacts.AsNoTracking().OrderBy(p => p.Id).ToListAsync()),
                JsonSerializer.Serialize(await db.Purchases.AsNoTracking().OrderBy(p => p.Id).ToListAsync()),
                JsonSerializer.Serialize(await db.Consents.AsNoTracking().OrderBy(p => p.Id).ToListAsync()),
                JsonSerializer.Serialize(await db.SurveyAnswers.OrderBy(p => p.Id).Select(a => new { a.Id, a.CustomerId }).ToListAsync()),
                JsonSerializer.Serialize(await db.OutMessages.OrderBy(p => p.Id).Select(a => new { a.Id, a.CustomerId }).ToListAsync()),
                JsonSerializer.Serialize(
                    (await db.ComplaintWords.AsNoTracking().OrderBy(w => w.ComplaintId).ToListAsync()).Select(w => new
                    {
                        w.ComplaintId,
                        w.CustomerId,
                        Who = w.Who.Order(StringComparer.Ordinal), // a set: the order says nothing
                    })
                ),
                JsonSerializer.Serialize(
                    (await db.CustomerWords.AsNoTracking().OrderBy(w => w.CustomerId).ToListAsync()).Select(w => new
                    {
                        w.CustomerId,
                        Words = w.Words.Order(StringComparer.Ordinal),
                    })
                )
            )
        );
}
