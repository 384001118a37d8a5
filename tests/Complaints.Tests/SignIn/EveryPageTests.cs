using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Complaints.Tests.World;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.SignIn;

/// <summary>Walks every page there is as everybody there is, so that a new page cannot be left open by mistake.</summary>
public sealed partial class EveryPageTests
{
    private static readonly string[] _everybody = ["Jun", "Sen", "Lena", "Max", "Dora", "Otto", "Ada"];

    [Theory, OnSqlite]
    public async Task Pages_of_staff_send_the_signed_out_to_sign_in_and_no_page_breaks(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var nobody = house.NewBrowser();
        foreach (var (path, staff) in Pages(house))
        {
            await nobody.GetAsync(path);
            Assert.True((int)nobody.Status < 500, $"{path} breaks for somebody who is not signed in: {nobody.Status}");
            if (staff)
            {
                Assert.True(nobody.Path.StartsWith("/sign-in", StringComparison.Ordinal), $"{path} is open to everybody");
            }
        }
    }

    [Theory, OnSqlite]
    public async Task No_page_breaks_for_any_role_and_what_is_not_theirs_is_not_there(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        foreach (var name in _everybody)
        {
            using var somebody = await house.SignInAsync(name);
            foreach (var (path, staff) in Pages(house))
            {
                if (path is "/live" or "/welcome")
                {
                    continue; // a stream that does not end; the demo, which is off
                }

                await somebody.GetAsync(path);
                Assert.True((int)somebody.Status < 500, $"{path} breaks for {name}: {somebody.Status}");
                Assert.False(
                    staff && somebody.Path.StartsWith("/sign-in", StringComparison.Ordinal),
                    $"{path} sends {name} to sign in again"
                );
                if (
                    staff
                    && IsSettings(path)
                    && name != "Ada"
                    && (path.Split('?')[0], name) is not ("/settings/work" or "/settings/history", "Otto")
                )
                {
                    Assert.True(somebody.Status == HttpStatusCode.NotFound, $"{path} is there for {name}");
                }

                if (staff && IsCase(path) && name == "Ada")
                {
                    Assert.True(
                        somebody.Status == HttpStatusCode.NotFound,
                        $"{path} is there for the administrator, who reads no complaints"
                    );
                }
            }
        }
    }

    [Theory, OnSqlite]
    public async Task The_sandbox_is_open_in_the_demo_alone(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var nobody = house.NewBrowser();
        await nobody.GetAsync("/sandbox");
        Assert.Equal(HttpStatusCode.NotFound, nobody.Status);
    }

    [Fact]
    public void Every_controller_is_for_the_signed_in_or_known_to_be_open()
    {
        string[] open =
        [
            "SignInController",
            "SetupController",
            "PasswordController",
            "DemoController",
            "LanguageController",
            "ProblemController",
            "HealthController",
            "InboundController", // a mail server, which shows the mailbox's token
            "SandboxController", // guards itself: everybody in the demo, administrators otherwise
        ];
        var others = typeof(Program)
            .Assembly.GetTypes()
            .Where(t =>
                typeof(Controller).IsAssignableFrom(t) && !t.IsAbstract && t.GetCustomAttribute<AuthorizeAttribute>(inherit: true) is null
            )
            .Where(t => !open.Contains(t.Name) && t.Namespace is not "Complaints.Web.CustomerPages" and not "Complaints.Web.Intake")
            .Select(t => t.FullName);
        Assert.Empty(others);
    }

    [Theory, OnSqlite]
    public async Task Every_form_needs_its_token(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var bare = Actions(house)
            .Where(a =>
                a.MethodInfo.GetCustomAttributes()
                    .Concat(a.ControllerTypeInfo.GetCustomAttributes())
                    .Any(x => x is IgnoreAntiforgeryTokenAttribute)
            )
            .Select(a => a.DisplayName)
            .Where(n => !n!.Contains("ProblemController", StringComparison.Ordinal))
            .Where(n => !n!.Contains("InboundController.Take", StringComparison.Ordinal)) // no browser: a token in the header lets in
            .Where(n => !n!.Contains("UnsubscribeController.Create", StringComparison.Ordinal)); // a mail program's one click (RFC 8058)
        Assert.Empty(bare);

        using var http = new HttpClient { BaseAddress = house.Address };
        foreach (var path in new[] { "/sign-in", "/password", "/language", "/setup" })
        {
            using var form = new FormUrlEncodedContent([new("Email", "jun@desk.example")]);
            Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync(path, form)).StatusCode);
        }
    }

    [Theory, OnSqlite]
    public async Task Pages_are_never_kept_by_a_browser_and_run_no_foreign_script(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var jun = await house.SignInAsync("Jun");
        await jun.GetAsync("/profile");
        Assert.True(jun.Last.Headers.CacheControl!.NoStore);
        Assert.Contains("script-src 'self';", jun.Last.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", jun.Last.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private static bool IsSettings(string path) => path.StartsWith("/settings", StringComparison.Ordinal) || path == "/staff/new";

    private static bool IsCase(string path) => path.StartsWith("/complaints/C-", StringComparison.Ordinal);

    private static IEnumerable<ControllerActionDescriptor> Actions(TestHouse house) =>
        house
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Select(e => e.Metadata.GetMetadata<ControllerActionDescriptor>())
            .OfType<ControllerActionDescriptor>()
            .Distinct();

    private static List<(string Path, bool Staff)> Pages(TestHouse house) =>
        [
            .. house
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Select(e => (e, Action: e.Metadata.GetMetadata<ControllerActionDescriptor>()))
                .Where(p => p.Action is not null && p.e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
                .Select(p =>
                    (Filled(p.e.RoutePattern.RawText ?? ""), typeof(DeskController).IsAssignableFrom(p.Action!.ControllerTypeInfo))
                )
                .Distinct(),
        ];

    /// <summary>Places in the address filled with something that reads well and is not there.</summary>
    private static string Filled(string pattern) =>
        "/"
        + Place()
            .Replace(
                pattern.Trim('/'),
                m =>
                    m.Value.Contains(":long", StringComparison.Ordinal)
                    || m.Value.Contains(":int", StringComparison.Ordinal)
                    || m.Value.Contains("id", StringComparison.Ordinal)
                        ? "987654"
                        : "C-26-00001-8"
            );

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
