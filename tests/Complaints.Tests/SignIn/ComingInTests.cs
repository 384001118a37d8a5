using System.Net;
using System.Text.RegularExpressions;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Complaints.Web.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.SignIn;

public sealed partial class ComingInTests
{
    [Theory, OnSqlite]
    public async Task Eight_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var browser = house.NewBrowser();
        var page = "";
        for (var i = 0; i < 8; i++)
        {
            page = await browser.PostAsync("/sign-in", new() { ["Email"] = LittleWorld.Mail("Jun"), ["Password"] = "wrong" });
        }

        Assert.Contains("Wait 15 minutes", page);
        await browser.PostAsync("/sign-in", new() { ["Email"] = LittleWorld.Mail("Jun"), ["Password"] = LittleWorld.Password });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
    }

    [Theory, OnSqlite]
    public async Task Guessing_many_accounts_is_slowed_down(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var browser = house.NewBrowser();
        for (var i = 0; i < 45 && browser.Status != HttpStatusCode.TooManyRequests; i++)
        {
            await browser.PostAsync("/sign-in", new() { ["Email"] = $"nobody{i}@desk.example", ["Password"] = "wrong" });
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_deactivated_person_is_out_with_the_next_click_and_their_work_is_handed_over(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        using var ada = await house.SignInAsync("Ada");
        var (id, heir) = await house.WithAsync(async db => ((await Of(db, "Jun")).Id, (await Of(db, "Mia")).Id));
        await ada.PostAsync($"/staff/{id}/departure", new() { ["to"] = $"{heir}" }, from: $"/staff/{id}/departure");
        Assert.Equal("/staff", ada.Path);
        await jun.GetAsync("/profile");
        Assert.StartsWith("/sign-in", jun.Path, StringComparison.Ordinal);
        using var again = await house.SignInAsync("Jun");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
    }

    [Theory, OnSqlite]
    public async Task The_last_administrator_stays(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var id = await house.WithAsync(async db => (await Of(db, "Ada")).Id);
        var page = await ada.PostAsync($"/staff/{id}/departure", [], from: $"/staff/{id}/departure");
        Assert.Contains("last administrator", page);
        page = await ada.PostAsync(
            $"/staff/{id}",
            new()
            {
                ["Name"] = "Ada",
                ["Role"] = "Agent",
                ["UnitId"] = "1",
                ["Language"] = "en",
            },
            from: $"/staff/{id}"
        );
        Assert.Contains("last administrator", page);
    }

    [Theory, OnSqlite]
    public async Task Signing_out_everywhere_ends_the_other_browser_within_a_minute(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var here = await house.SignInAsync("Mia");
        using var there = await house.SignInAsync("Mia");
        await here.PostAsync("/profile/sessions", [], from: "/profile");
        house.Clock.Pass(TimeSpan.FromSeconds(61));
        await there.GetAsync("/profile");
        Assert.StartsWith("/sign-in", there.Path, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Somebody_invited_chooses_a_password_by_the_link_in_the_mail_once(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        await ada.PostAsync(
            "/staff",
            new()
            {
                ["Name"] = "小新",
                ["Email"] = "xin@desk.example",
                ["Role"] = "Agent",
                ["Seat"] = "Junior",
                ["UnitId"] = "1",
                ["Language"] = Tongue.Chinese,
            },
            from: "/staff/new"
        );
        Assert.Equal("/staff", ada.Path);
        var mail = await house.WithAsync(db => db.OutMessages.SingleAsync(m => m.Purpose == MailPurpose.Invitation));
        Assert.Equal(Tongue.Chinese, mail.Language);
        var link = "/password/" + Link().Match(mail.Text).Groups[1].Value;

        using var xin = house.NewBrowser();
        Assert.Contains("小新", await xin.GetAsync(link));
        await xin.PostAsync(link, new() { ["password"] = "short", ["again"] = "short" }, from: link);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, xin.Status);
        await xin.PostAsync(link, new() { ["password"] = "a good long one", ["again"] = "a good long one" }, from: link);
        Assert.Equal("/", xin.Path);
        await house.NewBrowser().GetAsync(link);
        using var late = house.NewBrowser();
        await late.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, late.Status);
    }

    [Theory, OnSqlite]
    public async Task Asking_for_a_new_password_says_the_same_to_everybody_and_writes_only_to_those_here(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var browser = house.NewBrowser();
        var known = await browser.PostAsync("/password", new() { ["email"] = LittleWorld.Mail("Jun") });
        var unknown = await browser.PostAsync("/password", new() { ["email"] = "who@desk.example" });
        Assert.Contains("on its way", known);
        Assert.Contains("on its way", unknown);
        var mail = await house.WithAsync(db => db.OutMessages.SingleAsync());
        house.Clock.Pass(TimeSpan.FromHours(3));
        await browser.GetAsync("/password/" + Link().Match(mail.Text).Groups[1].Value);
        Assert.Equal(HttpStatusCode.Gone, browser.Status);
    }

    [Fact]
    public async Task The_first_administrator_comes_in_by_the_code_of_the_console_and_the_page_is_gone()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-setup-").FullName;
        await using (var app = RunCommand.Build(["--Data:Folder", folder, .. TestHouse.Quiet]))
        {
            await RunCommand.OpenAsync(app);
            string line;
            await using (var scope = app.Services.CreateAsyncScope())
            {
                line = (await scope.ServiceProvider.GetRequiredService<Setup>().LineAsync())!;
            }

            using var browser = new Browser(new Uri(app.Urls.First()));
            await browser.GetAsync("/");
            Assert.Equal("/setup", browser.Path);
            await browser.GetAsync("/complain"); // nobody is there yet who would get it
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            var form = new Dictionary<string, string?>
            {
                ["Code"] = "guessed",
                ["Name"] = "Ann",
                ["Email"] = "ann@desk.example",
                ["Password"] = "a good long one",
                ["Again"] = "a good long one",
                ["Organisation"] = "Quay Street",
                ["Zone"] = "Europe/London",
                ["Currency"] = "GBP",
                ["Language"] = "en",
            };
            Assert.Contains("not the code", await browser.PostAsync("/setup", form, from: "/setup"));
            form["Code"] = Code().Match(line).Groups[1].Value;
            var page = await browser.PostAsync("/setup", form, from: "/setup");
            Assert.Equal("/settings/checklist", browser.Path);
            Assert.Contains("0 of 10", page);
            await browser.GetAsync("/setup");
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            await browser.GetAsync("/complain");
            Assert.Equal(HttpStatusCode.OK, browser.Status);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Theory, OnSqlite]
    public async Task The_keys_that_seal_cookies_are_kept_encrypted(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        var keys = await house.WithAsync(db => db.Set<ProtectionKey>().ToListAsync());
        Assert.NotEmpty(keys);
        Assert.All(keys, k => Assert.DoesNotContain("masterKey", k.Xml));
        Assert.All(keys, k => Assert.Contains("<sealed", k.Xml));
    }

    [Theory, OnSqlite]
    public async Task Over_https_every_cookie_belongs_to_this_host_alone(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--PublicUrl", "https://desk.example");
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = house.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await http.SendAsync(request);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), c => Assert.StartsWith("__Host-", c, StringComparison.Ordinal));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
    }

    [Theory, OnSqlite]
    public async Task A_signed_out_page_speaks_the_language_chosen_on_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var browser = house.NewBrowser();
        await browser.PostAsync("/language", new() { ["language"] = Tongue.Chinese, ["back"] = "/sign-in" });
        Assert.Contains("登录", await browser.GetAsync("/sign-in"));
        await browser.PostAsync("/language", new() { ["language"] = Tongue.English, ["back"] = "https://elsewhere.example/" });
        Assert.DoesNotContain("elsewhere", browser.Path);
    }

    private static Task<StaffMember> Of(ComplaintsDb db, string name) => db.Staff.SingleAsync(s => s.Name == name);

    [GeneratedRegex("/password/([A-Za-z0-9_-]+)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"this code:\s+(\S+)", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
