using System.Net;
using System.Text;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Tests.Casework;
using Complaints.Tests.Data;
using Complaints.Tests.FollowUp;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Files;

/// <summary>Files from the forms and the mail they come by to the hands that may have them.</summary>
public sealed class FileTests
{
    private static readonly byte[] _program = [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, .. new byte[100]];

    [Theory, OnSqlite, OnPostgres]
    public async Task A_blocked_or_too_large_file_is_refused_by_name_in_every_form_and_the_words_stay(string database)
    {
        await using var course = await Course.ResolvedAsync(database, "Grace Okafor");
        var house = course.House;
        using var jun = await house.SignInAsync("Jun");
        var log = new Dictionary<string, string?>
        {
            ["SubmissionKey"] = "k1",
            ["Who"] = "nora@home.example",
            ["Channel"] = "Counter",
            ["WhatHappened"] = "The lift was broken.",
        };
        var page = await jun.PostFileAsync("/complaints/new", log, "Files", "invoice.pdf", _program);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        Assert.Contains("“invoice.pdf” was not taken: files of this kind are blocked here (program (pdf))", page);
        Assert.Contains("The lift was broken.</textarea>", page);

        using var visitor = house.NewBrowser();
        var complain = new Dictionary<string, string?>
        {
            ["Name"] = "Nora",
            ["Reach"] = "nora@home.example",
            ["WhatHappened"] = "电梯坏了",
        };
        page = await visitor.PostFileAsync("/complain?lang=zh-Hans", complain, "Files", "run.bat", "echo"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        Assert.Contains("未接收“run.bat”", page);
        Assert.Contains("电梯坏了</textarea>", page);
        page = await visitor.PostFileAsync("/complain?lang=en", complain, "Files", "film.mov", new byte[(10 << 20) + 1]);
        Assert.Contains("“film.mov” is larger than 10 MB", page);
        Assert.Contains("电梯坏了</textarea>", page);

        var path = course.StatusPath();
        page = await PostAsync(visitor, path, "/contacts", "Look at this.", "page.html", "<html>"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        Assert.Contains("“page.html” was not taken", page);
        Assert.Contains("Look at this.</textarea>", page);

        Assert.Equal(0, await house.WithAsync(db => db.Attachments.CountAsync()));
        Assert.Equal(1, await house.WithAsync(db => db.Complaints.CountAsync()));
        Assert.False(
            Directory.Exists(Path.Combine(house.Folder, "files"))
                && Directory.GetFiles(Path.Combine(house.Folder, "files"), "*", SearchOption.AllDirectories).Length > 0
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_blocked_and_how_large_files_may_be_is_set_by_administrators(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var mia = await house.SignInAsync("Mia");
        using var ada = await house.SignInAsync("Ada");
        var page = await ada.GetAsync("/settings/files");
        Assert.Contains("value=\"Program\" checked", page);
        Assert.DoesNotContain("value=\"Archive\" checked", page);
        await mia.GetAsync("/settings/files");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);

        var fields = new Dictionary<string, string?>
        {
            ["Classes"] = "Archive",
            ["Endings"] = ".BAT, xyz",
            ["StaffMb"] = "1",
            ["PublicMb"] = "2",
            ["StatusMb"] = "3",
            ["MailMb"] = "4",
        };
        page = await ada.PostAsync("/settings/files", new(fields) { ["StaffMb"] = "51", ["Endings"] = "my-own" }, "/settings/files");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.Contains("Give a limit from 1 to 50 MB", page);
        Assert.Contains("my-own</textarea>", page);
        await ada.PostAsync("/settings/files", fields, "/settings/files");
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        var policy = await house.WithAsync(db => FilePolicies.ReadAsync(db));
        Assert.Equal((1, 2, 3, 4), (policy.StaffMb, policy.PublicMb, policy.StatusMb, policy.MailMb));
        Assert.Equal([FileClass.Archive], policy.Classes);
        Assert.Equal(["bat", "xyz"], policy.Endings);

        var reference = await house.LogAsync();
        Assert.Contains("up to 1 MB", await mia.GetAsync($"/complaints/{reference}"));
        Assert.Contains("is larger than 1 MB", await AttachAsync(mia, reference, "big.txt", new byte[(1 << 20) + 1]));
        Assert.Contains("packed archive (zip)", await AttachAsync(mia, reference, "all.zip", [.. "PK\u0003\u0004"u8, .. new byte[40]]));
        await AttachAsync(mia, reference, "setup.exe", _program); // nobody blocks it any more
        Assert.Equal("setup.exe", await house.WithAsync(db => db.Attachments.Select(a => a.FileName).SingleAsync()));
        using var visitor = house.NewBrowser();
        Assert.Contains("up to 3, 2 MB each", await visitor.GetAsync("/complain?lang=en"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_blocked_file_in_a_mail_stays_in_the_message_and_only_administrators_get_it(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (message, complaint) = await ComeInAsync(house, ("setup.exe", _program), ("bill.txt", "The bill."u8.ToArray()));
        Assert.Equal("bill.txt", await house.WithAsync(db => db.Attachments.Select(a => a.FileName).SingleAsync()));
        var held = await house.WithAsync(db => db.HeldFiles.SingleAsync());
        Assert.Equal(("setup.exe", HoldReason.Blocked, 0), (held.FileName, held.Reason, held.Part));

        using var dora = await house.SignInAsync("Dora");
        foreach (var path in new[] { $"/complaints/{complaint.Reference}", $"/mail/received/{message}" })
        {
            var page = await dora.GetAsync(path);
            Assert.Contains("setup.exe", page);
            Assert.Contains("blocked: program (exe)", page);
            Assert.DoesNotContain($"/mail/received/{message}/files/0\"", page);
        }

        await dora.GetAsync($"/mail/received/{message}/files/0");
        Assert.Equal(HttpStatusCode.NotFound, dora.Status);
        await dora.GetAsync($"/mail/received/{message}/files/1");
        Assert.Equal(HttpStatusCode.OK, dora.Status);
        var source = await dora.GetAsync($"/mail/received/{message}/source"); // it would hold the program as well
        Assert.Contains("Subject: The lift", source);
        Assert.DoesNotContain(Convert.ToBase64String(_program)[..20], source);
        await dora.GetAsync($"/settings/files/held/mail/{held.Id}");
        Assert.Equal(HttpStatusCode.NotFound, dora.Status);

        using var ada = await house.SignInAsync("Ada");
        Assert.Contains($"/settings/files/held/mail/{held.Id}", await ada.GetAsync("/settings/files/held"));
        Assert.Contains("may do harm", await ada.GetAsync($"/settings/files/held/mail/{held.Id}"));
        await ada.PostAsync($"/settings/files/held/mail/{held.Id}", [], "/settings/files/held");
        Assert.Equal(_program, await ada.Last.Content.ReadAsByteArrayAsync());
        Assert.Equal("setup.exe.blocked", ada.Last.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal("attachment", ada.Last.Content.Headers.ContentDisposition.DispositionType);
        await ada.PostAsync($"/settings/files/held/mail/{held.Id}/message", [], "/settings/files/held");
        Assert.Equal(
            await house.WithAsync(db => db.InMessages.Select(m => m.Raw).SingleAsync()),
            await ada.Last.Content.ReadAsByteArrayAsync()
        );
        Assert.True(await house.WithAsync(db => db.AccessLog.AnyAsync(a => a.ComplaintId == complaint.Id)));

        await house.WithAsync(
            async (db, _) =>
            {
                await FilePolicies.KeepAsync(db, FilePolicy.Seeded with { Classes = [], Endings = [] });
                await db.SaveChangesAsync();
            }
        );
        Assert.Contains($"/mail/received/{message}/files/0\"", await dora.GetAsync($"/complaints/{complaint.Reference}"));
        await dora.GetAsync($"/mail/received/{message}/files/0");
        Assert.Equal(_program, await dora.Last.Content.ReadAsByteArrayAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_file_over_the_mailboxs_own_limit_stays_in_the_message_and_is_shown(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var north = await house.WithAsync(db => db.Set<Unit>().Where(u => u.Name == "North").Select(u => u.Id).SingleAsync());
        var box = new Dictionary<string, string?>
        {
            ["Kind"] = "Http",
            ["Name"] = "desk",
            ["Address"] = "complaints@desk.example",
            ["UnitId"] = $"{north}",
            ["LargestFileMb"] = "99",
        };
        Assert.Contains("Give a limit from 1 to 50 MB", await ada.PostAsync("/settings/mailboxes", box, "/settings/mailboxes"));
        box["LargestFileMb"] = "1";
        await ada.PostAsync("/settings/mailboxes", box, "/settings/mailboxes");
        Assert.Contains("1 MB of its own", await ada.GetAsync("/settings/files"));

        var film = new byte[(1 << 20) + 1];
        var (message, complaint) = await ComeInAsync(house, ("film.bin", film), ("small.bin", new byte[1 << 20]));
        Assert.Equal("small.bin", await house.WithAsync(db => db.Attachments.Select(a => a.FileName).SingleAsync()));
        using var dora = await house.SignInAsync("Dora");
        Assert.Contains("larger than 1 MB; it stays in the whole message", await dora.GetAsync($"/complaints/{complaint.Reference}"));
        await dora.GetAsync($"/mail/received/{message}/files/0");
        Assert.Equal(film.Length, (await dora.Last.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_harmless_pictures_are_shown_small_and_every_answer_is_a_sandboxed_download(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await AttachAsync(mia, reference, "photo.bin", PictureSizeTests.Png(64, 48));
        await AttachAsync(mia, reference, "bomb.png", PictureSizeTests.Png(60_000, 60_000));
        await AttachAsync(mia, reference, "words.png", "no picture at all"u8.ToArray());
        var page = await mia.GetAsync($"/complaints/{reference}");
        var ids = await house.WithAsync(db => db.Attachments.OrderBy(a => a.Id).Select(a => a.Id).ToListAsync());
        Assert.Contains(
            $"<img src=\"/complaints/{reference}/attachments/{ids[0]}/picture\" width=\"64\" height=\"48\" alt=\"\" loading=\"lazy\"",
            page
        );
        Assert.DoesNotContain($"attachments/{ids[1]}/picture", page);
        foreach (var bad in ids[1..])
        {
            await mia.GetAsync($"/complaints/{reference}/attachments/{bad}/picture");
            Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        }

        foreach (var (path, type) in new[] { ("/picture", "image/png"), ("", "application/octet-stream") })
        {
            await mia.GetAsync($"/complaints/{reference}/attachments/{ids[0]}{path}");
            Assert.Equal(type, mia.Last.Content.Headers.ContentType!.MediaType);
            Assert.Equal("attachment", mia.Last.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("default-src 'none'; sandbox", Assert.Single(mia.Last.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(mia.Last.Headers.GetValues("X-Content-Type-Options")));
        }

        var (message, complaint) = await ComeInAsync(
            house,
            ("photo.png", PictureSizeTests.Png(10, 10)),
            ("bomb.png", PictureSizeTests.Png(60_000, 60_000))
        );
        using var dora = await house.SignInAsync("Dora");
        page = await dora.GetAsync($"/mail/received/{message}");
        Assert.Contains($"/mail/received/{message}/files/0/picture", page);
        Assert.DoesNotContain("files/1/picture", page);
        await dora.GetAsync($"/mail/received/{message}/files/0/picture");
        Assert.Equal("image/png", dora.Last.Content.Headers.ContentType!.MediaType);
        await dora.GetAsync($"/mail/received/{message}/files/1/picture");
        Assert.Equal(HttpStatusCode.NotFound, dora.Status);
        await mia.GetAsync($"/complaints/{complaint.Reference}/attachments/{ids[0]}/picture"); // another complaint's
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
    }

    internal static Task<string> AttachAsync(Browser browser, string reference, string name, byte[] bytes) =>
        browser.PostFileAsync($"/complaints/{reference}/attachments", [], "file", name, bytes, from: $"/complaints/{reference}");

    /// <summary>A mail with these files, read; its id, and the complaint it made.</summary>
    internal static async Task<(long Message, Complaint Complaint)> ComeInAsync(TestHouse house, params (string Name, byte[] Bytes)[] files)
    {
        var raw = new StringBuilder(
            "From: Nora Berg <nora@home.example>\r\nTo: complaints@desk.example\r\nSubject: The lift\r\nMessage-ID: <lift@home.example>\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt is broken.\r\n"
        );
        foreach (var (name, bytes) in files)
        {
            raw.Append(
                $"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}\r\n"
            );
        }

        raw.Append("--b--\r\n");
        var id = await house.AskAsync((InboxStore store) => store.StoreAsync("desk", 1, 1, Encoding.ASCII.GetBytes(raw.ToString())));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        var complaint = await house.WithAsync(async db =>
        {
            var made = await db.InMessages.Where(m => m.Id == id).Select(m => m.ComplaintId).SingleAsync();
            return await db.Complaints.SingleAsync(c => c.Id == made);
        });
        return (id, complaint);
    }

    private static Task<string> PostAsync(Browser visitor, string page, string below, string words, string name, byte[] bytes) =>
        visitor.PostFileAsync(page + below, new() { ["words"] = words }, "files", name, bytes, from: page);
}
