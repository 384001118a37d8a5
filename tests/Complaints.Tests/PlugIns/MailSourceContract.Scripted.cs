using System.Globalization;
using System.Text;
using Complaints.Mail.Wire;
using Complaints.Tests.Mail.Wire;
using Complaints.Tests.World;
using static Complaints.Tests.Mail.Wire.ImapScripts;

namespace Complaints.Tests.PlugIns;

/// <summary>What no real server does on request, from scripted ones.</summary>
public abstract partial class MailSourceContract
{
    [Theory]
    [InlineData("% NO The message is damaged", "cannot hand over this message (The message is damaged)")]
    [InlineData("% OK", "cannot hand over this message (")]
    public async Task A_message_the_server_cannot_hand_over_comes_with_its_headers_and_stops_none_behind_it(string answer, string why)
    {
        await using var server = new LittleImap(c =>
            c.StartsWith("UID FETCH 1 ", StringComparison.Ordinal) && c.Contains("BODY.PEEK[]", StringComparison.Ordinal) ? answer : null
        );
        await using var source = Make(Mailbox(server.Port));
        await source.OpenAsync(default);
        var messages = await ReadAsync(source, 0);
        Assert.Equal([1, 2], messages.Select(m => m.Uid));
        Assert.Equal([true, false], messages.Select(m => m.TooLarge));
        Assert.Contains(why, messages[0].Why!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Subject: 1\r\n\r\n", Encoding.ASCII.GetString(messages[0].Raw.Span));
        Assert.Equal("Subject: 2\r\n\r\nx\r\n", Encoding.ASCII.GetString(messages[1].Raw.Span));
    }

    [Fact]
    public async Task A_message_that_is_refused_for_now_is_waited_for_and_not_passed_over()
    {
        await using var server = new LittleImap(c =>
            c.Contains("BODY.PEEK", StringComparison.Ordinal) ? "% NO [UNAVAILABLE] The disk is away" : null
        );
        await using var source = Make(Mailbox(server.Port));
        await source.OpenAsync(default);
        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => ReadAsync(source, 0));
        Assert.Contains("could not do what was asked", failure.Why.ToString(), StringComparison.Ordinal);
        Assert.Contains("The disk is away", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_gone_is_left_out_and_sizes_that_are_not_told_stop_nothing()
    {
        var gone = false;
        await using var server = new LittleImap(c =>
        {
            if (c.Contains("BODY", StringComparison.Ordinal))
            {
                return c.StartsWith("UID FETCH 1 ", StringComparison.Ordinal) && (gone = true) ? "% OK" : null;
            }

            return c.Contains("RFC822.SIZE", StringComparison.Ordinal) ? "% NO I cannot count"
                : gone && c.StartsWith("UID FETCH 1", StringComparison.Ordinal) ? "% OK"
                : null;
        });
        await using var source = Make(Mailbox(server.Port));
        await source.OpenAsync(default);
        Assert.Equal(2, Assert.Single(await ReadAsync(source, 0)).Uid);
    }

    [Fact]
    public async Task A_name_and_a_wait_that_the_server_does_not_want_are_left_out()
    {
        var asked = 0;
        await using var server = new LittleImap(
            c =>
                c.StartsWith("ID ", StringComparison.Ordinal) ? "% NO nobody asked"
                : c == "IDLE" ? "% NO not now"
                : c == "NOOP" && ++asked == 3 ? "* 3 EXISTS\n% OK"
                : null,
            "ID IDLE MOVE UIDPLUS"
        );
        await using var source = Make(Mailbox(server.Port) with { AskEvery = TimeSpan.FromMilliseconds(100) });
        await source.OpenAsync(default);
        await source.WaitAsync(TimeSpan.FromMinutes(5), default).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(3, asked);
        Assert.Single(server.Heard, "IDLE");
    }

    [Theory]
    [InlineData("UIDPLUS")]
    [InlineData("")]
    public async Task Without_move_nothing_is_copied_twice_and_what_others_deleted_is_left_to_them(string offers)
    {
        await using var server = new LittleImap(_ => null, offers) { Deleted = { 2 } };
        await using var source = Make(Mailbox(server.Port) with { MoveTo = "Done" });
        await source.OpenAsync(default);
        await source.DoneAsync([1, 2], default);
        var copy = Assert.Single(server.Heard, h => h.Contains("COPY", StringComparison.Ordinal));
        Assert.Contains("COPY 1 ", copy, StringComparison.Ordinal); // by number or by place, which is the same here
        Assert.Contains(server.Heard, h => h.StartsWith("UID STORE 1 +FLAGS.SILENT (\\Deleted)", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Heard, h => h.Contains("-FLAGS", StringComparison.Ordinal));
        Assert.DoesNotContain("EXPUNGE", server.Heard);
        Assert.Equal(offers.Length > 0 ? 1 : 0, server.Heard.Count(h => h.StartsWith("UID EXPUNGE 1:2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_a_large_folder_each_message_comes_once_and_in_order()
    {
        await using var server = new LittleImap(_ => null);
        foreach (var uid in Enumerable.Range(1, 450).Select(i => i * 7919L))
        {
            server.Messages[uid] = $"Subject: {uid}\r\n\r\nx\r\n";
        }

        await using var source = Make(Mailbox(server.Port));
        await source.OpenAsync(default);
        Assert.Equal(server.Messages.Keys.Where(u => u > 2), (await ReadAsync(source, 2)).Select(m => m.Uid));
        Assert.Empty(await ReadAsync(source, server.Messages.Keys.Last()));
    }

    [Fact]
    public async Task An_access_token_goes_by_xoauth2_and_a_refusal_never_shows_it()
    {
        const string Start = "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=XOAUTH2 AUTH=PLAIN SASL-IR\\n% OK\n";
        var sent = Convert.ToBase64String("user=desk\u0001auth=Bearer t0ken\u0001\u0001"u8);
        var reason = Convert.ToBase64String("""{"status":"400","schemes":"Bearer"}"""u8);
        await using var bad = new ScriptedMailServer(
            Start + $"T: AUTHENTICATE XOAUTH2 {sent}\nS: + {reason}\nC: \nS: % NO invalid t0ken\nHANG"
        );
        var failure = await FailureAsync(Make(Mailbox(bad.Port) with { AccessToken = _ => Task.FromResult("t0ken") }));
        Assert.Contains("does not accept the access token for desk", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", failure, StringComparison.Ordinal);
        Assert.Null(bad.Surprise);

        await using var good = new ScriptedMailServer(Start + $"T: AUTHENTICATE XOAUTH2 {sent}\nS: % OK in\nT: CAPABILITY\nDROP");
        failure = await FailureAsync(Make(Mailbox(good.Port) with { AccessToken = _ => Task.FromResult("t0ken") }));
        Assert.Null(good.Surprise);
        Assert.Contains("broke off the connection", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S: HTTP/1.1 400 Bad Request", "does not speak like a mail server")]
    [InlineData("S: * OK hi\nT: CAPABILITY\nDROP", "broke off the connection")]
    [InlineData("S: * OK hi\nT: CAPABILITY\nHANG", "did not answer on port")]
    [InlineData(
        "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=GSSAPI LOGINDISABLED\\n% OK\nHANG",
        "ways of signing in: GSSAPI"
    )]
    [InlineData("S: * BYE Too many connections", "turned us away: Too many connections")]
    [InlineData("S: * OK hi\nT: CAPABILITY\nS: * BYE Going down", "ended the connection: Going down")]
    [InlineData(
        "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 LOGINDISABLED\\n% OK\nHANG",
        "lets nobody sign in over an unprotected connection"
    )]
    [InlineData(SignIn + "% NO [UNAVAILABLE] The list of users is away\nHANG", "did not work for now: ")]
    [InlineData(SignIn + "% NO [AUTHENTICATIONFAILED] AGRlc2sAZ2VoZWlt Z2VoZWlt geheim are wrong\nHANG", "••• ••• ••• are wrong")]
    [InlineData(SignIn + "* BYE I do not like geheim", "ended the connection: I do not like •••")]
    public async Task Whatever_the_server_does_at_the_door_is_said_within_the_time_set(string script, string expected)
    {
        await using var server = new ScriptedMailServer(script);
        var began = TimeProvider.System.GetTimestamp();
        var failure = await FailureAsync(Make(Mailbox(server.Port)));
        Assert.Contains(expected, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", failure, StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10), "It took too long.");
    }

    [Theory]
    [InlineData(
        "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\\n% OK\nHANG",
        ImapSecurity.StartTls,
        "does not offer STARTTLS"
    )]
    [InlineData(
        "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS\\n% OK\nT: STARTTLS\nS: % NO not today\nHANG",
        ImapSecurity.StartTls,
        "refused to protect the connection: not today"
    )]
    [InlineData("HANG", ImapSecurity.ImplicitTls, "did not answer on port")]
    [InlineData("S: * OK hi\nHANG", ImapSecurity.ImplicitTls, "No protected connection")]
    public async Task Protection_that_does_not_come_about_is_told(string script, ImapSecurity security, string expected)
    {
        await using var server = new ScriptedMailServer(script);
        var failure = await FailureAsync(Make(Mailbox(server.Port) with { Security = security }));
        Assert.Contains(expected, failure, StringComparison.Ordinal);
    }
}
