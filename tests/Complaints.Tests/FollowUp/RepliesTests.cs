using System.Net;
using Complaints.Casework;
using Complaints.FollowUp;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.FollowUp;

public sealed class RepliesTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_mark_by_mail_is_the_answer_closes_and_says_why_it_was_read_so(string database)
    {
        await using var course = await AskedAsync(database);
        await AnswerAsync(course, "5 - thank you");

        var answer = Assert.Single(await course.AnswersAsync());
        Assert.Equal((true, 5, "5 - thank you", null), (answer.Solved, answer.Overall, answer.Comment, answer.ByStaffId));
        Assert.Contains("Marks of 5", KeptSentence.Read(answer.Why!).ToString());
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        Assert.Equal(FollowUpState.Answered, (await course.PlanAsync()).State);
        Assert.Empty(await course.TasksAsync());
        await course.UntilAsync(course.House.Now.AddDays(20));
        Assert.Single(await course.MailsAsync());

        using var sen = await course.House.SignInAsync("Sen");
        var page = await sen.GetAsync($"/complaints/{(await course.ComplaintAsync()).Reference}/follow-up");
        Assert.Contains("Read from a mail: is it right?", page);
        Assert.Contains("Marks of 5", page);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Not_solved_by_mail_reopens_and_escalates_and_the_agent_can_put_it_right(string database)
    {
        await using var course = await AskedAsync(database);
        await AnswerAsync(course, "Still not solved. I was charged again.");
        var complaint = await course.ComplaintAsync();
        Assert.Equal((State.Apologized, 2), (complaint.State, complaint.Cycle));
        Assert.Contains(await course.CausesAsync(), c => c.Trigger == Trigger.Dissatisfied);

        using var lena = await course.House.SignInAsync("Lena");
        var path = $"/complaints/{complaint.Reference}/follow-up";
        var page = await lena.GetAsync(path);
        var answer = Assert.Single(await course.AnswersAsync());
        Assert.Contains("Correct the answer", page);
        await lena.PostAsync(
            path + "/answer",
            new()
            {
                ["version"] = $"{complaint.Version}",
                ["planId"] = $"{answer.FollowUpId}",
                ["Solved"] = "yes",
                ["Overall"] = "4",
            },
            path
        );
        Assert.Equal(HttpStatusCode.OK, lena.Status);
        Assert.Equal([(false, false), (true, true)], (await course.AnswersAsync()).Select(a => (a.Solved, a.Current)));
    }

    [Theory, OnSqlite]
    public async Task A_correction_to_not_solved_reopens_as_the_form_does(string database)
    {
        await using var course = await AskedAsync(database);
        await AnswerAsync(course, "Thanks");
        var closed = await course.ComplaintAsync();
        Assert.Equal(State.Closed, closed.State);
        var answer = Assert.Single(await course.AnswersAsync());
        using var lena = await course.House.SignInAsync("Lena");
        var path = $"/complaints/{closed.Reference}/follow-up";
        await lena.PostAsync(
            path + "/answer",
            new()
            {
                ["version"] = $"{closed.Version}",
                ["planId"] = $"{answer.FollowUpId}",
                ["Solved"] = "no",
                ["Comment"] = "She meant thanks for nothing.",
            },
            path
        );
        Assert.Equal(2, (await course.ComplaintAsync()).Cycle);
        Assert.Equal(State.Apologized, (await course.ComplaintAsync()).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mixed_words_go_to_the_agent_with_the_question_open(string database)
    {
        await using var course = await AskedAsync(database);
        await AnswerAsync(course, "Yes, but the second charge is still there.");
        Assert.Empty(await course.AnswersAsync());
        Assert.Equal(State.InFollowUp, (await course.ComplaintAsync()).State);
        var task = Assert.Single(await course.TasksAsync());
        Assert.Equal(TaskKind.ReadAnswer, task.Kind);
        Assert.Contains("says both", KeptSentence.Read(task.Why).ToString());
        await course.UntilAsync(course.House.Now.AddDays(1));
        Assert.Single(await course.TasksAsync());

        using var sen = await course.House.SignInAsync("Sen");
        var page = await sen.GetAsync($"/complaints/{(await course.ComplaintAsync()).Reference}/follow-up");
        Assert.Contains("the second charge is still there", page);
        Assert.Contains("says both", page);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Thanks_on_a_closed_complaint_opens_nothing_and_is_offered_as_satisfied(string database)
    {
        await using var course = await AskedAsync(database);
        await course.AnswerAsync(true, new Marks(5, 5, 5, null, 5));
        await AnswerAsync(course, "Thank you!");
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        Assert.Single(await course.AnswersAsync());
        var task = Assert.Single(await course.TasksAsync(), t => t.DoneAt is null);
        Assert.Contains("satisfied", KeptSentence.Read(task.Why).ToString());

        using var sen = await course.House.SignInAsync("Sen");
        var page = await sen.GetAsync($"/complaints/{(await course.ComplaintAsync()).Reference}/follow-up");
        Assert.Contains("value=\"yes\" checked", page);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Stop_in_words_ends_the_follow_up_and_is_no_answer(string database)
    {
        await using var course = await AskedAsync(database);
        await AnswerAsync(course, "Unsubscribe");
        Assert.Empty(await course.AnswersAsync());
        var complaint = await course.ComplaintAsync();
        Assert.Equal(State.Closed, complaint.State);
        Assert.Equal(course.House.Now, complaint.Customer.NoSurveysSince);
        Assert.DoesNotContain(await course.TasksAsync(), t => t.DoneAt is null);
        await course.UntilAsync(course.House.Now.AddDays(20));
        Assert.Single(await course.MailsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_automatic_mail_is_never_an_answer(string database)
    {
        await using var course = await AskedAsync(database);
        var mail = Assert.Single(await course.MailsAsync());
        var raw = System.Text.Encoding.UTF8.GetString(
            SandboxPost.Answer(mail, "grace@customer.example", "desk@desk.example", "Yes, thanks. 5", course.House.Now)
        );
        await ComeInAsync(course, System.Text.Encoding.UTF8.GetBytes("Auto-Submitted: auto-replied\r\n" + raw));
        Assert.Empty(await course.AnswersAsync());
        Assert.Empty(await course.TasksAsync());
        Assert.Equal(State.InFollowUp, (await course.ComplaintAsync()).State);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_click_in_the_mail_program_stops_the_questions(string database)
    {
        await using var course = await AskedAsync(database);
        var mail = Assert.Single(await course.MailsAsync());
        var bytes = MailWriter.Write(
            MailForm.Of(mail, new MailWay(new SandboxTransport(), "desk@desk.example", null, true), course.House.Now)
        );
        var header = MailReader.Read(bytes).Header("List-Unsubscribe")!;
        Assert.Equal("List-Unsubscribe=One-Click", MailReader.Read(bytes).Header("List-Unsubscribe-Post"));
        var path = new Uri(header.Trim('<', '>')).AbsolutePath;

        using var program = course.House.NewBrowser();
        Assert.Contains("No more questions?", await program.GetAsync(path));
        Assert.Null((await course.ComplaintAsync()).Customer.NoSurveysSince);
        await program.SendAsync(path, new() { ["List-Unsubscribe"] = "One-Click" });
        Assert.Equal(HttpStatusCode.OK, program.Status);
        Assert.Equal(course.House.Now, (await course.ComplaintAsync()).Customer.NoSurveysSince);
        await course.UntilAsync(course.House.Now.AddDays(20));
        Assert.Single(await course.MailsAsync());
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);

        await program.SendAsync(path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), new() { ["List-Unsubscribe"] = "One-Click" });
        Assert.Equal(HttpStatusCode.NotFound, program.Status);
    }

    private static async Task<Course> AskedAsync(string database)
    {
        var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        course.House.Clock.Pass(TimeSpan.FromHours(1));
        return course;
    }

    private static async Task AnswerAsync(Course course, string words)
    {
        var mail = (await course.MailsAsync())[^1];
        await ComeInAsync(course, SandboxPost.Answer(mail, "grace@customer.example", "desk@desk.example", words, course.House.Now));
    }

    private static async Task ComeInAsync(Course course, byte[] raw)
    {
        var uid = await course.House.WithAsync(db => db.InMessages.CountAsync()) + 1;
        await course.House.AskAsync((InboxStore store) => store.StoreAsync(InboxStore.Sandbox, 1, uid, raw));
        await course.House.AskAsync((InboundRun run) => run.RunAsync());
        Assert.Equal(InState.Read, await course.House.WithAsync(db => db.InMessages.OrderBy(m => m.Id).Select(m => m.State).LastAsync()));
    }
}
