using System.Net;
using System.Net.Sockets;
using System.Text;
using Complaints.Mail.Wire;
using static Complaints.Tests.Mail.Wire.SmtpScripts;

namespace Complaints.Tests.Mail.Wire;

/// <summary>What becomes of each recipient.</summary>
public sealed class SmtpRecipientTests
{
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
                Message,
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

        var outcomes = await Transport(server).SendAsync("desk@shop.example", evil, Message, default);

        Assert.Equal(DeliveryResult.Accepted, outcomes[0].Result);
        Assert.All(outcomes.Skip(1), o => Assert.Equal(DeliveryResult.PermanentFailure, o.Result));
        Assert.Single(server.Heard, h => h.StartsWith("RCPT", StringComparison.Ordinal));
        Assert.Equal(
            DeliveryResult.PermanentFailure,
            Assert.Single(await Transport(server).SendAsync("x\r\nDATA@y.example", Anna, Message, default)).Result
        );
    }

    [Fact]
    public async Task Foreign_addresses_need_the_server_to_know_them_and_foreign_domains_do_not()
    {
        await using var old = new ScriptedMailServer(
            "S: 220 hi\nC: EHLO\nS: 250 hi\nC: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<li@xn--fiqs8s.example>\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 ok\n"
                + Bye
        );
        var outcomes = await Transport(old).SendAsync("", ["li@中国.example", "小明@home.example"], Message, default);
        Assert.Equal([DeliveryResult.Accepted, DeliveryResult.PermanentFailure], outcomes.Select(o => o.Result));
        Assert.Null(old.Surprise);

        await using var young = new ScriptedMailServer(
            Hello
                + "C: MAIL FROM:<desk@shop.example> SIZE=21 SMTPUTF8\nS: 250 ok\nC: RCPT TO:<小明@home.example>\nS: 250 ok\nC: DATA\nS: 354 go\nBODY\nS: 250 ok\n"
                + Bye
        );
        Assert.Equal(
            DeliveryResult.Accepted,
            Assert.Single(await Transport(young).SendAsync("desk@shop.example", ["小明@home.example"], Message, default)).Result
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
}
