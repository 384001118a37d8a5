using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Complaints.Mail.Wire;

namespace Complaints.Tests.World;

/// <summary>
/// A theory that needs both real mail servers, Dovecot and Postfix; skipped, and shown as skipped, where one is missing or
/// where it may not be started: Postfix gives up its rights itself and so must begin as root.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnMailServersAttribute : TheoryAttribute
{
    public OnMailServersAttribute() =>
        Skip =
            Dovecot.Program is null ? "No Dovecot here (tests/run installs dovecot-imapd)."
            : Postfix.Program is null ? "No Postfix here (tests/run installs postfix)."
            : Environment.UserName != "root" ? "Postfix can be started by root alone."
            : null;
}

/// <summary>
/// A real Postfix on loopback, beside a Dovecot that serves what it delivers. Its configuration, queue and data are its
/// own; it knows a few domains and nothing else of the world, and asks no name server. Mail to somebody its domains do not
/// know is taken first and comes back as its own report. The service of the machine is left alone.
/// </summary>
public sealed class Postfix : IAsyncLifetime
{
    /// <summary>The address of the desk; its mailbox is Dovecot's user of this name. With a plus and anything behind too.</summary>
    public const string Desk = "complaints@desk.example";

    /// <summary>Every address at this domain lands in one Maildir.</summary>
    public const string Many = "many.example";

    // Local part is the mailbox.
    private static readonly string[] _people = ["grace@customer.example", "wangfang@customer.example", "ivar@customer.example"];

