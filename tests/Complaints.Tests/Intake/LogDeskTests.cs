using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Intake;

public sealed class LogDeskTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Fifty_at_once_get_fifty_consecutive_references(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var jun = await house.ActorAsync("Jun");
        var references = await Task.WhenAll(
            Enumerable.Range(1, 50).Select(n => Task.Run(() => LogAsync(house, jun, f => f with { WhatHappened = $"Case {n}" })))
        );
        Assert.Equal(
            Enumerable.Range(1, 50).Select(n => Reference.Of(2026, n)),
            references.Select(l => l.Complaint.Reference).Order(StringComparer.Ordinal)
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_number_whose_complaint_failed_is_given_out_again(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var jun = await house.ActorAsync("Jun");
        await Assert.ThrowsAsync<Refusal>(() => LogAsync(house, jun, f => f with { ReceivedAt = house.Now.AddMinutes(1) }));
        Assert.Equal("C-26-00001-" + Reference.Of(2026, 1)[^1], (await LogAsync(house, jun)).Complaint.Reference);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_same_form_sent_many_times_at_once_makes_one_complaint_and_one_receipt(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var jun = await house.ActorAsync("Jun");
        var logged = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => LogAsync(house, jun, f => f with { SubmissionKey = "same" })))
        );
        Assert.Single(logged.Select(l => l.Complaint.Reference).Distinct());
        Assert.Equal(1, logged.Count(l => !l.Again));
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
        Assert.Equal(1, await house.WithAsync(db => db.OutMessages.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task It_is_routed_explained_and_a_receipt_written_in_the_customers_language(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var complaint = (await LogAsync(house, await house.ActorAsync("Jun"), customer: "王芳")).Complaint;
        var entries = await EntriesAsync(house, complaint.Id);
        Assert.Contains(
            entries,
            e =>
                e
                == "Assigned to Jun. Present, seat Junior fits, least work (0 open complaints). Nobody present writes the customer's language."
        );
        var mail = await house.WithAsync(db => db.OutMessages.Include(m => m.Deliveries).SingleAsync());
        Assert.Equal($"receipt:{complaint.Id}", mail.Key);
        Assert.Equal(MailPurpose.Receipt, mail.Purpose);
        Assert.Equal("wangfang@customer.example", mail.Deliveries.Single().Recipient);
        Assert.Contains("前与您联系", mail.Text, StringComparison.Ordinal);
        Assert.Contains("/c/", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("黄铜", mail.Text, StringComparison.Ordinal);
    }

    [Theory, OnSqlite]
    public async Task Work_goes_round_the_agents_and_a_diamond_customer_to_the_senior(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var lena = await house.ActorAsync("Lena");
        var owners = new List<string?>();
        foreach (var customer in new[] { "王芳", "王芳", "王芳", "Ivar Lindqvist", "Grace Okafor" })
        {
            owners.Add((await LogAsync(house, lena, customer: customer)).Complaint.Owner?.Name);
        }

        Assert.Equal(["Jun", "Mia", "Sen", "Sen", "Mia"], owners);
    }

    [Theory, OnSqlite]
    public async Task Without_an_address_there_is_no_receipt_and_at_night_no_owner(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        house.Clock.Now = LittleWorld.Monday.AddHours(13);
        var complaint = (await LogAsync(house, await house.ActorAsync("Jun"), customer: "No Mail Norris")).Complaint;
        Assert.Null(complaint.OwnerId);
        Assert.Contains("Not assigned yet. The unit is closed now; it waits for the team lead.", await EntriesAsync(house, complaint.Id));
        Assert.Equal(0, await house.WithAsync(db => db.OutMessages.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_complaint_about_who_holds_the_customers_other_work_is_a_cause(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var lena = await house.ActorAsync("Lena");
        var first = (await LogAsync(house, lena)).Complaint;
        Assert.NotNull(first.OwnerId);
        var about = (await LogAsync(house, lena, f => f with { ComplainedAboutId = first.OwnerId })).Complaint;
        Assert.NotEqual(first.OwnerId, about.OwnerId);
        Assert.Equal(
            [about.Id],
            await house.WithAsync(db => db.Causes.Where(c => c.Trigger == Trigger.AboutHolder).Select(c => c.ComplaintId).ToListAsync())
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Settled_on_the_spot_records_three_steps_and_counts(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var complaint = (await LogAsync(house, await house.ActorAsync("Mia"), spot: await SpotAsync(house, 2000))).Complaint;
        Assert.True(complaint.OnTheSpot);
        Assert.Equal(State.Resolved, complaint.State);
        Assert.Equal("Mia", complaint.Owner!.Name);
        Assert.Null(complaint.NextDueAt);
        Assert.Contains(
            "settled with you on the spot",
            await house.WithAsync(db => db.OutMessages.Select(m => m.Text).SingleAsync()),
            StringComparison.Ordinal
        );
    }

    [Theory, OnSqlite]
    public async Task A_remedy_above_the_limit_waits_for_approval(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var complaint = (await LogAsync(house, await house.ActorAsync("Jun"), spot: await SpotAsync(house, 5001))).Complaint;
        Assert.True(complaint.AwaitingApproval);
        Assert.False(complaint.OnTheSpot);
        Assert.Equal(State.Apologized, complaint.State);
    }

    [Theory, OnSqlite]
    public async Task Nobody_settles_a_complaint_about_themselves(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var jun = await house.ActorAsync("Jun");
        var spot = await SpotAsync(house, 100);
        await Assert.ThrowsAsync<Refusal>(() => LogAsync(house, jun, f => f with { ComplainedAboutId = jun.StaffId }, spot: spot));
        Assert.Equal(0, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_customer_comes_with_it_and_any_writing_survives(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var text = "😡 שלום عليكم 女士 " + new string('x', 990_000);
        var logged = await house.WithAsync(
            async (db, s) =>
            {
                var north = await db.Units.SingleAsync(u => u.Name == "North");
                var customer = new Customer { Name = "عمر 😀", CreatedAt = house.Now };
                return await s.GetRequiredService<LogDesk>()
                    .LogAsync(Facts(customer, north.Id, house.Now) with { WhatHappened = text }, await house.ActorAsync("Jun"));
            }
        );
        var kept = await house.WithAsync(db => db.Complaints.Include(c => c.Customer).SingleAsync(c => c.Id == logged.Complaint.Id));
        Assert.Equal(text, kept.WhatHappened);
        Assert.Equal("عمر 😀", kept.Customer.Name);
    }

    private static async Task<OnTheSpot> SpotAsync(TestHouse house, long minor) =>
        new(
            "Thank you for telling me.",
            new Apology(NoFaultFound: false, "We charged twice"),
            "I am sorry that we charged you twice.",
            new Resolution(
                "Paid back.",
                Remedy.Refund,
                new Money(minor, "GBP"),
                await house.WithAsync(db => db.RootCauses.Select(r => r.Id).FirstAsync()),
                null,
                CustomerAgreed: true,
                Outcome.Upheld
            )
        );

    private static Task<Logged> LogAsync(
        TestHouse house,
        Actor actor,
        Func<LogFacts, LogFacts>? change = null,
        string customer = "Grace Okafor",
        OnTheSpot? spot = null
    ) =>
        house.WithAsync(
            async (db, s) =>
            {
                var who = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Name == customer);
                var north = await db.Units.SingleAsync(u => u.Name == "North");
                var facts = Facts(who, north.Id, house.Now);
                return await s.GetRequiredService<LogDesk>().LogAsync(change?.Invoke(facts) ?? facts, actor, spot);
            }
        );

    private static LogFacts Facts(Customer customer, long unitId, DateTime now) =>
        new()
        {
            Customer = customer,
            Channel = Channel.Phone,
            ReceivedAt = now,
            WhatHappened = "Charged twice for two rooms",
            UnitId = unitId,
        };

    private static Task<List<string>> EntriesAsync(TestHouse house, long id) =>
        house.WithAsync(async db =>
            (await db.EntryContents.Where(e => e.ComplaintId == id).OrderBy(e => e.Seq).ToListAsync()).ConvertAll(e =>
                KeptSentence.Read(e.Body.Say).ToString()
            )
        );
}
