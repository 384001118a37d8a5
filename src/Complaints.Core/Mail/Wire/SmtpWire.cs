using System.Globalization;
using System.Net;
using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// Commands out and answers in, as SMTP has them. Every answer has its longest size; all faults become an
/// <see cref="SmtpFailure"/>.
/// </summary>
internal sealed class SmtpWire(SmtpSettings settings, TimeProvider time)
    : MailWire(settings.Host, settings.Port, settings.Timeout, settings.AllowUntrustedCertificate, time)
{
    // RFC 5321 asks for 512 bytes a line; real servers go over. Beyond these it is no mail server.
    private const int LongestLine = 4096;
    private const int MostLines = 200;
    private const int LongestText = 1000;

    /// <summary>Our own address on this connection.</summary>
    public IPAddress? OwnAddress => Own?.Address;

    /// <summary>Sends one command and reads its answer.</summary>
    public async Task<SmtpReply> AskAsync(string command, CancellationToken cancellation)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellation);
        return await HearAsync(settings.Timeout, cancellation);
    }

    /// <summary>Reads one answer, all its lines (RFC 5321, 4.2.1).</summary>
    public Task<SmtpReply> HearAsync(TimeSpan limit, CancellationToken cancellation)
    {
        return WithinAsync(limit, HearAllAsync, cancellation);
    }

    protected override Exception Failure(Sentence why) => new SmtpFailure(why);

    protected override Sentence Silent(int seconds) =>
        new(
            "The mail server {0} did not answer on port {1} within {2|second|seconds}. Check the port and the kind of protection: port 465 is TLS from the start, port 587 is STARTTLS.",
            Host,
            Port,
            seconds
        );

    protected override Sentence Unprotected() =>
        new("No protected connection to {0} came about on port {1}. Port 465 is TLS from the start, port 587 is STARTTLS.", Host, Port);

    private async Task<SmtpReply> HearAllAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        var code = -1;
        while (true)
        {
            var line = await LineAsync(cancellation);
            var number =
                line.Length >= 3 && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            var mark = line.Length > 3 ? line[3] : ' ';
            if (number is < 200 or > 599 || mark is not (' ' or '-') || (code >= 0 && code != number) || lines.Count >= MostLines)
            {
                throw NoMailServer();
            }

            code = number;
            lines.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (mark == ' ')
            {
                var text = string.Join(' ', lines.Where(l => l.Length > 0));
                return new SmtpReply(code, text.Length > LongestText ? text[..LongestText] + "…" : text, lines);
            }
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var text = Encoding.UTF8.GetString(await LineAsync(LongestLine, cancellation));
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
