using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.FollowUp;

/// <summary>A house with one resolved complaint, and the steps a follow-up test takes.</summary>
internal sealed class Course(TestHouse house, long id) : IAsyncDisposable
{
    public TestHouse House { get; } = house;

    public long Id { get; } = id;

    /// <summary>A complaint of that customer, resolved by Sen (or Wen in Shanghai) this Monday.</summary>
    public static async Task<Course> ResolvedAsync(string database, string customer, string unit = "North")
    {
        var house = await TestHouse.OpenAsync(database);
        var actor = await house.ActorAsync(unit == "North" ? "Sen" : "Wen");
        var id = await house.WithAsync(
            async (db, services) =>
            {
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                var complaint = Complaint.Log(
                    new LogFacts
                    {
                        Customer = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Name == customer),
                        Channel = Channel.Email,
                        ReceivedAt = house.Now,
                        WhatHappened = "Charged twice for two rooms.",
                        UnitId = (await db.Units.SingleAsync(u => u.Name == unit)).Id,
                    },
                    Reference.Of(2026, 482),
                    actor,
                    house.Now,
                    book
                );
                db.Complaints.Add(complaint);
                await db.SaveChangesAsync();
                complaint.Assign(actor, house.Now, await db.Staff.SingleAsync(s => s.Id == actor.StaffId));
                complaint.Acknowledge(actor, house.Now, new Statement(Channel.Email, "I am looking after it."), book);
                complaint.Apologize(
                    actor,
                    house.Now,
                    new Apology(false, "We charged twice."),
                    new Statement(Channel.Email, "We are sorry.")
                );
                var cause = (await db.RootCauses.FirstAsync()).Id;
                complaint.Resolve(
                    actor,
                    house.Now,
                    new Resolution("Refunded the second charge.", Remedy.Explanation, null, cause, null, null, Outcome.Upheld),
                    new Statement(Channel.Email, "The second charge is refunded."),
                    null,
                    book
                );
                await db.SaveChangesAsync();
                return complaint.Id;
            }
        );
        var course = new Course(house, id);
        await course.SweepAsync();
        return course;
    }

    /// <summary>What the sweep does on this complaint now; says when it looks again.</summary>
    public Task<DateTime?> SweepAsync() =>
        House.WithAsync(
            async (db, services) =>
                await db.InTransactionAsync(async () =>
                {
                    var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                    var complaint = await LoadAsync(db);
                    var duty = services.GetServices<Complaints.Escalation.IDuty>().OfType<FollowUpDuty>().Single();
                    var next = await duty.DoAsync(complaint, book, House.Now, CancellationToken.None);
                    await db.SaveChangesAsync();
                    return next;
                })
        );

    /// <summary>Sweeps at every moment the duty asks for, up to and including that one.</summary>
    public async Task UntilAsync(DateTime at)
    {
        for (var next = await SweepAsync(); next is { } moment && moment <= at; next = await SweepAsync())
        {
            House.Clock.Now = moment > House.Now ? moment : House.Now.AddSeconds(15);
        }

        House.Clock.Now = at;
        await SweepAsync();
    }

    public Task<Complaint> ComplaintAsync() => House.WithAsync(LoadAsync);

    public Task<PlannedFollowUp> PlanAsync() =>
        House.WithAsync(db =>
            db.FollowUps.AsNoTracking()
                .Where(f => f.ComplaintId == Id && (f.Touch == 1 || f.AskedAt != null))
                .OrderByDescending(f => f.Cycle)
                .ThenByDescending(f => f.Touch)
                .FirstAsync()
        );

    public Task<List<OutMessage>> MailsAsync() =>
        House.WithAsync(db => db.OutMessages.AsNoTracking().Include(m => m.Deliveries).OrderBy(m => m.Id).ToListAsync());

    public Task<List<DeskTask>> TasksAsync() => House.WithAsync(db => db.DeskTasks.AsNoTracking().OrderBy(t => t.Id).ToListAsync());

    public Task<List<Cause>> CausesAsync() => House.WithAsync(db => db.Causes.AsNoTracking().OrderBy(t => t.Id).ToListAsync());

    public Task<List<SurveyAnswer>> AnswersAsync() =>
        House.WithAsync(db => db.SurveyAnswers.AsNoTracking().OrderBy(t => t.Id).ToListAsync());

    /// <summary>An answer as the page records it.</summary>
    public Task<SurveyAnswer> AnswerAsync(bool solved, Marks marks, string? comment = null, Actor? by = null) =>
        House.WithAsync(
            async (db, services) =>
            {
                var answers = services.GetRequiredService<Answers>();
                var plan = (await answers.FindAsync((await PlanAsync()).Id))!;
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                return await answers.RecordAsync(
                    plan,
                    new GivenAnswer(solved, marks, comment, null),
                    by ?? Actor.Customer,
                    House.Now,
                    book
                );
            }
        );

    /// <summary>The settings from now on.</summary>
    public Task SetAsync(FollowUpOptions options) =>
        House.WithAsync(
            async (db, _) =>
            {
                await options.KeepAsync(db);
                await db.SaveChangesAsync();
            }
        );

    public Task CallAsync(Actor by, CallResult result) =>
        House.WithAsync(
            async (db, services) =>
            {
                var plan = (await services.GetRequiredService<Answers>().FindAsync((await PlanAsync()).Id))!;
                var book = await services.GetRequiredService<DeadlineBooks>().OpenAsync(db);
                await services.GetRequiredService<Calls>().AttemptAsync(plan, by, result, "Rang out.", null, House.Now, book);
                await db.SaveChangesAsync();
            }
        );

    /// <summary>The path of the survey link in the last mail.</summary>
    public async Task<string> SurveyPathAsync()
    {
        var plan = await PlanAsync();
        return "/s/"
            + House
                .Services.GetRequiredService<SignedLinks>()
                .Make(LinkPurpose.Survey, plan.Id, plan.LinkExpiresAt ?? House.Now.AddDays(30));
    }

    public string StatusPath() =>
        "/c/" + House.Services.GetRequiredService<SignedLinks>().Make(LinkPurpose.Status, Id, House.Now.AddDays(180));

    public ValueTask DisposeAsync() => House.DisposeAsync();

    private async Task<Complaint> LoadAsync(ComplaintsDb db) =>
        await db
            .Complaints.Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .Include(c => c.Customer)
                .ThenInclude(c => c.ContactPoints)
            .Include(c => c.Unit)
            .Include(c => c.Owner)
            .AsSplitQuery()
            .SingleAsync(c => c.Id == Id);
}
