using System.Net;
using Complaints.Tests.World;

namespace Complaints.Tests.SignIn;

public sealed class SignInTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_member_of_staff_comes_in_with_address_and_password(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        Assert.Equal("/", jun.Path);
        Assert.Contains("Jun", await jun.GetAsync("/"));
    }

    [Theory, OnSqlite]
    public async Task A_wrong_password_says_what_to_do_and_keeps_the_address(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var browser = house.NewBrowser();
        var page = await browser.PostAsync("/sign-in", new() { ["Email"] = LittleWorld.Mail("Jun"), ["Password"] = "wrong" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("do not fit together", page);
        Assert.Contains("jun@desk.example", page);
    }

    [Theory, OnSqlite]
    public async Task A_stylesheet_has_a_body(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var browser = house.NewBrowser();
        Assert.Contains("--tblr", await browser.GetAsync("/css/site.css"));
    }
}
