using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>The main job, as the three people do it, in real Chromium: from the caller on the line to the answered follow-up.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class WholeJobTests(Chromium chromium)
{
    [Theory]
    [InChromium("sqlite", "en", "Sen", "Lena", "Grace", "7946 0011")]
    [InChromium("sqlite", "zh-Hans", "Wen", "Chen", "王芳", "138 0013")]
    [InChromium("postgres", "en", "Sen", "Lena", "Grace", "7946 0011")]
    [InChromium("postgres", "zh-Hans", "Wen", "Chen", "王芳", "138 0013")]
    public async Task From_a_call_to_an_answered_follow_up(
        string database,
        string language,
        string clerk,
        string lead,
        string customer,
        string phone
    )
    {
        await using var house = await TestHouse.OpenAsync(database);
        var desk = await chromium.PageAsync(house, language);
        await desk.SignInAsync(clerk);

        // The clerk, with the caller on the line.
        await desk.GotoAsync("/complaints/new");
        await desk.Locator("#Who").PressSequentiallyAsync(phone);
        await desk.Locator("[data-match-list] [role=option]").First.WaitForAsync();
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Locator("#who-card")).ToContainTextAsync(customer);
        await desk.FillAsync("#WhatHappened", language == "en" ? "Charged twice for two rooms." : "两间房被重复扣款。");
        await desk.ClickAsync("[data-primary]");
        await desk.WaitForURLAsync(Case());
        var reference = Case().Match(desk.Url).Groups[1].Value;

        // Acknowledge, apologize, resolve: one form at a time, ready to send.
        await SendAsync(desk, "acknowledgement");
        await desk.FillAsync("#apology-Shortfall", language == "en" ? "We charged the card twice." : "我们重复扣款。");
        await SendAsync(desk, "apology");
        await desk.FillAsync("#resolution-Solution", language == "en" ? "The second charge was returned." : "第二笔款项已退回。");
        await desk.Locator("#resolution-RootCauseId").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await desk.Locator("#resolution-Outcome").SelectOptionAsync("Upheld");
        await SendAsync(desk, "resolution");
        Assert.Equal(State.Resolved, (await StateAsync(house, reference)).State);

        // Three days later the customer is asked, in their language, and answers on a phone.
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        await house.WorkAsync(TimeSpan.FromDays(3));
        for (var step = 0; step < 5; step++)
        {
            await house.WorkAsync(TimeSpan.FromHours(8)); // the mail goes out in the customer's daytime, wherever they are
        }

        var survey = await house.WithAsync(db =>
            db.OutMessages.Where(m => m.Purpose == MailPurpose.Survey && m.Reference == reference).SingleAsync()
        );
        Assert.Equal(language, survey.Language);
        var link = Link().Match(survey.Text).Value;
        var home = await chromium.PageAsync(house, language, phone: true);
        await home.GotoAsync(new Uri(link).PathAndQuery);
        await home.Locator("input[name=Solved][value=yes]").CheckAsync();
        foreach (var dimension in new[] { "Skill", "Attitude", "Timeliness", "Overall" })
        {
            await home.Locator($"input[name={dimension}][value='5']").CheckAsync();
        }

        await home.ClickAsync("form.survey button.btn-primary");
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(State.Closed, (await StateAsync(house, reference)).State);

        // The lead sees the whole story, and nothing is broken in it.
        var office = await chromium.PageAsync(house, language);
        await office.SignInAsync(lead);
        await office.GotoAsync($"/complaints/{reference}");
        await Assertions.Expect(office.Locator(".timeline")).ToContainTextAsync("5");
        await office.GotoAsync("/figures");
        await Assertions.Expect(office.Locator("h1")).ToBeVisibleAsync();
    }

    [Theory]
    [InChromium("sqlite", "en", "Sen", "Lena")]
    [InChromium("postgres", "zh-Hans", "Wen", "Chen")]
    public async Task What_is_late_escalates_by_itself_and_a_lead_takes_it(string database, string language, string clerk, string lead)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var desk = await chromium.PageAsync(house, language);
        await desk.SignInAsync(clerk);
        await desk.GotoAsync("/complaints/new");
        await desk.FillAsync("#Who", "Somebody New");
        await desk.FillAsync("#WhatHappened", "The parcel came open and half of it was missing.");
        await desk.ClickAsync("[data-primary]");
        await desk.WaitForURLAsync(Case());
        var reference = Case().Match(desk.Url).Groups[1].Value;

        await house.WorkAsync(TimeSpan.FromDays(1.05));

        var office = await chromium.PageAsync(house, language);
        await office.SignInAsync(lead);
        await office.GotoAsync("/escalations");
        var card = office.Locator("article.esc", new() { HasText = reference }).First;
        await Assertions.Expect(card).ToBeVisibleAsync();
        await card.Locator("form[action*='taking'] button, form[action$='/take'] button").First.ClickAsync();
        await Assertions.Expect(office.Locator("article.esc.taken", new() { HasText = reference }).First).ToBeVisibleAsync();
    }

    private static async Task SendAsync(IPage page, string step)
    {
        var form = page.Locator($"form[action$='/{step}']");
        await form.Locator("button.btn-primary").ClickAsync();
        await Assertions.Expect(form).ToHaveCountAsync(0);
    }

    private static Task<Complaint> StateAsync(TestHouse house, string reference) =>
        house.WithAsync(db => db.Complaints.AsNoTracking().SingleAsync(c => c.Reference == reference));

    [GeneratedRegex("/complaints/(C-[0-9]{2}-[0-9]+-[0-9])", RegexOptions.None, 1000)]
    private static partial Regex Case();

    [GeneratedRegex("https?://[^\\s]+/s/[^\\s?]+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
