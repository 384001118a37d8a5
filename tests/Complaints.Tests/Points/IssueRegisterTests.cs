using System.Globalization;
using System.Net;
using Complaints.Casework;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Points;

/// <summary>The issue register: one line for each answered point, one for a complaint without.</summary>
public sealed class IssueRegisterTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Points_and_whole_complaints_stand_in_it_by_unit_and_period(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var pointed = await FinalLetterTests.PointedAsync(house, "Grace Okafor", "North", "Mia");
        var foreign = await FinalLetterTests.PointedAsync(house, "王芳", "Shanghai", "Wen");
        var open = await FinalLetterTests.PointedAsync(house, "Grace Okafor", "North", "Mia");
        var plain = await house.LogAsync();
        var cause = await house.WithAsync(db => db.RootCauses.OrderBy(r => r.Id).FirstAsync());
        await house.DoAsync(plain, "Mia", CasePageTests.Apologized(house));
        foreach (var (reference, who) in new[] { (pointed, "Mia"), (foreign, "Wen"), (plain, "Mia") })
        {
            house.Clock.Pass(TimeSpan.FromMinutes(1));
            var resolution = PureDesk.Free with { RootCauseId = cause.Id, CorrectiveAction = "Train the desk" };
            await house.DoAsync(reference, who, (c, a, b) => c.Resolve(a, house.Now, resolution, PureDesk.Said, long.MaxValue, b));
        }

        using var lena = await house.SignInAsync("Lena");
        Assert.Contains("href=\"/figures/issues?", await lena.GetAsync("/figures"));
        var page = await lena.GetAsync("/figures/issues");
        Assert.Contains(pointed + "/1", page);
        Assert.Contains(pointed + "/2", page);
        Assert.Contains("Read the bill", page); // of the point
        Assert.Contains("Train the desk", page); // of the whole
        Assert.Contains(cause.Name, page);
        Assert.Contains("The bank confirms two charges.", page);
        Assert.DoesNotContain(plain + "/", page);
        Assert.Contains(plain, page);
        Assert.DoesNotContain(foreign, page);
        Assert.DoesNotContain(open, page); // not resolved yet

        var csv = await lena.GetAsync("/figures/issues.csv");
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith($"\"{plain}\"", lines[1], StringComparison.Ordinal); // last resolved first
        Assert.Contains("\"Charged twice\"", lines[2]);
        Assert.DoesNotContain(pointed, await lena.GetAsync("/figures/issues?from=2025-01-01&to=2025-02-01"));
        Assert.Contains("Nothing was resolved in this period.", await lena.GetAsync("/figures/issues?from=2025-01-01&to=2025-02-01"));
        var shanghai = await house.WithAsync(db => db.Units.Where(u => u.Name == "Shanghai").Select(u => u.Id).SingleAsync());
        await lena.GetAsync($"/figures/issues?unit={shanghai}");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);

        using var dora = await house.SignInAsync("Dora");
        var theirs = await dora.GetAsync($"/figures/issues?unit={shanghai}");
        Assert.Contains(foreign + "/2", theirs);
        Assert.DoesNotContain(pointed, theirs);
        using var mia = await house.SignInAsync("Mia");
        await mia.GetAsync("/figures/issues");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status); // figures are not an agent's
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task It_is_paged_by_key_and_the_file_has_all_pages(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await Queues.ManyComplaints.AddAsync(house, 260);
        var me = (await house.ActorAsync("Dora")).StaffId;
        var total = await house.WithAsync(db => db.Complaints.CountAsync(c => c.ResolvedAt != null && c.ComplainedAboutId != me));
        Assert.True(total > 50, "The world is too small for a second page.");
        using var dora = await house.SignInAsync("Dora");
        var from = house.Now.AddYears(-3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var path = $"/figures/issues?from={from}";
        var seen = new HashSet<string>();
        var pages = 0;
        for (var at = path; at is not null; pages++)
        {
            var page = await dora.GetAsync(at);
            foreach (
                System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(page, "class=\"ref\">([^<]+)<")
            )
            {
                Assert.True(seen.Add(match.Groups[1].Value), "twice: " + match.Groups[1].Value);
            }

            var next = System.Text.RegularExpressions.Regex.Match(page, "rel=\"next\" href=\"([^\"]+)\"");
            at = next.Success ? next.Groups[1].Value : null;
        }

        Assert.Equal(total, seen.Count);
        Assert.Equal((total + 49) / 50, pages);
        var csv = await dora.GetAsync($"/figures/issues.csv?from={from}");
        Assert.Equal(total, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);
    }
}
