using System.Net;
using System.Net.Sockets;
using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

public sealed class SmtpTransportTests
{
    private const string Hello =
        "S: 220 mail.example ESMTP\nC: EHLO\nS: 250-mail.example greets you\\n250-SIZE 2000000\\n250-8BITMIME\\n250-SMTPUTF8\\n250 PIPELINING\n";
    private const string Letter =
        "C: MAIL FROM:<desk@shop.example>\nS: 250 ok\nC: RCPT TO:<anna@home.example>\nS: 250 ok\nC: DATA\nS: 354 go on\nBODY\n";
    private const string Bye = "C: QUIT\nS: 221 bye\n";
    private static readonly byte[] _message = Encoding.ASCII.GetBytes("Subject: x\r\n\r\nHello\r\n");
    private static readonly string[] _anna = ["anna@home.example"];

    [Fact]
    public async Task A_mail_is_handed_over_with_its_dots_doubled_and_its_line_ends_whole()
    {
        await using var server = new ScriptedMailServer(Hello + Letter + "S: 250 2.0.0 queued as 42\n" + Bye);
        var bytes = Encoding.ASCII.GetBytes("Subject: x\n\n.one\r\n..two\rthree\n.\nMAIL FROM:<evil@x.example>");

        var outcome = Assert.Single(await Send(server, bytes));

        Assert.Equal(DeliveryResult.Accepted, outcome.Result);
        Assert.Equal("250 2.0.0 queued as 42", outcome.Reply);
        Assert.Equal(
            "Subject: x\r\n\r\n..one\r\n...two\r\nthree\r\n..\r\nMAIL FROM:<evil@x.example>\r\n.\r\n",
            Encoding.ASCII.GetString(server.Body)
        );
        Assert.Null(server.Surprise);
    }

    [Fact]
    public async Task A_large_mail_arrives_byte_for_byte()
    {
        await using var server = new ScriptedMailServer(Hello + Letter + "S: 250 ok\n" + Bye);
        var text = "Subject: x\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('a', 70) + "\r\n", 20_000));

        Assert.Equal(DeliveryResult.Accepted, Assert.Single(await Send(server, Encoding.ASCII.GetBytes(text))).Result);
        Assert.Equal(text + ".\r\n", Encoding.ASCII.GetString(server.Body));
    }

