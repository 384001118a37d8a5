using Complaints.Tests.Browsing;
using Complaints.Tests.FollowUp;
using Complaints.Tests.World;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Complaints.Tests.CustomerPages;

[Collection(BrowserTests.Name)]
public sealed class CustomerLooksTests(Chromium chromium)
{
    [Theory]
    [InChromium("sqlite", "Grace Okafor", false)]
    [InChromium("sqlite", "王芳", true)]
    public async Task Customers_pages_fit_a_phone_and_have_no_serious_finding(string database, string customer, bool dark)
    {
        await using var course = await Course.ResolvedAsync(database, customer, dark ? "Shanghai" : "North");
        await course.UntilAsync(LittleWorld.Monday.AddDays(4));
        var survey = await course.SurveyPathAsync();
        var page = await chromium.PageAsync(course.House, phone: true, dark: dark);
        var findings = new List<string>();
        await LookAsync("status", course.StatusPath());
        await LookAsync("survey", survey + "?attitude=5");
        await page.CheckAsync("input[name=Solved][value=no]");
        await page.ClickAsync("form.survey button");
        await LookAsync("thanks", survey + "/thanks");
        Assert.Empty(findings);

        async Task LookAsync(string name, string path)
        {
            await page.GotoAsync(path);
            var result = await page.RunAxe();
            findings.AddRange(
                result
                    .Violations.Where(v => v.Impact is "serious" or "critical")
                    .Select(v => $"{name}: {v.Id} {v.Help} at {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")
            );
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            {
                findings.Add($"{name}: wider than the phone");
            }
        }
    }
}
