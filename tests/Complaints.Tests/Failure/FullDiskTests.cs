using System.Net;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Mail;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Failure;

public sealed partial class FullDiskTests
{
    private static readonly string _long = "The third parcel never came. " + new string('x', 300_000) + " 谢谢";

    [Theory, OnSqlite]
    public async Task A_full_disk_is_said_nothing_is_half_written_and_what_was_typed_can_be_sent_again(string database)
    {
        var disk = new SmallDisk();
        await using var house = await TestHouse.OpenAsync(database, _ => [], disk.Under);
        using var jun = await house.SignInAsync("Jun");
        var key = Key().Match(await jun.GetAsync("/complaints/new")).Groups[1].Value;
        disk.Full = true;
        house.Clock.Pass(TimeSpan.FromMinutes(2));
        Assert.Contains("Jun", await jun.GetAsync("/complaints/new")); // reading goes on

        var page = await jun.PostAsync("/complaints/new", Form(key), "/complaints/new");
        Assert.Equal(HttpStatusCode.InsufficientStorage, jun.Status);
        Assert.Contains("The server's disk is full, so nothing was saved.", page);
        Assert.Contains(_long, page);
        Assert.Contains("value=\"nora@customer.example\"", page);
        Assert.Equal((0, 4, 0, 0), await CountAsync(house));
        Assert.True(jun.Last.Headers.Contains("Content-Security-Policy"));

        disk.Full = false;
        await jun.SubmitAsync();
        Assert.StartsWith("/complaints/C-26-00001-", jun.Path, StringComparison.Ordinal);
        var complaint = await house.WithAsync(db => db.Complaints.SingleAsync());
        Assert.Equal(_long, await house.WithAsync(db => db.Complaints.Select(c => c.WhatHappened).SingleAsync()));
        Assert.Equal(Channel.Letter, complaint.Channel);
        Assert.Equal((1, 5, 1, 1), await CountAsync(house));
    }

    [Theory, OnSqlite]
    public async Task A_customer_loses_nothing_on_the_public_form(string database)
    {
        var words = "没有送到 " + new string('x', 19_000);
        var disk = new SmallDisk();
        await using var house = await TestHouse.OpenAsync(database, _ => [], disk.Under);
        using var customer = house.NewBrowser();
        disk.Full = true;
        var page = await customer.PostAsync(
            "/complain?lang=zh-Hans",
            new()
            {
                ["Name"] = "赵 敏",
                ["Reach"] = "zhaomin@customer.example",
                ["WhatHappened"] = words,
            },
            "/complain?lang=zh-Hans"
        );
        Assert.Equal(HttpStatusCode.InsufficientStorage, customer.Status);
        Assert.Contains("服务器磁盘已满，未保存任何内容。", page);
        Assert.Contains(words, page);
        Assert.Equal(0, (await CountAsync(house)).Complaints);
    }

    [Theory, OnSqlite]
    public async Task A_folder_that_cannot_be_written_is_said_and_the_words_stay_in_the_form(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await File.WriteAllTextAsync(Path.Combine(house.Folder, "files"), "in the way"); // root may write anywhere, so permissions prove nothing
        using var jun = await house.SignInAsync("Jun");
        var key = Key().Match(await jun.GetAsync("/complaints/new")).Groups[1].Value;
        var page = await jun.PostFileAsync("/complaints/new", Form(key), "Files", "photo.jpg", [1, 2, 3]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, jun.Status);
        Assert.Contains("The server cannot store files right now.", page);
        Assert.Contains(_long, page);
        Assert.Equal((0, 4, 0, 0), await CountAsync(house));
    }

    [Fact]
    public void Whose_fault_it_is_is_told_apart()
    {
        Assert.Equal(507, Faults.StatusOf(new InvalidOperationException("x", new IOException("No space left on device", 28))));
        Assert.Equal(507, Faults.StatusOf(new IOException("Disk full", unchecked((int)0x80070070))));
        Assert.Equal(500, Faults.StatusOf(new IOException("Not a directory", 20)));
        Assert.Equal(500, Faults.StatusOf(new TimeoutException())); // a mail server's, not the database's
        Assert.Equal(500, Faults.StatusOf(null));
    }

    private static Dictionary<string, string?> Form(string key) =>
        new()
        {
            ["Who"] = "Nora Newman",
            ["NewContact"] = "nora@customer.example",
            ["Channel"] = "Letter",
            ["WhatHappened"] = _long,
            ["SubmissionKey"] = key,
        };

    private static Task<(int Complaints, int Customers, int Entries, int Mails)> CountAsync(TestHouse house) =>
        house.WithAsync(async db =>
            (
                await db.Complaints.CountAsync(),
                await db.Customers.CountAsync(),
                await db.Timeline.Select(e => e.ComplaintId).Distinct().CountAsync(),
                await db.OutMessages.CountAsync()
            )
        );

    [GeneratedRegex("name=\"SubmissionKey\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
