using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Tests.World;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Tests.Mail;

/// <summary>The doors mail comes in by, through the pages and programs that use them.</summary>
public sealed partial class MailboxTests(Dovecot dovecot) : IClassFixture<Dovecot>, IDisposable
{
    private readonly string _maildir = Directory.CreateTempSubdirectory("complaints-maildir-").FullName;

    [Theory, OnSqlite, OnPostgres]
    public async Task What_a_mail_server_hands_in_is_stored_once_and_logged_at_the_mailboxes_unit(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var id = await AddAsync(house, ada, MailboxKind.Http, []);
        var page = await ada.PostAsync($"/settings/mailboxes/{id}/token", [], $"/settings/mailboxes/{id}");
        var token = Token().Match(page).Groups[1].Value;
        Assert.DoesNotContain(token, await ada.GetAsync($"/settings/mailboxes/{id}"));

        Assert.Equal(HttpStatusCode.OK, await HandInAsync(house, token, Mail("one")));
        Assert.Equal(HttpStatusCode.OK, await HandInAsync(house, token, Mail("one"))); // the sender did not hear us
        Assert.Equal(HttpStatusCode.Unauthorized, await HandInAsync(house, token + "0", Mail("two")));
        Assert.Equal(HttpStatusCode.Unauthorized, await HandInAsync(house, "", Mail("two")));
        Assert.Equal(HttpStatusCode.Unauthorized, await HandInAsync(house, token, Mail("two"), "another"));
        Assert.Equal(HttpStatusCode.BadRequest, await HandInAsync(house, token, ""));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        var complaint = await house.WithAsync(db => db.Complaints.Include(c => c.Unit).Include(c => c.Customer).SingleAsync());
        Assert.Equal(("North", "Nora Berg", "The lift one"), (complaint.Unit.Name, complaint.Customer.Name, complaint.Summary));

        await ada.PostAsync($"/settings/mailboxes/{id}/pause", new() { ["paused"] = "true" }, "/settings/mailboxes");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HandInAsync(house, token, Mail("two")));
        await ada.PostAsync($"/settings/mailboxes/{id}/pause", new() { ["paused"] = "false" }, "/settings/mailboxes");
        Assert.Equal(HttpStatusCode.OK, await HandInAsync(house, token, Mail("two")));
        Assert.Equal(2, await house.WithAsync(db => db.InMessages.CountAsync()));
        await ada.PostAsync($"/settings/mailboxes/{id}/token", [], $"/settings/mailboxes/{id}");
        Assert.Equal(HttpStatusCode.Unauthorized, await HandInAsync(house, token, Mail("three"))); // the old one ended
        await ada.PostAsync($"/settings/mailboxes/{id}/removal", [], $"/settings/mailboxes/{id}");
        Assert.Contains("No mailbox is read yet.", await ada.GetAsync("/settings/mailboxes"));
        Assert.Equal(2, await house.WithAsync(db => db.InMessages.CountAsync()));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_maildir_is_emptied_and_being_stopped_in_between_doubles_nothing(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var id = await AddAsync(house, ada, MailboxKind.Maildir, new() { ["Folder"] = Path.Combine(_maildir, "box") });
        Assert.Null(await LookAsync(house, id));
        Assert.Contains("There is no folder", await ada.GetAsync("/settings/mailboxes"));

        foreach (var folder in (string[])["new", "cur", "tmp"])
        {
            Directory.CreateDirectory(Path.Combine(_maildir, "box", folder));
        }

        Assert.Contains("It works", await ada.PostAsync($"/settings/mailboxes/{id}/test", [], $"/settings/mailboxes/{id}"));
        await Deliver("1.one", Mail("one"));
        await Deliver("2.two", Mail("two"));
        Assert.Equal(2, await LookAsync(house, id));
        Assert.Empty(Directory.GetFiles(Path.Combine(_maildir, "box", "new")));
        Assert.Equal(["1.one:2,S", "2.two:2,S"], Directory.GetFiles(Path.Combine(_maildir, "box", "cur")).Select(Path.GetFileName).Order());

        // Killed after storing and before moving: the file lies there again, and the store knows it.
        File.Move(Path.Combine(_maildir, "box", "cur", "1.one:2,S"), Path.Combine(_maildir, "box", "new", "1.one"));
        Assert.Equal(1, await LookAsync(house, id));
        Assert.Equal(2, await house.WithAsync(db => db.InMessages.CountAsync()));
        await house.AskAsync((InboundRun run) => run.RunAsync());
        Assert.Equal(2, await house.WithAsync(db => db.Complaints.CountAsync()));
        Assert.DoesNotContain("There is no folder", await ada.GetAsync("/settings/mailboxes"));
    }

