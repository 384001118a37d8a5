using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>The clerk with a caller on the line: what the log page does while one types, and the keys of those who live in the lists.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class ClerkTests(Chromium chromium)
{
    private const string Charged = "Charged twice for two rooms";

    [Theory]
    [InChromium("sqlite")]
    [InChromium("postgres")]
    public async Task A_phone_number_finds_the_customer_and_the_deadlines_follow_what_is_chosen(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync();
        var desk = await AtTheDeskAsync(house);
        var promised = desk.Locator(".aside-note");
        var brass = await promised.InnerTextAsync();

        await desk.Locator("#Who").PressSequentiallyAsync("7946 0011");
        var first = desk.Locator("[data-match-list] [role=option]").First;
        await Assertions.Expect(first).ToContainTextAsync("Grace Okafor");
        await Assertions.Expect(first).ToContainTextAsync("Gold");
        await Assertions.Expect(first).ToContainTextAsync("1 open");
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Locator("#who-card")).ToContainTextAsync("Grace Okafor");
        await Assertions.Expect(promised).Not.ToHaveTextAsync(brass, new() { UseInnerText = true });
        var gold = await promised.InnerTextAsync();

        await desk.Locator("form#log-form details.fold summary").First.ClickAsync();
        await desk.CheckAsync("input[name=Severity][value=Critical]");
        await Assertions.Expect(promised).Not.ToHaveTextAsync(gold, new() { UseInnerText = true });
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task What_was_typed_stays_until_it_is_logged_or_the_clerk_signs_out(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var desk = await AtTheDeskAsync(house);
        await desk.FillAsync("#WhatHappened", "The parcel came open.");
        await Assertions.Expect(desk.Locator("#log-form [data-draft-line]")).ToContainTextAsync("Draft kept");
        await desk.ReloadAsync();
        await Assertions.Expect(desk.Locator("#WhatHappened")).ToHaveValueAsync("The parcel came open.");

        await desk.ClickAsync("[data-primary]");
        await Assertions.Expect(desk.Locator(".error-summary")).ToBeFocusedAsync();
        await Assertions.Expect(desk.Locator("#WhatHappened")).ToHaveValueAsync("The parcel came open.");
        await desk.GotoAsync("/");
        await desk.GotoAsync("/complaints/new");
        await Assertions.Expect(desk.Locator("#WhatHappened")).ToHaveValueAsync("The parcel came open.");

        await desk.Locator(".topnav summary").ClickAsync();
        await desk.ClickAsync("form[data-sign-out] button");
        await desk.WaitForURLAsync("**/sign-in*");
        Assert.Equal(0, await desk.EvaluateAsync<int>("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length"));
        await desk.SignInAsync("Sen");
        await desk.GotoAsync("/complaints/new");
        await Assertions.Expect(desk.Locator("#WhatHappened")).ToHaveValueAsync("");
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task Ctrl_Enter_logs_and_the_draft_is_gone(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var desk = await AtTheDeskAsync(house);
        await desk.FillAsync("#Who", "Somebody New");
        await desk.Locator("#WhatHappened").FillAsync("The parcel came open.");
        await desk.Keyboard.PressAsync("Control+Enter");
        await desk.WaitForURLAsync(Case());
        await desk.GotoAsync("/complaints/new");
        await Assertions.Expect(desk.Locator("#WhatHappened")).ToHaveValueAsync("");
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task A_double_click_makes_one_complaint(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var desk = await AtTheDeskAsync(house);
        await desk.FillAsync("#Who", "Somebody New");
        await desk.FillAsync("#WhatHappened", "The parcel came open.");
        await desk.DblClickAsync("[data-primary]");
        await desk.WaitForURLAsync(Case());
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory]
    [InChromium("sqlite")]
    [InChromium("postgres")]
    public async Task What_is_in_the_books_already_is_offered_and_the_words_go_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var desk = await AtTheDeskAsync(house);

        // Seen while typing: the open complaint is among the matches, and its contact form has the words.
        await desk.FillAsync("#WhatHappened", "She calls again about the second charge.");
        await desk.Locator("#Who").PressSequentiallyAsync("grace");
        await desk.Locator("[data-match-list] [role=option]", new() { HasText = $"add to {reference}" }).ClickAsync();
        await desk.WaitForURLAsync($"**/complaints/{reference}#contact");
        await Assertions.Expect(desk.Locator("#contact-Words")).ToHaveValueAsync("She calls again about the second charge.");
        await Assertions.Expect(desk.Locator("#contact-Words")).ToBeVisibleAsync();
        await desk.GotoAsync("/complaints/new");
        await Assertions.Expect(desk.Locator("#WhatHappened")).ToHaveValueAsync("");

        // Noticed on sending: the same words again, by the same customer.
        await desk.Locator("#Who").PressSequentiallyAsync("grace");
        await desk.Locator("[data-match-list] [role=option]").First.ClickAsync();
        await Assertions.Expect(desk.Locator("#who-card")).ToContainTextAsync("Grace Okafor");
        await desk.FillAsync("#WhatHappened", Charged);
        await desk.ClickAsync("[data-primary]");
        await desk.Locator($"#likely button[value='{reference}']").ClickAsync();
        await desk.WaitForURLAsync($"**/complaints/{reference}");
        await Assertions.Expect(desk.Locator("#timeline li.in").First).ToContainTextAsync(Charged);
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task Keys_go_everywhere_and_can_be_switched_off(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.LogAsync(owner: "Sen");
        var second = await house.LogAsync("Ivar Lindqvist", owner: "Sen");
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Sen");

        await desk.Keyboard.PressAsync("/");
        await Assertions.Expect(desk.Locator("input[name=q]")).ToBeFocusedAsync();
        await desk.Keyboard.PressAsync("c"); // typed, not a way to the log page
        await Assertions.Expect(desk.Locator("input[name=q]")).ToHaveValueAsync("c");
        await desk.GotoAsync("/");
        await desk.Keyboard.PressAsync("?");
        await Assertions.Expect(desk.Locator("dialog[data-shortcut-list]")).ToBeVisibleAsync();
        await desk.Keyboard.PressAsync("Escape");
        await desk.Keyboard.PressAsync("c");
        await desk.WaitForURLAsync("**/complaints/new");

        await desk.GotoAsync("/queues/mine");
        var rows = await desk.Locator("[data-row] a").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        Assert.Contains("/complaints/" + second, rows);
        await desk.Keyboard.PressAsync("j");
        await desk.Keyboard.PressAsync("j");
        await desk.Keyboard.PressAsync("k");
        await desk.Keyboard.PressAsync("j");
        await desk.Keyboard.PressAsync("Enter");
        await desk.WaitForURLAsync("**" + rows[1]);

        await desk.GotoAsync("/profile");
        await desk.UncheckAsync("input[name=Shortcuts]");
        await desk.Locator("main button.btn-primary").First.ClickAsync();
        await desk.GotoAsync("/");
        await desk.Keyboard.PressAsync("c");
        await desk.Keyboard.PressAsync("?");
        await Assertions.Expect(desk.Locator("dialog[data-shortcut-list]")).ToBeHiddenAsync();
        Assert.EndsWith("/", desk.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task On_paper_there_is_the_case_and_nothing_of_the_frame(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var desk = await chromium.PageAsync(house, dark: true);
        await desk.SignInAsync("Sen");
        await desk.GotoAsync($"/complaints/{reference}");
        await desk.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var frame in new[] { ".rail", ".topbar", ".composer", ".panel.next", ".tabs" })
        {
            await Assertions.Expect(desk.Locator(frame).First).ToBeHiddenAsync();
        }

        await Assertions.Expect(desk.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(desk.Locator(".timeline .words").First).ToBeVisibleAsync();
        Assert.Equal("rgb(255, 255, 255)", await desk.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    private async Task<IPage> AtTheDeskAsync(TestHouse house)
    {
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Sen");
        await desk.GotoAsync("/complaints/new");
        return desk;
    }

    [GeneratedRegex("/complaints/C-[0-9]", RegexOptions.None, 1000)]
    private static partial Regex Case();
}
