using System.Net;
using System.Net.Sockets;
using System.Text;
using Complaints.Mail.Wire;
using static Complaints.Tests.Mail.Wire.SmtpScripts;

namespace Complaints.Tests.Mail.Wire;

public sealed class SmtpTransportTests
{
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

        var outcome = Assert.Single(await Send(server, Message));

        Assert.Equal(expected, outcome.Result);
        Assert.True(outcome.Reply.Length > 0 || outcome.Why is not null, "Nothing is said about it.");
        Assert.Null(server.Surprise);
    }

    [Fact]
    public async Task An_answer_without_end_does_not_fill_the_memory()
    {
        await using var endless = new ScriptedMailServer(string.Concat(Enumerable.Repeat("S: 220-more\n", 100_000)));
        Assert.Equal(DeliveryResult.TemporaryFailure, Assert.Single(await Send(endless, Message)).Result);
        await using var wide = new ScriptedMailServer("S: 220 " + new string('x', 3_000_000));
        Assert.Equal(DeliveryResult.TemporaryFailure, Assert.Single(await Send(wide, Message)).Result);
    }

    [Fact]
    public async Task Stopping_before_the_end_mark_throws_and_after_it_waits_for_the_answer()
    {
        await using var before = new ScriptedMailServer(Hello + "C: MAIL\nHANG");
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Transport(before).SendAsync("desk@shop.example", Anna, Message, soon.Token)
        );

        await using var after = new ScriptedMailServer(Hello + Letter + "HANG");
        using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        Assert.Equal(
            DeliveryResult.Unknown,
            Assert.Single(await Transport(after).SendAsync("desk@shop.example", Anna, Message, late.Token)).Result
        );
    }
}
