using System.Net;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Mail;
using Complaints.Tests.World;

namespace Complaints.Tests.Casework;

public sealed class PreviewTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_preview_is_what_would_be_sent_and_changes_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        (string, string)[] fields = [("Channel", "Email"), ("Words", "The <invoice> is attached."), ("Cc", "anna@partner.example")];
        (string, string, byte[])[] files = [("Files", "账单.pdf", Letters.Pdf), ("Pictures", "room.png", Letters.Png)];
        var (before, stored) = (await house.CountsAsync(), Directory.GetFiles(house.Folder, "*", SearchOption.AllDirectories).Length);
        var shown = await mia.PostFormAsync($"/complaints/{reference}/previews/reply", $"/complaints/{reference}", fields, files);

        Assert.Equal(HttpStatusCode.OK, mia.Status);
        Assert.Equal(before, await house.CountsAsync());
        Assert.Equal(stored, Directory.GetFiles(house.Folder, "*", SearchOption.AllDirectories).Length);
        Assert.Contains("anna@partner.example", shown);
        Assert.Contains("grace@customer.example", shown);
        Assert.Contains("账单.pdf", shown);
        Assert.Contains($"({reference})", shown);
        Assert.Contains("data:image/png;base64," + Convert.ToBase64String(Letters.Png), shown);
        Assert.DoesNotContain("cid:", shown);
        var policy = Assert.Single(mia.Last.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("sandbox allow-popups", policy);
        Assert.Contains("default-src 'none'", policy);

        await mia.ReplyAsync(reference, fields[1..], files);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        var sent = (await house.SentAsync()).Html!;
        var body = WebUtility.HtmlDecode(
            sent[(sent.IndexOf("<div", StringComparison.Ordinal))..sent.IndexOf("cid:", StringComparison.Ordinal)]
        );
        Assert.Contains(body, shown);
    }

    [Theory, OnSqlite]
    public async Task A_preview_says_what_is_wrong_and_that_only_mail_has_one(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var path = $"/complaints/{reference}/previews/reply";
        var phone = await mia.PostFormAsync(path, $"/complaints/{reference}", [("Channel", "Phone"), ("Words", "x")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("not said by mail", phone);
        var wrong = await mia.PostFormAsync(path, $"/complaints/{reference}", [("Channel", "Email"), ("Words", "x"), ("Cc", "<script>")]);
        Assert.Contains("“<script>” is not a mail address", wrong);
        Assert.DoesNotContain("<script>", await mia.Last.Content.ReadAsStringAsync());
        Assert.Contains("default-src 'none'", Assert.Single(mia.Last.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory, OnSqlite]
    public async Task Acknowledgement_and_apology_have_previews_of_their_own(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var from = $"/complaints/{reference}";
        (string, string)[] said = [("Channel", "Email"), ("Words", "My words"), ("Shortfall", "we charged twice")];
        Assert.Contains("looking after", await mia.PostFormAsync($"{from}/previews/acknowledgement", from, said));
        var apology = await mia.PostFormAsync($"{from}/previews/apology", from, said);
        Assert.Contains("Where we fell short: we charged twice", apology);
        Assert.Contains(
            "have not found a fault",
            await mia.PostFormAsync($"{from}/previews/apology", from, [.. said, ("NoFaultFound", "true")])
        );
        Assert.Equal(State.Received, (await house.ReadAsync(reference)).State);
    }
}
