using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// Responses in, commands out, as IMAP has them. Each silence has its time limit and everything its longest size; all
/// faults become a <see cref="MailSourceFailure"/>.
/// </summary>
internal sealed class ImapWire(ImapSettings settings, TimeProvider time)
    : MailWire(settings.Host, settings.Port, settings.Timeout, settings.AllowUntrustedCertificate, time)
{
    private const int LongestLine = 64 * 1024;
    private const int LongestLines = 512 * 1024;
    private const int MostBlocks = 200;
    private const int SmallBlocks = 1024 * 1024; // what the blocks of a response may hold beside the one that is wanted
    private const long LongestBlock = 1L << 30; // nothing larger is passed over; it would take for ever

    /// <summary>Something failed; nothing more is to be said over this connection.</summary>
    public bool Broken { get; private set; }

    /// <summary>Reads one response.</summary>
    /// <param name="keep">Of blocks, at most so many bytes are kept; the rest of a longer one is read and forgotten.</param>
    /// <param name="cancellation">Stops; the connection is of no more use then.</param>
    public async Task<ImapResponse> HearAsync(int keep, CancellationToken cancellation)
    {
        try
        {
            var pieces = new List<ImapPiece>();
            var lines = 0;
            var kept = 0L;
            while (true)
            {
                var line = await WithinAsync(settings.Timeout, token => LineAsync(LongestLine, token), cancellation);
                lines += line.Length;
                if (ImapParser.Announced(line) is not { } size)
                {
                    pieces.Add(new(line, null));
                    return ImapParser.Parse(pieces);
                }

                kept += Math.Min(size, keep);
                if (lines > LongestLines || pieces.Count >= MostBlocks || size > LongestBlock || kept > (long)keep + SmallBlocks)
                {
                    throw NoMailServer();
                }

                pieces.Add(new(line, new(await BlockAsync(size, keep, cancellation), size, true, null)));
            }
        }
        catch (FormatException)
        {
            throw NoMailServer();
        }
    }

    /// <summary>Waits for the beginning of a response; false when none came within <paramref name="limit"/>.</summary>
    public async Task<bool> StirsAsync(TimeSpan limit, CancellationToken cancellation)
    {
        if (Waiting.Length > 0)
        {
            return true;
        }

        using var timer = new CancellationTokenSource(limit, Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await FillAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    protected override Exception Failure(Sentence why)
    {
        Broken = true;
        return new MailSourceFailure(why);
    }

    protected override Sentence Silent(int seconds) =>
        new(
            "The mail server {0} did not answer on port {1} within {2|second|seconds}. Check the port and the kind of protection: port 993 is TLS from the start, port 143 is STARTTLS.",
            Host,
            Port,
            seconds
        );

    protected override Sentence Unprotected() =>
        new("No protected connection to {0} came about on port {1}. Port 993 is TLS from the start, port 143 is STARTTLS.", Host, Port);

    private async Task<byte[]> BlockAsync(long size, int keep, CancellationToken cancellation)
    {
        var block = new byte[(int)Math.Min(size, keep)];
        for (var at = 0L; at < size; )
        {
            if (Waiting.Length == 0)
            {
                await WithinAsync(settings.Timeout, FillAsync, cancellation);
            }

            var part = Waiting[..(int)Math.Min(Waiting.Length, size - at)];
            if (at < block.Length)
            {
                part[..(int)Math.Min(part.Length, block.Length - at)].CopyTo(block.AsMemory((int)at));
            }

            at += part.Length;
            Use(part.Length);
        }

        return block;
    }
}
