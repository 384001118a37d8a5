using Complaints.Casework;
using Complaints.Data;
using Complaints.FollowUp;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Complaints.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>
/// No page has a serious or critical finding of axe in either theme, and none is wider than a phone. Pages are found over
/// the links, as everybody who works in the demo; what no link leads to is named here.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    private readonly Looker _looker = new();

    [Theory]
    [InChromium("demo")]
    public async Task Everything_staff_reach_by_links_is_fit_for_everybody(string world)
    {
        Assert.Equal("demo", world);
        await using var house = await TestHouse.OpenDemoAsync();
        var complaints = await DemoStates.MakeAsync(house);
        var faces = await house.WithAsync(db => db.Staff.Where(s => s.DemoFace != null).OrderBy(s => s.Id).ToListAsync());
        foreach (var face in faces.DistinctBy(f => f.Role))
        {
            var page = await ComeInAsync(house, face);
            await _looker.WalkAsync(page, face.Name, "/");
            if (face.Role == Role.Manager)
            {
                foreach (var (kind, reference) in complaints)
                {
                    await _looker.LookAtAsync(page, kind, $"/complaints/{reference}");
                }
            }

            await page.Context.CloseAsync();
        }

        Report(least: 50);
    }

    [Theory]
    [InChromium("demo")]
    public async Task What_staff_reach_by_doing_is_fit_for_everybody(string world)
    {
        Assert.Equal("demo", world);
        await using var house = await TestHouse.OpenDemoAsync();
        await DemoStates.MakeAsync(house);
        var faces = await house.WithAsync(db => db.Staff.Where(s => s.DemoFace != null).OrderBy(s => s.Id).ToListAsync());
        await WorkAsync(await ComeInAsync(house, faces.First(f => f.Role == Role.TeamLead)));
        await ImportAsync(house, await ComeInAsync(house, faces.First(f => f.Role == Role.Manager)));
        await SettingsAsync(await ComeInAsync(house, faces.First(f => f.Role == Role.Administrator)));
        Report(least: 15);
    }

    [Theory]
    [InChromium("demo")]
    public async Task What_customers_and_the_signed_out_see_is_fit_for_everybody(string world)
    {
        Assert.Equal("demo", world);
        await using var house = await TestHouse.OpenDemoAsync();
        await DemoStates.MakeAsync(house);
        var page = await chromium.PageAsync(house);
        await CustomerAsync(house, page);
        await SignedOutAsync(house, page);
        await SetUpAsync();
        Report(least: 25);
    }

    private async Task WorkAsync(IPage page)
    {
        await page.GotoAsync("/complaints/new");
        await page.ClickAsync("[data-primary]");
        await _looker.LookAsync(page, "log page with nothing typed");
        await page.Locator("#Who").PressSequentiallyAsync("Harriet");
        await page.Locator("[data-match-list] [role=option]").First.WaitForAsync();
        await _looker.LookAsync(page, "log page with matches");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#who-card .person").WaitForAsync();
        await page.CheckAsync("input[name=OnTheSpot]");
        await _looker.LookAsync(page, "log page settled on the spot");
        await _looker.LookAtAsync(page, "search without hits", "/search?q=zzzzzz");
        await _looker.LookAtAsync(page, "search with hits", "/search?q=room");
        await _looker.LookAtAsync(page, "customers without hits", "/customers?q=zzzzzz");
        await _looker.LookAtAsync(page, "queue with filters and nothing in it", "/queues/mine?tier=Lead&severity=Critical&due=late");
        await FastAsync(page);
        await page.GotoAsync("/escalations");
        await page.EvaluateAsync("document.querySelectorAll('main details').forEach(d => d.open = true)");
        await _looker.LookAsync(page, "escalations with menus open");
        await page.Locator(".topnav summary").ClickAsync();
        await page.ClickAsync("[data-open-shortcuts]");
        await _looker.LookAsync(page, "list of shortcuts");
        await _looker.LookAtAsync(page, "nothing here, signed in", "/complaints/C-26-99999-9");
        await page.Context.CloseAsync();
    }

    /// <summary>Views, columns, macros, tags and a bulk action, the last by keys alone.</summary>
    private async Task FastAsync(IPage page)
    {
        await page.GotoAsync("/queues/unit");
        await page.EvaluateAsync("document.querySelectorAll('.list-tools details').forEach(d => d.open = true)");
        await _looker.LookAsync(page, "list with columns and view form open");
        await page.FillAsync("#view-Name", "Diamond, due today");
        await page.ClickAsync("form[action='/views'] button");
        await _looker.LookAsync(page, "a saved view");
        await _looker.LookAtAsync(page, "views", "/views");
        await page.GotoAsync("/macros");
        await page.ClickAsync("main form button.btn-primary");
        await _looker.LookAsync(page, "macros with errors");
        await page.FillAsync("#Name", "The lift again");
        await page.FillAsync("#AddTags", "lift");
        await page.FillAsync("#Note", "The usual lift");
        await page.ClickAsync("main form button.btn-primary");
        await _looker.LookAsync(page, "macros");
        await page.GotoAsync("/queues/unit");
        foreach (var key in (string[])["j", "x", "j", "j", "Shift+X"])
        {
            await page.Keyboard.PressAsync(key);
        }

        Assert.Equal(3, await page.Locator("tbody input:checked").CountAsync());
        await page.Keyboard.PressAsync("b");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('[data-bulk-bar]') !== null"));
        await _looker.LookAsync(page, "list with the bulk bar");
        await page.GotoAsync("/queues/unit"); // looking changes the window
        await page.Keyboard.PressAsync("a");
        await page.Locator("button[name=What][value=note]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/bulk/*");
        await page.Locator("#Note").FillAsync("Seen");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#plan").WaitForAsync();
        await _looker.LookAsync(page, "bulk action, what will happen");
        await page.Keyboard.PressAsync("g");
        await page.Locator("#progress").WaitForAsync();
        await _looker.LookAsync(page, "bulk action, done");
        await page.GotoAsync("/queues/unit");
        await page.Locator("[data-row] a").First.ClickAsync();
        await page.WaitForURLAsync("**/complaints/C-*");
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator(".flash.good").WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.Load); // the words are there before the scripts that listen to typing
        await page.Locator("#note-Words").FillAsync("");
        await page.Locator("#note-Words").PressSequentiallyAsync("@");
        await page.Locator(".mention-menu [role=option]").First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.StartsWith("@", await page.Locator("#note-Words").InputValueAsync(), StringComparison.Ordinal);
        await _looker.LookAsync(page, "complaint with tags and macros");
        await _looker.LookAtAsync(page, "tags", "/tags");
        await _looker.LookAtAsync(page, "notices", "/notices");
    }

    private async Task ImportAsync(TestHouse house, IPage page)
    {
        await page.GotoAsync("/import");
        await page.ClickAsync("main form button.btn-primary");
        await _looker.LookAsync(page, "import without a file");
        var rows =
            "Id,Date,Customer,What happened,Status\n1,2026-10-01,Ann Lee,The bill was wrong,closed\n2,never,Bo Ek,The key broke,open\n3,2026-10-02,Cy Dee,No hot water,open\n";
        await page.SetInputFilesAsync(
            "input[type=file]",
            new FilePayload
            {
                Name = "old.csv",
                MimeType = "text/csv",
                Buffer = System.Text.Encoding.UTF8.GetBytes(rows),
            }
        );
        await page.ClickAsync("main form button.btn-primary");
        await _looker.LookAsync(page, "import, columns");
        await page.ClickAsync("form[action$='/columns'] button.btn-primary");
        await _looker.LookAsync(page, "import, check");
        await page.ClickAsync("form[action$='/run'] button.btn-primary");
        await _looker.LookAsync(page, "import, running");
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        await page.ReloadAsync();
        await _looker.LookAsync(page, "import, result");
        await _looker.LookAtAsync(page, "imports", "/import");
        await page.Context.CloseAsync();
    }

    private async Task SettingsAsync(IPage page)
    {
        foreach (
            var path in new[]
            {
                "/settings/checklist",
                "/staff/new",
                "/settings/units/new",
                "/settings/calendars/new",
                "/settings/organisation",
                "/settings/fields",
            }
        )
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync(
                "document.querySelectorAll('main form input:not([type=hidden])').forEach(i => { i.required = false; if (i.type !== 'checkbox' && i.type !== 'radio') i.value = ''; })"
            );
            if (path != "/settings/checklist")
            {
                await page.Locator("main form button.btn-primary").First.ClickAsync();
            }

            await _looker.LookAsync(page, $"{path} with errors");
        }

        await _looker.LookAtAsync(page, "policy application", "/settings/policy/application");
        await _looker.LookAtAsync(page, "a complaint is not the administrator's", "/queues/all");
        await page.Context.CloseAsync();
    }

    private async Task CustomerAsync(TestHouse house, IPage page)
    {
        var links = house.Services.GetRequiredService<SignedLinks>();
        var asked = await house.WithAsync(db => db.FollowUps.FirstAsync(f => f.State == FollowUpState.Asked));
        foreach (
            var state in new[]
            {
                State.Received,
                State.Acknowledged,
                State.Apologized,
                State.Resolved,
                State.InFollowUp,
                State.Closed,
                State.Withdrawn,
            }
        )
        {
            var id = await house.WithAsync(db => db.Complaints.Where(c => c.State == state).Select(c => c.Id).FirstAsync());
            await _looker.LookAtAsync(page, $"status of one {state}", "/c/" + links.Make(LinkPurpose.Status, id, house.Now.AddDays(1)));
        }

        await page.Locator("form[action*='/contacts'] button").ClickAsync();
        await _looker.LookAsync(page, "status with an error");
        var over = links.Make(LinkPurpose.Status, asked.ComplaintId, house.Now.AddDays(-1));
        await _looker.LookAtAsync(page, "status link that is over", "/c/" + over);
        await page.Locator("main form button").ClickAsync();
        await _looker.LookAsync(page, "status link sent");
        await _looker.LookAtAsync(
            page,
            "survey link that is over",
            "/s/" + links.Make(LinkPurpose.Survey, asked.Id, house.Now.AddDays(-1))
        );
        await _looker.LookAtAsync(page, "forged link", "/s/forged");
        var survey = "/s/" + links.Make(LinkPurpose.Survey, asked.Id, house.Now.AddDays(1));
        await _looker.LookAtAsync(page, "survey", survey);
        await page.Locator("form.survey button.btn-primary").ClickAsync();
        await _looker.LookAsync(page, "survey with errors");
        await page.CheckAsync("input[name=Solved][value=no]");
        await page.Locator("form.survey button.btn-primary").ClickAsync();
        await _looker.LookAsync(page, "survey, thanks");
        await _looker.LookAtAsync(page, "survey, answered", survey);
        var other = await house.WithAsync(db => db.FollowUps.OrderBy(f => f.Id).LastAsync(f => f.State == FollowUpState.Asked));
        await page.GotoAsync("/s/" + links.Make(LinkPurpose.Survey, other.Id, house.Now.AddDays(1)));
        await page.Locator("form[action*='no-more'] button").ClickAsync();
        await _looker.LookAsync(page, "survey, no more of them");
        await _looker.LookAtAsync(page, "public form", "/complain");
        await page.Locator("main form button.btn-primary").ClickAsync();
        await _looker.LookAsync(page, "public form with errors");
        await page.FillAsync("#Name", "Ola Nordmann");
        await page.FillAsync("#Reach", "ola@customer.example");
        await page.FillAsync("#WhatHappened", "The shower was cold all week.");
        await page.Locator("main form button.btn-primary").ClickAsync();
        await page.WaitForURLAsync("**/complain/thanks*");
        await _looker.LookAsync(page, "public form, receipt");
    }

    private async Task SignedOutAsync(TestHouse house, IPage page)
    {
        await _looker.LookAtAsync(page, "faces", "/welcome");
        await _looker.LookAtAsync(page, "sign-in", "/sign-in");
        await page.Locator("main button.btn-primary").ClickAsync();
        await _looker.LookAsync(page, "sign-in with errors");
        await _looker.LookAtAsync(page, "new password", "/password");
        await page.FillAsync("main input[type=email]", "nobody@harbourlane.example");
        await page.Locator("main button.btn-primary").ClickAsync();
        await _looker.LookAsync(page, "new password, sent");
        await _looker.LookAtAsync(page, "invitation that is over", "/password/forged");
        var code = await house.WithAsync(
            async (db, services) =>
            {
                var made = await services
                    .GetRequiredService<OneTimeCodes>()
                    .MakeAsync(OneTimeCodes.Invitation, await db.Staff.Select(s => s.Id).FirstAsync());
                await db.SaveChangesAsync();
                return made;
            }
        );
        await _looker.LookAtAsync(page, "invitation", "/password/" + code);
        await _looker.LookAtAsync(page, "sandbox", "/sandbox");
        var mail = await house.WithAsync(db => db.OutDeliveries.OrderByDescending(d => d.Id).Select(d => d.Id).FirstAsync());
        await _looker.LookAtAsync(page, "one mail", $"/sandbox/{mail}");
        await _looker.LookAtAsync(page, "nothing here", "/nothing-here");
        foreach (var status in new[] { 400, 404, 429, 500, 503, 507 })
        {
            await _looker.LookAtAsync(page, "problem", $"/problem/{status}");
        }
    }

    private async Task SetUpAsync()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-setup-").FullName;
        await using (var app = RunCommand.Build(["--Data:Folder", folder, .. TestHouse.Quiet]))
        {
            await RunCommand.OpenAsync(app);
            var page = await chromium.PageAsync(new Uri(app.Urls.First()));
            await _looker.LookAtAsync(page, "set-up", "/setup");
            await page.EvaluateAsync("document.querySelectorAll('[required]').forEach(i => i.required = false)");
            await page.Locator("main button.btn-primary").ClickAsync();
            await _looker.LookAsync(page, "set-up with errors");
            await page.Context.CloseAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<IPage> ComeInAsync(TestHouse house, StaffMember face)
    {
        var page = await chromium.PageAsync(house, face.Language);
        await page.GotoAsync("/welcome");
        await page.Locator($"form[action='/welcome/{face.Id}'] button").ClickAsync();
        await page.Locator(".topnav .who").WaitForAsync();
        return page;
    }

    private void Report(int least)
    {
        Assert.True(_looker.Findings.Count == 0, string.Join(Environment.NewLine, _looker.Findings.Distinct()));
        Assert.True(_looker.Seen.Count >= least, $"Only {_looker.Seen.Count} pages were looked at: {string.Join(", ", _looker.Seen)}");
    }
}
