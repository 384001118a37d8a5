using Complaints.Casework;
using Complaints.FollowUp;
using Complaints.Tests.FollowUp;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.CustomerPages;

public sealed class StatusTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_customer_sees_what_we_said_and_nothing_of_what_we_think(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Ivar Lindqvist");
        await course.House.WithAsync(
            async (db, _) =>
            {
                var complaint = await db.Complaints.SingleAsync(c => c.Id == course.Id);
                complaint.Note(await course.House.ActorAsync("Mia"), course.House.Now, "Difficult person.");
                await db.SaveChangesAsync();
            }
        );
        using var customer = course.House.NewBrowser();
        var page = await customer.GetAsync(course.StatusPath());
        Assert.Contains("The second charge is refunded.", page);
        Assert.Contains("We are sorry.", page);
        Assert.Contains("looked after by Sen", page);
        Assert.Contains("Yes, it is solved", page);
        foreach (var hidden in new[] { "Difficult", "Mia", "Diamond", "Normal", "Assigned", "data-person" })
        {
            Assert.DoesNotContain(hidden, page);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Something_added_is_heard_once(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        using var customer = course.House.NewBrowser();
        var path = course.StatusPath();
        for (var i = 0; i < 2; i++)
        {
            Assert.Contains("We have it", await customer.PostAsync(path + "/contacts", new() { ["words"] = "Here is the receipt." }, path));
        }

        Assert.Equal(
            1,
            await course.House.WithAsync(db => db.Timeline.CountAsync(e => e.ComplaintId == course.Id && e.Kind == EntryKind.ContactIn))
        );
        Assert.Contains(
            "Write something or choose a file first",
            await customer.PostAsync(path + "/contacts", new() { ["words"] = " " }, path)
        );
    }

    [Theory, OnSqlite]
    public async Task Not_yet_leads_to_the_survey_with_that_answer_and_stores_none(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "王芳", "Shanghai");
        using var customer = course.House.NewBrowser();
        var path = course.StatusPath();
        var page = await customer.PostAsync(path + "/answer", new() { ["solved"] = "no" }, path);
        Assert.StartsWith("/s/", customer.Path);
        Assert.Contains("value=\"no\" checked", page);
        Assert.Empty(await course.AnswersAsync());
        await customer.PostAsync(customer.Path.Split('?')[0], new() { ["Solved"] = "no" }, customer.Path);
        Assert.Equal((State.Apologized, 2), ((await course.ComplaintAsync()).State, (await course.ComplaintAsync()).Cycle));
        Assert.Contains("接下来", await customer.GetAsync(path));
    }

    [Theory, OnSqlite]
    public async Task The_customer_may_read_in_the_other_language(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "王芳", "Shanghai");
        using var customer = course.House.NewBrowser();
        Assert.Contains("lang=\"zh-Hans\"", await customer.GetAsync(course.StatusPath()));
        var english = await customer.GetAsync(course.StatusPath() + "?lang=en");
        Assert.Contains("What we told you", english);
        Assert.Contains("/answer?lang=en", english);
    }
}
