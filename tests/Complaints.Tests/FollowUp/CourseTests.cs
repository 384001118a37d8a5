using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.FollowUp;

public sealed class CourseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Mail_reminders_calls_and_the_end_without_an_answer(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "王芳", "Shanghai");
        var wen = await course.House.ActorAsync("Wen");

        // Resolved on Monday 18:00 in Shanghai, which is no longer daytime: the survey goes out on Friday at nine.
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        Assert.Empty(await course.MailsAsync());
        await course.UntilAsync(new DateTime(2026, 11, 27, 1, 0, 0, DateTimeKind.Utc));
        var mail = Assert.Single(await course.MailsAsync());
        Assert.Equal($"survey:{course.Id}:1:0", mail.Key);
        Assert.Equal("zh-Hans", mail.Language);
        Assert.Contains("问题真的解决了吗", mail.Subject);
        Assert.Contains("服务态度", mail.Text);
        Assert.Contains("?attitude=5\"", mail.Html);
        Assert.False(mail.PersonWrote);
        Assert.Equal(State.InFollowUp, (await course.ComplaintAsync()).State);

        await course.UntilAsync(course.House.Now.AddDays(2));
        await course.UntilAsync(course.House.Now.AddDays(3));
        Assert.Equal(
            [MailPurpose.Survey, MailPurpose.SurveyReminder, MailPurpose.SurveyReminder],
            (await course.MailsAsync()).Select(m => m.Purpose)
        );
        Assert.Empty(await course.TasksAsync());

        await course.UntilAsync(course.House.Now.AddDays(2));
        var task = Assert.Single(await course.TasksAsync());
        Assert.Equal(TaskKind.FollowUpCall, task.Kind);
        Assert.Equal(FollowUpState.CallDue, (await course.PlanAsync()).State);
        Assert.Contains((await course.ComplaintAsync()).Clocks, c => c.Name == Complaints.Deadlines.ClockName.FollowUp && c.IsLive);

        foreach (var attempt in new[] { 1, 2, 3 })
        {
            Assert.Equal(State.InFollowUp, (await course.ComplaintAsync()).State);
            await course.CallAsync(wen, CallResult.NotReached);
            Assert.Equal(attempt, (await course.PlanAsync()).Attempts);
            course.House.Clock.Pass(TimeSpan.FromDays(1));
        }

        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        Assert.Equal(FollowUpState.NoAnswer, (await course.PlanAsync()).State);
        Assert.All(await course.TasksAsync(), t => Assert.NotNull(t.DoneAt));
        Assert.Equal(3, (await course.MailsAsync()).Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_satisfied_answer_closes_and_nothing_more_is_mailed(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        await course.AnswerAsync(true, new Marks(5, 5, 4, null, 5));
        await course.UntilAsync(LittleWorld.Monday.AddDays(20));
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        var mail = Assert.Single(await course.MailsAsync());
        Assert.Equal(DeliveryState.Dropped, mail.Deliveries[0].State); // it had not left yet
        Assert.Empty(await course.TasksAsync());
        Assert.Equal(4.75, (await course.ComplaintAsync()).Customer.LastMark);
        Assert.DoesNotContain(await course.CausesAsync(), c => c.Trigger == Trigger.Dissatisfied);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Not_solved_reopens_for_somebody_else_and_escalates(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        await course.AnswerAsync(false, new Marks(Overall: 4), "Still charged.");
        var complaint = await course.ComplaintAsync();
        Assert.Equal((State.Apologized, 2, null), (complaint.State, complaint.Cycle, complaint.OwnerId));
        Assert.Contains(await course.CausesAsync(), c => c.Trigger == Trigger.Dissatisfied);
        Assert.Contains(await course.CausesAsync(), c => c.Trigger == Trigger.CustomerWords && c.Seq > 1);
        Assert.Contains(await course.MailsAsync(), m => m.Purpose == MailPurpose.ReopenedNotice);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_veto_on_a_solved_complaint_asks_somebody_else_to_win_the_customer_back(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        var answer = await course.AnswerAsync(true, new Marks(5, 1, 5, 5, 5));
        Assert.True(answer.Vetoed);
        var complaint = await course.ComplaintAsync();
        Assert.Equal((State.InFollowUp, 1), (complaint.State, complaint.Cycle));
        Assert.DoesNotContain(complaint.Clocks, c => c.IsLive);
        Assert.Equal(TaskKind.Recovery, Assert.Single(await course.TasksAsync()).Kind);
        Assert.Contains(await course.CausesAsync(), c => c.Trigger == Trigger.Dissatisfied);

        var sen = await course.House.ActorAsync("Sen");
        var mia = await course.House.ActorAsync("Mia");
        await course.House.WithAsync(
            async (db, _) =>
            {
                var loaded = await db.Complaints.Include(c => c.Tasks).Include(c => c.Clocks).SingleAsync(c => c.Id == course.Id);
                Assert.Throws<Complaints.Language.Refusal>(() => Calls.Recovered(loaded, loaded.Tasks[0], sen, "Sorry.", course.House.Now));
                Calls.Recovered(loaded, loaded.Tasks[0], mia, "Apologized again, sent flowers.", course.House.Now);
                await db.SaveChangesAsync();
            }
        );
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_changed_answer_keeps_the_first_and_the_same_answer_twice_is_one(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        await course.AnswerAsync(true, new Marks(Overall: 4));
        await course.AnswerAsync(true, new Marks(Overall: 4));
        await course.AnswerAsync(false, new Marks(Overall: 2));
        var answers = await course.AnswersAsync();
        Assert.Equal([false, true], answers.Select(a => a.Current));
        Assert.Equal(State.Apologized, (await course.ComplaintAsync()).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_customer_without_a_usable_address_is_called(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.House.WithAsync(
            async (db, _) =>
            {
                (await db.ContactPoints.SingleAsync(p => p.Value == "grace@customer.example")).BouncedAt = course.House.Now;
                await db.SaveChangesAsync();
            }
        );
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        Assert.Empty(await course.MailsAsync());
        Assert.Equal(TaskKind.FollowUpCall, Assert.Single(await course.TasksAsync()).Kind);
        Assert.Equal(State.InFollowUp, (await course.ComplaintAsync()).State);
    }

    [Theory, OnSqlite]
    public async Task Who_asked_not_to_be_asked_is_not_and_the_complaint_closes(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.House.WithAsync(
            async (db, _) =>
            {
                (await db.Customers.SingleAsync(c => c.Name == "Grace Okafor")).NoSurveysSince = course.House.Now;
                await db.SaveChangesAsync();
            }
        );
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        Assert.Empty(await course.MailsAsync());
        Assert.Empty(await course.TasksAsync());
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        Assert.Equal(NotAsked.OptedOut, (await course.PlanAsync()).NotAsked);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Words_instead_of_marks_are_read_by_a_person_and_reminders_stop(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        course.House.Clock.Pass(TimeSpan.FromHours(1));
        await course.House.WithAsync(
            async (db, services) =>
            {
                var book = await Microsoft
                    .Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Complaints.Deadlines.DeadlineBooks>(
                        services
                    )
                    .OpenAsync(db);
                var complaint = await db.Complaints.Include(c => c.Clocks).ThenInclude(k => k.Pauses).SingleAsync(c => c.Id == course.Id);
                complaint.HearFrom(Complaints.Staff.Actor.Customer, course.House.Now, Channel.Email, "Well, more or less.", book);
                await db.SaveChangesAsync();
            }
        );
        await course.UntilAsync(LittleWorld.Monday.AddDays(20));
        Assert.Single(await course.MailsAsync());
        Assert.Equal(TaskKind.ReadAnswer, Assert.Single(await course.TasksAsync()).Kind);
        var sen = await course.House.ActorAsync("Sen");
        await course.AnswerAsync(true, new Marks(Overall: 3), "Well, more or less.", sen);
        Assert.Equal(sen.StaffId, (await course.AnswersAsync())[0].ByStaffId);
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        Assert.All(await course.TasksAsync(), t => Assert.NotNull(t.DoneAt));
    }

    [Theory, OnSqlite]
    public async Task Reopened_by_hand_it_stops_and_starts_again_with_the_next_resolution(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.House.WithAsync(
            async (db, services) =>
            {
                var book = await Microsoft
                    .Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Complaints.Deadlines.DeadlineBooks>(
                        services
                    )
                    .OpenAsync(db);
                var complaint = await db.Complaints.Include(c => c.Clocks).ThenInclude(k => k.Pauses).SingleAsync(c => c.Id == course.Id);
                complaint.Reopen(await course.House.ActorAsync("Mia"), course.House.Now, "Called: not settled.", book);
                await db.SaveChangesAsync();
            }
        );
        await course.UntilAsync(LittleWorld.Monday.AddDays(10));
        Assert.Equal(FollowUpState.Cancelled, (await course.PlanAsync()).State);
        Assert.Empty(await course.MailsAsync());
    }
}