    [Fact]
    public async Task Each_recipient_has_an_outcome_of_its_own()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + """
                C: MAIL FROM:<desk@shop.example>
                S: 250 ok
                C: RCPT TO:<anna@home.example>
                S: 250 ok
                C: RCPT TO:<nobody@home.example>
                S: 550 5.1.1 no such user
                C: RCPT TO:<later@home.example>
                S: 450-4.2.1 greylisted\n450 come back
                C: RCPT TO:<many@home.example>
                S: 552 too many recipients
                C: DATA
                S: 354 go
                BODY
                S: 250 ok

                """
                + Bye
        );

        var outcomes = await Transport(server)
            .SendAsync(
                "desk@shop.example",
                ["anna@home.example", "nobody@home.example", "not an address", "later@home.example", "many@home.example"],
                _message,
                default
            );

        Assert.Equal(
            [
                DeliveryResult.Accepted,
                DeliveryResult.PermanentFailure,
                DeliveryResult.PermanentFailure,
                DeliveryResult.TemporaryFailure,
                DeliveryResult.TemporaryFailure,
            ],
            outcomes.Select(o => o.Result)
        );
        Assert.Equal("450 4.2.1 greylisted come back", outcomes[3].Reply);
        Assert.Equal("", outcomes[2].Reply);
        Assert.Contains("not an address", outcomes[2].Why!.ToString(), StringComparison.Ordinal);
        Assert.Null(server.Surprise);
    }

    [Theory]
    [InlineData("S: 421 too busy", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 554 no mail here", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 220 hi\nC: EHLO\nS: 502 what\nC: HELO\nS: 504 no", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 451 later", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 530 sign in first", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 550 not you", DeliveryResult.PermanentFailure)]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 421 going down", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 552 mailbox full", DeliveryResult.PermanentFailure)]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 451 disk",
        DeliveryResult.TemporaryFailure
    )]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 554 no",
        DeliveryResult.PermanentFailure
    )]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 452 full",
        DeliveryResult.TemporaryFailure
    )]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 554 spam",
        DeliveryResult.PermanentFailure
    )]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nDROP",
        DeliveryResult.Unknown
    )]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nRESET",
        DeliveryResult.Unknown
    )]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nHANG",
        DeliveryResult.Unknown
    )]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nDROP", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nHANG", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 220 hi\nC: EHLO\nDROP", DeliveryResult.TemporaryFailure)]
    [InlineData("HANG", DeliveryResult.TemporaryFailure)]
    [InlineData("DROP", DeliveryResult.TemporaryFailure)]
    [InlineData("S: HTTP/1.1 400 Bad Request", DeliveryResult.TemporaryFailure)]
    [InlineData("S: 220-a\\n250 b", DeliveryResult.TemporaryFailure)]
    public async Task Whatever_the_server_does_has_an_outcome(string script, DeliveryResult expected)
    {
        await using var server = new ScriptedMailServer(script);

        var outcome = Assert.Single(await Send(server, _message));

        Assert.Equal(expected, outcome.Result);
        Assert.True(outcome.Reply.Length > 0 || outcome.Why is not null, "Nothing is said about it.");
        Assert.Null(server.Surprise);
    }

    [Fact]
    public async Task An_answer_without_end_does_not_fill_the_memory()
    {
        await using var endless = new ScriptedMailServer(string.Concat(Enumerable.Repeat("S: 220-more\n", 100_000)));
        Assert.Equal(DeliveryResult.TemporaryFailure, Assert.Single(await Send(endless, _message)).Result);
        await using var wide = new ScriptedMailServer("S: 220 " + new string('x', 3_000_000));
        Assert.Equal(DeliveryResult.TemporaryFailure, Assert.Single(await Send(wide, _message)).Result);
    }

    [Fact]
    public async Task Refused_connections_and_unknown_names_say_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var closed = await new SmtpTransport(Settings(port), TimeProvider.System).TestAsync(null, default);
        var nameless = await new SmtpTransport(Settings(port) with { Host = "no-such-host.invalid" }, TimeProvider.System).TestAsync(
            null,
            default
        );

        Assert.StartsWith("Nothing answers at 127.0.0.1 on port", closed!.ToString(), StringComparison.Ordinal);
        Assert.Contains("no-such-host.invalid", nameless!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hanging_server_is_given_up_within_the_time_set()
    {
        await using var server = new ScriptedMailServer("HANG");
        var start = TimeProvider.System.GetTimestamp();

        var why = await Transport(server).TestAsync(null, default);

        Assert.Contains("did not answer", why!.ToString(), StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(10), "It took too long.");
    }

    [Fact]
    public async Task Stopping_before_the_end_mark_throws_and_after_it_waits_for_the_answer()
    {
        await using var before = new ScriptedMailServer(Hello + "C: MAIL\nHANG");
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Transport(before).SendAsync("desk@shop.example", _anna, _message, soon.Token)
        );

        await using var after = new ScriptedMailServer(Hello + Letter + "HANG");
        using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        Assert.Equal(
            DeliveryResult.Unknown,
            Assert.Single(await Transport(after).SendAsync("desk@shop.example", _anna, _message, late.Token)).Result
        );
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused_unless_allowed()
    {
        using var certificate = ScriptedMailServer.SelfSigned("127.0.0.1");
        const string Start = "S: 220 hi\nC: EHLO\nS: 250-hi\\n250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n";
        await using var refused = new ScriptedMailServer(Start, certificate);
        var why = await new SmtpTransport(Settings(refused.Port) with { Security = SmtpSecurity.StartTls }, TimeProvider.System).TestAsync(
            null,
            default
        );
        Assert.Contains("not trusted", why!.ToString(), StringComparison.Ordinal);

        await using var allowed = new ScriptedMailServer(
            Start + "C: EHLO\nS: 250-hi\\n250 AUTH LOGIN PLAIN\nC: AUTH PLAIN\nS: 235 in\n" + Letter + "S: 250 ok\n" + Bye,
            certificate
        );
        var outcome = Assert.Single(
            await new SmtpTransport(
                Settings(allowed.Port) with
                {
                    Security = SmtpSecurity.StartTls,
                    AllowUntrustedCertificate = true,
                    UserName = "desk",
                    Password = "geheim",
                },
                TimeProvider.System
            ).SendAsync("desk@shop.example", _anna, _message, default)
        );
        Assert.Equal(DeliveryResult.Accepted, outcome.Result);
        Assert.Contains("AUTH PLAIN " + Convert.ToBase64String("\0desk\0geheim"u8), allowed.Heard);

        await using var named = new ScriptedMailServer(Start, certificate);
        var name = await new SmtpTransport(
            Settings(named.Port) with
            {
                Security = SmtpSecurity.StartTls,
                Host = "localhost",
            },
            TimeProvider.System
        ).TestAsync(null, default);
        Assert.Contains("not made out to localhost", name!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_from_the_start_works_and_a_plain_server_on_that_port_is_named()
    {
        using var certificate = ScriptedMailServer.SelfSigned("127.0.0.1");
        await using var good = new ScriptedMailServer("TLS\n" + Hello + Bye, certificate);
        var settings = Settings(good.Port) with { Security = SmtpSecurity.ImplicitTls, AllowUntrustedCertificate = true };
        Assert.Null(await new SmtpTransport(settings, TimeProvider.System).TestAsync(null, default));

        await using var plain = new ScriptedMailServer("S: 220 hi\nHANG");
        var why = await new SmtpTransport(settings with { Port = plain.Port }, TimeProvider.System).TestAsync(null, default);
        Assert.Contains("No protected connection", why!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi", "does not offer STARTTLS")]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250-hi\\n250 STARTTLS\nC: STARTTLS\nS: 454 no", "refused to protect")]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250-hi\\n250 STARTTLS\nC: STARTTLS\nS: 220 go\\n250 AUTH PLAIN", "spoke before")]
    public async Task Starttls_never_falls_back(string script, string expected)
    {
        await using var server = new ScriptedMailServer(script + "\nHANG");
        var why = await new SmtpTransport(
            Settings(server.Port) with
            {
                Security = SmtpSecurity.StartTls,
                UserName = "desk",
                Password = "x",
            },
            TimeProvider.System
        ).TestAsync(null, default);
        Assert.Contains(expected, why!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, h => h.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "S: 250-hi\\n250 AUTH=LOGIN\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: ZGVzaw==\nS: 334 UGFzc3dvcmQ6\nC: Z2VoZWlt\nS: 235 in\n",
        null
    )]
    [InlineData(
        "S: 250-hi\\n250 AUTH PLAIN\nC: AUTH PLAIN\nS: 535 5.7.8 I do not know geheim or AGRlc2sAZ2VoZWlt\nHANG",
        "does not accept this user name and password: 535 5.7.8 I do not know ••• or •••"
    )]
    [InlineData("S: 250-hi\\n250 AUTH PLAIN\nC: AUTH PLAIN\nS: 454 later\nHANG", "did not work for now: 454 later")]
    [InlineData("S: 250-hi\\n250 AUTH XOAUTH2 CRAM-MD5\nHANG", "only these ways of signing in: XOAUTH2, CRAM-MD5")]
    [InlineData("S: 250 hi\nHANG", "offers no signing in")]
    public async Task Signing_in_on_this_machine_says_what_failed_and_never_the_password(string script, string? expected)
    {
        await using var server = new ScriptedMailServer("S: 220 hi\nC: EHLO\n" + script + (expected is null ? Bye : ""));
        var settings = Settings(server.Port) with { UserName = "desk", Password = "geheim" };

        var why = await new SmtpTransport(settings, TimeProvider.System).TestAsync(null, default);

        Assert.Null(server.Surprise);
        Assert.Equal(expected is null, why is null);
        Assert.Contains(expected ?? "", why?.ToString() ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", why?.ToString() + settings, StringComparison.Ordinal);
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
            await stream.WriteAsync("220 hi\r\n"u8.ToArray());
            var block = new byte[2000];
            var count = await stream.ReadAsync(block);
            await stream.WriteAsync("250-hi\r\n250 AUTH PLAIN\r\n"u8.ToArray());
            var more = await stream.ReadAsync(block.AsMemory(count));
            return Encoding.ASCII.GetString(block, 0, count + more);
        });

        var settings = Settings(((IPEndPoint)listener.LocalEndpoint).Port) with
        {
            Host = own.ToString(),
            UserName = "desk",
            Password = "geheim",
        };
        var why = await new SmtpTransport(settings, TimeProvider.System).TestAsync(null, default);

        Assert.Contains("unprotected", why!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", await heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_cannot_carry_a_second_command()
    {
        await using var server = new ScriptedMailServer(Hello + Letter + "S: 250 ok\n" + Bye);
        string[] evil =
        [
            "anna@home.example",
            "a@b.example>\r\nRCPT TO:<evil@x.example",
            "a@b.example\n",
            "a b@c.example",
            "<a@b.example>",
            "@b.example",
            "a@",
            "",
            "a@b.example\u2028",
            "a\0@b.example",
            "a@b..example",
            "a,b@c.example",
            "a\u202e@b.example",
        ];

        var outcomes = await Transport(server).SendAsync("desk@shop.example", evil, _message, default);

        Assert.Equal(DeliveryResult.Accepted, outcomes[0].Result);
        Assert.All(outcomes.Skip(1), o => Assert.Equal(DeliveryResult.PermanentFailure, o.Result));
        Assert.Single(server.Heard, h => h.StartsWith("RCPT", StringComparison.Ordinal));
        Assert.Equal(
            DeliveryResult.PermanentFailure,
            Assert.Single(await Transport(server).SendAsync("x\r\nDATA@y.example", _anna, _message, default)).Result
        );
    }

    [Fact]
    public async Task Foreign_addresses_need_the_server_to_know_them_and_foreign_domains_do_not()
    {
        await using var old = new ScriptedMailServer(
            "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<li@xn--fiqs8s.example>\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 ok\n"
                + Bye
        );
        var outcomes = await Transport(old).SendAsync("", ["li@中国.example", "小明@home.example"], _message, default);
        Assert.Equal([DeliveryResult.Accepted, DeliveryResult.PermanentFailure], outcomes.Select(o => o.Result));
        Assert.Null(old.Surprise);

        await using var young = new ScriptedMailServer(
            Hello
                + "C: MAIL FROM:<desk@shop.example> SIZE=21 SMTPUTF8\nS: 250 ok\nC: RCPT TO:<小明@home.example>\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 ok\n"
                + Bye
        );
        Assert.Equal(
            DeliveryResult.Accepted,
            Assert.Single(await Transport(young).SendAsync("desk@shop.example", ["小明@home.example"], _message, default)).Result
        );
        Assert.Null(young.Surprise);
    }

    [Fact]
    public async Task A_mail_too_large_for_the_server_is_not_begun()
    {
        await using var server = new ScriptedMailServer(Hello + Bye);
        var outcome = Assert.Single(await Send(server, new byte[2_000_001]));
        Assert.Equal(DeliveryResult.PermanentFailure, outcome.Result);
        Assert.Contains("2,000,000", outcome.Why!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, h => h.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_test_asks_whether_we_may_send_as_the_sender()
    {
        await using var server = new ScriptedMailServer(Hello + "C: MAIL FROM:<desk@shop.example>\nS: 553 not yours\n" + Bye);
        var why = await Transport(server).TestAsync("desk@shop.example", default);
        Assert.Contains("553 not yours", why!.ToString(), StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<RecipientOutcome>> Send(ScriptedMailServer server, byte[] message) =>
        Transport(server).SendAsync("desk@shop.example", _anna, message, default);

    private static SmtpTransport Transport(ScriptedMailServer server) => new(Settings(server.Port), TimeProvider.System);

    private static SmtpSettings Settings(int port) =>
        new()
        {
            Host = "127.0.0.1",
            Port = port,
            Security = SmtpSecurity.None,
            HelloName = "desk.shop.example",
            Timeout = TimeSpan.FromSeconds(2),
            AnswerTimeout = TimeSpan.FromSeconds(2),
        };
}
