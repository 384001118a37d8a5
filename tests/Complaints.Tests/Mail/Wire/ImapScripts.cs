using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

/// <summary>The parts that transcripts of IMAP servers have in common, and a source that talks to them.</summary>
internal static class ImapScripts
{
    public const string All = "IMAP4rev1 AUTH=PLAIN SASL-IR IDLE MOVE UIDPLUS";
    public const string Login = "S: * OK hi\nT: CAPABILITY\nS: * CAPABILITY " + All + "\\n% OK\nT: AUTHENTICATE PLAIN\nS: % OK in\n";
    public const string Select =
        "T: SELECT \"INBOX\"\nS: * FLAGS (\\Seen)\\n* 3 EXISTS\\n* OK [UIDVALIDITY 7] ok\\n* OK [UIDNEXT 100] ok\\n% OK [READ-WRITE] done\n";
    public const string Hello = Login + "T: CAPABILITY\nS: * CAPABILITY " + All + "\\n% OK\n" + Select;
    public const string Bye = "T: LOGOUT\nS: * BYE\\n% OK\n";

    public static async Task<List<SourceMessage>> Read(ScriptedMailServer server, long after, Func<ImapSettings, ImapSettings>? but = null)
    {
        await using var source = Source(server, but);
        await source.OpenAsync(default);
        return await Read(source, after);
    }

    public static async Task<List<SourceMessage>> Read(ImapSource source, long after)
    {
        var messages = new List<SourceMessage>();
        await foreach (var message in source.NewAsync(after, default))
        {
            messages.Add(message);
        }

        return messages;
    }

    public static ImapSource Source(ScriptedMailServer server, Func<ImapSettings, ImapSettings>? but = null) =>
        new((but ?? (s => s))(Mailbox(server.Port)), TimeProvider.System);

    public static ImapSettings Mailbox(int port) =>
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
