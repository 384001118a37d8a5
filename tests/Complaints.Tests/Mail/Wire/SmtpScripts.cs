using System.Net;
using System.Net.Sockets;
using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

/// <summary>What the tests of sending share: pieces of transcripts, and a transport to a scripted server.</summary>
internal static class SmtpScripts
{
    internal const string Hello =
        "S: 220 mail.example ESMTP\nC: EHLO\nS: 250-mail.example greets you\\n250-SIZE 2000000\\n250-8BITMIME\\n250-SMTPUTF8\\n250 PIPELINING\n";
    internal const string Letter =
        "C: MAIL FROM:<desk@shop.example>\nS: 250 ok\nC: RCPT TO:<anna@home.example>\nS: 250 ok\nC: DATA\nS: 354 go on\nBODY\n";
    internal const string Bye = "C: QUIT\nS: 221 bye\n";
    internal static readonly byte[] Message = Encoding.ASCII.GetBytes("Subject: x\r\n\r\nHello\r\n");
    internal static readonly string[] Anna = ["anna@home.example"];

    internal static Task<IReadOnlyList<RecipientOutcome>> Send(ScriptedMailServer server, byte[] message) =>
        Transport(server).SendAsync("desk@shop.example", Anna, message, default);

    internal static SmtpTransport Transport(ScriptedMailServer server) => new(SmtpAt(server.Port), TimeProvider.System);

    internal static SmtpSettings SmtpAt(int port) =>
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
