using System.Net;
using Complaints.Tests.Casework;
using Complaints.Tests.World;

namespace Complaints.Tests.SignIn;

/// <summary>A session that ends while somebody writes, and addresses that only take forms: both lead to the page of the form.</summary>
public sealed class SessionOverTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_is_signed_out_while_writing_comes_back_to_the_page_they_wrote_on(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var here = "/complaints/" + await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("Charged twice", await mia.GetAsync(here));
        using var there = await house.SignInAsync("Mia");
        await there.PostAsync("/profile/sessions", [], "/profile");
        house.Clock.Pass(TimeSpan.FromSeconds(61));

        await mia.PostAsync(here + "/notes", new() { ["words"] = "Half an hour of work" }, "/sign-in");
        Assert.StartsWith("/sign-in?to=", mia.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("data-forget-drafts", await mia.GetAsync(mia.Path)); // somebody is expected back
        Assert.Contains("data-forget-drafts", await there.GetAsync("/sign-in?signedOut=true"));
        Assert.StartsWith("/sign-in?to=", mia.Path, StringComparison.Ordinal);
        var to = Uri.UnescapeDataString(mia.Path.Split("to=")[1]);
        var page = await mia.PostAsync(
            "/sign-in",
            new()
            {
                ["Email"] = LittleWorld.Mail("Mia"),
                ["Password"] = LittleWorld.Password,
                ["To"] = to,
            }
        );
        Assert.Equal((here, HttpStatusCode.OK), (mia.Path, mia.Status));
        Assert.Contains("Charged twice", page);
    }

    [Theory, OnSqlite]
    public async Task An_address_that_only_takes_a_form_leads_to_the_page_that_has_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var here = "/complaints/" + await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        foreach (
            var (address, page) in new[]
            {
                (here + "/acknowledgement", here),
                (here + "/notes?x=1", here + "?x=1"),
                ("/profile/sessions", "/profile"),
                (here + "/tasks/7", here),
            }
        )
        {
            await mia.GetAsync(address);
            Assert.Equal((page, HttpStatusCode.OK), (mia.Path, mia.Status));
        }

        using var wen = await house.SignInAsync("Wen"); // of another unit
        await wen.GetAsync(here + "/notes");
        Assert.Equal(HttpStatusCode.NotFound, wen.Status);
        foreach (var nowhere in new[] { "/no/such/page", here + "/no-such-thing", "/css/none.css" })
        {
            await mia.GetAsync(nowhere);
            Assert.Equal((nowhere, HttpStatusCode.NotFound), (mia.Path, mia.Status));
        }
    }
}
