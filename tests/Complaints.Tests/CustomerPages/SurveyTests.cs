using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Mail;
using Complaints.Tests.FollowUp;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.CustomerPages;

public sealed class SurveyTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_clicked_mark_opens_the_form_filled_in_and_stores_nothing(string database)
    {
        await using var course = await AskedAsync(database, "王芳", "Shanghai");
        using var customer = course.House.NewBrowser();
        var page = await customer.GetAsync(await course.SurveyPathAsync() + "?attitude=5&solved=yes&skill=99&overall=<b>");
        Assert.Equal(HttpStatusCode.OK, customer.Status);
        Assert.Contains("问题解决了吗", page);
        Assert.Contains("name=\"Attitude\" value=\"5\" checked", page);
        Assert.Contains("value=\"yes\" checked", page);
        Assert.DoesNotContain("<b>\"", page);
        Assert.Empty(await course.AnswersAsync());
        Assert.Equal(FollowUpState.Asked, (await course.PlanAsync()).State);
        Assert.Equal("no-referrer", customer.Last.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("noindex", customer.Last.Headers.GetValues("X-Robots-Tag").Single());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_posted_answer_is_stored_can_be_changed_and_keeps_its_history(string database)
    {
        await using var course = await AskedAsync(database);
        var path = await course.SurveyPathAsync();
        using var customer = course.House.NewBrowser();
        var thanks = await customer.PostAsync(path, Marks("yes", "4"), path);
        Assert.EndsWith("/thanks", customer.Path);
        Assert.Contains("Your complaint is settled", thanks);
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);

        Assert.Contains("You can change it until", await customer.GetAsync(path));
        await customer.PostAsync(path, new() { ["Solved"] = "no", ["Comment"] = "It came back." }, path);
        Assert.Equal([false, true], (await course.AnswersAsync()).Select(a => a.Current));
        Assert.Equal((State.Apologized, 2), ((await course.ComplaintAsync()).State, (await course.ComplaintAsync()).Cycle));
        Assert.Contains("taken your complaint up again", await customer.GetAsync(path + "/thanks"));
    }

    [Theory, OnSqlite]
    public async Task An_answer_without_the_one_question_says_so_and_keeps_what_was_typed(string database)
    {
        await using var course = await AskedAsync(database);
        var path = await course.SurveyPathAsync();
        using var customer = course.House.NewBrowser();
        var page = await customer.PostAsync(path, new() { ["Overall"] = "4", ["Comment"] = "My words" }, path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, customer.Status);
        Assert.Contains("Please say first whether it is solved", page);
        Assert.Contains("My words", page);
        Assert.Contains("name=\"Overall\" value=\"4\" checked", page);
        Assert.Empty(await course.AnswersAsync());

        page = await customer.PostAsync(path, new() { ["Solved"] = "yes", ["Skill"] = "7" }, path);
        Assert.Contains("Marks go from 1 to 5", page);
        page = await customer.PostAsync(path, new() { ["Solved"] = "yes", ["Comment"] = new string('x', 30_000) }, path);
        Assert.Contains("20,000 fit", page);
        Assert.Empty(await course.AnswersAsync());
    }

    [Theory, OnSqlite]
    public async Task A_link_whose_time_is_over_offers_a_new_one_by_mail(string database)
    {
        await using var course = await AskedAsync(database);
        var path = await course.SurveyPathAsync();
        course.House.Clock.Pass(TimeSpan.FromDays(31));
        using var customer = course.House.NewBrowser();
        Assert.Contains("This link has run out", await customer.GetAsync(path));
        await customer.PostAsync(path, Marks("yes", "5"), path);
        Assert.Empty(await course.AnswersAsync());
        Assert.Contains("on its way", await customer.PostAsync(path + "/link", [], path));
        await customer.PostAsync(path + "/link", [], path);
        Assert.Single(await course.MailsAsync(), m => m.Purpose == MailPurpose.FreshLink);
        Assert.Contains("Is it really solved?", await customer.GetAsync(await course.SurveyPathAsync()));
    }

    [Theory, OnSqlite]
    public async Task Forged_links_and_links_for_something_else_are_not_here(string database)
    {
        await using var course = await AskedAsync(database);
        var plan = await course.PlanAsync();
        var links = course.House.Services.GetRequiredService<SignedLinks>();
        var status = links.Make(LinkPurpose.Status, plan.Id, course.House.Now.AddDays(1));
        var survey = links.Make(LinkPurpose.Survey, plan.Id, course.House.Now.AddDays(1));
        var forged = (survey[0] == 'A' ? 'B' : 'A') + survey[1..^1] + (survey[^1] == 'A' ? 'B' : 'A');
        using var customer = course.House.NewBrowser();
        foreach (var path in new[] { $"/s/{status}", $"/c/{survey}", $"/s/{forged}", "/s/x", "/c/x" })
        {
            await customer.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, customer.Status);
        }
    }

    [Theory, OnSqlite]
    public async Task Who_wants_no_more_questions_gets_none_and_the_complaint_closes(string database)
    {
        await using var course = await AskedAsync(database);
        var path = await course.SurveyPathAsync();
        using var customer = course.House.NewBrowser();
        Assert.Contains("will not ask again", await customer.PostAsync(path + "/no-more", [], path));
        await course.UntilAsync(course.House.Now.AddDays(10));
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        Assert.Equal(DeliveryState.Dropped, Assert.Single(await course.MailsAsync()).Deliveries[0].State);
    }

    [Theory, OnSqlite]
    public async Task Too_many_tries_in_a_minute_are_turned_away(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--CustomerPages:PerMinute", "3");
        using var stranger = house.NewBrowser();
        for (var i = 0; i < 3; i++)
        {
            await stranger.GetAsync("/s/guess");
            Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        }

        await stranger.GetAsync("/s/guess");
        Assert.Equal(HttpStatusCode.TooManyRequests, stranger.Status);
    }

    private static Dictionary<string, string?> Marks(string solved, string mark) =>
        new()
        {
            ["Solved"] = solved,
            ["Skill"] = mark,
            ["Attitude"] = mark,
            ["Timeliness"] = mark,
            ["Overall"] = mark,
        };

    private static async Task<Course> AskedAsync(string database, string customer = "Grace Okafor", string unit = "North")
    {
        var course = await Course.ResolvedAsync(database, customer, unit);
        await course.UntilAsync(LittleWorld.Monday.AddDays(4));
        return course;
    }
}
