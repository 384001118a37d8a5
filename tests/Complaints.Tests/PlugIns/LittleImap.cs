using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Complaints.Tests.PlugIns;

/// <summary>
/// A small mail server on loopback that understands whatever way a client asks, and misbehaves where it is told to: a
/// transcript would hold for one client only.
/// </summary>
/// <param name="odd">What to answer to a command, given without its tag, instead of the usual; a percent sign stands for
/// the tag and <c>\n</c> for a line end. Null for the usual.</param>
/// <param name="more">What it can do beside the bare protocol.</param>
internal sealed partial class LittleImap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, string?> _odd;
    private readonly string _offers;
    private readonly Task _serving;

    public LittleImap(Func<string, string?> odd, string more = "IDLE MOVE UIDPLUS")
    {
        (_odd, _offers) = (odd, "IMAP4rev1 AUTH=PLAIN SASL-IR " + more);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Commands without their tags.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>The messages by their numbers.</summary>
    public SortedDictionary<long, string> Messages { get; } = new() { [1] = "Subject: 1\r\n\r\nx\r\n", [2] = "Subject: 2\r\n\r\nx\r\n" };

    /// <summary>Numbers of messages marked as deleted.</summary>
    public HashSet<long> Deleted { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using var stream = client.GetStream();
            using var lines = new StreamReader(stream, Encoding.Latin1);
            await SayAsync("* OK hi\n");
            while (await lines.ReadLineAsync(_stop.Token) is { } line)
            {
                var words = line.Split(' ', 2);
                var command = words.Length > 1 ? words[1] : "";
                Heard.Add(command);
                var answer = _odd(command) ?? Usual(command);
                await SayAsync(answer.Replace("%", words[0], StringComparison.Ordinal));
                if (answer.StartsWith('+') && await lines.ReadLineAsync(_stop.Token) is not null)
                {
                    await SayAsync($"{words[0]} OK done\n");
                }
            }

            async Task SayAsync(string text) =>
                await stream.WriteAsync(
                    Encoding.Latin1.GetBytes((text.EndsWith('\n') ? text : text + "\n").ReplaceLineEndings("\r\n")),
                    _stop.Token
                );
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The client went away.
        }
    }

    private string Usual(string command)
    {
        var words = command.Split(' ');
        return words[0].ToUpperInvariant() switch
        {
            "CAPABILITY" => $"* CAPABILITY {_offers}\n% OK",
            "SELECT" => $"* {Messages.Count} EXISTS\n* OK [UIDVALIDITY 7] x\n* OK [UIDNEXT 100] x\n% OK [READ-WRITE] done",
            "LIST" => $"* LIST () \"/\" {words[^1]}\n% OK",
            "NAMESPACE" => "* NAMESPACE ((\"\" \"/\")) NIL NIL\n% OK",
            "IDLE" => "+ idling",
            "LOGOUT" => "* BYE\n% OK",
            "UID" when words[1] is "FETCH" => Fetched(command) + "% OK",
            "SEARCH" =>
                $"* SEARCH {string.Join(' ', Messages.Keys.Index().Where(m => Asked(command, m.Item)).Select(m => m.Index + 1))}\n% OK",
            _ => "% OK",
        };
    }

    private string Fetched(string command)
    {
        var text = new StringBuilder();
        var place = 0;
        foreach (var (uid, message) in Messages)
        {
            place++;
            if (!Asked(command, uid))
            {
                continue;
            }

            var items = $"UID {uid.ToString(CultureInfo.InvariantCulture)}";
            items += command.Contains("RFC822.SIZE", StringComparison.Ordinal) ? $" RFC822.SIZE {message.Length}" : "";
            items += command.Contains("INTERNALDATE", StringComparison.Ordinal) ? " INTERNALDATE \"02-Nov-2026 10:00:00 +0000\"" : "";
            items += command.Contains("FLAGS", StringComparison.Ordinal) ? $" FLAGS ({(Deleted.Contains(uid) ? "\\Deleted" : "")})" : "";
            if (Body().Match(command) is { Success: true } asked)
            {
                var part = asked.Groups[1].Length == 0 ? message : message[..(message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
                items += $" BODY[{asked.Groups[1].Value}]{(asked.Groups[2].Success ? "<0>" : "")} {{{part.Length}}}\n{part}";
            }

            text.Append(CultureInfo.InvariantCulture, $"* {place} FETCH ({items})\n");
        }

        return text.ToString();
    }

    private bool Asked(string command, long uid) => Set().Match(command).Groups[1].Value.Split(',').Any(run => Holds(run, uid));

    private bool Holds(string run, long uid)
    {
        var ends = run.Split(':')
            .Select(e => e == "*" ? Messages.Keys.Last() : long.Parse(e, CultureInfo.InvariantCulture))
            .Order()
            .ToList();
        return uid >= ends[0] && uid <= ends[^1];
    }

    [GeneratedRegex(@"UID (?:\w+ )?([\d:,*]+)", RegexOptions.None, 1000)]
    private static partial Regex Set();

    [GeneratedRegex(@"BODY\.PEEK\[(\w*)\](<\S+>)?", RegexOptions.None, 1000)]
    private static partial Regex Body();
}
