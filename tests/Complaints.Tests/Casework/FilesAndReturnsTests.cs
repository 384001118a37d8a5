using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Casework;

/// <summary>Files that are kept, and forms that come back.</summary>
public sealed partial class FilesAndReturnsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_file_is_kept_under_its_hash_and_given_out_as_a_download(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var http = await SignedInAsync(house, "Mia");
        var answer = await UploadAsync(http, reference, "../../账单 <b>.txt", "The bill. <script>alert(1)</script>"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = await house.WithAsync(db => db.Attachments.SingleAsync());
        Assert.Equal("账单 <b>.txt", row.FileName);
        Assert.True(File.Exists(Path.Combine(house.Folder, "files", row.Sha256[..2], row.Sha256)));

        var download = await http.GetAsync($"/complaints/{reference}/attachments/{row.Id}");
        Assert.Equal("The bill. <script>alert(1)</script>", await download.Content.ReadAsStringAsync());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/octet-stream", download.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", string.Join("", download.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; sandbox", string.Join("", download.Headers.GetValues("Content-Security-Policy")));

        using var wen = await SignedInAsync(house, "Wen");
        Assert.Equal(HttpStatusCode.NotFound, (await wen.GetAsync($"/complaints/{reference}/attachments/{row.Id}")).StatusCode);
    }

    [Theory, OnSqlite]
    public async Task A_file_that_is_too_large_or_empty_is_refused_in_a_sentence(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var http = await SignedInAsync(house, "Mia");
        var large = await UploadAsync(http, reference, "film.bin", new byte[(20 << 20) + 1]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, large.StatusCode);
        Assert.Contains("larger than 20 MB", await large.Content.ReadAsStringAsync());
        var empty = await UploadAsync(http, reference, "nothing.txt", []);
        Assert.Contains("is empty", await empty.Content.ReadAsStringAsync());
        Assert.Equal(0, await house.WithAsync(db => db.Attachments.CountAsync()));
        Assert.False(Directory.Exists(Path.Combine(house.Folder, "files"))); // judged before anything is stored
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_form_of_an_undone_mail_comes_back_filled_in(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync(
            $"/complaints/{reference}/acknowledgement",
            new()
            {
                ["Seen"] = "2",
                ["Channel"] = "Email",
                ["Words"] = "Words worth keeping",
            },
            $"/complaints/{reference}"
        );
        var mail = await house.WithAsync(db => db.OutMessages.SingleAsync());
        var page = await mia.PostAsync($"/mail/{mail.Id}/undo", [], $"/complaints/{reference}");
        Assert.Contains("Words worth keeping</textarea>", page);
        Assert.Equal(State.Received, (await house.ReadAsync(reference)).State);
    }

    [Theory, OnSqlite]
    public async Task A_duplicate_names_the_other_complaint(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var first = await house.LogAsync();
        var second = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var fields = new Dictionary<string, string?>
        {
            ["Verb"] = "MarkDuplicate",
            ["Reason"] = "Same bill",
            ["DuplicateOf"] = "C-26-99999-9",
        };
        var page = await mia.PostAsync($"/complaints/{second}/setting-beside", fields, $"/complaints/{second}");
        Assert.Contains("There is no complaint", page);
        Assert.Contains("Same bill", page);
        fields["DuplicateOf"] = first;
        await mia.PostAsync($"/complaints/{second}/setting-beside", fields, $"/complaints/{second}");
        Assert.Equal(State.Duplicate, (await house.ReadAsync(second)).State);
    }

    [Theory, OnSqlite]
    public async Task A_withdrawal_is_confirmed_by_mail(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var fields = new Dictionary<string, string?>
        {
            ["Verb"] = "Withdraw",
            ["Reason"] = "Found the refund",
            ["Tell"] = "true",
        };
        await mia.PostAsync($"/complaints/{reference}/setting-beside", fields, $"/complaints/{reference}");
        Assert.Equal(State.Withdrawn, (await house.ReadAsync(reference)).State);
        var mail = await house.WithAsync(db => db.OutMessages.SingleAsync());
        Assert.Equal((MailPurpose.WithdrawnConfirmation, (int?)Verb.Withdraw), (mail.Purpose, mail.Step));
    }

    [Theory, OnSqlite]
    public async Task A_posted_letter_that_a_regime_demands_stops_its_clock(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.WithAsync(
            async (db, _) =>
            {
                var unit = await db.Set<Complaints.Staff.Unit>().SingleAsync(u => u.Name == "North");
                var regime = await db.Set<Complaints.Deadlines.Regime>().SingleAsync(r => r.Key == "fca-disp");
                db.Add(new Complaints.Deadlines.RegimeAttachment { RegimeId = regime.Id, UnitId = unit.Id });
                await Complaints.Deadlines.DeadlineBooks.Turn(db);
                await db.SaveChangesAsync();
            }
        );
        var reference = await house.LogAsync();
        var demanded = await house.WithAsync(db =>
            db.Set<Complaints.Deadlines.RegimeDocument>()
                .Where(d =>
                    d.Key == "final-response" && d.RegimeId == db.Set<Complaints.Deadlines.Regime>().Single(r => r.Key == "fca-disp").Id
                )
                .Select(d => d.MustSay)
                .SingleAsync()
        );
        using var mia = await house.SignInAsync("Mia");
        await mia.PostAsync(
            $"/complaints/{reference}/replies",
            new()
            {
                ["Seen"] = "2",
                ["Channel"] = "Letter",
                ["Words"] = "Our final response\n" + demanded,
                ["Document"] = "final-response",
            },
            $"/complaints/{reference}"
        );
        var complaint = await house.ReadAsync(reference);
        Assert.Equal(
            Complaints.Deadlines.ClockState.Stopped,
            complaint.Clocks.Single(c => c.RegimeClock.EndsWith("#final-response", StringComparison.Ordinal)).State
        );
        Assert.Contains(complaint.Timeline, e => e.Kind == EntryKind.DocumentSent);
    }

    [Theory, OnSqlite]
    public async Task A_form_takes_more_than_the_servers_own_limit(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var http = await SignedInAsync(house, "Jun");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await TokenAsync(http, "/complaints/new")), "__RequestVerificationToken" },
            { new StringContent("large-1"), "SubmissionKey" },
            { new StringContent("film@customer.example"), "Who" },
            { new StringContent("Counter"), "Channel" },
            { new StringContent("She brought a film of the broken door."), "WhatHappened" },
            { new ByteArrayContent(new byte[20 << 20]), "Files", "one.mov" },
            { new ByteArrayContent(new byte[20 << 20]), "Files", "two.mov" },
        };
        using var answer = await http.PostAsync("/complaints/new", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, await house.WithAsync(db => db.Attachments.CountAsync()));
    }

    private static async Task<HttpClient> SignedInAsync(TestHouse house, string name)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = house.Address };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["Email"] = LittleWorld.Mail(name),
                ["Password"] = LittleWorld.Password,
                ["__RequestVerificationToken"] = await TokenAsync(http, "/sign-in"),
            }
        );
        await http.PostAsync("/sign-in", form);
        return http;
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient http, string reference, string name, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await TokenAsync(http, $"/complaints/{reference}")), "__RequestVerificationToken" },
            { content, "file", name },
        };
        return await http.PostAsync($"/complaints/{reference}/attachments", form);
    }

    private static async Task<string> TokenAsync(HttpClient http, string path) =>
        WebUtility.HtmlDecode(Token().Match(await http.GetStringAsync(path)).Groups[1].Value);

    [GeneratedRegex("<meta name=\"antiforgery\" content=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
