using System.Net;
using System.Net.Sockets;
using Complaints.Mail.Wire;
using static Complaints.Tests.Mail.Wire.ImapScripts;

namespace Complaints.Tests.Mail.Wire;

/// <summary>What can go wrong before a folder is open, each as a transcript.</summary>
public sealed class ImapDoorTests
{
    [Theory]
    [InlineData("* BYE Too many connections", "turned us away: Too many connections")]
    [InlineData("220 smtp.example ESMTP", "does not speak like a mail server")]
    [InlineData("HTTP/1.1 400 Bad Request", "does not speak like a mail server")]
    [InlineData("* OK hi\nT: CAPABILITY\nS: * BYE Going down {99}", "ended the connection: Going down {99}")]
    [InlineData("* OK hi\nT: CAPABILITY\nS: C99 OK of another command", "does not speak like a mail server")]
    [InlineData("* OK hi\nT: CAPABILITY\nDROP", "broke off the connection")]
    [InlineData("* OK hi\nT: CAPABILITY\nHANG", "did not answer on port")]
    [InlineData("* OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=GSSAPI LOGINDISABLED\\n% OK\nHANG", "ways of signing in: GSSAPI")]
    [InlineData("* OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 LOGINDISABLED\\n% OK\nHANG", "lets nobody sign in over an unprotected")]
    public async Task Whatever_the_server_does_at_the_door_is_said(string script, string expected)
    {
        await using var server = new ScriptedMailServer("S: " + script);
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0));
        Assert.Contains(expected, failure.Why.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, h => h.StartsWith("LOGIN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Starttls_is_refused_when_anything_was_said_before_it()
    {
        await using var server = new ScriptedMailServer(
            "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS\\n% OK\nT: STARTTLS\nS: % OK go\\n* CAPABILITY AUTH=PLAIN\nHANG"
        );
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0, s => s with { Security = ImapSecurity.StartTls }));
        Assert.Contains("spoke before the connection was protected", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\\n% OK\nHANG", "does not offer STARTTLS")]
    [InlineData("S: * PREAUTH hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS\\n% OK\nHANG", "does not offer STARTTLS")]
    [InlineData(
        "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS\\n% OK\nT: STARTTLS\nS: % NO no key\nHANG",
        "refused to protect the connection: no key"
    )]
    public async Task Starttls_never_falls_back(string script, string expected)
    {
        await using var server = new ScriptedMailServer(script);
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0, s => s with { Security = ImapSecurity.StartTls }));
        Assert.Contains(expected, failure.Why.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, h => h.StartsWith("AUTHENTICATE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AUTH=PLAIN SASL-IR", "T: AUTHENTICATE PLAIN AGRlc2sAZ2VoZWlt\n", "geheim")]
    [InlineData("AUTH=PLAIN", "T: AUTHENTICATE PLAIN\nS: +\nC: AGRlc2sAZ2VoZWlt\n", "geheim")]
    [InlineData("", "T: LOGIN \"desk\" \"ge\\\"h\\\\eim\"\n", "ge\"h\\eim")]
    [InlineData("", "T: LOGIN {4}\nS: + go\nC: desk {6}\nS: + go\nC: 密码\n", "密码")]
    public async Task Every_way_of_signing_in_works_and_a_refusal_says_why_without_the_password(
        string offers,
        string script,
        string password
    )
    {
        var start = $"S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 {offers}\\n% OK\n" + script;
        var rest = "T: CAPABILITY\nS: * CAPABILITY IMAP4rev1 ID\\n% OK\nT: ID (\"name\"\nS: * ID NIL\\n% OK\n" + Select + Bye;
        await using var good = new ScriptedMailServer(start + "S: % OK in\n" + rest);
        await using (var source = Source(good, s => s with { Password = password }))
        {
            await source.OpenAsync(default);
        }

        Assert.Null(good.Surprise);

        await using var bad = new ScriptedMailServer(
            start + $"S: % NO [AUTHENTICATIONFAILED] I do not know {password} or AGRlc2sAZ2VoZWlt\nHANG"
        );
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(bad, 0, s => s with { Password = password }));
        Assert.Contains(
            "does not accept this user name and password: [AUTHENTICATIONFAILED] I do not know •••",
            failure.Why.ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(password, failure.Why.ToString() + Mailbox(1) with { Password = password }, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_answered_as_the_server_expects_and_never_shown()
    {
        var reason = Convert.ToBase64String("""{"status":"400","schemes":"Bearer"}"""u8);
        const string Start = "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=XOAUTH2 AUTH=PLAIN SASL-IR\\n% OK\n";
        var sent = Convert.ToBase64String("user=desk\u0001auth=Bearer t0ken\u0001\u0001"u8);
        await using var bad = new ScriptedMailServer(
            Start + $"T: AUTHENTICATE XOAUTH2 {sent}\nS: + {reason}\nC: \nS: % NO invalid t0ken\nHANG"
        );
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(bad, 0, Token));
        Assert.Contains("does not accept the access token for desk: invalid ••• (400).", failure.Why.ToString(), StringComparison.Ordinal);
        Assert.Null(bad.Surprise);

        await using var good = new ScriptedMailServer(
            Start.Replace(" SASL-IR", "", StringComparison.Ordinal)
                + $"T: AUTHENTICATE XOAUTH2\nS: +\nC: {sent}\nS: % OK in\nT: CAPABILITY\nS: * CAPABILITY {All}\\n% OK\n"
                + Select
                + Bye
        );
        await using var source = Source(good, Token);
        await source.OpenAsync(default);
        Assert.Null(good.Surprise);

        static ImapSettings Token(ImapSettings s) => s with { AccessToken = _ => Task.FromResult("t0ken") };
    }

    [OtherAddressFact]
    public async Task A_password_never_travels_unprotected_to_another_machine()
    {
        var own = OtherAddressFactAttribute.Find()!;
        using var listener = new TcpListener(own, 0);
        listener.Start();
        var heard = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            await stream.WriteAsync("* OK hi\r\n"u8.ToArray());
            await stream.WriteAsync("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nC1 OK\r\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        });
        var settings = Mailbox(((IPEndPoint)listener.LocalEndpoint).Port) with { Host = own.ToString() };

        await using (var source = new ImapSource(settings, TimeProvider.System))
        {
            var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => source.OpenAsync(default));
            Assert.Contains("not sent to", failure.Why.ToString(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("AUTHENTICATE", await heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_connections_and_unknown_names_say_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var closed = new ImapSource(Mailbox(port), TimeProvider.System);
        await using var nameless = new ImapSource(Mailbox(port) with { Host = "no-such-host.invalid" }, TimeProvider.System);

        Assert.StartsWith(
            "Nothing answers at 127.0.0.1 on port",
            (await Assert.ThrowsAsync<MailSourceFailure>(() => closed.OpenAsync(default))).Why.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no-such-host.invalid",
            (await Assert.ThrowsAsync<MailSourceFailure>(() => nameless.OpenAsync(default))).Why.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_folder_is_named_with_those_that_exist()
    {
        const string Names =
            "T: LIST \"\" \"*\"\nS: * LIST (\\HasNoChildren) \"/\" INBOX\\n* LIST (\\Noselect) \"/\" \"[Gmail]\"\\n* LIST () \"/\" {8}\\nArchive2\\n* LIST () \"/\" \"&ZeVnLIqe-\"\\n% OK\n";
        await using var server = new ScriptedMailServer(
            Login + "T: CAPABILITY\nS: * CAPABILITY IMAP4rev1\\n% OK\nT: SELECT \"&YpWLyQ-\"\nS: % NO [NONEXISTENT] no such\n" + Names + Bye
        );
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0, s => s with { Folder = "投诉" }));
        Assert.Contains("These are there: Archive2, INBOX, 日本語.", failure.Why.ToString(), StringComparison.Ordinal);

        await using var moved = new ScriptedMailServer(
            Login + "T: CAPABILITY\nS: * CAPABILITY IMAP4rev1\\n% OK\nT: STATUS \"Done\" (UIDVALIDITY)\nS: % NO no such\n" + Names + Bye
        );
        failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(moved, 0, s => s with { MoveTo = "Done" }));
        Assert.Contains("no folder “Done”", failure.Why.ToString(), StringComparison.Ordinal);

        await using var self = new ScriptedMailServer(Login + "T: CAPABILITY\nS: * CAPABILITY IMAP4rev1\\n% OK\n" + Bye);
        failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(self, 0, s => s with { MoveTo = "inbox" }));
        Assert.Contains("the folder they are read from", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[READ-ONLY] look", "[UIDVALIDITY 7] ok", "may only look at the folder “INBOX”")]
    [InlineData("[READ-WRITE] ok", "nothing", "no lasting numbers")]
    public async Task A_folder_that_cannot_be_worked_with_says_so(string answer, string news, string expected)
    {
        await using var server = new ScriptedMailServer(
            Login + $"T: CAPABILITY\nS: * CAPABILITY IMAP4rev1\\n% OK\nT: SELECT\nS: * 3 EXISTS\\n* OK {news}\\n% OK {answer}\n" + Bye
        );
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0));
        Assert.Contains(expected, failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_run_out_says_when()
    {
        using var certificate = ScriptedMailServer.SelfSigned("127.0.0.1", until: 2021);
        await using var server = new ScriptedMailServer("TLS\nHANG", certificate);
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() =>
            Read(server, 0, s => s with { Security = ImapSecurity.ImplicitTls })
        );
        Assert.Contains("ran out on 2021-01-01", failure.Why.ToString(), StringComparison.Ordinal);
    }
}
