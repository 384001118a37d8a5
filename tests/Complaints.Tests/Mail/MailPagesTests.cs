using System.Net;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Tests.Mail.Wire;
using Complaints.Tests.World;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Mail;

public sealed class MailPagesTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task An_administrator_reads_the_sandbox_and_answers_as_the_customer(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        await Outbox.AcknowledgeAsync(house, id);
        house.Clock.Pass(TimeSpan.FromSeconds(15));
        await house.AskAsync((OutboxRun run) => run.RunAsync());

        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("grace@customer.example", await ada.GetAsync("/sandbox"));
        var delivery = await house.WithAsync(db => db.OutDeliveries.Select(d => d.Id).SingleAsync());
        Assert.Contains("I look after it.", await ada.GetAsync($"/sandbox/{delivery}"));
        Assert.Contains("Message-ID: <", await ada.GetAsync($"/sandbox/{delivery}/source"));
        await ada.GetAsync($"/sandbox/{delivery}/html");
        var policy = Assert.Single(ada.Last.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy);
        Assert.Contains("sandbox", policy);
        Assert.DoesNotContain("allow-scripts", policy);

        Assert.Contains("Write the answer first.", await ada.PostAsync($"/sandbox/{delivery}/answer", new() { ["words"] = " " }));
        var after = await ada.PostAsync($"/sandbox/{delivery}/answer", new() { ["words"] = "Thank you, that helps." });
        Assert.Contains("It has come in. It answers a mail of ours.", after);
        Assert.Contains((await Outbox.ComplaintAsync(house, id)).Timeline, e => e.Content!.Body.Words == "Thank you, that helps.");

        using var jun = await house.SignInAsync("Jun");
        await jun.GetAsync("/sandbox");
        Assert.Equal(HttpStatusCode.NotFound, jun.Status);
        using var nobody = house.NewBrowser();
        await nobody.GetAsync("/sandbox");
        Assert.Equal(HttpStatusCode.NotFound, nobody.Status);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Undo_brings_the_author_back_to_the_complaint_and_nobody_else_may(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = await Outbox.ComplaintAsync(house);
        var message = await Outbox.AcknowledgeAsync(house, id);
        using var lena = await house.SignInAsync("Lena");
        await lena.PostAsync($"/mail/{message}/undo", []);
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);

        using var sen = await house.SignInAsync("Sen");
        await sen.PostAsync($"/mail/{message}/undo", []);
        var complaint = await Outbox.ComplaintAsync(house, id);
        Assert.Equal($"/complaints/{complaint.Reference}?again={message}", sen.Path);
        Assert.Equal(State.Received, complaint.State);
        Assert.Contains("Too late", await sen.PostAsync($"/mail/{message}/undo", []));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_mail_server_is_set_with_a_password_that_is_never_shown(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var form = Form("mail.shop.example");
        Assert.Contains("Send a test", await ada.PostAsync("/settings/mail", form));
        Assert.DoesNotContain("s3cret", await ada.GetAsync("/settings/mail"));
        Assert.DoesNotContain(
            "s3cret",
            await house.WithAsync(db => db.Settings.Where(s => s.Name == "mail.smtp").Select(s => s.Value).SingleAsync())
        );

        form["Password"] = "";
        await ada.PostAsync("/settings/mail", form);
        Assert.Equal("s3cret word", await PasswordAsync(house));
        form["Host"] = "other.shop.example";
        await ada.PostAsync("/settings/mail", form);
        Assert.Null(await PasswordAsync(house)); // never told to another server

        form["SenderAddress"] = "nonsense";
        Assert.Contains("Give the address mail is sent from", await ada.PostAsync("/settings/mail", form));
        await ada.GetAsync("/sandbox");
        Assert.Equal(HttpStatusCode.NotFound, ada.Status);
        using var lena = await house.SignInAsync("Lena");
        await lena.GetAsync("/settings/mail");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
    }

    [Theory, OnSqlite]
    public async Task A_test_says_what_fails_and_sends_a_real_mail_when_nothing_does(string database)
    {
        const string Hello = "S: 220 mail.example ESMTP\nC: EHLO\nS: 250 mail.example\n";
        const string From = "C: MAIL FROM:<desk@shop.example>\nS: 250 ok\n";
        await using var probe = new ScriptedMailServer(Hello + From + "C: QUIT\nS: 221 bye\n");
        await using var house = await TestHouse.OpenAsync(
            database,
            "--Smtp:Host",
            "127.0.0.1",
            "--Smtp:Security",
            "None",
            "--Smtp:SenderAddress",
            "desk@shop.example"
        );
        using var ada = await house.SignInAsync("Ada");
        Assert.Contains("Fixed where the program is started.", await ada.GetAsync("/settings/mail"));
        var form = Form("elsewhere.example");
        form["Security"] = "None";
        form["Port"] = "1";
        await ada.PostAsync("/settings/mail", form);
        var failed = await ada.PostAsync("/settings/mail/test", new() { ["to"] = "ada@desk.example" });
        Assert.Contains("Nothing answers at 127.0.0.1 on port 1.", failed);

        form["Port"] = probe.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        form["UserName"] = "";
        form["ForgetPassword"] = "true";
        form["Password"] = "";
        await ada.PostAsync("/settings/mail", form);
        Assert.Contains("the test mail is on its way", await ada.PostAsync("/settings/mail/test", new() { ["to"] = "ada@desk.example" }));

        await using var server = new ScriptedMailServer(
            Hello
                + From
                + "C: RCPT TO:<ada@desk.example>\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 2.0.0 queued as 7\nC: QUIT\nS: 221 bye\n"
        );
        form["Port"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await ada.PostAsync("/settings/mail", form);
        Assert.Equal(1, await house.AskAsync((OutboxRun run) => run.RunAsync()));
        Assert.Contains("250 2.0.0 queued as 7", await ada.GetAsync("/settings/mail"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_template_is_edited_with_a_preview_refuses_unknown_fields_and_can_be_restored(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var template = await house.WithAsync(db =>
            db.Templates.AsNoTracking().SingleAsync(t => t.Purpose == MailPurpose.Receipt && t.Language == "en")
        );
        var url = $"/settings/templates/{template.Id}";
        Assert.Contains(template.Subject, await ada.GetAsync("/settings/templates"));
        Dictionary<string, string?> form = new()
        {
            ["Subject"] = "We heard you ({{reference}})",
            ["Body"] = "Dear {{custmer}}",
            ["Version"] = $"{template.Version}",
        };
        Assert.Contains("There is no field custmer.", await ada.PostAsync(url, form));
        form["Body"] = "Dear {{customer}},\n\nwe heard you.";
        Assert.Contains("Dear Grace Okafor", await ada.PostAsync(url, new(form) { ["preview"] = "true" }));
        Assert.Null(await ChangedAsync(house, template.Id));
        await ada.PostAsync(url, form);
        Assert.Equal(HttpStatusCode.OK, ada.Status);
        Assert.NotNull(await ChangedAsync(house, template.Id));
        Assert.Contains("Somebody changed this template", await ada.PostAsync(url, form));

        await ada.PostAsync(url + "/restore", new() { ["Version"] = $"{template.Version + 1}" });
        Assert.Equal(
            template.Body,
            await house.WithAsync(db => db.Templates.Where(t => t.Id == template.Id).Select(t => t.Body).SingleAsync())
        );
    }

    private static Task<DateTime?> ChangedAsync(TestHouse house, long id) =>
        house.WithAsync(db => db.Templates.Where(t => t.Id == id).Select(t => t.ChangedAt).SingleAsync());

    private static Task<string?> PasswordAsync(TestHouse house) =>
        house.AskAsync(async (MailDoor door) => door.Wire(await door.MergedAsync()).Password);

    private static Dictionary<string, string?> Form(string host) =>
        new()
        {
            ["Host"] = host,
            ["Port"] = "587",
            ["Security"] = "StartTls",
            ["UserName"] = "desk",
            ["Password"] = "s3cret word",
            ["SenderAddress"] = "desk@shop.example",
        };
}
