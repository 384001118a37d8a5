using System.Net;
using Complaints.Casework;
using Complaints.FollowUp;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.FollowUp;

public sealed class DeskTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_call_is_made_with_the_script_and_the_answer_recorded(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "No Mail Norris");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        using var mia = await course.House.SignInAsync("Mia");
        var reference = (await course.ComplaintAsync()).Reference;
        Assert.Contains(reference, await mia.GetAsync("/follow-ups"));
        var path = $"/complaints/{reference}/follow-up";
        var page = await mia.GetAsync(path);
        Assert.Contains("Hello, this is Mia from", page);
        Assert.Contains("020 7946 0042", page);

        page = await mia.PostAsync(
            path + "/attempts",
            new()
            {
                ["Version"] = await VersionAsync(course),
                ["Result"] = "NotReached",
                ["Note"] = "Rang out.",
            }
        );
        Assert.Contains("The next call is planned", page);
        Assert.Contains("Rang out.", page);
        page = await mia.PostAsync(path + "/answer", new() { ["version"] = "0", ["Solved"] = "yes" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        page = await mia.PostAsync(
            path + "/answer",
            new()
            {
                ["version"] = await VersionAsync(course),
                ["Solved"] = "yes",
                ["Overall"] = "3",
            }
        );
        Assert.Contains("Answer recorded: Between", page);
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
        Assert.Equal((await course.House.ActorAsync("Mia")).StaffId, (await course.AnswersAsync())[0].ByStaffId);

        Assert.DoesNotContain("Neither good nor bad", await mia.GetAsync("/follow-ups"));
        using var lena = await course.House.SignInAsync("Lena");
        Assert.Contains("Neither good nor bad", await lena.GetAsync("/follow-ups"));
    }

    [Theory, OnSqlite]
    public async Task The_task_to_call_leads_to_the_call_and_cannot_be_ticked_off_without_it(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "No Mail Norris");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        var task = Assert.Single(await course.TasksAsync());
        using var mia = await course.House.SignInAsync("Mia");
        var path = $"/complaints/{(await course.ComplaintAsync()).Reference}";
        var page = await mia.GetAsync(path);
        Assert.Contains($"{path}/follow-up\"><svg", page);
        Assert.DoesNotContain($"{path}/tasks/{task.Id}", page);
        Assert.Contains("record it there", await mia.PostAsync($"{path}/tasks/{task.Id}", new() { ["result"] = "Called." }, from: path));
        Assert.Null(Assert.Single(await course.TasksAsync()).DoneAt);
        Assert.Equal(FollowUpState.CallDue, (await course.PlanAsync()).State);
    }

    [Theory, OnSqlite]
    public async Task Whoever_resolved_it_does_not_win_the_customer_back(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        await course.AnswerAsync(true, new Marks(Overall: 1));
        var path = $"/complaints/{(await course.ComplaintAsync()).Reference}/follow-up";
        using var sen = await course.House.SignInAsync("Sen");
        var words = new Dictionary<string, string?> { ["version"] = await VersionAsync(course), ["words"] = "Sorry again." };
        Assert.Contains("somebody else gets in touch", await sen.PostAsync(path + "/recovery", words));
        using var mia = await course.House.SignInAsync("Mia");
        Assert.Contains("The complaint is closed", await mia.PostAsync(path + "/recovery", words));
        Assert.Equal(State.Closed, (await course.ComplaintAsync()).State);
    }

    [Theory, OnSqlite]
    public async Task Who_may_not_see_the_complaint_sees_no_follow_up(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "No Mail Norris");
        await course.UntilAsync(LittleWorld.Monday.AddDays(3));
        var reference = (await course.ComplaintAsync()).Reference;
        using var wen = await course.House.SignInAsync("Wen");
        await wen.GetAsync($"/complaints/{reference}/follow-up");
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
        Assert.DoesNotContain(reference, await wen.GetAsync("/follow-ups"));
        using var ada = await course.House.SignInAsync("Ada");
        await ada.GetAsync("/follow-ups");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_administrator_changes_the_rules_and_contradictions_are_refused(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var form = new Dictionary<string, string?>
        {
            ["ReminderDays"] = "1，4",
            ["CallAfterDays"] = "6",
            ["CallWithinHours"] = "24",
            ["DaysBetweenCalls"] = "2",
            ["CallAttempts"] = "2",
            ["RecoveryWithinHours"] = "48",
            ["DayStartHour"] = "8",
            ["DayEndHour"] = "20",
            ["LinkDays"] = "40",
            ["AskShare"] = "50",
            ["CoolDownDays"] = "14",
            ["SecondTouchDays"] = "21",
        };
        await ada.PostAsync("/settings/follow-up", form);
        var kept = await house.WithAsync(db => FollowUpOptions.ReadAsync(db));
        Assert.Equal([1, 4], kept.ReminderDays);
        Assert.Equal(2, kept.CallAttempts);
        Assert.Equal((50, 14, 21), (kept.AskShare, kept.CoolDownDays, kept.SecondTouchDays));
        form["AskShare"] = "0";
        Assert.Contains("Give a share", await ada.PostAsync("/settings/follow-up", form));
        form["AskShare"] = "50";
        form["CallAfterDays"] = "3";
        Assert.Contains("after the last reminder", await ada.PostAsync("/settings/follow-up", form));
        using var jun = await house.SignInAsync("Jun");
        await jun.GetAsync("/settings/follow-up");
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
    }

    private static async Task<string> VersionAsync(Course course) =>
        (await course.ComplaintAsync()).Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
