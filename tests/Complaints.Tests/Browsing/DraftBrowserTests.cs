using Complaints.Casework;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>Drafts of a complaint as the page keeps them: on the server, and in the browser only what is not there yet.</summary>
[Collection(BrowserTests.Name)]
public sealed class DraftBrowserTests(Chromium chromium)
{
    private const string Note = "form[data-draft^=note-]";

    [Theory]
    [InChromium("sqlite")]
    [InChromium("postgres")]
    public async Task A_draft_returns_on_another_computer_after_sign_out_wiped_this_one_and_two_pages_never_overwrite(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Mia");
        await desk.GotoAsync($"/complaints/{reference}");
        var second = await desk.Context.NewPageAsync();
        await second.GotoAsync($"/complaints/{reference}");

        await desk.Locator("#note-Words").PressSequentiallyAsync("She waits in the lobby.");
        await Assertions.Expect(desk.Locator($"{Note} [data-draft-line]")).ToContainTextAsync("Draft kept");
        Assert.Equal(0, await desk.EvaluateAsync<int>("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length"));

        await second.Locator("#note-Words").PressSequentiallyAsync("Something else.");
        await Assertions.Expect(second.Locator($"{Note} [data-draft-line]")).ToContainTextAsync("kept a different draft");
        Assert.Contains("lobby", (await house.WithAsync(db => db.Drafts.SingleAsync())).Typed);
        await second.ClickAsync("[data-draft-take]");
        await Assertions.Expect(second.Locator("#note-Words")).ToHaveValueAsync("She waits in the lobby.");
        await second.CloseAsync();

        // Left at once after the last key: signing out keeps it for the person and wipes the browser.
        await desk.Locator("#note-Words").PressSequentiallyAsync(" Call her.");
        await desk.WaitForTimeoutAsync(400);
        await desk.Locator(".topnav summary").ClickAsync();
        await desk.ClickAsync("form[data-sign-out] button");
        await desk.WaitForURLAsync("**/sign-in*");
        Assert.Equal(0, await desk.EvaluateAsync<int>("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length"));

        var elsewhere = await chromium.PageAsync(house);
        await elsewhere.SignInAsync("Mia");
        await elsewhere.GotoAsync($"/complaints/{reference}");
        await Assertions.Expect(elsewhere.Locator("#note-Words")).ToHaveValueAsync("She waits in the lobby. Call her.");
        await Assertions.Expect(elsewhere.Locator($"{Note} [data-draft-line]")).ToContainTextAsync("Kept since");
        await elsewhere.ClickAsync($"{Note} [data-draft-discard]");
        await Assertions.Expect(elsewhere.Locator("#note-Words")).ToHaveValueAsync("");
        for (var tries = 0; tries < 100 && await house.WithAsync(db => db.Drafts.AnyAsync()); tries++)
        {
            await elsewhere.WaitForTimeoutAsync(100); // it goes away beside the page
        }

        await elsewhere.ReloadAsync();
        await Assertions.Expect(elsewhere.Locator("#note-Words")).ToHaveValueAsync("");
        Assert.Empty(await house.WithAsync(db => db.Drafts.ToListAsync()));
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task What_was_typed_and_sent_after_the_session_ended_is_there_after_signing_in_again(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Mia");
        foreach (
            var (path, box, button) in new[]
            {
                ($"/complaints/{reference}", "#note-Words", $"{Note} .form-foot button"),
                ("/complaints/new", "#WhatHappened", "[data-primary]"),
            }
        )
        {
            await desk.GotoAsync(path);
            using (var there = await house.SignInAsync("Mia"))
            {
                await there.PostAsync("/profile/sessions", [], "/profile");
            }

            house.Clock.Pass(TimeSpan.FromSeconds(61));
            await desk.Locator(box).FillAsync("She waits in the lobby.");
            await desk.Locator(button).First.ClickAsync();
            await desk.WaitForURLAsync("**/sign-in*");
            await desk.FillAsync("#Email", LittleWorld.Mail("Mia"));
            await desk.FillAsync("#Password", LittleWorld.Password);
            await desk.ClickAsync("main button.btn-primary");
            await desk.WaitForURLAsync("**" + path);
            await Assertions.Expect(desk.Locator(box)).ToHaveValueAsync("She waits in the lobby.");
        }
    }
}
