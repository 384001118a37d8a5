using System.Net;
using System.Net.Sockets;
using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

/// <summary>What an IMAP server may say and do, each as a transcript.</summary>
public sealed class ImapSourceTests
{
    private const string All = "IMAP4rev1 AUTH=PLAIN SASL-IR IDLE MOVE UIDPLUS";
    private const string Login = "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY " + All + "\\n% OK\nT: AUTHENTICATE PLAIN\nS: % OK in\n";
    private const string Select =
        "T: SELECT \"INBOX\"\nS: * FLAGS (\\Seen)\\n* 3 EXISTS\\n* OK [UIDVALIDITY 7] ok\\n* OK [UIDNEXT 100] ok\\n% OK [READ-WRITE] done\n";
    private const string Hello = Login + "T: CAPABILITY\nS: * CAPABILITY " + All + "\\n% OK\n" + Select;
    private const string Bye = "T: LOGOUT\nS: * BYE\\n% OK\n";

    [Fact]
    public async Task New_messages_come_byte_for_byte_oldest_first_whatever_the_server_tells_in_between()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                T: UID FETCH 5:* (UID)
                S: * 2 FETCH (UID 9)\n* 1 FETCH (UID 7)\n* 3 FETCH (UID 11)\n* OK [ALERT] Full soon\n% OK
                T: UID FETCH 7,9,11 (UID RFC822.SIZE)
                S: * 1 FETCH (UID 7 RFC822.SIZE 8)\n* 2 FETCH (UID 9 RFC822.SIZE 4)\n* 3 FETCH (RFC822.SIZE 3 UID 11)\n% OK
                T: UID FETCH 7 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[])
                S: * 3 EXPUNGE\n* 1 FETCH (FLAGS (\Seen) UID 7)\n* 1 FETCH (UID 7 INTERNALDATE " 3-Nov-2026 10:00:00 +0800" RFC822.SIZE 8 BODY[] {8}\na(b\nc ")\n* 4 EXISTS\n% OK
                T: UID FETCH 9 (UID
                S: * 1 FETCH (UID 7 BODY[] {4}\nXXXX)\n* 2 FETCH (BODY[] {4}\nab\n UID 9)\n% OK
                T: UID FETCH 11 (UID
                S: % OK gone
                T: UID FETCH 11 (UID)
                S: % OK

                """
                + Bye
        );

        var messages = await Read(server, 4);

        Assert.Null(server.Surprise);
        Assert.Equal(["a(b\r\nc \"", "ab\r\n"], messages.Select(m => Encoding.ASCII.GetString(m.Raw.Span)));
        Assert.Equal([7, 9], messages.Select(m => m.Uid));
        Assert.Equal(new DateTime(2026, 11, 3, 2, 0, 0, DateTimeKind.Utc), messages[0].Received);
        Assert.All(messages, m => Assert.False(m.TooLarge));
    }

    [Fact]
    public async Task The_last_message_which_always_answers_is_not_new_twice()
    {
        await using var server = new ScriptedMailServer(Hello + "T: UID FETCH 100:* (UID)\nS: * 3 FETCH (UID 99)\\n% OK\n" + Bye);
        Assert.Empty(await Read(server, 99));
        Assert.Null(server.Surprise);
    }

    [Fact]
    public async Task A_new_uidvalidity_is_told_so_that_reading_starts_again()
    {
        await using var first = new ScriptedMailServer(Hello + Bye);
        await using var source = Source(first);
        Assert.Equal(new SourceFolder(7, 3), await source.OpenAsync(default));

        await using var second = new ScriptedMailServer(
            (Hello + "T: UID FETCH 1:* (UID)\nS: * 1 FETCH (UID 1)\\n% OK\n").Replace(
                "UIDVALIDITY 7",
                "UIDVALIDITY 8",
                StringComparison.Ordinal
            )
                + "T: UID FETCH 1 (UID RFC822.SIZE)\nS: % OK\nT: UID FETCH 1 (UID\nS: * 1 FETCH (UID 1 BODY[] \"x\")\\n% OK\n"
                + Bye
        );
        await using var again = Source(second);
        var folder = await again.OpenAsync(default);
        Assert.Equal(8, folder.UidValidity);
        Assert.Equal(1, Assert.Single(await Read(again, 0)).Uid);
    }

    [Fact]
    public async Task A_connection_that_dies_within_a_message_gives_the_whole_ones_before_and_a_failure()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                T: UID FETCH 1:* (UID)
                S: * 1 FETCH (UID 1)\n* 2 FETCH (UID 2)\n% OK
                T: UID FETCH 1:2 (UID RFC822.SIZE)
                S: % NO not today
                T: UID FETCH 1 (
                S: * 1 FETCH (UID 1 BODY[] {3}\none)\n% OK
                T: UID FETCH 2 (
                W: * 2 FETCH (UID 2 BODY[] {3000}\nonly the begin
                DROP
                """
        );
        var seen = new List<long>();
        await using var source = Source(server);
        await source.OpenAsync(default);

        var failure = await Assert.ThrowsAsync<MailSourceFailure>(async () =>
        {
            await foreach (var m in source.NewAsync(0, default))
            {
                seen.Add(m.Uid);
            }
        });

        Assert.Equal([1], seen);
        Assert.Contains("broke off the connection", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_the_limit_comes_with_its_headers_only()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                T: UID FETCH 1:* (UID)
                S: * 1 FETCH (UID 1)\n* 2 FETCH (UID 2)\n% OK
                T: UID FETCH 1:2 (UID RFC822.SIZE)
                S: * 1 FETCH (UID 1 RFC822.SIZE 41943041)\n* 2 FETCH (UID 2 RFC822.SIZE 5)\n% OK
                T: UID FETCH 1 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]<0.262144>)
                S: * 1 FETCH (UID 1 RFC822.SIZE 41943041 BODY[HEADER]<0> {14}\nSubject: big\n)\n% OK
                T: UID FETCH 2 (
                S: * 2 FETCH (UID 2 BODY[] "Hello")\n% OK

                """
                + Bye
        );

        var messages = await Read(server, 0);

        Assert.Null(server.Surprise);
        Assert.True(messages[0].TooLarge);
        Assert.Equal(41943041, messages[0].Bytes);
        Assert.Equal("Subject: big\r\n", Encoding.ASCII.GetString(messages[0].Raw.Span));
        Assert.Contains("no more than 40.0 MB", messages[0].Why!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, messages[1].Uid);
    }

    [Fact]
    public async Task A_size_that_was_a_lie_is_noticed_and_one_beyond_all_reason_ends_the_conversation()
    {
        const string Asked =
            "T: UID FETCH 1:* (UID)\nS: * 1 FETCH (UID 1)\\n% OK\nT: UID FETCH 1 (UID RFC822.SIZE)\nS: * 1 FETCH (UID 1 RFC822.SIZE 5)\\n% OK\nT: UID FETCH 1 (\n";
        await using var larger = new ScriptedMailServer(
            Hello
                + Asked
                + $"S: * 1 FETCH (UID 1 BODY[] {{5000}}\\n{new string('x', 5000)})\\n% OK\n"
                + "T: UID FETCH 1 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]\nS: * 1 FETCH (UID 1 RFC822.SIZE 5 BODY[HEADER] \"h\")\\n% OK\n"
                + Bye
        );
        await using var source = Source(larger, s => s with { LargestMessage = 1000 });
        await source.OpenAsync(default);
        Assert.True(Assert.Single(await Read(source, 0)).TooLarge);

        await using var absurd = new ScriptedMailServer(Hello + Asked + "W: * 1 FETCH (UID 1 BODY[] {4294967296}\\nxxx\nHANG");
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(absurd, 0));
        Assert.Contains("does not speak like a mail server", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_the_server_cannot_hand_over_does_not_stop_those_behind_it()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                T: UID FETCH 1:* (UID)
                S: * 1 FETCH (UID 1)\n* 2 FETCH (UID 2)\n% OK
                T: UID FETCH 1:2 (UID RFC822.SIZE)
                S: % OK
                T: UID FETCH 1 (
                S: % NO The message is damaged
                T: UID FETCH 1 (UID)
                S: * 1 FETCH (UID 1)\n% OK
                T: UID FETCH 1 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]
                S: * 1 FETCH (UID 1 RFC822.SIZE 77 BODY[HEADER]<0> "Subject: x")\n% OK
                T: UID FETCH 2 (
                S: * 2 FETCH (UID 2 BODY[] "Hello")\n% OK

                """
                + Bye
        );

        var messages = await Read(server, 0);

        Assert.Equal([1, 2], messages.Select(m => m.Uid));
        Assert.Contains("The message is damaged", messages[0].Why!.ToString(), StringComparison.Ordinal);
        Assert.Null(messages[1].Why);
    }

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

    [Theory]
    [InlineData("((((((((((((((((((((((((((((((((x))))))))))))))))))))))))))))))))")]
    [InlineData("(UID 1 FLAGS (")]
    [InlineData("(UID 1")]
    [InlineData("(UID 1))")]
    [InlineData("(UID \"1)")]
    [InlineData("(UID {x})")]
    [InlineData("(UID {-1}")]
    [InlineData("(UID {99999999999999999999}")]
    [InlineData("(UID {5} x)")]
    [InlineData("UID  1")]
    public async Task Hostile_data_ends_the_conversation(string data)
    {
        await using var server = new ScriptedMailServer(Hello + $"T: UID FETCH 1:* (UID)\nS: * 1 FETCH {data}\\n% OK\nHANG");
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0));
        Assert.Contains("does not speak like a mail server", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S: * OK ", 3_000_000)]
    [InlineData("S: * 1 FETCH (UID 1 FLAGS (", 3_000_000)]
    [InlineData("S: * LIST () {60000}\\n", 300)]
    public async Task An_answer_without_end_does_not_fill_the_memory(string start, int length)
    {
        var endless =
            length > 1000
                ? start + new string('x', length)
                : string.Concat(Enumerable.Repeat(start[3..] + new string('x', 60_000), length));
        await using var server = new ScriptedMailServer(
            Hello + "T: UID FETCH 1:* (UID)\nW: " + endless.Replace("S: ", "", StringComparison.Ordinal) + "\nHANG"
        );
        await Assert.ThrowsAsync<MailSourceFailure>(() => Read(server, 0));
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
        Assert.DoesNotContain(password, failure.Why.ToString() + Settings(1) with { Password = password }, StringComparison.Ordinal);
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
        var settings = Settings(((IPEndPoint)listener.LocalEndpoint).Port) with { Host = own.ToString() };

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
        await using var closed = new ImapSource(Settings(port), TimeProvider.System);
        await using var nameless = new ImapSource(Settings(port) with { Host = "no-such-host.invalid" }, TimeProvider.System);

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
    public async Task Done_marks_and_moves_with_move_and_without()
    {
        const string There = "T: STATUS \"Done \\\"1\\\"\"\nS: * STATUS x (UIDVALIDITY 1)\\n% OK\n";
        await using var modern = new ScriptedMailServer(
            Hello.Replace("T: SELECT", There + "T: SELECT", StringComparison.Ordinal)
                + "T: UID STORE 3:5,9 +FLAGS.SILENT (\\Seen)\nS: % OK\nT: UID MOVE 3:5,9 \"Done \\\"1\\\"\"\nS: * OK [COPYUID 1 3 4] x\\n* 1 EXPUNGE\\n% OK\n"
                + Bye
        );
        await using (var source = Source(modern, s => s with { MoveTo = "Done \"1\"" }))
        {
            await source.OpenAsync(default);
            await source.DoneAsync([9, 4, 5, 3, 4], default);
        }

        Assert.Null(modern.Surprise);

        await using var old = new ScriptedMailServer(
            Hello.Replace(" MOVE", "", StringComparison.Ordinal).Replace("T: SELECT", There + "T: SELECT", StringComparison.Ordinal)
                + """
                T: UID STORE 3:4 +FLAGS.SILENT (\Seen)
                S: % OK
                T: UID FETCH 3:4 (UID FLAGS)
                S: * 1 FETCH (UID 3 FLAGS (\Seen))\n* 2 FETCH (FLAGS (\Seen \Deleted) UID 4)\n% OK
                T: UID COPY 3 "Done \"1\""
                S: % OK
                T: UID STORE 3 +FLAGS.SILENT (\Deleted)
                S: % OK
                T: UID EXPUNGE 3:4
                S: * 2 EXPUNGE\n* 1 EXPUNGE\n% OK

                """
                + Bye
        );
        await using (var source = Source(old, s => s with { MoveTo = "Done \"1\"" }))
        {
            await source.OpenAsync(default);
            await source.DoneAsync([3, 4], default);
        }

        Assert.Null(old.Surprise);
    }

    [Fact]
    public async Task Waiting_ends_with_news_and_is_renewed_and_a_server_without_idle_is_asked()
    {
        await using var idle = new ScriptedMailServer(
            Hello + "T: IDLE\nS: + idling\\n* OK Still here\\n* 2 EXPUNGE\\n* 2 EXISTS\\n* 3 EXISTS\nC: DONE\nS: % OK\n" + Bye
        );
        Assert.True(await Waited(idle, TimeSpan.FromMinutes(5)) < TimeSpan.FromSeconds(20));
        Assert.Null(idle.Surprise);

        await using var quiet = new ScriptedMailServer(Hello + "T: IDLE\nS: + idling\nC: DONE\nS: % OK\n" + Bye);
        Assert.True(await Waited(quiet, TimeSpan.FromMilliseconds(300)) < TimeSpan.FromSeconds(20));
        Assert.Null(quiet.Surprise);

        await using var unwilling = new ScriptedMailServer(
            Hello + "T: IDLE\nS: % NO not now\nT: NOOP\nS: % OK\nT: NOOP\nS: * 4 EXISTS\\n% OK\n" + Bye
        );
        Assert.True(await Waited(unwilling, TimeSpan.FromMinutes(5)) < TimeSpan.FromSeconds(20));
        Assert.Null(unwilling.Surprise);

        await using var old = new ScriptedMailServer(
            Hello.Replace(" IDLE", "", StringComparison.Ordinal) + "T: NOOP\nS: % OK\nT: NOOP\nS: * 4 EXISTS\\n% OK\n" + Bye
        );
        Assert.True(await Waited(old, TimeSpan.FromMinutes(5)) < TimeSpan.FromSeconds(20));
        Assert.Null(old.Surprise);
    }

    [Theory]
    [InlineData("INBOX", "INBOX")]
    [InlineData("投诉/已处理", "&YpWLyQ-/&XfJZBHQG-")]
    [InlineData("A & B", "A &- B")]
    [InlineData("Entwürfe", "Entw&APw-rfe")]
    [InlineData("😀", "&2D3eAA-")]
    [InlineData("a\r\nC1 LOGOUT", "a&AA0ACg-C1 LOGOUT")]
    public void Folder_names_travel_in_their_own_alphabet(string name, string travelling)
    {
        Assert.Equal(travelling, FolderName.Encode(name));
        Assert.Equal(name, FolderName.Decode(travelling));
    }

    [Theory]
    [InlineData("&", "&")]
    [InlineData("&!!!-x", "&!!!-x")]
    [InlineData("R&D-x", "R&D-x")]
    public void A_badly_written_folder_name_stays_as_it_is(string travelling, string name) =>
        Assert.Equal(name, FolderName.Decode(travelling));

    [Fact]
    public void Many_numbers_become_short_sets()
    {
        var sets = UidSet.Of(Enumerable.Range(1, 5000).Select(i => i * 2L).Append(7).Append(uint.MaxValue)).ToList();
        Assert.All(sets, s => Assert.InRange(s.Length, 1, 1000));
        Assert.StartsWith("2,4,6:8,10,", sets[0], StringComparison.Ordinal);
        Assert.Equal("1:50000", Assert.Single(UidSet.Of(Enumerable.Range(1, 50_000).Select(i => (long)i))));
    }

    private static async Task<TimeSpan> Waited(ScriptedMailServer server, TimeSpan longest)
    {
        await using var source = Source(server, s => s with { AskEvery = TimeSpan.FromMilliseconds(50) });
        await source.OpenAsync(default);
        var began = TimeProvider.System.GetTimestamp();
        await source.WaitAsync(longest, default);
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static async Task<List<SourceMessage>> Read(ScriptedMailServer server, long after, Func<ImapSettings, ImapSettings>? but = null)
    {
        await using var source = Source(server, but);
        await source.OpenAsync(default);
        return await Read(source, after);
    }

    private static async Task<List<SourceMessage>> Read(ImapSource source, long after)
    {
        var messages = new List<SourceMessage>();
        await foreach (var message in source.NewAsync(after, default))
        {
            messages.Add(message);
        }

        return messages;
    }

    private static ImapSource Source(ScriptedMailServer server, Func<ImapSettings, ImapSettings>? but = null) =>
        new((but ?? (s => s))(Settings(server.Port)), TimeProvider.System);

    private static ImapSettings Settings(int port) =>
        new()
        {
            Host = "127.0.0.1",
            Port = port,
            Security = ImapSecurity.None,
            UserName = "desk",
            Password = "geheim",
            Timeout = TimeSpan.FromSeconds(2),
        };
}
