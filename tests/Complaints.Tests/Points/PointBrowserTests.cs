using Complaints.Casework;
using Complaints.Mail;
using Complaints.Tests.Browsing;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Complaints.Tests.Points;

/// <summary>Two points are answered, put into a letter and resolved: by at most five clicks, and by the keyboard alone.</summary>
[Collection(BrowserTests.Name)]
public sealed class PointBrowserTests(Chromium chromium)
{
    [Theory]
    [InChromium("sqlite")]
    [InChromium("postgres")]
    public async Task Five_clicks_answer_two_points_and_send_the_letter(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, path) = await PointPageTests.ApologizedAsync(house, "Charged twice", "Cold room");
        var ids = await PointPageTests.IdsAsync(house, reference);
        var cause = await house.WithAsync(db => db.RootCauses.OrderBy(r => r.Id).Select(r => r.Id).FirstAsync());
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Mia");
        await desk.GotoAsync(path);
        await desk.EvaluateAsync("sessionStorage.clicks = 0");
        await desk.Context.AddInitScriptAsync(
            "addEventListener('pointerdown', () => sessionStorage.clicks = +(sessionStorage.clicks ?? 0) + 1, true)"
        );
        await desk.ReloadAsync();
        await desk.ClickAsync($"label.choice:has(input[name='Points[{ids[0]}].Outcome'][value=Upheld])");
        await TabToAsync(desk, $"resolution-Points-{ids[0]}-Finding");
        await desk.Keyboard.TypeAsync("The bank confirms it.");
        await desk.SelectOptionAsync($"#resolution-Points-{ids[0]}-RootCauseId", $"{cause}"); // from the keyboard: no click
        await desk.ClickAsync($"label.choice:has(input[name='Points[{ids[1]}].Outcome'][value=NotUpheld])");
        await TabToAsync(desk, $"resolution-Points-{ids[1]}-Finding");
        await desk.Keyboard.TypeAsync("The log shows 21 degrees.");
        await desk.ClickAsync(".panel.next label.choice:has(input[value=Email])");
        await desk.ClickAsync("button[formaction*='/letters/draft']");
        var words = desk.Locator("#resolution-Words");
        await Assertions.Expect(words).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("1\\. Charged twice"));
        await desk.WaitForLoadStateAsync(); // a kept draft must not put the older words back
        await Assertions.Expect(words).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("Our finding: Not upheld"));
        await Assertions.Expect(desk.Locator($"#resolution-Points-{ids[0]}-Finding")).ToHaveValueAsync("The bank confirms it.");
        await desk.ClickAsync(".panel.next button[data-primary]");
        await Assertions.Expect(desk.Locator("#points")).ToContainTextAsync("Partly upheld");
        Assert.InRange(await desk.EvaluateAsync<int>("+sessionStorage.clicks"), 4, 5);
        Assert.Equal(State.Resolved, (await house.ReadAsync(reference)).State);
        var mail = Assert.Single(await house.MailsAsync(MailPurpose.Resolution));
        Assert.Contains("2. Cold room\nThe log shows 21 degrees.", mail.Text.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InChromium("sqlite")]
    public async Task The_keyboard_alone_does_it_too(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, path) = await PointPageTests.ApologizedAsync(house, "Charged twice");
        var id = (await PointPageTests.IdsAsync(house, reference))[0];
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Mia");
        await desk.GotoAsync(path);
        await TabToAsync(desk, $"Points[{id}].Outcome");
        await desk.Keyboard.PressAsync("Space");
        await TabToAsync(desk, $"resolution-Points-{id}-Finding");
        await desk.Keyboard.TypeAsync("The bank confirms it.");
        await TabToAsync(desk, $"resolution-Points-{id}-RootCauseId");
        await desk.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(desk, "resolution-Words");
        await desk.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(desk.Locator("#points")).ToContainTextAsync("Upheld");
        Assert.Equal((State.Resolved, Outcome.Upheld), await StateAsync(house, reference));
    }

    private static async Task<(State, Outcome?)> StateAsync(TestHouse house, string reference)
    {
        var complaint = await house.ReadAsync(reference);
        return (complaint.State, complaint.Outcome);
    }

    private static async Task TabToAsync(IPage desk, string idOrName)
    {
        for (var i = 0; i < 120; i++)
        {
            var at = await desk.EvaluateAsync<string>("document.activeElement.id + '\\n' + (document.activeElement.name ?? '')");
            if (at.Split('\n').Contains(idOrName))
            {
                return;
            }

            await desk.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab never comes to {idOrName}.");
    }
}
