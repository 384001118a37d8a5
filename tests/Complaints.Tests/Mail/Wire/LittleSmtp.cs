using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Complaints.Mail.Wire;

namespace Complaints.Tests.Mail.Wire;

/// <summary>A mail server on loopback that takes any number of mails, answers each RCPT as told, and can go away and come back.</summary>
internal sealed class LittleSmtp : IAsyncDisposable
{
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _accepting = Task.CompletedTask;

    public LittleSmtp()
    {
        Open();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>What RCPT is answered; null for yes.</summary>
    public Func<string, string?> Refuses { get; set; } = _ => null;

    /// <summary>Who got what, in the order of arrival.</summary>
    public ConcurrentQueue<(string Recipient, byte[] Bytes)> Taken { get; } = [];

    /// <summary>How often it was connected to.</summary>
    public int Visits { get; private set; }

    public SmtpTransport Transport =>
        new(
            new SmtpSettings
            {
                Host = "127.0.0.1",
                Port = Port,
                Security = SmtpSecurity.None,
                HelloName = "desk.example",
                Timeout = TimeSpan.FromSeconds(5),
                AnswerTimeout = TimeSpan.FromSeconds(5),
            },
            TimeProvider.System
        );

    /// <summary>Nothing answers any more.</summary>
    public async Task GoAwayAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    /// <summary>It answers again, where it did.</summary>
    public void ComeBack()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        Open();
    }

    public async ValueTask DisposeAsync() => await GoAwayAsync();

    private void Open()
    {
        _listener.Start();
        var listener = _listener;
        _accepting = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    Visits++;
                    await ServeAsync(client);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // stopped
            }
        });
    }

    private async Task ServeAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var to = new List<string>();
        await SayAsync("220 little.example");
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(' ', ':')[0])
            {
                case "RCPT":
                    var address = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    var no = Refuses(address);
                    await SayAsync(no ?? "250 ok");
                    if (no is null)
                    {
                        to.Add(address);
                    }

                    break;
                case "DATA":
                    await SayAsync("354 go");
                    var body = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } text && text != ".")
                    {
                        body.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
                    }

                    to.ForEach(t => Taken.Enqueue((t, Encoding.Latin1.GetBytes(body.ToString()))));
                    await SayAsync($"250 2.0.0 queued as {Taken.Count}");
                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("250 ok");
                    break;
            }
        }

        Task SayAsync(string say) => stream.WriteAsync(Encoding.Latin1.GetBytes(say + "\r\n")).AsTask();
    }
}
