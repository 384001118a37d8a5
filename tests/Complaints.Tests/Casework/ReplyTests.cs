using System.Net;
using System.Text;
using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Intake;
using Complaints.Mail;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Tests.Casework;

/// <summary>Answering from the complaint's page: copies, the quotation, files, pictures, the preview.</summary>
public sealed class ReplyTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_reply_carries_copies_files_and_pictures_and_says_what_became_of_each(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.ReplyAsync(
            reference,
            [("Words", "The invoice is attached."), ("Cc", "Anna Ash <anna@partner.example>; BOB@partner.example, grace@customer.example")],
            ("Files", "账单.pdf", Letters.Pdf),
            ("Pictures", "room 12.png", Letters.Png)
        );
        Assert.Equal($"/complaints/{reference}", mia.Path);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        var mail = await house.SentAsync();

        Assert.Equal(["anna@partner.example", "BOB@partner.example"], mail.Cc.Select(c => c.Address));
        Assert.Equal("账单.pdf", Assert.Single(mail.Attachments, a => a.ContentId is null).Name);
        var picture = Assert.Single(mail.Parts, p => p.ContentId is not null);
        Assert.Equal(Letters.Png, picture.Bytes.ToArray());
        Assert.Contains($"<img src=\"cid:{picture.ContentId}\"", mail.Html);
        Assert.True(
            mail.Html!.IndexOf("The invoice is attached", StringComparison.Ordinal) < mail.Html.IndexOf("cid:", StringComparison.Ordinal)
        );
        Assert.Contains("[room 12.png]", mail.Text);

        var page = await mia.GetAsync($"/complaints/{reference}");
        foreach (var to in (string[])["grace@customer.example", "anna@partner.example", "BOB@partner.example"])
        {
            Assert.Contains($"sent to {to}: 250 ok", page);
        }

        Assert.Contains("</svg> 账单.pdf</a>", page);
        Assert.Contains("</svg> room 12.png</a>", page);
        Assert.Contains("Take part by mail", page);
        Assert.Equal(2, (await house.CountsAsync()).People);
        Assert.Equal(2, (await house.CountsAsync()).Files);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Files_of_the_complaint_go_along_and_those_of_another_do_not(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (reference, other) = (await house.LogAsync(), await house.LogAsync());
        using var mia = await house.SignInAsync("Mia");
        await mia.PostFileAsync($"/complaints/{reference}/attachments", [], "file", "room.png", Letters.Png);
        await mia.PostFileAsync($"/complaints/{other}/attachments", [], "file", "secret.pdf", Letters.Pdf);
        var files = await house.WithAsync(db => db.Attachments.AsNoTracking().OrderBy(a => a.Id).ToListAsync());

        var no = await mia.ReplyAsync(reference, [("Words", "Look."), ("Attached", files[1].Sha256)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("no longer on the complaint", no);
        Assert.Contains("Look.", no);

        await mia.ReplyAsync(reference, [("Words", "Look."), ("Attached", files[0].Sha256), ("Shown", files[0].Sha256)]);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        var mail = await house.SentAsync();
        Assert.Equal(2, mail.Parts.Count(p => p.Name == "room.png"));
        Assert.Contains("</svg> room.png</p>", await mia.GetAsync($"/complaints/{reference}")); // it was there before, and went along
        Assert.Equal(2, (await house.CountsAsync()).Files);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_the_customer_wrote_is_quoted_on_choice_and_never_a_note(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        Assert.DoesNotContain("Quote below", await mia.GetAsync($"/complaints/{reference}")); // so far she only phoned
        await HearAsync(house, "Is there any news?\n<b>I waited</b> all day.");
        await house.DoAsync(reference, "Mia", (c, a, b) => c.Note(a, house.Now, "She shouted at Jun."));
        await house.DoAsync(reference, "Mia", (c, a, b) => c.HearFrom(a, house.Now, Channel.Phone, "Rude on the phone as well.", b));
        Assert.Contains("Quote below what Grace wrote last", await mia.GetAsync($"/complaints/{reference}"));

        await mia.ReplyAsync(reference, [("Words", "Here it is."), ("Quote", "true")]);
        await mia.ReplyAsync(reference, [("Words", "And more.")]);
        var mails = await house.MailsAsync();
        Assert.Contains("Grace wrote on", mails[0].Text);
        Assert.EndsWith("> Is there any news?\n> <b>I waited</b> all day.", mails[0].Text);
        Assert.Contains("Is there any news?<br>&lt;b&gt;I waited&lt;/b&gt; all day.</blockquote>", mails[0].Html);
        Assert.DoesNotContain("news", mails[1].Text);
        Assert.All(mails, m => Assert.DoesNotContain("shouted", m.Text + m.Html));
        Assert.All(mails, m => Assert.DoesNotContain("Rude", m.Text + m.Html));

        async Task HearAsync(TestHouse at, string words)
        {
            var raw = Encoding.UTF8.GetBytes(
                $"From: Grace <grace@customer.example>\r\nTo: complaints@desk.example\r\nSubject: {reference}\r\nMessage-ID: <1@x.example>\r\n\r\n{words}\r\n"
            );
            await at.AskAsync((InboxStore store) => store.StoreAsync(InboxStore.Sandbox, 1, 1, raw));
            await at.AskAsync((InboundRun run) => run.RunAsync());
        }
    }

    [Theory, OnSqlite]
    [InlineData("sqlite", "anna@", "is not a mail address")]
    [InlineData("sqlite", "anna@partner.example, just anna", "“just anna” is not a mail address")]
    [InlineData("sqlite", "安娜@partner.example", "is not a mail address")]
    [InlineData("sqlite", "complaints@desk.example", "is our own address")]
    [InlineData("sqlite", "complaints@localhost", "is not a mail address")]
    public async Task An_address_that_cannot_get_a_copy_is_named_and_what_was_typed_stays(
        string database,
        string cc = "anna@partner",
        string says = "is not a mail address"
    )
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        var before = await house.CountsAsync();
        var page = await mia.ReplyAsync(
            reference,
            [("Words", "My careful words"), ("Cc", cc), ("SendAt", "2026-11-24T09:00")],
            ("Files", "invoice.pdf", Letters.Pdf)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains(says, page);
        Assert.Contains("#reply-Cc", page);
        Assert.Contains("My careful words", page);
        Assert.Contains($"value=\"{cc}\"", page);
        Assert.Contains("value=\"2026-11-24T09:00\"", page);
        Assert.Contains("invoice.pdf, picked before", page);
        Assert.Equal(before, await house.CountsAsync());

        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"Kept\" value=\"([^\"]+)\"").Groups[1].Value;
        await mia.ReplyAsync(reference, [("Words", "My careful words"), ("Kept", token), ("Kept", token + "x"), ("Kept", "made up")]);
        var sent = Assert.Single(await house.MailsAsync());
        Assert.Equal("invoice.pdf", Assert.Single(sent.Files).FileName);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_is_warned_of_colleagues_and_of_addresses_that_bounced_and_may_insist(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.ReplyAsync(reference, [("Words", "One"), ("Cc", "anna@partner.example")]);
        await house.WithAsync(db => db.Participants.ExecuteUpdateAsync(s => s.SetProperty(p => p.BouncedAt, house.Now)));

        (string, string)[] fields = [("Words", "Two"), ("CopyTo", "anna@partner.example"), ("Cc", "wen@desk.example")];
        var page = await mia.ReplyAsync(reference, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);
        Assert.Contains("wen@desk.example is Wen, who works here", page);
        Assert.Contains("An earlier mail to anna@partner.example came back.", page);
        Assert.Contains("name=\"Sure\" value=\"anna@partner.example,wen@desk.example\"", page);
        await mia.ReplyAsync(reference, [.. fields, ("Sure", "anna@partner.example")]); // not of both
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mia.Status);

        await mia.ReplyAsync(reference, [.. fields, ("Sure", "anna@partner.example,wen@desk.example")]);
        Assert.Equal(3, (await house.MailsAsync())[1].Deliveries.Count);
        Assert.True(await house.WithAsync(db => db.Participants.AllAsync(p => p.BouncedAt == null)));

        await house.WithAsync(db => db.Participants.ExecuteUpdateAsync(s => s.SetProperty(p => p.UnwantedAt, house.Now)));
        Assert.Contains(
            "reported a mail of ours as unwanted",
            await mia.ReplyAsync(reference, [.. fields, ("Sure", "anna@partner.example")])
        );
        Assert.Equal(2, (await house.MailsAsync()).Count);
    }

    [Theory, OnSqlite]
    public async Task What_cannot_be_sent_along_is_refused_and_says_why(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        Assert.Contains("is no picture", await mia.ReplyAsync(reference, [("Words", "x")], ("Pictures", "room.png", Letters.Pdf)));
        var half = new byte[10 * 1024 * 1024];
        Assert.Contains(
            "18 MB together",
            await mia.ReplyAsync(reference, [("Words", "x")], ("Files", "a.bin", half), ("Files", "b.bin", [.. half, 1]))
        );
        Assert.Contains(
            "at most",
            await mia.ReplyAsync(
                reference,
                [("Words", "x"), ("Cc", string.Join(',', Enumerable.Range(0, 11).Select(i => $"p{i}@x.example")))]
            )
        );
        Assert.Contains(
            "are for mail",
            await mia.PostFormAsync(
                $"/complaints/{reference}/replies",
                $"/complaints/{reference}",
                [("Channel", "Phone"), ("Words", "x"), ("Cc", "anna@partner.example")]
            )
        );
        Assert.Empty(await house.MailsAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Undo_brings_words_copies_and_files_back_and_whoever_was_copied_in_is_out_again(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.ReplyAsync(reference, [("Words", "Too soon"), ("Cc", "anna@partner.example")], ("Files", "invoice.pdf", Letters.Pdf));
        var mail = Assert.Single(await house.MailsAsync());
        var page = await mia.PostAsync($"/mail/{mail.Id}/undo", [], $"/complaints/{reference}");
        Assert.Contains("Too soon", page);
        Assert.Contains("value=\"anna@partner.example\"", page);
        Assert.Matches($"name=\"Attached\" value=\"{mail.Files[0].Sha256}\"[^>]*checked", page);
        Assert.Equal(0, (await house.CountsAsync()).People);
    }

    [Theory, OnSqlite]
    public async Task Whoever_takes_part_can_be_taken_out_and_a_stranger_reads_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.ReplyAsync(reference, [("Words", "One"), ("Cc", "anna@partner.example")]);
        var anna = await house.WithAsync(db => db.Participants.Select(p => p.Id).SingleAsync());
        using var chen = await house.SignInAsync("Chen"); // of another unit
        await chen.PostAsync($"/complaints/{reference}/participants/{anna}/removal", []);
        Assert.Equal(HttpStatusCode.NotFound, chen.Status);
        await chen.PostAsync($"/complaints/{reference}/previews/reply", new() { ["Channel"] = "Email", ["Words"] = "x" });
        Assert.Equal(HttpStatusCode.NotFound, chen.Status);
        Assert.Contains(
            "anna@partner.example no longer takes part",
            await mia.PostAsync($"/complaints/{reference}/participants/{anna}/removal", [])
        );
        Assert.Equal(0, (await house.CountsAsync()).People);
    }

    [Theory, OnSqlite]
    public async Task A_file_that_is_gone_from_the_store_fails_the_mail_and_says_so(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var reference = await house.LogAsync();
        using var mia = await house.SignInAsync("Mia");
        await mia.ReplyAsync(reference, [("Words", "Attached.")], ("Files", "invoice.pdf", Letters.Pdf));
        Directory.Delete(house.Services.GetRequiredService<FileStore>().Folder, recursive: true);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await Mail.Outbox.SendAsync(house, new Mail.RecordingTransport());
        await Mail.Outbox.TellAsync(house);
        Assert.Contains("“invoice.pdf” is no longer on the server", await mia.GetAsync($"/complaints/{reference}"));
        Assert.NotNull((await house.ReadAsync(reference)).Customer.UsableMail);
    }
}
