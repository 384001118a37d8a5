using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.FollowUp;

/// <summary>Weeks after closing: is it still solved?</summary>
public sealed class SecondTouchTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Four_weeks_after_closing_it_is_asked_once_more_and_never_reminded(string database)
    {
        await using var course = await SatisfiedAsync(database);
        var closed = (await course.ComplaintAsync()).ClosedAt!.Value;
        await course.UntilAsync(closed.AddDays(27));
        Assert.Single(await course.MailsAsync());
        await course.UntilAsync(closed.AddDays(29));
        var mail = (await course.MailsAsync())[^1];
        Assert.Equal(MailPurpose.SecondTouch, mail.Purpose);
        Assert.Contains("still solved", mail.Subject);
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        await course.UntilAsync(closed.AddDays(90));
        Assert.Equal(2, (await course.MailsAsync()).Count);
        Assert.Empty(await course.TasksAsync());
        Assert.Equal(FollowUpState.NoAnswer, (await course.PlanAsync()).State);
        Assert.Null(await course.SweepAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Back_again_reopens_and_still_solved_only_stays_on_file(string database)
    {
        await using var course = await SatisfiedAsync(database);
        await course.UntilAsync((await course.ComplaintAsync()).ClosedAt!.Value.AddDays(29));
        using var customer = course.House.NewBrowser();
        var page = await customer.GetAsync(await course.SurveyPathAsync());
        Assert.Contains("Is it still solved?", page);
        await course.AnswerAsync(true, new Marks(Overall: 5));
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        await course.AnswerAsync(false, new Marks(), "It is back.");
        var complaint = await course.ComplaintAsync();
        Assert.Equal((State.Apologized, 2), (complaint.State, complaint.Cycle));
        Assert.Equal([1, 2, 2], (await course.AnswersAsync()).Select(a => a.Touch));
        Assert.Equal([true, false, true], (await course.AnswersAsync()).Select(a => a.Current));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_is_asked_again_who_was_not_satisfied_or_never_answered_or_when_it_is_switched_off(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.SetAsync(new FollowUpOptions { SecondTouchDays = 0 });
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        await course.AnswerAsync(true, new Marks(5, 5, 5, 5, 5));
        Assert.Null(await course.SweepAsync());
        Assert.Equal(1, await course.House.WithAsync(db => db.FollowUps.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_complaint_reopened_meanwhile_is_not_asked_about(string database)
    {
        await using var course = await SatisfiedAsync(database);
        await course.SweepAsync();
        await course.AnswerAsync(false, new Marks(), "It is back already.");
        await course.SweepAsync();
        var second = await course.House.WithAsync(db => db.FollowUps.SingleAsync(f => f.Touch == 2));
        Assert.Equal(FollowUpState.Cancelled, second.State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_a_share_is_asked_and_the_report_says_who_was_not(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        var reference = (await course.ComplaintAsync()).Reference;
        await course.SetAsync(new FollowUpOptions { AskShare = Math.Max(1, Sampling.Place(reference)) });
        await course.UntilAsync(LittleWorld.Monday.AddDays(4));
        Assert.Empty(await course.MailsAsync());
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        Assert.Equal((FollowUpState.NotAsked, NotAsked.NotInSample), await StateAsync(course));
        using var lena = await course.House.SignInAsync("Lena");
        var page = await lena.GetAsync("/follow-ups/not-asked");
        Assert.Contains(reference, page);
        Assert.Contains("Not in the sample", page);
        Assert.DoesNotContain(reference, await lena.GetAsync("/follow-ups/not-asked?why=OptedOut"));
        using var mia = await course.House.SignInAsync("Mia");
        await mia.GetAsync("/follow-ups/not-asked");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        using var wen = await course.House.SignInAsync("Dora");
        Assert.Contains(reference, await wen.GetAsync("/follow-ups/not-asked"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_was_asked_lately_about_another_complaint_is_left_in_peace(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.SetAsync(new FollowUpOptions { CoolDownDays = 30 });
        await course.House.WithAsync(
            async (db, services) =>
            {
                var complaint = await db.Complaints.SingleAsync(c => c.Id == course.Id);
                var other = Complaints.Casework.Complaint.Log(
                    new LogFacts
                    {
                        Customer = await db.Customers.SingleAsync(c => c.Id == complaint.CustomerId),
                        Channel = Complaints.Customers.Channel.Phone,
                        ReceivedAt = course.House.Now,
                        WhatHappened = "Another thing.",
                        UnitId = complaint.UnitId,
                    },
                    Reference.Of(2026, 777),
                    Complaints.Staff.Actor.System,
                    course.House.Now,
                    await ((Complaints.Deadlines.DeadlineBooks)services.GetService(typeof(Complaints.Deadlines.DeadlineBooks))!).OpenAsync(
                        db
                    )
                );
                db.Complaints.Add(other);
                await db.SaveChangesAsync();
                db.FollowUps.Add(
                    new PlannedFollowUp
                    {
                        ComplaintId = other.Id,
                        Cycle = 1,
                        State = FollowUpState.Asked,
                        PlannedAt = course.House.Now,
                        AskedAt = course.House.Now,
                    }
                );
                await db.SaveChangesAsync();
            }
        );
        await course.UntilAsync(LittleWorld.Monday.AddDays(4));
        Assert.Equal((FollowUpState.NotAsked, NotAsked.AskedLately), await StateAsync(course));
        Assert.Empty(await course.MailsAsync());
    }

    [Fact]
    public void The_sample_is_about_as_large_as_asked_for()
    {
        foreach (var share in (int[])[5, 20, 50, 90])
        {
            var drawn = Enumerable.Range(1, 4000).Count(n => Sampling.Place(Reference.Of(2026, n)) < share);
            Assert.InRange(drawn / 40.0, share - 3, share + 3);
        }
    }

    private static async Task<(FollowUpState, NotAsked?)> StateAsync(Course course) =>
        await course.PlanAsync() is var plan ? (plan.State, plan.NotAsked) : default;

    private static async Task<Course> SatisfiedAsync(string database)
    {
        var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        await course.AnswerAsync(true, new Marks(5, 5, 4, null, 5));
        return course;
    }
}