    // Short, because the names of its sockets hold at most 107 characters.
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "pf-" + Guid.NewGuid().ToString("N")[..12]);
    private Process? _process;

    /// <summary>The program that starts all others; null when it is not installed.</summary>
    public static string? Program { get; } =
        new[] { "/usr/lib/postfix/sbin/master", "/usr/libexec/postfix/master" }.FirstOrDefault(File.Exists);

    /// <summary>What serves the mailboxes.</summary>
    public Dovecot Dovecot { get; } = new();

    /// <summary>Where it takes mail, without protection.</summary>
    public int Port { get; } = Dovecot.FreePort();

    /// <summary>The settings that make a house send through it.</summary>
    public string[] Smtp => ["--Smtp:Host", "127.0.0.1", "--Smtp:Port", $"{Port}", "--Smtp:Security", "None", "--Smtp:SenderAddress", Desk];

    public async Task InitializeAsync()
    {
        if (Program is null || Dovecot.Program is null || Environment.UserName != "root")
        {
            return;
        }

        await Dovecot.InitializeAsync();
        foreach (var part in (string[])["etc", "queue", "data"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, part));
        }

        await RunAsync("chown", "postfix", Path.Combine(_folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "etc", "main.cf"), Main());
        await File.WriteAllTextAsync(Path.Combine(_folder, "etc", "master.cf"), Services());
        await File.WriteAllTextAsync(Path.Combine(_folder, "etc", "mailboxes"), Mailboxes());
        await RunAsync("postfix", "-c", Path.Combine(_folder, "etc"), "check"); // makes the queue's folders
        await StartAsync();
    }

    /// <summary>Hands a message to it, as a mail program does.</summary>
    public async Task SendAsync(string from, string to, byte[] message)
    {
        var smtp = new SmtpTransport(
            new SmtpSettings
            {
                Host = "127.0.0.1",
                Port = Port,
                Security = SmtpSecurity.None,
            },
            TimeProvider.System
        );
        var outcome = Assert.Single(await smtp.SendAsync(from, [to], message, CancellationToken.None));
        Assert.True(outcome.Result == DeliveryResult.Accepted, outcome.Reply);
    }

    /// <summary>The messages a mailbox holds, as they were delivered, oldest first.</summary>
    public IReadOnlyList<byte[]> Delivered(string user) =>
        [
            .. new[] { "new", "cur" }
                .Select(f => Path.Combine(Dovecot.At(user), f))
                .Where(Directory.Exists)
                .SelectMany(Directory.EnumerateFiles)
                .OrderBy(File.GetLastWriteTimeUtc)
                .ThenBy(f => f, StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];

    /// <summary>Empties a mailbox, as before the first mail.</summary>
    public void Empty(string user)
    {
        if (Directory.Exists(Dovecot.At(user)))
        {
            Directory.Delete(Dovecot.At(user), recursive: true);
        }
    }

    /// <summary>Waits until a mailbox holds so many messages, and no more; the newest.</summary>
    public async Task<byte[]> ArrivedAsync(string user, int count)
    {
        for (var i = 0; i < 400; i++)
        {
            if (Delivered(user) is { } all && all.Count >= count)
            {
                Assert.Equal(count, all.Count);
                return all[^1];
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"{user} has {Delivered(user).Count} messages and not {count}.\n{await LogAsync()}");
    }

    /// <summary>Waits until nothing is left in its queue.</summary>
    public async Task IdleAsync()
    {
        string[] queues = ["maildrop", "incoming", "active", "deferred"];
        for (var i = 0; i < 400; i++)
        {
            if (!queues.Any(q => Directory.EnumerateFiles(Path.Combine(_folder, "queue", q), "*", SearchOption.AllDirectories).Any()))
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"The queue of Postfix does not empty.\n{await LogAsync()}");
    }

    public async Task<string> LogAsync() =>
        File.Exists(Path.Combine(_folder, "data", "log")) ? await File.ReadAllTextAsync(Path.Combine(_folder, "data", "log")) : "no log";

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await RunAsync("kill", "-9", "--", (-_process.Id).ToString(CultureInfo.InvariantCulture));
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        await Dovecot.DisposeAsync();
    }

    private async Task StartAsync()
    {
        // A process group of its own, so that its end reaches its children and nobody else.
        var start = new ProcessStartInfo("setsid", [Program!, "-c", Path.Combine(_folder, "etc"), "-d"]) { RedirectStandardInput = true };
        _process = Process.Start(start)!;
        for (var i = 0; i < 200 && !_process.HasExited; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                using var reader = new StreamReader(client.GetStream());
                if (await reader.ReadLineAsync() is { } greeting && greeting.StartsWith("220", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Not yet.
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"Postfix did not start:\n{await LogAsync()}");
    }

    private static async Task RunAsync(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }

    private static string Mailboxes() =>
        string.Concat(_people.Append(Desk).Select(a => $"{a} {a.Split('@')[0]}/\n")) + $"@{Many} many/\n@desk.example staff/\n";

    private string Main() =>
        $"""
            compatibility_level = 3.6
            queue_directory = {_folder}/queue
            data_directory = {_folder}/data
            maillog_file = {_folder}/data/log
            maillog_file_prefixes = {_folder}
            syslog_name = complaints-test
            myhostname = mail.servers.example
            mydestination =
            mynetworks = 127.0.0.0/8
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            disable_dns_lookups = yes
            smtp_host_lookup = native
            default_transport = error:5.7.1 This is a test and knows nobody outside
            alias_maps =
            local_recipient_maps =
            recipient_delimiter = +
            virtual_mailbox_domains = {Many}, {string.Join(", ", _people.Append(Desk).Select(a => a.Split('@')[1]).Distinct())}
            virtual_mailbox_maps = texthash:{_folder}/etc/mailboxes
            virtual_mailbox_base = {Dovecot.Mail}
            virtual_uid_maps = static:65534
            virtual_gid_maps = static:65534
            # Unknown people are found only at delivery, so that a real report comes back instead of a refusal.
            smtpd_reject_unlisted_recipient = no
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_client_connection_count_limit = 0
            smtpd_client_connection_rate_limit = 0
            smtpd_peername_lookup = no
            message_size_limit = 60000000
            mailbox_size_limit = 0
            virtual_mailbox_limit = 0

            """;

    private string Services() =>
        $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            virtual unix - n n - - virtual
            local unix - n n - - local
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """;
}
