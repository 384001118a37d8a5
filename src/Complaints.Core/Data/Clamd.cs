using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Complaints.Language;

namespace Complaints.Data;

/// <summary>
/// A client of ClamAV's daemon: hands a content over and reads what it found (clamd(8), INSTREAM). One connection for
/// each content; nothing is believed but its three answers.
/// </summary>
/// <param name="connect">Opens the way to it.</param>
/// <param name="address">As set, for people.</param>
public sealed class Clamd(Func<CancellationToken, Task<Socket>> connect, string address)
{
    private const int Chunk = 64 * 1024;
    private const int LongestAnswer = 4096;
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(3);

    /// <summary>Where it is, as set.</summary>
    public string Address { get; } = address;

    /// <summary>From the setting <c>Files:Clamd</c>: <c>unix:/run/clamav/clamd.ctl</c> or <c>tcp:127.0.0.1:3310</c>.</summary>
    /// <returns>Null when nothing is set.</returns>
    /// <exception cref="InvalidOperationException">The setting cannot be read.</exception>
    public static Clamd? From(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return null;
        }

        var text = setting.Trim();
        if (text.StartsWith("unix:/", StringComparison.Ordinal))
        {
            var place = new UnixDomainSocketEndPoint(text["unix:".Length..]);
            return new Clamd(
                c => OpenAsync(new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), s => s.ConnectAsync(place, c)),
                text
            );
        }

        var colon = text.LastIndexOf(':');
        return
            text.StartsWith("tcp:", StringComparison.Ordinal)
            && colon > 4
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535
            ? new Clamd(
                c => OpenAsync(new(SocketType.Stream, ProtocolType.Tcp), s => s.ConnectAsync(text[4..colon].Trim('[', ']'), port, c)),
                text
            )
            : throw new InvalidOperationException(
                $"Files:Clamd is “{text}”; write unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310, or leave it empty."
            );
    }

    /// <summary>Has the content looked through.</summary>
    /// <exception cref="ClamdGone">It is not there, or left in the middle.</exception>
    public async Task<ClamdAnswer> ScanAsync(Stream content, CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_longest);
        var midway = false;
        try
        {
            using var socket = await connect(limit.Token);
            await SendAsync(socket, "zINSTREAM\0"u8.ToArray(), limit.Token);
            try
            {
                var buffer = new byte[Chunk + 4];
                for (int read; (read = await content.ReadAsync(buffer.AsMemory(4), limit.Token)) > 0; )
                {
                    BinaryPrimitives.WriteInt32BigEndian(buffer, read);
                    await SendAsync(socket, buffer.AsMemory(0, read + 4), limit.Token);
                    midway = true;
                }

                await SendAsync(socket, new byte[4], limit.Token);
            }
            catch (SocketException)
            {
                // It closes while we still send when the content is too large for it, and has said so before.
            }

            return ClamdAnswer.Read(await AnswerAsync(socket, limit.Token));
        }
        catch (SocketException gone)
        {
            throw new ClamdGone(new Sentence("the virus scanner cannot be reached: {0}", gone.Message), midway);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ClamdGone(new Sentence("the virus scanner does not answer."), midway);
        }
    }

    private static async Task<Socket> OpenAsync(Socket socket, Func<Socket, ValueTask> connect)
    {
        try
        {
            await connect(socket);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancel)..];
        }
    }

    private static async Task<string> AnswerAsync(Socket socket, CancellationToken cancel)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), SocketFlags.None, cancel);
            length += read;
            if (read == 0 || answer.AsSpan(0, length).Contains((byte)0))
            {
                break;
            }
        }

        return length == 0
            ? throw new ClamdGone(new Sentence("the virus scanner closed the connection without an answer."), midway: true)
            : Encoding.UTF8.GetString(answer.AsSpan(0, length)).TrimEnd('\0', '\n').Trim();
    }
}

/// <summary>What the daemon said.</summary>
/// <param name="State">Clean, infected, or not scanned.</param>
/// <param name="Found">Its name for what it found.</param>
/// <param name="Why">Why it did not scan.</param>
public sealed record ClamdAnswer(ScanState State, string? Found = null, Sentence? Why = null)
{
    /// <summary>The content is larger than its <c>StreamMaxLength</c>.</summary>
    public bool TooLarge { get; private init; }

    /// <summary>Reads the line; whatever is not clearly one of its answers is "not scanned".</summary>
    public static ClamdAnswer Read(string line)
    {
        const string Ending = " FOUND";
        return line == "stream: OK" ? new ClamdAnswer(ScanState.Clean)
            : line.StartsWith("stream: ", StringComparison.Ordinal) && line.EndsWith(Ending, StringComparison.Ordinal)
                ? new ClamdAnswer(ScanState.Infected, Cut(line["stream: ".Length..^Ending.Length]))
            : line.StartsWith("INSTREAM size limit exceeded", StringComparison.Ordinal)
                ? new ClamdAnswer(ScanState.NotScanned, Why: new Sentence("it is larger than the scanner takes")) { TooLarge = true }
            : new ClamdAnswer(ScanState.NotScanned, Why: new Sentence("the scanner said “{0}”", Cut(line)));
    }

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200];
}

/// <summary>The daemon could not be asked.</summary>
/// <param name="midway">It took some of the content, so that the content may be what it stumbled over.</param>
public sealed class ClamdGone(Sentence why, bool midway) : Exception(why.ToString())
{
    /// <summary>It took some of the content, so that the content may be what it stumbled over.</summary>
    public bool Midway { get; } = midway;

    /// <summary>What is wrong.</summary>
    public Sentence Why { get; } = why;
}

/// <summary>The virus scanner as the operator set it up; none is the rule.</summary>
/// <param name="Clamd">Null when none is set up.</param>
public sealed record ClamdSetting(Clamd? Clamd);
