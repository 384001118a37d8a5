using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>Phrases by the keyboard alone, and the adviser's better form one click away.</summary>
[Collection(BrowserTests.Name)]
public sealed class PhraseTests(Chromium chromium)
{
    [Theory]
    [InChromium("sqlite")]
    public async Task A_phrase_is_found_and_put_in_without_a_mouse_and_Escape_leaves_what_was_typed(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Mia");
        await desk.GotoAsync($"/complaints/{reference}");
        await desk.ClickAsync("#reply > summary");
        var box = desk.Locator("#reply-Words");
        await box.FocusAsync();
        await desk.Keyboard.TypeAsync("24/7 and/or ");
        await Assertions.Expect(desk.Locator(".phrase-menu")).ToHaveCountAsync(0);
        await desk.Keyboard.TypeAsync("/clos");
        await Assertions.Expect(desk.Locator(".phrase-menu [role=option]")).ToHaveCountAsync(6);
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-activedescendant", "reply-Words-phrase-list-0");
        await desk.Keyboard.PressAsync("Escape");
        await Assertions.Expect(desk.Locator(".phrase-menu")).ToHaveCountAsync(0);
        await Assertions.Expect(box).ToHaveValueAsync("24/7 and/or /clos");

        await desk.Keyboard.PressAsync("Control+a");
        await desk.Keyboard.TypeAsync("/your ref");
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(box).ToHaveValueAsync($"Your reference is {reference}. With it, any of us can pick up where I left off.");
        await desk.Keyboard.TypeAsync("\n/sum up");
        await desk.Keyboard.PressAsync("Tab");
        await desk.Keyboard.TypeAsync("the refund"); // the first place left open is selected
        await Assertions.Expect(box).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("we will do the refund by \\[day\\]"));
        await desk.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(box).Not.ToHaveValueAsync(new System.Text.RegularExpressions.Regex("the refund by"));
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task A_Chinese_input_method_keeps_its_own_keys_and_filters_by_what_it_has_written(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync("王芳");
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Mia");
        await desk.GotoAsync($"/complaints/{reference}");
        await desk.ClickAsync("#reply > summary");
        var box = desk.Locator("#reply-Words");
        await box.FocusAsync();
        var ime = await desk.Context.NewCDPSessionAsync(desk);

        // The key makes 、 there; within a sentence it stays one.
        await ime.SendAsync("Input.insertText", new() { ["text"] = "周一" });
        await ime.SendAsync("Input.insertText", new() { ["text"] = "、" });
        await Assertions.Expect(desk.Locator(".phrase-menu")).ToHaveCountAsync(0);
        await ime.SendAsync("Input.insertText", new() { ["text"] = "周二。" });
        await ime.SendAsync("Input.insertText", new() { ["text"] = "、" });
        await Assertions.Expect(desk.Locator(".phrase-menu [role=option]").First).ToBeVisibleAsync();
        var all = await desk.Locator(".phrase-menu [role=option]").CountAsync();

        // Half-composed pinyin is no filter, and its Enter belongs to the input method.
        await ime.SendAsync(
            "Input.imeSetComposition",
            new()
            {
                ["text"] = "lao shi",
                ["selectionStart"] = 7,
                ["selectionEnd"] = 7,
            }
        );
        await Assertions.Expect(desk.Locator(".phrase-menu [role=option]")).ToHaveCountAsync(all);
        await box.DispatchEventAsync(
            "keydown",
            new
            {
                key = "Enter",
                isComposing = true,
                bubbles = true,
            }
        );
        await Assertions.Expect(desk.Locator(".phrase-menu [role=option]")).ToHaveCountAsync(all);
        await ime.SendAsync("Input.insertText", new() { ["text"] = "如实" });
        await Assertions.Expect(desk.Locator(".phrase-menu [role=option]")).ToHaveCountAsync(1);
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(box).ToHaveValueAsync("周一、周二。过几天我们会向您了解问题是否真的解决了，请您如实告诉我们。");
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task The_better_form_is_one_click_away_and_what_is_kept_is_not_marked_again(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Mia");
        await desk.GotoAsync($"/complaints/{reference}");
        await desk.ClickAsync("#reply > summary");
        var box = desk.Locator("#reply-Words");
        var advice = desk.Locator("#reply-Words-advice [data-advice]");
        await box.FillAsync("Sorry to keep you waiting. Your ticket is closed.");
        await Assertions.Expect(advice).ToHaveCountAsync(2);
        await desk.EvaluateAsync("document.getElementById('reply-Words').value = 'First. ' + document.getElementById('reply-Words').value"); // it moved since
        await advice.First.Locator("[data-advice-use]").ClickAsync();
        await Assertions.Expect(box).ToHaveValueAsync("First. Thank you for your patience. Your ticket is closed.");
        await Assertions.Expect(box).ToBeFocusedAsync();
        await advice.Filter(new() { HasText = "ticket" }).Locator("[data-advice-keep]").ClickAsync();
        await Assertions.Expect(advice).ToHaveCountAsync(0);
        await desk.Keyboard.PressAsync("Control+End");
        await desk.Keyboard.TypeAsync(" Calm down.");
        await Assertions.Expect(advice).ToHaveCountAsync(1);
        await Assertions.Expect(advice).ToContainTextAsync("Calm down");

        await box.FillAsync("Dear Grace Okafor, ____ is yours.");
        await advice.Locator("[data-advice-show]").ClickAsync();
        Assert.Equal("____", await box.EvaluateAsync<string>("b => b.value.slice(b.selectionStart, b.selectionEnd)"));
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task Boxes_with_open_list_and_advice_are_as_they_should_be_for_everybody(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync("王芳");
        var looker = new Looker();
        foreach (var dark in new[] { false, true })
        {
            var desk = await chromium.PageAsync(house, phone: true, dark: dark);
            await desk.SignInAsync(dark ? "Max" : "Lena"); // somebody else: one's own draft would come back
            await desk.GotoAsync($"/complaints/{reference}");
            await desk.ClickAsync("#reply > summary");
            await desk.FillAsync("#reply-Words", "很抱歉让你久等。 ");
            await Assertions.Expect(desk.Locator("#reply-Words-advice [data-advice]")).ToHaveCountAsync(1);
            await desk.FocusAsync("#reply-Words");
            await desk.Keyboard.PressAsync("Control+End");
            await desk.Keyboard.TypeAsync("/");
            await Assertions.Expect(desk.Locator(".phrase-menu [role=option]").First).ToBeVisibleAsync();
            await looker.LookAsync(desk, "phrases open, dark: " + dark);
        }

        Assert.True(looker.Findings.Count == 0, string.Join('\n', looker.Findings));
    }
}
