using System.Net;
using Complaints.FollowUp;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.FollowUp;

/// <summary>Questions of a unit's own: who sees them, and that answers keep theirs.</summary>
public sealed class QuestionnaireTests
{
    private const string Settings = "/settings/questionnaires";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_unit_asks_in_its_own_words_and_an_answer_keeps_the_questions_it_was_given_to(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        using var ada = await course.House.SignInAsync("Ada");
        var north = await UnitAsync(course, "North");
        await KeepAsync(ada, north, "Did the cleaner come?");
        await course.UntilAsync(LittleWorld.Monday.AddDays(4));
        await KeepAsync(ada, north, "Is the room clean now?");
        using var customer = course.House.NewBrowser();
        var page = await customer.GetAsync(await course.SurveyPathAsync());
        Assert.Contains("Did the cleaner come?", page); // as asked, whatever is in force now
        Assert.Contains("How were you treated?", page); // what was left empty is the house's own
        Assert.DoesNotContain("Parts and supplies", page);
        await course.AnswerAsync(true, new Marks(Overall: 5));
        var answer = Assert.Single(await course.AnswersAsync());
        using var mia = await course.House.SignInAsync("Mia");
        Assert.Contains(
            $"/questionnaires/{answer.QuestionnaireId}",
            await mia.GetAsync($"/complaints/{(await course.ComplaintAsync()).Reference}/follow-up")
        );
        Assert.Contains("Did the cleaner come?", await mia.GetAsync($"/questionnaires/{answer.QuestionnaireId}"));
        await mia.GetAsync(Settings);
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_units_questions_are_not_asked_and_one_out_of_use_neither(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        using var ada = await course.House.SignInAsync("Ada");
        await KeepAsync(ada, await UnitAsync(course, "Shanghai"), "Shanghai's question?");
        await KeepAsync(ada, null, "Everybody's question?");
        var everybody = await course.House.WithAsync(db => db.Questionnaires.SingleAsync(q => q.UnitId == null));
        await ada.PostAsync($"{Settings}/{everybody.Id}/end", [], Settings);
        await course.UntilAsync(LittleWorld.Monday.AddDays(4));
        Assert.Null((await course.PlanAsync()).QuestionnaireId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_script_of_its_own_is_shown_to_whoever_calls_and_an_unknown_field_is_refused(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "No Mail Norris");
        using var ada = await course.House.SignInAsync("Ada");
        var refused = await ada.PostAsync(
            Settings,
            new() { ["AsksParts"] = "true", ["En.Script"] = "Hello {{nobody}}." },
            Settings + "/new"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("There is no field nobody", refused);
        Assert.Contains("Hello {{nobody}}.", WebUtility.HtmlDecode(refused));
        await ada.PostAsync(Settings, new() { ["AsksParts"] = "true" }, Settings + "/new");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        await ada.PostAsync(
            Settings,
            new() { ["AsksParts"] = "true", ["En.Script"] = "Good day {{customer}}, {{agent}} speaking." },
            Settings + "/new"
        );
        await course.UntilAsync(LittleWorld.Monday.AddDays(4));
        using var mia = await course.House.SignInAsync("Mia");
        var page = await mia.GetAsync($"/complaints/{(await course.ComplaintAsync()).Reference}/follow-up");
        Assert.Contains("Good day No Mail Norris, Mia", page);
        Assert.Contains("At the customer's it is", WebUtility.HtmlDecode(page));
    }

    [Fact]
    public void The_nearest_unit_counts_first_and_then_the_category()
    {
        Questionnaire Of(long? unit, long? category) =>
            new()
            {
                UnitId = unit,
                CategoryId = category,
                Texts = "{}",
            };
        Questionnaire[] all = [Of(null, null), Of(1, null), Of(null, 7), Of(2, null), Of(2, 7), Of(3, null)];
        Assert.Same(all[4], Questionnaires.Best(all, [1, 2], [6, 7]));
        Assert.Same(all[3], Questionnaires.Best(all, [1, 2], [6]));
        Assert.Same(all[1], Questionnaires.Best(all, [1], [6, 7])); // a nearer unit goes before a category of the whole house
        Assert.Same(all[2], Questionnaires.Best(all, [9], [6, 7]));
        Assert.Same(all[0], Questionnaires.Best(all, [9], []));
        Assert.Null(Questionnaires.Best(all[1..2], [9], []));
    }

    private static Task<long> UnitAsync(Course course, string name) =>
        course.House.WithAsync(db => db.Set<Complaints.Staff.Unit>().Where(u => u.Name == name).Select(u => u.Id).SingleAsync());

    private static Task<string> KeepAsync(Browser ada, long? unit, string question) =>
        ada.PostAsync(
            Settings,
            new()
            {
                ["UnitId"] = unit?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["AsksParts"] = "false",
                ["En.Solved"] = question,
            },
            Settings + "/new"
        );
}
