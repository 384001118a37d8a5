using System.Net;
using Complaints.Casework;
using Complaints.Tests.World;

namespace Complaints.Tests.Casework;

/// <summary>Who is on the phone, before anything is told.</summary>
public sealed class CallerTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_asked_and_by_whom_stands_on_the_timeline_and_on_the_page_for_an_hour(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var here = $"/complaints/{reference}";
        var nothing = await mia.PostAsync(here + "/caller-checks", new() { ["passed"] = "true" }, here);
        Assert.Contains("Tick what you asked", nothing);
        nothing = await mia.PostAsync(here + "/caller-checks", new() { ["asked"] = "", ["passed"] = "true" }, here);
        Assert.Contains("Tick what you asked", nothing);
        await mia.PostAsync(here + "/caller-checks", new() { ["asked"] = "Date of birth", ["passed"] = "false" }, here);
        Assert.Contains("Caller not verified, asked for: Date of birth", await mia.GetAsync(here));
        var entry = Assert.Single((await house.ReadAsync(reference)).Timeline, e => e.Kind == EntryKind.CallerChecked);
        Assert.Equal("Mia", entry.Content!.Body.By);
        using var otto = await house.SignInAsync("Otto");
        await otto.PostAsync(here + "/caller-checks", new() { ["asked"] = "Date of birth", ["passed"] = "true" }, here);
        Assert.Equal(HttpStatusCode.NotFound, otto.Status);
        house.Clock.Pass(TimeSpan.FromHours(2));
        var later = await mia.GetAsync(here);
        Assert.Contains("Ask before you tell anything", later);
    }

    [Theory, OnSqlite]
    public async Task An_administrator_writes_the_questions_and_none_at_all_is_refused(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("Date of birth", await ada.GetAsync("/settings/caller"));
        await ada.PostAsync("/settings/caller", new() { ["English"] = " ", ["Chinese"] = "" }, "/settings/caller");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        await ada.PostAsync("/settings/caller", new() { ["English"] = "Name of the first pet", ["Chinese"] = "" }, "/settings/caller");
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("Name of the first pet", await mia.GetAsync($"/complaints/{reference}"));
    }
}
