using Complaints.Mail;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Complaints.Tests.Browsing;

/// <summary>An agent writes an answer: looks at it first, is told what is wrong, puts it off, changes it, sends it.</summary>
[Collection(BrowserTests.Name)]
public sealed class WritingTests(Chromium chromium)
{
    [Theory]
    [InChromium("sqlite")]
    [InChromium("postgres")]
    public async Task An_answer_is_previewed_corrected_put_off_changed_and_sent(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        var desk = await chromium.PageAsync(house);
        await desk.SignInAsync("Mia");
        await desk.GotoAsync($"/complaints/{reference}");
        await desk.ClickAsync("#reply > summary");
        await desk.ClickAsync("#reply label.choice:has(input[value=Email])");
        await desk.FillAsync("#reply-Words", "Here is the invoice, and the room as it is now.");
        await desk.ClickAsync("#reply-letter > summary");
        await desk.FillAsync("#reply-Cc", "anna@partner.example");
        await desk.SetInputFilesAsync("#reply-Files", Payload("invoice.pdf", "application/pdf", Letters.Pdf));
        await desk.SetInputFilesAsync("#reply-Pictures", Payload("room.png", "image/png", Letters.Png));

        // The preview shows it in its frame; the form stays as it is, and nothing was written.
        await desk.ClickAsync("#reply-letter button[formtarget]");
        var preview = desk.FrameLocator("iframe[name=reply-preview]");
        await Assertions.Expect(preview.Locator("body")).ToContainTextAsync("the room as it is now");
        await Assertions.Expect(preview.Locator("body")).ToContainTextAsync("anna@partner.example");
        await Assertions.Expect(preview.Locator("body")).ToContainTextAsync("invoice.pdf");
        Assert.True(await preview.Locator("img").EvaluateAsync<bool>("i => i.complete && i.naturalWidth > 0"));
        Assert.EndsWith($"/complaints/{reference}", desk.Url);
        Assert.Equal(1, await desk.EvalOnSelectorAsync<int>("#reply-Files", "f => f.files.length"));
        Assert.Empty(await house.MailsAsync());

        // Something is wrong: it is said, and what was typed and picked is still there.
        await desk.FillAsync("#reply-Cc", "anna@");
        await desk.ClickAsync("#reply button[data-primary]");
        await Assertions.Expect(desk.Locator(".error-summary")).ToContainTextAsync("“anna@” is not a mail address");
        await desk.WaitForLoadStateAsync(); // what was kept of the form is back in it by then
        await Assertions.Expect(desk.Locator("#reply-Words")).ToHaveValueAsync("Here is the invoice, and the room as it is now.");
        await Assertions.Expect(desk.Locator("#reply")).ToContainTextAsync("invoice.pdf, picked before");

        await desk.FillAsync("#reply-Cc", "anna@partner.example");
        await desk.FillAsync("#reply-SendAt", "2026-11-23T17:00");
        await desk.ClickAsync("#reply button[data-primary]");
        await Assertions.Expect(desk.Locator("main")).ToContainTextAsync("will be sent:");
        await desk.ClickAsync("button:has-text('Change it')");
        await Assertions.Expect(desk.Locator("#reply-SendAt")).ToHaveValueAsync("2026-11-23T17:00");
        await desk.WaitForLoadStateAsync();
        await desk.FillAsync("#reply-SendAt", "");
        await desk.ClickAsync("#reply button[data-primary]");
        await Assertions.Expect(desk.Locator("form[data-undo-until]")).ToBeVisibleAsync();

        var mail = (await house.MailsAsync())[1];
        Assert.Equal(["grace@customer.example", "anna@partner.example"], mail.Deliveries.OrderBy(d => d.Kind).Select(d => d.Recipient));
        Assert.Equal(["invoice.pdf", "room.png"], mail.Files.Select(f => f.FileName).Order());
        Assert.Single(mail.Files, f => f.ContentId is not null);
    }

    private static FilePayload Payload(string name, string type, byte[] bytes) =>
        new()
        {
            Name = name,
            MimeType = type,
            Buffer = bytes,
        };
}
