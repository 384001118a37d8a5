using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Complaints.Tests.World;

/// <summary>A test that needs a real IMAP server; skipped, and shown as skipped, where Dovecot is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnDovecotAttribute : FactAttribute
{
    public OnDovecotAttribute() => Skip = Dovecot.Program is null ? "No Dovecot here (tests/run installs dovecot-imapd)." : null;
}

/// <summary>
/// A real Dovecot on loopback with a folder, ports and certificate of its own. Any user name may sign in with
/// <see cref="Password"/> and has a mailbox of its own; names are small letters. Runs as an unprivileged user, also when the tests run as root.
/// </summary>
public sealed class Dovecot : IAsyncLifetime
{
    public const string Password = "geheim & 密码";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "dc-" + Guid.NewGuid().ToString("N")[..12]); // short: the names of sockets below it have 107 bytes
    private Process? _process;

    /// <summary>The server's program; null when it is not installed.</summary>
    public static string? Program { get; } = new[] { "/usr/sbin/dovecot", "/usr/local/sbin/dovecot" }.FirstOrDefault(File.Exists);

    /// <summary>The folder all mailboxes lie in, each named by its user.</summary>
    public string Mail => Path.Combine(_folder, "mail");

    /// <summary>Port for no protection and for STARTTLS.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Port for TLS from the start.</summary>
    public int TlsPort { get; } = FreePort();

    /// <summary>What it says it can do once somebody is let in; null for all it can.</summary>
    public string? Capability { get; init; }

    private static bool Root => Environment.UserName == "root";

    public async Task InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        Open(_folder);
        Open(Mail);
        WriteCertificate();
        await File.WriteAllTextAsync(Path.Combine(_folder, "dovecot.conf"), Configuration());
        await StartAsync();
    }

    /// <summary>Starts it, also again after <see cref="Kill"/>, on the same ports with the same mailboxes.</summary>
    public async Task StartAsync()
    {
        // A process group of its own, so that Kill reaches the server's children and nobody else.
        string[] words = [Program!, "-F", "-c", Path.Combine(_folder, "dovecot.conf")];
        words = Root ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. words] : words;
        _process = Process.Start(new ProcessStartInfo("setsid", words) { RedirectStandardError = true, RedirectStandardInput = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        for (var i = 0; i < 200; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                using var reader = new StreamReader(client.GetStream());
                if (await reader.ReadLineAsync() is { } greeting && greeting.StartsWith("* OK", StringComparison.Ordinal))
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

        throw new InvalidOperationException($"Dovecot did not start:\n{await LogAsync()}");
    }

    /// <summary>kill -9 of the server and all its children at once.</summary>
    public void Kill()
    {
        Signal("-9");
        _process!.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, "--", (-_process!.Id).ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>It keeps every connection and answers nothing any more.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>Puts a message into a mailbox as a delivery agent does.</summary>
    public void Deliver(string user, string message, string folder = "INBOX")
    {
        MakeFolder(user, folder);
        var name = $"{TimeProvider.System.GetTimestamp()}.{Guid.NewGuid():N}.test";
        var written = Path.Combine(At(user, folder), "tmp", name);
        File.WriteAllText(written, message);
        Allow(written);
        File.Move(written, Path.Combine(At(user, folder), "new", name));
    }

    /// <summary>Makes a folder; its name as it travels.</summary>
    public void MakeFolder(string user, string folder)
    {
        if (!Directory.Exists(Path.Combine(At(user, folder), "cur")))
        {
            Open(Path.Combine(Mail, user));
            Open(At(user, folder));
            Array.ForEach(["tmp", "new", "cur"], f => Open(Path.Combine(At(user, folder), f)));
        }
    }

    /// <summary>The files of a folder with their flags, without those in "new" that no program has seen.</summary>
    public IReadOnlyList<string> Seen(string user, string folder = "INBOX") =>
        [.. Directory.EnumerateFiles(Path.Combine(At(user, folder), "cur")).Select(f => Path.GetFileName(f)!)];

    public async Task<string> LogAsync() =>
        File.Exists(Path.Combine(_folder, "log")) ? await File.ReadAllTextAsync(Path.Combine(_folder, "log")) : "no log";

    public Task DisposeAsync()
    {
        if (_process is not null)
        {
            Kill();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <summary>A port of loopback that nobody uses at this moment.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Said(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static void Open(string folder)
    {
        Directory.CreateDirectory(folder);
        Allow(folder);
    }

    // The server runs as somebody else when the tests run as root.
    private static void Allow(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            var folder = File.GetAttributes(path).HasFlag(FileAttributes.Directory);
            File.SetUnixFileMode(path, (UnixFileMode)(folder ? 0x1ff : 0x1b6)); // 777 and 666
        }
    }

    /// <summary>Where a folder lies.</summary>
    internal string At(string user, string folder = "INBOX") =>
        Path.Combine(Mail, user, folder == "INBOX" ? "" : "." + folder).TrimEnd('/');

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        Allow(Path.Combine(_folder, "key.pem"));
    }

    private string Configuration()
    {
        var user = Root ? "nobody" : Environment.UserName;
        var group = Said("id", "-gn", user);
        var password = Convert.ToBase64String(Encoding.UTF8.GetBytes(Password));
        return $$"""
            base_dir = {{_folder}}/run
            state_dir = {{_folder}}/state
            log_path = {{_folder}}/log
            instance_name = complaints-test
            protocols = imap
            listen = 127.0.0.1
            default_internal_user = {{user}}
            default_internal_group = {{group}}
            default_login_user = {{user}}
            first_valid_uid = 1
            first_valid_gid = 0
            ssl = yes
            ssl_cert = <{{_folder}}/cert.pem
            ssl_key = <{{_folder}}/key.pem
            disable_plaintext_auth = no
            auth_mechanisms = plain login
            auth_failure_delay = 0
            mail_location = maildir:~
            mail_fsync = never
            imap_capability = {{Capability}}
            passdb {
              driver = static
              args = password={PLAIN.b64}{{password}}
            }
            userdb {
              driver = static
              args = uid={{user}} gid={{group}} home={{_folder}}/mail/%u
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{Port}}
              }
              inet_listener imaps {
                port = {{TlsPort}}
                ssl = yes
              }
            }
            service anvil {
              chroot =
            }
            service stats {
              chroot =
            }
            """;
    }
}
