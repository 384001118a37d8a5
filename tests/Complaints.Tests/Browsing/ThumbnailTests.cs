using Complaints.Casework;
using Complaints.Tests.Casework;
using Complaints.Tests.Data;
using Complaints.Tests.World;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>Small pictures of files really show, and only they.</summary>
[Collection(BrowserTests.Name)]
public sealed class ThumbnailTests(Chromium chromium)
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory]
    [InChromium("sqlite")]
    public async Task A_picture_is_shown_small_on_the_complaint_and_in_the_mail_and_is_only_downloaded(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (message, complaint) = await Files.FileTests.ComeInAsync(
            house,
            ("photo.png", Convert.FromBase64String(Picture)),
            ("bomb.png", PictureSizeTests.Png(60_000, 60_000))
        );
        var desk = await chromium.PageAsync(house);
        var errors = new List<string>();
        desk.Console += (_, line) =>
        {
            if (line.Type == "error")
            {
                errors.Add(line.Text);
            }
        };
        await desk.SignInAsync("Dora");
        foreach (var path in new[] { $"/complaints/{complaint.Reference}", $"/mail/received/{message}" })
        {
            await desk.GotoAsync(path);
            var picture = desk.Locator(".file img").First;
            await picture.ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(picture).ToBeVisibleAsync();
            await desk.WaitForFunctionAsync("document.querySelector('.file img').naturalWidth === 1");
            Assert.Equal(0, await desk.Locator(".file:has-text('bomb.png') img").CountAsync());
        }

        Assert.Empty(errors);
        var download = await desk.RunAndWaitForDownloadAsync(() => desk.Locator(".file a:has-text('photo.png')").First.ClickAsync());
        Assert.Equal("photo.png", download.SuggestedFilename);
        var shown = await desk.Locator(".file img").First.GetAttributeAsync("src");
        var opened = await desk.RunAndWaitForDownloadAsync(async () =>
        {
            try
            {
                await desk.GotoAsync(shown!);
            }
            catch (PlaywrightException)
            {
                // a download begins and no page comes
            }
        });
        Assert.Equal("picture.png", opened.SuggestedFilename);
    }
}
