using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Staff;
using Complaints.Web.Operation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.World;

/// <summary>
/// A real house on a real database, serving real HTTP on loopback, with a clock that stands. Background work does not
/// tick; tests call it.
/// </summary>
public sealed partial class TestHouse : IAsyncDisposable
{
    internal static readonly string[] Quiet =
    [
        "--Node:Work",
        "false",
        "--Logging:LogLevel:Default",
        "Warning",
        "--urls",
        "http://127.0.0.1:0",
        "--environment",
        "Production",
    ];

    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly string[] _args;

    private TestHouse(WebApplication app, FakeClock clock, string folder, string[] args) =>
        (_app, Clock, _folder, _args) = (app, clock, folder, args);

    public FakeClock Clock { get; }

    public DateTime Now => Clock.Now;

    public IServiceProvider Services => _app.Services;

    /// <summary>Where the pages are.</summary>
    public Uri Address => new(_app.Urls.First());

    public string Folder => _folder;

    /// <summary>The arguments that name its database and folder.</summary>
    public string[] Arguments => _args;

    /// <summary>Opens a house with the little world in it.</summary>
    /// <param name="database"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="settings">More settings, as on the command line.</param>
    public static Task<TestHouse> OpenAsync(string database, params string[] settings) => OpenAsync(database, _ => settings);

    /// <summary>Opens a house whose surroundings a test has in its hands.</summary>
    /// <param name="settings">Gets the arguments that name database and folder; gives more, and the last one counts.</param>
    /// <param name="prepare">Registers before the house does.</param>
    public static async Task<TestHouse> OpenAsync(
        string database,
        Func<string[], string[]> settings,
        Action<IServiceCollection>? prepare = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("complaints-test-").FullName;
        var args = await TestDatabases.CopyAsync(database, folder);
        var clock = new FakeClock(LittleWorld.Monday);
        var app = RunCommand.Build(
            [.. args, .. Quiet, .. settings(args)],
            b =>
            {
                b.Services.ForTests(clock);
                prepare?.Invoke(b.Services);
            }
        );
        await RunCommand.OpenAsync(app);
        return new TestHouse(app, clock, folder, args);
    }

    /// <summary>Opens a house as its demo shows it on the first start: forty complaints, staff with faces. SQLite.</summary>
    public static async Task<TestHouse> OpenDemoAsync()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-test-").FullName;
        string[] args = ["--Database:Provider", "sqlite", "--Data:Folder", folder, "--Demo:Enabled", "true"];
        var clock = new FakeClock(LittleWorld.Monday);
        var app = RunCommand.Build([.. args, .. Quiet], b => b.Services.ForTests(clock));
        await RunCommand.OpenAsync(app);
        await app.Services.GetRequiredService<Web.SignIn.DemoArrival>().AllAsync();
        return new TestHouse(app, clock, folder, args);
    }

    /// <summary>A second node on the same PostgreSQL database.</summary>
    /// <param name="settings">More settings, as on the command line.</param>
    public async Task<WebApplication> SecondNodeAsync(params string[] settings)
    {
        var app = RunCommand.Build([.. _args, .. Quiet, .. settings], b => b.Services.ForTests(Clock));
        await RunCommand.OpenAsync(app);
        return app;
    }

    /// <summary>Does something with the database in a scope of its own.</summary>
    public async Task<T> WithAsync<T>(Func<ComplaintsDb, IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ComplaintsDb>(), scope.ServiceProvider);
    }

    /// <summary>Does something with the database in a scope of its own.</summary>
    public Task<T> WithAsync<T>(Func<ComplaintsDb, Task<T>> work) => WithAsync((db, _) => work(db));

    /// <summary>Does something with the database in a scope of its own.</summary>
    public Task WithAsync(Func<ComplaintsDb, IServiceProvider, Task> work) =>
        WithAsync(
            async (db, s) =>
            {
                await work(db, s);
                return 0;
            }
        );

    /// <summary>Does something with the database in a scope of its own.</summary>
    public Task WithAsync(Func<ComplaintsDb, Task> work) => WithAsync((db, _) => work(db));

    /// <summary>Runs a service of the house in a scope of its own.</summary>
    public async Task<T> AskAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Time passes, and then all background work of the timetable runs, until nothing more follows from it.</summary>
    public async Task WorkAsync(TimeSpan after)
    {
        Clock.Pass(after);
        for (var round = 0; round < 4; round++)
        {
            foreach (var work in Web.Timetable.Timetable.All)
            {
                await using var scope = Services.CreateAsyncScope();
                await work.Run(scope.ServiceProvider, CancellationToken.None);
            }
        }
    }

    /// <summary>Somebody of the little world as an actor.</summary>
    public Task<Actor> ActorAsync(string name) =>
        WithAsync(async db =>
            Actor.Of(
                await db.Staff.Include(s => s.Unit).SingleAsync(s => s.Name == name),
                TimeZoneInfo.FindSystemTimeZoneById("Europe/London")
            )
        );

    /// <summary>Somebody of the little world, signed in through the real form.</summary>
    public async Task<Browser> SignInAsync(string name)
    {
        var browser = NewBrowser();
        await browser.PostAsync("/sign-in", new() { ["Email"] = LittleWorld.Mail(name), ["Password"] = LittleWorld.Password });
        return browser;
    }

    /// <summary>Somebody who is not signed in.</summary>
    public Browser NewBrowser() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await TestDatabases.DropAsync(_args);
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What every house of a test is given before it furnishes itself.</summary>
public static class TestFurniture
{
    /// <summary>Its clock; and passwords are hashed quickly, because nobody guesses at them here and a test run signs in two thousand times.</summary>
    public static IServiceCollection ForTests(this IServiceCollection services, TimeProvider clock) =>
        services.AddSingleton(clock).Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000);
}

