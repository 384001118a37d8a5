using System.Net;
using System.Text;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Language;
using Complaints.Tests.Casework;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Files;

/// <summary>The virus scanner: in the background, never in the way, and what it finds is kept from everybody.</summary>
public sealed class ScanTests
{
    private static readonly byte[] _virus = Encoding.ASCII.GetBytes("hello " + ClamdServer.Virus);

    [Theory, OnSqlite, OnPostgres]
    public async Task Each_content_is_scanned_once_and_one_with_a_virus_is_only_for_administrators(string database)
    {
        await using var server = new ClamdServer();
        await using var house = await TestHouse.OpenAsync(database, "--Files:Clamd", server.Setting);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await FileTests.AttachAsync(mia, reference, "bill.txt", "The bill."u8.ToArray());
        await FileTests.AttachAsync(mia, reference, "again.txt", "The bill."u8.ToArray());
        await FileTests.AttachAsync(mia, reference, "game.txt", _virus);
        Assert.Empty(server.Seen); // no upload waits for it
        Assert.Contains("not scanned yet: it waits for the scanner", await mia.GetAsync($"/complaints/{reference}"));

        await house.WorkAsync(TimeSpan.Zero);
        Assert.Equal(2, server.Seen.Count);
        var page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Contains("no virus found", page);
        Assert.Contains("virus found: Eicar-Test-Signature", page);
        var files = await house.WithAsync(db => db.Attachments.OrderBy(a => a.Id).ToListAsync());
        await mia.GetAsync($"/complaints/{reference}/attachments/{files[1].Id}");
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        await mia.GetAsync($"/complaints/{reference}/attachments/{files[2].Id}");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        Assert.DoesNotContain($"attachments/{files[2].Id}\"", page);

        // The same content under another name is known at once.
        await FileTests.AttachAsync(mia, reference, "fun.txt", _virus);
        var fun = await house.WithAsync(db => db.Attachments.OrderBy(a => a.Id).LastAsync());
        await mia.GetAsync($"/complaints/{reference}/attachments/{fun.Id}");
        Assert.Equal(HttpStatusCode.NotFound, mia.Status);
        await house.WorkAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, server.Seen.Count);

        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("game.txt", await ada.GetAsync("/settings/files/held"));
        Assert.Contains("may do harm", await ada.GetAsync($"/settings/files/held/infected/{fun.Id}"));
        await ada.PostAsync($"/settings/files/held/infected/{fun.Id}", [], "/settings/files/held");
        Assert.Equal(_virus, await ada.Last.Content.ReadAsByteArrayAsync());
        Assert.Equal("fun.txt.blocked", ada.Last.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        await ada.GetAsync($"/settings/files/held/infected/{files[0].Id}");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);

        await house.WithAsync(
            async (db, _) =>
            {
                await KnownScans.CheckOutgoingAsync(db, [(files[0].FileName, files[0].Sha256)]);
                var refused = await Assert.ThrowsAsync<Refusal>(() =>
                    KnownScans.CheckOutgoingAsync(db, [(files[0].FileName, files[0].Sha256), (fun.FileName, fun.Sha256)])
                );
                Assert.StartsWith("“fun.txt” is not sent", Tongue.Say(Tongue.English, refused.Sentence), StringComparison.Ordinal);
            }
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_scanner_that_is_down_stops_nothing_and_is_made_up_for_when_it_is_back(string database)
    {
        await using var server = new ClamdServer { Up = false };
        await using var house = await TestHouse.OpenAsync(database, "--Files:Clamd", server.Setting);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        for (var i = 0; i < 6; i++)
        {
            await FileTests.AttachAsync(mia, reference, $"{i}.txt", Encoding.ASCII.GetBytes($"file {i}"));
        }

        await house.WorkAsync(TimeSpan.Zero);
        var page = await mia.GetAsync($"/complaints/{reference}");
        Assert.Contains("not scanned: the virus scanner", page);
        var file = await house.WithAsync(db => db.Attachments.FirstAsync());
        await mia.GetAsync($"/complaints/{reference}/attachments/{file.Id}");
        Assert.Equal(HttpStatusCode.OK, mia.Status);
        using var ada = await house.SignInAsync("Ada");
        page = await ada.GetAsync("/settings/files");
        Assert.Contains("6 files wait for it.", page);
        Assert.Contains("The last one could not be scanned: the virus scanner", page);

        server.Up = true;
        await house.WorkAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(6, await house.WithAsync(db => db.FileScans.CountAsync(s => s.State == ScanState.Clean && s.Why == null)));
        Assert.Contains("0 files wait for it.", await ada.GetAsync("/settings/files"));
    }

    [Theory, OnSqlite]
    public async Task What_it_cannot_do_is_said_and_tried_again(string database)
    {
        await using var server = new ClamdServer { Says = "stream: Can't allocate memory ERROR" };
        await using var house = await TestHouse.OpenAsync(database, "--Files:Clamd", server.Setting);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await FileTests.AttachAsync(mia, reference, "bill.txt", "The bill."u8.ToArray());
        await house.WorkAsync(TimeSpan.Zero);
        Assert.Contains("not scanned: the scanner said “stream: Can't allocate", await mia.GetAsync($"/complaints/{reference}"));
        server.Says = null;
        await house.WorkAsync(TimeSpan.FromSeconds(30)); // it pauses
        Assert.Single(server.Seen);
        await house.WorkAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("no virus found", await mia.GetAsync($"/complaints/{reference}"));

        await FileTests.AttachAsync(mia, reference, "film.bin", new byte[2 << 20]);
        await house.WorkAsync(TimeSpan.Zero);
        Assert.Contains("not scanned: it is larger than the scanner takes", await mia.GetAsync($"/complaints/{reference}"));
    }

    [Theory, OnSqlite]
    public async Task Without_a_scanner_every_file_says_so_and_one_set_up_later_takes_them_all(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await FileTests.AttachAsync(mia, reference, "bill.txt", "The bill."u8.ToArray());
        await house.WorkAsync(TimeSpan.FromHours(1));
        Assert.Contains("not scanned: no scanner is set up", await mia.GetAsync($"/complaints/{reference}"));
        Assert.Equal(0, await house.WithAsync(db => db.FileScans.CountAsync()));
        await using var server = new ClamdServer();
        await house.WithAsync(
            async (db, s) =>
            {
                var store = (FileStore)s.GetService(typeof(FileStore))!;
                var report = new Complaints.Time.WorkReport();
                await new FileScanRun(db, store, new ClamdSetting(Clamd.From(server.Setting)), report, house.Clock).RunAsync();
                Assert.Equal("1 file looked through, 0 with a virus", Tongue.Say(Tongue.English, report.Outcome!));
            }
        );
        Assert.Single(server.Seen);
    }
}
