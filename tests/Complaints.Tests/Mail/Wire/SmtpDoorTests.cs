using System.Net;
using System.Net.Sockets;
using System.Text;
using Complaints.Mail.Wire;
using static Complaints.Tests.Mail.Wire.SmtpScripts;

namespace Complaints.Tests.Mail.Wire;

/// <summary>Reaching a mail server: its name, port, certificate and signing in. Whatever fails is said exactly, and no secret with it.</summary>
public sealed class SmtpDoorTests
{
    [Fact]
    public async Task Refused_connections_and_unknown_names_say_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var closed = await new SmtpTransport(SmtpAt(port), TimeProvider.System).TestAsync(null, default);
        var nameless = await new SmtpTransport(SmtpAt(port) with { Host = "no-such-host.invalid" }, TimeProvider.System).TestAsync(
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
    public async Task A_certificate_nobody_vouches_for_is_refused_unless_allowed()
    {
        using var certificate = ScriptedMailServer.SelfSigned("127.0.0.1");
        const string Start = "S: 220 hi\nC: EHLO\nS: 250-hi\\n250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n";
        await using var refused = new ScriptedMailServer(Start, certificate);
        var why = await new SmtpTransport(SmtpAt(refused.Port) with { Security = SmtpSecurity.StartTls }, TimeProvider.System).TestAsync(
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
                SmtpAt(allowed.Port) with
                {
                    Security = SmtpSecurity.StartTls,
                    AllowUntrustedCertificate = true,
                    UserName = "desk",
                    Password = "geheim",
                },
                TimeProvider.System
            ).SendAsync("desk@shop.example", Anna, Message, default)
        );
        Assert.Equal(DeliveryResult.Accepted, outcome.Result);
        Assert.Contains("AUTH PLAIN " + Convert.ToBase64String("\0desk\0geheim"u8), allowed.Heard);

        await using var named = new ScriptedMailServer(Start, certificate);
        var name = await new SmtpTransport(
            SmtpAt(named.Port) with
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
        var settings = SmtpAt(good.Port) with { Security = SmtpSecurity.ImplicitTls, AllowUntrustedCertificate = true };
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
            SmtpAt(server.Port) with
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
        var settings = SmtpAt(server.Port) with { UserName = "desk", Password = "geheim" };

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

        var settings = SmtpAt(((IPEndPoint)listener.LocalEndpoint).Port) with
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
    public async Task The_test_asks_whether_we_may_send_as_the_sender()
    {
        await using var server = new ScriptedMailServer(Hello + "C: MAIL FROM:<desk@shop.example>\nS: 553 not yours\n" + Bye);
        var why = await Transport(server).TestAsync("desk@shop.example", default);
        Assert.Contains("553 not yours", why!.ToString(), StringComparison.Ordinal);
    }
}
