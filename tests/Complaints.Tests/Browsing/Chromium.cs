using System.Reflection;
using Complaints.Tests.World;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace Complaints.Tests.Browsing;

/// <summary>Runs the theory in real Chromium on one database; skipped, and shown as skipped, where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class InChromiumAttribute : DataAttribute
{
    private readonly object[] _row;

    public InChromiumAttribute(string database, params object[] more)
    {
        _row = [database, .. more];
        Skip =
            Chromium.Path is null ? "No Chromium here: COMPLAINTS_TEST_CHROMIUM is not set (tests/run sets it)."
            : database == "postgres" && TestDatabases.Postgres is null
                ? "No PostgreSQL here: COMPLAINTS_TEST_POSTGRES is not set (tests/run sets it)."
            : null;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [_row];
}

/// <summary>One Chromium for all browser tests; each test opens a context of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser's program; null when tests/run found none.</summary>
    public static string? Path { get; } =
        Environment.GetEnvironmentVariable("COMPLAINTS_TEST_CHROMIUM") is { Length: > 0 } set && File.Exists(set) ? set : null;

    /// <summary>A page of a fresh person: no cookies, that window, that language and theme.</summary>
    public Task<IPage> PageAsync(TestHouse house, string language = "en", bool phone = false, bool dark = false) =>
        PageAsync(house.Address, language, phone, dark);

    /// <summary>The same, at that address.</summary>
    public async Task<IPage> PageAsync(Uri address, string language = "en", bool phone = false, bool dark = false)
    {
        var context = await _browser!.NewContextAsync(
            new()
            {
                BaseURL = address.ToString(),
                Locale = language == "en" ? "en-GB" : "zh-CN",
                TimezoneId = "Europe/London",
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    public async Task InitializeAsync()
    {
        if (Path is null)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(15_000); // as long as everything else waits: the machine may be busy with other tests
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Path,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>Browser tests share one Chromium and run one after the other: two cores are soon busy.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}

/// <summary>What people do on pages.</summary>
public static class People
{
    /// <summary>Signs in through the form.</summary>
    public static async Task SignInAsync(this IPage page, string name)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#Email", LittleWorld.Mail(name));
        await page.FillAsync("#Password", LittleWorld.Password);
        await page.ClickAsync("main button.btn-primary");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }
}