    [OnDovecot]
    public async Task A_real_mailbox_is_read_moved_and_read_on_after_the_server_was_killed()
    {
        await using var house = await TestHouse.OpenAsync("sqlite");
        using var ada = await house.SignInAsync("Ada");
        dovecot.Deliver("desk", Mail("one").ReplaceLineEndings("\n"));
        dovecot.MakeFolder("desk", "Done");
        var form = new Dictionary<string, string?>
        {
            ["Host"] = "127.0.0.1",
            ["Port"] = $"{dovecot.Port}",
            ["Security"] = nameof(ImapSecurity.None),
            ["UserName"] = "desk",
            ["Password"] = "wrong",
            ["Folder"] = "INBOX",
            ["MoveTo"] = "Done",
        };
        var id = await AddAsync(house, ada, MailboxKind.Imap, form);
        var page = await ada.PostAsync($"/settings/mailboxes/{id}/test", [], $"/settings/mailboxes/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, ada.Status);
        Assert.DoesNotContain("wrong\"", page);
        Assert.Null(await LookAsync(house, id));
        Assert.NotNull((await BoxAsync(house, id)).Trouble);

        form["Password"] = Dovecot.Password;
        await ada.PostAsync($"/settings/mailboxes/{id}", Whole(form), $"/settings/mailboxes/{id}");
        Assert.Contains("holds 1 message", await ada.PostAsync($"/settings/mailboxes/{id}/test", [], $"/settings/mailboxes/{id}"));
        Assert.Equal(1, await LookAsync(house, id));
        Assert.Single(dovecot.Seen("desk", "Done"));
        Assert.Equal(0, await LookAsync(house, id));

        dovecot.Kill();
        Assert.Null(await LookAsync(house, id));
        var failed = await BoxAsync(house, id);
        Assert.True(failed.NotBefore > house.Now);
        Assert.Empty(await house.AskAsync((MailboxRun run) => run.DueAsync(CancellationToken.None)));
        await dovecot.StartAsync();
        dovecot.Deliver("desk", Mail("two").ReplaceLineEndings("\n"));
        house.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal([id], await house.AskAsync((MailboxRun run) => run.DueAsync(CancellationToken.None)));
        Assert.Equal(1, await LookAsync(house, id));
        Assert.Null((await BoxAsync(house, id)).Trouble);
        await house.AskAsync((InboundRun run) => run.RunAsync());
        Assert.Equal(
            ["The lift one", "The lift two"],
            await house.WithAsync(db => db.Complaints.OrderBy(c => c.Id).Select(c => c.Summary).ToListAsync())
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_node_reads_a_mailbox_at_a_time_and_another_takes_over_when_it_died(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var ada = await house.SignInAsync("Ada");
        var id = await AddAsync(house, ada, MailboxKind.Maildir, new() { ["Folder"] = _maildir });
        Directory.CreateDirectory(Path.Combine(_maildir, "new"));
        Directory.CreateDirectory(Path.Combine(_maildir, "cur"));
        var until = house.Now.AddMinutes(3);
        await house.WithAsync(db =>
            db.Mailboxes.ExecuteUpdateAsync(s => s.SetProperty(m => m.LeaseBy, "another node").SetProperty(m => m.LeaseUntil, until))
        );
        Assert.Null(await LookAsync(house, id));
        Assert.Empty(await house.AskAsync((MailboxRun run) => run.DueAsync(CancellationToken.None)));
        house.Clock.Pass(TimeSpan.FromMinutes(4));
        Assert.Equal(0, await LookAsync(house, id));
    }

    [Theory, OnSqlite]
    public async Task Only_administrators_see_mailboxes_and_bad_input_is_said_in_a_sentence(string database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        using var lena = await house.SignInAsync("Lena");
        await lena.GetAsync("/settings/mailboxes");
        Assert.Equal(HttpStatusCode.NotFound, lena.Status);
        using var ada = await house.SignInAsync("Ada");
        var form = Whole(
            new()
            {
                ["Name"] = "Not A Name",
                ["Kind"] = "Imap",
                ["UnitId"] = "1",
            }
        );
        var page = await ada.PostAsync("/settings/mailboxes", form, "/settings/mailboxes/new");
        Assert.Contains("Give a short name of lower-case letters", page);
        Assert.Contains("Not A Name", page); // what was typed stays
        form["Name"] = "north";
        Assert.Contains("Name the mail server", await ada.PostAsync("/settings/mailboxes", form, "/settings/mailboxes/new"));
        (form["Host"], form["TokenUrl"]) = ("imap.customer.example", "http://elsewhere.example/token");
        Assert.Contains("must begin with https", await ada.PostAsync("/settings/mailboxes", form, "/settings/mailboxes/new"));
        (form["Kind"], form["Folder"]) = ("Maildir", "relative/path");
        Assert.Contains("Give the whole path", await ada.PostAsync("/settings/mailboxes", form, "/settings/mailboxes/new?kind=Maildir"));
        Assert.Equal(0, await house.WithAsync(db => db.Mailboxes.CountAsync()));
    }

    public void Dispose() => Directory.Delete(_maildir, recursive: true);

    private static async Task<long> AddAsync(TestHouse house, Browser ada, MailboxKind kind, Dictionary<string, string?> more)
    {
        var north = await house.WithAsync(db =>
            db.Set<Complaints.Staff.Unit>().Where(u => u.Name == "North").Select(u => u.Id).SingleAsync()
        );
        (more["Name"], more["Kind"], more["UnitId"]) = ("desk", $"{kind}", $"{north}");
        await ada.PostAsync("/settings/mailboxes", Whole(more), $"/settings/mailboxes/new?kind={kind}");
        return await house.WithAsync(db => db.Mailboxes.Select(m => m.Id).SingleAsync());
    }

    private static Dictionary<string, string?> Whole(Dictionary<string, string?> form)
    {
        form.TryAdd("Address", "complaints@desk.example");
        return form;
    }

    private static Task<int?> LookAsync(TestHouse house, long id) => house.AskAsync((MailboxRun run) => run.LookAsync(id));

    private static Task<Mailbox> BoxAsync(TestHouse house, long id) =>
        house.WithAsync(db => db.Mailboxes.AsNoTracking().SingleAsync(m => m.Id == id));

    private Task Deliver(string name, string mail) => File.WriteAllTextAsync(Path.Combine(_maildir, "box", "new", name), mail);

    private static async Task<HttpStatusCode> HandInAsync(TestHouse house, string token, string mail, string mailbox = "desk")
    {
        using var http = new HttpClient { BaseAddress = house.Address };
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(mail));
        body.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var answer = await http.PostAsync("/mail/inbound/" + mailbox, body);
        return answer.StatusCode;
    }

    private static string Mail(string about) =>
        string.Join(
            "\r\n",
            "From: Nora Berg <nora@home.example>",
            "To: complaints@desk.example",
            $"Subject: The lift {about}",
            $"Message-ID: <{about}@home.example>",
            "Date: Mon, 02 Mar 2026 10:00:00 +0000",
            "",
            "It stood still for three days.",
            ""
        );

    [GeneratedRegex("<code>([0-9a-f]{48})</code>", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
