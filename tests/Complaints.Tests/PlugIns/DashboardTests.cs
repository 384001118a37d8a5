#if PLUGINS
using Complaints.Data;
using Complaints.Hangfire;
using Complaints.Language;
using Complaints.Staff;
using Complaints.Tests.Browsing;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Complaints.Tests.PlugIns;

/// <summary>Hangfire's own pages in a real browser, in a house whose clock ticks.</summary>
[Collection(BrowserTests.Name)]
public sealed class DashboardTests(Chromium chromium)
{
    private const string Recurring = HangfireStartup.Dashboard + "/recurring";

    // The library sets a few styles in its markup; its own style sheet says the same, so that nothing is missing without.
    private const string Watch =
        "window.refused = []; addEventListener('securitypolicyviolation', e => { if (e.blockedURI !== 'inline' || !e.effectiveDirective.startsWith('style-src')) refused.push(e.effectiveDirective + ' ' + e.blockedURI); });";

    [Theory]
    [InChromium("sqlite")]
    [InChromium("postgres")]
    public async Task An_administrator_goes_there_and_back_runs_work_and_what_is_paused_stays_so(string database)
    {
        await using var house = await OpenAsync(database);
        var page = await PageAsync(house, "Ada");
        await page.GotoAsync("/settings/work");
        var policy = await PolicyAsync(page, "/settings/work");
        await page.GetByText("What the scheduler itself shows").ClickAsync();
        await page.WaitForURLAsync("**" + HangfireStartup.Dashboard);
        Assert.Equal(policy, await PolicyAsync(page, HangfireStartup.Dashboard)); // no looser there than elsewhere
        await Expect(page.Locator("#realtimeGraph, canvas").First).ToBeVisibleAsync();

        await page.GotoAsync(Recurring);
        Assert.Equal("fixed", await page.EvalOnSelectorAsync<string>(".navbar", "n => getComputedStyle(n).position")); // its styles are there
        await Expect(page.Locator("tr", new() { HasText = "sweep" })).ToBeVisibleAsync();
        await UntilAsync(() => RunsAsync(house, "timeline-heads"), ran => ran is not null);
        var before = await RunsAsync(house, "timeline-heads");
        house.Clock.Pass(TimeSpan.FromMinutes(2));
        await TriggerAsync(page, "timeline-heads"); // its scripts are there, with the token of the house
        await UntilAsync(() => RunsAsync(house, "timeline-heads"), ran => ran > before);

        await page.GetByText("Back to site").ClickAsync();
        await page.WaitForURLAsync("**/settings/work");
        await page.Locator("form[action='/settings/work/timeline-heads/pause'] button").ClickAsync();
        await Expect(page.GetByText("It is paused.")).ToBeVisibleAsync();
        before = await RunsAsync(house, "timeline-heads");
        house.Clock.Pass(TimeSpan.FromMinutes(2));
        await page.GotoAsync(Recurring);
        await TriggerAsync(page, "timeline-heads");
        await Task.Delay(3000);
        Assert.Equal(before, await RunsAsync(house, "timeline-heads"));

        await page.GotoAsync("/settings/work");
        await page.Locator("form[action='/settings/work/timeline-heads/continuation'] button").ClickAsync();
        await page.Locator("form[action='/settings/work/timeline-heads/run'] button").ClickAsync();
        await UntilAsync(() => RunsAsync(house, "timeline-heads"), ran => ran > before);
        Assert.Empty(await page.EvaluateAsync<string[]>("window.refused"));
    }

    [Theory]
    [InChromium("sqlite", "en")]
    [InChromium("sqlite", "zh")]
    public async Task An_auditor_looks_on_a_phone_in_the_dark_and_changes_nothing(string database, string language)
    {
        await using var house = await OpenAsync(database);
        var tongue = language == "en" ? Tongue.English : Tongue.Chinese;
        await house.WithAsync(
            async (db, _) => await db.Staff.Where(s => s.Name == "Otto").ExecuteUpdateAsync(s => s.SetProperty(o => o.Language, tongue))
        );
        var page = await PageAsync(house, "Otto", language, phone: true, dark: true);
        await page.GotoAsync("/audit");
        await page.Locator("main a[href='/settings/work']").ClickAsync();
        await Expect(page.Locator("main h1")).ToHaveTextAsync(language == "en" ? "Background work" : "后台任务");
        Assert.Equal(0, await page.Locator("main form").CountAsync());
        await page.GetByText(language == "en" ? "What the scheduler itself shows" : "查看调度程序自带的页面").ClickAsync();
        foreach (var path in new[] { "", "/recurring", "/jobs/succeeded", "/servers", "/retries" })
        {
            await page.GotoAsync(HangfireStartup.Dashboard + path);
            Assert.True(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                $"{path} is wider than a phone"
            );
            Assert.True(
                await page.EvaluateAsync<bool>(
                    "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every(c => c < 90)"
                ),
                $"{path} is bright in the dark"
            );
            Assert.Equal(0, await page.Locator("button[data-url], input[type=checkbox]").CountAsync());
        }

        Assert.Empty(await page.EvaluateAsync<string[]>("window.refused"));
    }

    private static Task<TestHouse> OpenAsync(string database) => TestHouse.OpenAsync(database, [.. PlugIns.Named, "--Node:Work", "true"]);

    private async Task<IPage> PageAsync(TestHouse house, string name, string language = "en", bool phone = false, bool dark = false)
    {
        var page = await chromium.PageAsync(house, language, phone, dark);
        await page.AddInitScriptAsync(Watch);
        await page.SignInAsync(name);
        return page;
    }

    private static async Task<string> PolicyAsync(IPage page, string path)
    {
        await using var answer = await page.Context.APIRequest.GetAsync(path);
        return answer.Headers["content-security-policy"];
    }

    private static async Task TriggerAsync(IPage page, string job)
    {
        await page.CheckAsync($"input[value='{job}']");
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.ClickAsync("button[data-url$='/recurring/trigger']"),
            r => r.Url.EndsWith("/recurring/trigger", StringComparison.Ordinal)
        );
        Assert.Equal(204, answer.Status);
    }

    private static Task<DateTime?> RunsAsync(TestHouse house, string work) =>
        house.WithAsync(db =>
            db.WorkRuns.Where(w => w.Name == work && w.EndedAt != null).Select(w => (DateTime?)w.StartedAt).SingleOrDefaultAsync()
        );

    private static async Task UntilAsync(Func<Task<DateTime?>> ask, Func<DateTime?, bool> so)
    {
        for (var i = 0; i < 300 && !so(await ask()); i++)
        {
            await Task.Delay(100);
        }

        Assert.True(so(await ask()));
    }
}
#endif