/// <summary>A plain browser: keeps cookies, posts forms with the antiforgery token of the page, follows redirects.</summary>
public sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true })
    {
        BaseAddress = address,
    };

    /// <summary>What the last answer said.</summary>
    public HttpResponseMessage Last { get; private set; } = new();

    public HttpStatusCode Status => Last.StatusCode;

    /// <summary>Path and query we ended at.</summary>
    public string Path => Last.RequestMessage!.RequestUri!.PathAndQuery;

    /// <summary>Adds a header to everything that is asked from now on.</summary>
    public void Say(string header, string value) => _http.DefaultRequestHeaders.Add(header, value);

    public async Task<string> GetAsync(string path)
    {
        Last = await _http.GetAsync(path);
        return WebUtility.HtmlDecode(await Last.Content.ReadAsStringAsync());
    }

    /// <summary>Posts a form as the page at <paramref name="from"/> (or at the same path) would, with its token.</summary>
    public async Task<string> PostAsync(string path, Dictionary<string, string?> fields, string? from = null)
    {
        var page = await (await _http.GetAsync(from ?? "/sign-in")).Content.ReadAsStringAsync();
        var token = Token().Match(page).Groups[1].Value;
        var form = fields.Where(f => f.Value is not null).Append(new("__RequestVerificationToken", WebUtility.HtmlDecode(token)));
        using var content = new FormUrlEncodedContent(form!);
        Last = await _http.PostAsync(path, content);
        return WebUtility.HtmlDecode(await Last.Content.ReadAsStringAsync());
    }

    /// <summary>Posts these fields and asks for no page before.</summary>
    public async Task<string> SendAsync(string path, Dictionary<string, string?> fields)
    {
        using var content = new FormUrlEncodedContent(fields!);
        Last = await _http.PostAsync(path, content);
        return WebUtility.HtmlDecode(await Last.Content.ReadAsStringAsync());
    }

    /// <summary>Posts a form with one file.</summary>
    public async Task<string> PostFileAsync(
        string path,
        Dictionary<string, string?> fields,
        string field,
        string fileName,
        byte[] bytes,
        string? from = null
    )
    {
        var page = await (await _http.GetAsync(from ?? path)).Content.ReadAsStringAsync();
        using var content = new MultipartFormDataContent
        {
            { new StringContent(WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value)), "__RequestVerificationToken" },
            { new ByteArrayContent(bytes), field, fileName },
        };
        foreach (var (name, value) in fields.Where(f => f.Value is not null))
        {
            content.Add(new StringContent(value!), name);
        }

        Last = await _http.PostAsync(path, content);
        return WebUtility.HtmlDecode(await Last.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the form of the last page as it came, by its button: to its own address, with its own fields alone.</summary>
    public async Task<string> SubmitAsync()
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await Last.Content.ReadAsStringAsync());
        var form = page.QuerySelector("main form")!;
        var fields = form.QuerySelectorAll("input,textarea")
            .Select(e =>
                KeyValuePair.Create(
                    e.GetAttribute("name")!,
                    e is AngleSharp.Html.Dom.IHtmlTextAreaElement t ? t.Value : e.GetAttribute("value") ?? ""
                )
            );
        using var content = new FormUrlEncodedContent(fields);
        Last = await _http.PostAsync(form.GetAttribute("action")!, content);
        return WebUtility.HtmlDecode(await Last.Content.ReadAsStringAsync());
    }

    /// <summary>Opens a stream that does not end by itself.</summary>
    public async Task<StreamReader> ListenAsync(string path) => new(await _http.GetStreamAsync(path));

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<meta name=\"antiforgery\" content=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
