using Complaints.Casework;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.FollowUp;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Complaints.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.SignIn;

public sealed class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("complaints-demo-").FullName;
    private readonly FakeClock _clock = new(LittleWorld.Monday);

    [Fact]
    public async Task The_first_start_makes_a_world_whose_clocks_and_timelines_are_true()
    {
        await using var app = await StartAsync("--Demo:Enabled", "true");
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var all = await db.Complaints.Include(c => c.Clocks).Include(c => c.Timeline).AsSplitQuery().ToListAsync();
        Assert.Equal(40, all.Count);
        Assert.All(all, c => Assert.NotNull(Reference.Read(c.Reference)));
        Assert.All(all, c => Assert.Equal(c.TimelineCount, c.Timeline.Count));
        Assert.All(all, c => Assert.True(c.Timeline.TrueForAll(e => e.At <= _clock.Now)));
        Assert.All(all.Where(c => !c.IsOpen), c => Assert.Equal(c.PaymentDueAt, c.NextActionAt));
        Assert.Contains(all, c => c.OnTheSpot);
        Assert.Equal(15, await db.SurveyAnswers.CountAsync());
        var ledger = await db.Grants.Include(g => g.Payments).ToListAsync();
        Assert.Equal( // one of each for a visitor to see, and one that is late
            [GrantState.Waiting, GrantState.Offered, GrantState.Accepted, GrantState.Paid, GrantState.Confirmed, GrantState.Declined],
            ledger.Select(g => g.State).Distinct().Order()
        );
        Assert.Single(ledger, g => g.IsOwed && g.DueAt < _clock.Now);
        Assert.Contains(ledger, g => g.IsOwed && g.PaidMinor > 0);
        Assert.All(ledger.SelectMany(g => g.Payments), p => Assert.True(p.EnteredAt <= _clock.Now));
        Assert.Equal(3, await db.FollowUps.CountAsync(f => f.State == FollowUpState.Asked));

        var soon = all.Single(c => c.NextDueAt == _clock.Now.AddMinutes(2));
        Assert.Equal(State.Received, soon.State);
        Assert.Equal(ClockName.Acknowledge, soon.NextDueName);
    }

    [Fact]
    public async Task Everybody_comes_in_with_one_click()
    {
        await using var app = await StartAsync("--Demo:Enabled", "true");
        using var browser = new Browser(new Uri(app.Urls.First()));
        var page = await browser.GetAsync("/");
        Assert.StartsWith("/welcome", browser.Path, StringComparison.Ordinal);
        Assert.Contains("Maya Collins", page);
        await browser.PostAsync("/welcome/1", [], from: "/welcome");
        Assert.Equal("/", browser.Path);
        Assert.Contains("Maya Collins", await browser.GetAsync("/"));
    }

    [Fact]
    public async Task Faces_are_shown_while_the_complaints_come_in_and_whoever_is_quicker_waits()
    {
        await using var app = Build("--Demo:Enabled", "true");
        await app.PrepareAsync();
        app.Services.GetDataProtector("x").Protect("x"); // the first key is written before the door opens
        Task<string> chosen;
        Browser browser;
        using (await app.Services.GetRequiredService<WriteGate>().EnterAsync()) // so that they cannot come in yet
        {
            app.UseHouse();
            await app.ServeAsync();
            browser = new Browser(new Uri(app.Urls.First()));
            var faces = await browser.GetAsync("/");
            Assert.StartsWith("/welcome", browser.Path, StringComparison.Ordinal);
            Assert.Contains("Maya Collins", faces);
            Assert.Contains("just coming in", faces);
            chosen = browser.PostAsync("/welcome/1", [], from: "/welcome");
            using var other = new Browser(new Uri(app.Urls.First()));
            for (var look = 0; look < 3; look++)
            {
                Assert.Contains("just coming in", await other.GetAsync("/welcome"));
            }

            Assert.False(chosen.IsCompleted);
        }

        await chosen;
        Assert.Equal("/", browser.Path);
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Equal(40, await scope.ServiceProvider.GetRequiredService<ComplaintsDb>().Complaints.CountAsync());
        Assert.DoesNotContain("just coming in", await browser.GetAsync("/welcome"));
        browser.Dispose();
    }

    [Fact]
    public async Task The_complaints_come_in_once_somebody_has_seen_the_faces()
    {
        await using var app = Build("--Demo:Enabled", "true");
        await RunCommand.OpenAsync(app);
        using var browser = new Browser(new Uri(app.Urls.First()));
        await browser.GetAsync("/health/ready");
        Assert.Equal(0, await CountAsync(app));
        Assert.Contains("just coming in", await browser.GetAsync("/welcome"));
        while (await CountAsync(app) == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(40, await CountAsync(app));
    }

    [Fact]
    public async Task A_first_start_that_was_killed_before_the_complaints_came_in_is_made_good_by_the_next()
    {
        await using (var killed = Build("--Demo:Enabled", "true"))
        {
            await killed.PrepareAsync();
        }

        await using var app = await StartAsync("--Demo:Enabled", "true");
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Equal(40, await scope.ServiceProvider.GetRequiredService<ComplaintsDb>().Complaints.CountAsync());
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://desk.example:0")]
    public async Task The_demo_listens_on_this_machine_only(string address)
    {
        var refused = await Assert.ThrowsAsync<Refusal>(() => StartAsync("--Demo:Enabled", "true", "--urls", address));
        Assert.Contains("this machine only", refused.Message);
    }

    [Theory]
    [InlineData("Smtp:Host")]
    [InlineData("Mail:Smtp:Host")]
    [InlineData("Imap:Host")]
    public async Task The_demo_starts_with_no_real_mail_server(string setting)
    {
        var refused = await Assert.ThrowsAsync<Refusal>(() => StartAsync("--Demo:Enabled", "true", "--" + setting, "mail.shop.example"));
        Assert.Contains($"{setting} names a mail server", refused.Message);
    }

    [Fact]
    public async Task Nobody_gives_the_running_demo_a_real_mail_server_or_mailbox()
    {
        await using var app = await StartAsync("--Demo:Enabled", "true");
        using var ingrid = new Browser(new Uri(app.Urls.First()));
        await ingrid.PostAsync("/welcome/6", [], from: "/welcome");
        var page = await ingrid.PostAsync(
            "/settings/mail",
            new()
            {
                ["Host"] = "mail.shop.example",
                ["Port"] = "587",
                ["Security"] = "StartTls",
                ["SenderAddress"] = "desk@shop.example",
            },
            from: "/settings/mail"
        );
        Assert.Contains("The demo sends no real mail", page);
        await using var scope = app.Services.CreateAsyncScope();
        Assert.True((await scope.ServiceProvider.GetRequiredService<MailDoor>().OpenAsync()).IsSandbox);
        var box = new Mailbox
        {
            Name = "desk",
            Kind = MailboxKind.Imap,
            Host = "mail.shop.example",
        };
        Assert.Throws<MailSourceFailure>(() => scope.ServiceProvider.GetRequiredService<MailboxDoor>().Open(box));
    }

    [Fact]
    public async Task A_demo_database_never_goes_live()
    {
        await using (await StartAsync("--Demo:Enabled", "true")) { }

        var refused = await Assert.ThrowsAsync<Refusal>(() => StartAsync());
        Assert.Contains("cannot go live", refused.Message);
        await using var again = await StartAsync("--Demo:Enabled", "true");
    }

    [Theory, OnSqlite]
    public async Task A_real_database_is_never_shown_as_a_demo(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        File.Copy(Path.Combine(house.Folder, "complaints.db"), Path.Combine(_folder, "complaints.db"));
        var refused = await Assert.ThrowsAsync<Refusal>(() => StartAsync("--Demo:Enabled", "true"));
        Assert.Contains("not made for the demo", refused.Message);
        using var browser = house.NewBrowser();
        await browser.GetAsync("/welcome");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, browser.Status);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<WebApplication> StartAsync(params string[] settings)
    {
        var app = Build(settings);
        try
        {
            await RunCommand.OpenAsync(app);
            await app.Services.GetRequiredService<DemoArrival>().AllAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static async Task<int> CountAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ComplaintsDb>().Complaints.CountAsync();
    }

    private WebApplication Build(params string[] settings) =>
        RunCommand.Build(["--Data:Folder", _folder, .. TestHouse.Quiet, .. settings], b => b.Services.AddSingleton<TimeProvider>(_clock));
}
