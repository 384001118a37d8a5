using System.Net;
using System.Net.Sockets;
using System.Text;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail.Wire;
using Complaints.Tests.World;
using static Complaints.Tests.Mail.Wire.SmtpScripts;

namespace Complaints.Tests.PlugIns;

/// <summary>What the outbox asks of whatever hands its mail over.</summary>
public abstract class MailTransportContract(Postfix postfix) : IClassFixture<Postfix>
{
    private const string Rcpt = "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 250 ok\nC: RCPT\n";
    private const string Data = Rcpt + "S: 250 ok\nC: DATA\nS: 354 go\nBODY\n";

    /// <summary>A transport to a server.</summary>
    protected abstract IMailTransport Make(SmtpSettings settings);

    [Fact]
    public async Task Each_recipient_has_an_outcome_of_its_own_in_the_servers_words()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + "C: MAIL FROM:<desk@shop.example>\nS: 250 ok\nC: RCPT TO:<anna@home.example>\nS: 250 ok\n"
                + "C: RCPT TO:<nobody@home.example>\nS: 550 5.1.1 no such user\nC: RCPT TO:<later@home.example>\n"
                + "S: 450-4.2.1 greylisted\\n450 come back\nC: RCPT TO:<many@home.example>\nS: 552 too many recipients\n"
                + "C: DATA\nS: 354 go\nBODY\nS: 250 2.0.0 queued as 42\n"
                + Bye
        );
        string[] to = ["anna@home.example", "nobody@home.example", "not an address", "later@home.example", "many@home.example"];
        var outcomes = await Make(SmtpAt(server.Port)).SendAsync("desk@shop.example", to, Message, default);

        Assert.Null(server.Surprise);
        Assert.Equal(to, outcomes.Select(o => o.Recipient));
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
        Assert.Equal("250 2.0.0 queued as 42", outcomes[0].Reply);
        Assert.Equal("550 5.1.1 no such user", outcomes[1].Reply);
        Assert.Equal("450 4.2.1 greylisted come back", outcomes[3].Reply);
        Assert.Contains("not an address", outcomes[2].Why!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S: 421 too busy", DeliveryResult.TemporaryFailure, "421 too busy")]
    [InlineData("S: 554 no mail here", DeliveryResult.TemporaryFailure, "554 no mail here")]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 451 later", DeliveryResult.TemporaryFailure, "451 later")]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 530 sign in first", DeliveryResult.TemporaryFailure, "530 sign in first")]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 550 not you", DeliveryResult.PermanentFailure, "550 not you")]
    [InlineData(Rcpt + "S: 421 going down", DeliveryResult.TemporaryFailure, "421 going down")]
    [InlineData(Rcpt + "S: 552 mailbox full", DeliveryResult.PermanentFailure, "552 mailbox full")]
    [InlineData(Rcpt + "S: 250 ok\nC: DATA\nS: 451 disk", DeliveryResult.TemporaryFailure, "451 disk")]
    [InlineData(Rcpt + "S: 250 ok\nC: DATA\nS: 554 no", DeliveryResult.PermanentFailure, "554 no")]
    [InlineData(Data + "S: 452 full", DeliveryResult.TemporaryFailure, "452 full")]
    [InlineData(Data + "S: 554 spam", DeliveryResult.PermanentFailure, "554 spam")]
    [InlineData(Rcpt + "S: 530 sign in", DeliveryResult.TemporaryFailure, "530 sign in")]
    [InlineData(Data + "S: 530 sign in", DeliveryResult.TemporaryFailure, "530 sign in")]
    [InlineData(Rcpt + "S: 250 ok\nC: DATA\nS: 250 ok", DeliveryResult.TemporaryFailure, "421 ok")]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nS: 354 what", DeliveryResult.TemporaryFailure, "354 what")]
    [InlineData(Data + "DROP", DeliveryResult.Unknown, "")]
    [InlineData(Data + "RESET", DeliveryResult.Unknown, "")]
    [InlineData(Data + "HANG", DeliveryResult.Unknown, "")]
    [InlineData(Rcpt + "S: 250 ok\nC: DATA\nDROP", DeliveryResult.TemporaryFailure, "")]
    [InlineData("S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL\nHANG", DeliveryResult.TemporaryFailure, "")]
    [InlineData("S: 220 hi\nC: EHLO\nDROP", DeliveryResult.TemporaryFailure, "")]
    [InlineData("HANG", DeliveryResult.TemporaryFailure, "")]
    [InlineData("DROP", DeliveryResult.TemporaryFailure, "")]
    [InlineData("S: HTTP/1.1 400 Bad Request", DeliveryResult.TemporaryFailure, "")]
    public async Task Whatever_the_server_does_has_an_outcome_within_the_time_set(string script, DeliveryResult expected, string reply)
    {
        await using var server = new ScriptedMailServer(script);
        var began = TimeProvider.System.GetTimestamp();
        var outcome = Assert.Single(await Make(SmtpAt(server.Port)).SendAsync("desk@shop.example", Anna, Message, default));

        Assert.Equal(expected, outcome.Result);
        Assert.Equal(reply, outcome.Reply);
        Assert.True(outcome.Reply.Length > 0 || outcome.Why is not null, "Nothing is said about it.");
        Assert.Equal(!script.Contains("MAIL", StringComparison.Ordinal), outcome.Unreachable);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10), "It took too long.");
    }

    [Fact]
    public async Task A_refusal_is_told_at_once_however_long_an_answer_may_take()
    {
        await using var server = new ScriptedMailServer(Data + "S: 554 spam\nHANG");
        var settings = SmtpAt(server.Port) with { Timeout = TimeSpan.FromMinutes(2), AnswerTimeout = TimeSpan.FromMinutes(2) };
        var sending = Make(settings).SendAsync("desk@shop.example", Anna, Message, default);
        var outcome = Assert.Single(await sending.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal((DeliveryResult.PermanentFailure, "554 spam"), (outcome.Result, outcome.Reply));
    }

    [Fact]
    public async Task An_answer_is_kept_in_a_bounded_length()
    {
        var line = "S: 550-" + new string('x', 500) + "\n";
        await using var server = new ScriptedMailServer(
            Rcpt + string.Concat(Enumerable.Repeat(line, 20)) + "S: 550 no such user\nC: \nHANG"
        );
        var outcome = Assert.Single(await Make(SmtpAt(server.Port)).SendAsync("desk@shop.example", Anna, Message, default));
        Assert.Equal(DeliveryResult.PermanentFailure, outcome.Result);
        Assert.InRange(outcome.Reply.Length, 900, 1010);
    }

    [Theory]
    [InlineData(null, "EHLO [127.0.0.1]")]
    [InlineData(" desk.shop.example ", "EHLO desk.shop.example")]
    [InlineData("desk\r\nMAIL FROM:<evil@x.example>", "EHLO [127.0.0.1]")]
    public async Task The_greeting_is_the_name_set_or_our_address_and_never_a_second_command(string? name, string expected)
    {
        await using var server = new ScriptedMailServer(Hello + Letter + "S: 250 ok\n" + Bye);
        await Make(SmtpAt(server.Port) with { HelloName = name }).SendAsync("desk@shop.example", Anna, Message, default);
        Assert.Equal(expected, server.Heard[0]);
    }

    [Theory]
    [InlineData("anna@例子.example", "Subject: x", "RCPT TO:<anna@xn--fsqu00a.example>", false)]
    [InlineData("anna@xn--fsqu00a.example", "Subject: x", "RCPT TO:<anna@xn--fsqu00a.example>", false)]
    [InlineData("安娜@home.example", "Subject: x", "RCPT TO:<安娜@home.example>", true)]
    [InlineData("anna@home.example", "Cc: 安娜 <安娜@home.example>", "RCPT TO:<anna@home.example>", true)]
    public async Task The_server_is_asked_for_letters_beyond_ascii_only_where_they_are_needed(
        string to,
        string header,
        string rcpt,
        bool asked
    )
    {
        await using var server = new ScriptedMailServer(
            Hello + "C: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 ok\n" + Bye
        );
        var message = $"{header}\r\nTo: =?utf-8?q?x?= <x@xn--fsqu00a.example>\r\n\r\nHello\r\n";
        var sent = await Make(SmtpAt(server.Port)).SendAsync("desk@shop.example", [to], Encoding.UTF8.GetBytes(message), default);
        Assert.Equal(DeliveryResult.Accepted, Assert.Single(sent).Result);
        Assert.Equal(rcpt, server.Heard[2]);
        Assert.Equal(asked, server.Heard[1].Contains(" SMTPUTF8", StringComparison.Ordinal));
        Assert.Equal(message + ".\r\n", Encoding.UTF8.GetString(server.Body));
    }

    [Theory]
    [InlineData("a..b@home.example")]
    [InlineData("a.@home.example")]
    [InlineData(".a@home.example")]
    [InlineData("a:b@home.example")]
    [InlineData("a[b@home.example")]
    [InlineData("\"a\"b\"@home.example")]
    [InlineData("\"a@b\"@home.example")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@[nonsense]")]
    [InlineData("a@-x-.example")]
    [InlineData("a@home_1.example")]
    public async Task However_strange_an_address_is_it_has_an_outcome(string strange)
    {
        await using var server = new ScriptedMailServer(
            Hello + "C: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 ok\n" + Bye
        );
        var outcome = Assert.Single(await Make(SmtpAt(server.Port)).SendAsync("desk@shop.example", [strange], Message, default));
        Assert.True(outcome.Result is DeliveryResult.Accepted or DeliveryResult.PermanentFailure, $"{outcome}");
        var quoted = strange.Replace("@home", "\"@home", StringComparison.Ordinal); // means the same
        Assert.True(
            outcome.Result == DeliveryResult.Accepted
                ? server.Heard[2] == $"RCPT TO:<{strange}>" || server.Heard[2] == $"RCPT TO:<\"{quoted}>"
                : strange.Contains('"', StringComparison.Ordinal) || strange.Contains('[', StringComparison.Ordinal),
            $"{outcome} {server.Heard.LastOrDefault()}"
        );

        await using var other = new ScriptedMailServer(
            Hello + "C: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 ok\n" + Bye
        );
        outcome = Assert.Single(await Make(SmtpAt(other.Port)).SendAsync(strange, Anna, Message, default));
        Assert.True(outcome.Result is DeliveryResult.Accepted or DeliveryResult.PermanentFailure, $"{outcome}");
    }

    [Fact]
    public async Task No_return_address_is_none_and_one_who_is_named_twice_has_one_outcome()
    {
        await using var server = new ScriptedMailServer(
            Hello
                + "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<anna@home.example>\nS: 250 ok\nC: RCPT TO:<nobody@home.example>\nS: 550 no\n"
                + "C: \nS: 550 no\nC: \nS: 354 go\nBODY\nS: 250 ok\n"
                + Bye
        );
        string[] to = ["anna@home.example", "nobody@home.example", "nobody@home.example"];
        var outcomes = await Make(SmtpAt(server.Port)).SendAsync("", to, Message, default);
        Assert.All(outcomes.Skip(1), o => Assert.Equal(DeliveryResult.PermanentFailure, o.Result));
    }

    [Theory]
    [InlineData("S: 554 no mail here", SmtpSecurity.None, "turned us away: 554 no mail here")]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 502 what\nC: HELO\nS: 504 no",
        SmtpSecurity.None,
        "does not accept our greeting as “desk.shop.example”: 504 no"
    )]
    [InlineData(
        "S: 220 hi\nC: EHLO\nS: 250-hi\\n250 STARTTLS\nC: STARTTLS\nS: 454 no",
        SmtpSecurity.StartTls,
        "refused to protect the connection: 454 no"
    )]
    [InlineData("HANG", SmtpSecurity.ImplicitTls, "did not answer on port")]
    [InlineData("S: 220 hi\nHANG", SmtpSecurity.ImplicitTls, "No protected connection")]
    public async Task What_fails_at_the_door_is_told_in_the_same_words(string script, SmtpSecurity security, string expected)
    {
        await using var server = new ScriptedMailServer(script);
        Assert.Contains(expected, await WhyAsync(SmtpAt(server.Port) with { Security = security }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bytes_leave_as_they_are_with_whole_line_ends_and_doubled_dots()
    {
        await using var server = new ScriptedMailServer(Hello + Letter + "S: 250 ok\n" + Bye);
        var odd =
            "Subject:  =?utf-8?q?x?=\r\n\tfolded \r\nX-Odd:no blank\nBcc: x@y.example\ncontent-type: text/plain;charset=utf-8\n\n.one\r\n..two\rthree\n.\n\nMAIL FROM:<evil@x.example> 密";
        var outcome = Assert.Single(
            await Make(SmtpAt(server.Port)).SendAsync("desk@shop.example", Anna, Encoding.UTF8.GetBytes(odd), default)
        );

        Assert.Equal(DeliveryResult.Accepted, outcome.Result);
        Assert.Equal(
            "Subject:  =?utf-8?q?x?=\r\n\tfolded \r\nX-Odd:no blank\r\nBcc: x@y.example\r\ncontent-type: text/plain;charset=utf-8\r\n\r\n..one\r\n...two\r\nthree\r\n..\r\n\r\nMAIL FROM:<evil@x.example> 密\r\n.\r\n",
            Encoding.UTF8.GetString(server.Body)
        );
        Assert.Contains(server.Heard, h => h.StartsWith("MAIL", StringComparison.Ordinal) && h.Contains("BODY=8BITMIME"));
    }

    [Fact]
    public async Task Addresses_cannot_carry_a_second_command()
    {
        await using var server = new ScriptedMailServer(Hello + Letter + "S: 250 ok\n" + Bye);
        string[] evil = ["anna@home.example", "a@b.example>\r\nRCPT TO:<evil@x.example", "a@b.example\n", "a b@c.example", ""];
        var outcomes = await Make(SmtpAt(server.Port)).SendAsync("desk@shop.example", evil, Message, default);
        Assert.Equal(DeliveryResult.Accepted, outcomes[0].Result);
        Assert.All(outcomes.Skip(1), o => Assert.Equal(DeliveryResult.PermanentFailure, o.Result));
        Assert.Single(server.Heard, h => h.StartsWith("RCPT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopping_before_the_end_throws_and_after_it_waits_for_the_answer()
    {
        await using var before = new ScriptedMailServer(Hello + "C: MAIL\nHANG");
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Make(SmtpAt(before.Port)).SendAsync("desk@shop.example", Anna, Message, soon.Token)
        );

        await using var after = new ScriptedMailServer(Hello + Letter + "HANG");
        using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(700), TimeProvider.System);
        var outcome = Assert.Single(await Make(SmtpAt(after.Port)).SendAsync("desk@shop.example", Anna, Message, late.Token));
        Assert.Equal(DeliveryResult.Unknown, outcome.Result);
    }

    [Fact]
    public async Task The_test_says_exactly_what_is_wrong()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        Assert.StartsWith("Nothing answers at 127.0.0.1 on port", await WhyAsync(SmtpAt(port)), StringComparison.Ordinal);

        await using var hanging = new ScriptedMailServer("HANG");
        Assert.Contains("did not answer", await WhyAsync(SmtpAt(hanging.Port)), StringComparison.Ordinal);

        await using var plain = new ScriptedMailServer("S: 220 hi\nC: EHLO\nS: 250 hi\nHANG");
        Assert.Contains(
            "does not offer STARTTLS",
            await WhyAsync(SmtpAt(plain.Port) with { Security = SmtpSecurity.StartTls }),
            StringComparison.Ordinal
        );

        using var certificate = ScriptedMailServer.SelfSigned("127.0.0.1");
        await using var untrusted = new ScriptedMailServer("TLS\n" + Hello + Bye, certificate);
        var protectedAt = SmtpAt(untrusted.Port) with { Security = SmtpSecurity.ImplicitTls };
        Assert.Contains("not trusted", await WhyAsync(protectedAt), StringComparison.Ordinal);

        await using var allowed = new ScriptedMailServer("TLS\n" + Hello + Bye, certificate);
        Assert.Equal("", await WhyAsync(protectedAt with { Port = allowed.Port, AllowUntrustedCertificate = true }));

        await using var sender = new ScriptedMailServer(Hello + "C: MAIL FROM:<desk@shop.example>\nS: 553 not yours\n" + Bye);
        var why = await Make(SmtpAt(sender.Port)).TestAsync("desk@shop.example", default);
        Assert.Contains("553 not yours", why!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S: 250-hi\\n250 AUTH PLAIN\nC: AUTH PLAIN AGRlc2sAZ2VoZWlt\nS: 235 in\n", "")]
    [InlineData(
        "S: 250-hi\\n250 AUTH LOGIN\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: ZGVzaw==\nS: 334 UGFzc3dvcmQ6\nC: Z2VoZWlt\nS: 235 in\n",
        ""
    )]
    [InlineData(
        "S: 250-hi\\n250 AUTH PLAIN\nC: AUTH PLAIN\nS: 535 5.7.8 I do not know geheim or AGRlc2sAZ2VoZWlt\nHANG",
        "does not accept this user name and password: 535 5.7.8 I do not know ••• or •••"
    )]
    [InlineData("S: 250-hi\\n250 AUTH PLAIN\nC: AUTH PLAIN\nS: 454 later\nHANG", "did not work for now: 454 later")]
    [InlineData("S: 250-hi\\n250 AUTH PLAIN\nC: AUTH PLAIN\nS: 534 5.7.9 Set a password for programs\nHANG", ": 534 5.7.9 Set a password")]
    [InlineData("S: 250-hi\\n250 auth plain\nC: AUTH PLAIN AGRlc2sAZ2VoZWlt\nS: 235 in\n", "")]
    [InlineData("S: 250-hi\\n250 AUTH XOAUTH2\nHANG", "only these ways of signing in: XOAUTH2")]
    [InlineData("S: 250 hi\nHANG", "offers no signing in")]
    public async Task Signing_in_says_what_failed_and_never_the_password(string script, string expected)
    {
        // A library may greet again once it is let in.
        await using var server = new ScriptedMailServer("S: 220 hi\nC: EHLO\n" + script);
        var why = await WhyAsync(SmtpAt(server.Port) with { UserName = "desk", Password = "geheim" });
        Assert.Null(server.Surprise);
        Assert.Equal(expected.Length == 0, why.Length == 0);
        Assert.Contains(expected, why, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", why, StringComparison.Ordinal);
    }

    [OnMailServers]
    [InlineData("contract@many.example")]
    public async Task A_real_server_delivers_it_byte_for_byte(string to)
    {
        var before = postfix.Delivered("many").Count;
        var text =
            "From: Desk <complaints@desk.example>\r\nTo: <contract@many.example>\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nMessage-ID: <contract@desk.example>\r\nSubject: Contract\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n.dot 投诉\r\n"
            + string.Concat(Enumerable.Repeat("A line of some length, over and over again.\r\n", 5000));
        var settings = new SmtpSettings
        {
            Host = "127.0.0.1",
            Port = postfix.Port,
            Security = SmtpSecurity.None,
        };
        var outcome = Assert.Single(await Make(settings).SendAsync("complaints@desk.example", [to], Encoding.UTF8.GetBytes(text), default));
        Assert.True(outcome.Result == DeliveryResult.Accepted, outcome.Reply);
        Assert.StartsWith("250 2.0.0 Ok: queued as", outcome.Reply, StringComparison.Ordinal);
        var arrived = Encoding.UTF8.GetString(await postfix.ArrivedAsync("many", before + 1)).ReplaceLineEndings("\r\n");
        Assert.EndsWith(text[text.IndexOf("MIME-Version", StringComparison.Ordinal)..], arrived, StringComparison.Ordinal);
    }

    private async Task<string> WhyAsync(SmtpSettings settings) => (await Make(settings).TestAsync(null, default))?.ToString() ?? "";
}
