using Complaints.Tests.World;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Complaints.Tests.Browsing;

[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    [Theory]
    [InChromium("sqlite", false)]
    [InChromium("sqlite", true)]
    public async Task No_page_has_a_serious_finding(string database, bool dark)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await chromium.PageAsync(house, dark: dark);
        var findings = new List<string>();
        await page.GotoAsync("/sign-in");
        await LookAsync("/sign-in");
        Assert.Empty(findings);

        async Task LookAsync(string path)
        {
            var result = await page.RunAxe();
            findings.AddRange(
                result
                    .Violations.Where(v => v.Impact is "serious" or "critical")
                    .Select(v => $"{path}: {v.Id} {v.Help} at {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")
            );
        }
    }
}
