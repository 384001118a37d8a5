using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// Hands mail to a server by SMTP (RFC 5321), one connection per message: STARTTLS or TLS from the start, signing in
/// with PLAIN or LOGIN, SIZE, 8BITMIME and SMTPUTF8. What fails before a sender is named is our own setting or the
/// network, never the recipient's fault, and so counts as failed for now whatever code the server used.
/// </summary>
public sealed class SmtpTransport(SmtpSettings settings, TimeProvider time) : IMailTransport
{
    // After a stop is asked for, how long the answer to a message already sent is still waited for.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _goodbye = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecipientOutcome>> SendAsync(
        string envelopeSender,
        IReadOnlyList<string> recipients,
        ReadOnlyMemory<byte> message,
        CancellationToken cancellation
    )
    {
        var letter = new SmtpLetter(envelopeSender, recipients, message);
        if (letter.Open.Count == 0)
        {
            return letter.Outcomes;
        }

        using var wire = new SmtpWire(settings, time);
        var talk = new SmtpTalk(settings, wire);
        try
        {
            await talk.OpenAsync(cancellation);
        }
        catch (SmtpFailure e)
        {
            letter.Unreachable(e.Reply, e.Why);
            return letter.Outcomes;
        }

        try
        {
            if (letter.Suits(talk.Offers, talk.LargestMessage))
            {
                await HandOverAsync(letter, talk, wire, cancellation);
            }

            await LeaveAsync(wire);
        }
        catch (SmtpFailure e)
        {
            letter.Lost(settings.Host, e.Reply, e.Why);
        }

        return letter.Outcomes;
    }

    /// <inheritdoc/>
    public async Task<Sentence?> TestAsync(string? envelopeSender, CancellationToken cancellation)
    {
        using var wire = new SmtpWire(settings, time);
        try
        {
            await new SmtpTalk(settings, wire).OpenAsync(cancellation);
            if (envelopeSender is not null)
            {
                if (EnvelopeAddress.Of(envelopeSender) is not { } sender)
                {
                    return new Sentence("“{0}” is not a mail address that can be sent to. Correct it.", envelopeSender);
                }

                var reply = await wire.AskAsync($"MAIL FROM:<{sender}>", cancellation);
                if (!reply.Good)
                {
                    return new Sentence(
                        "The mail server {0} does not let this user send as {1}: {2}",
                        settings.Host,
                        envelopeSender,
                        reply.ToString()
                    );
                }
            }

            await LeaveAsync(wire);
            return null;
        }
        catch (SmtpFailure e)
        {
            return e.Why;
        }
    }

    private async Task HandOverAsync(SmtpLetter letter, SmtpTalk talk, SmtpWire wire, CancellationToken cancellation)
    {
        var command = new StringBuilder("MAIL FROM:<").Append(letter.Sender).Append('>');
        command.Append(talk.Offers("SIZE") ? $" SIZE={letter.Body.Length}" : "");
        command.Append(talk.Offers("8BITMIME") && letter.EightBit ? " BODY=8BITMIME" : "");
        command.Append(talk.Offers("SMTPUTF8") && letter.NeedsUtf8 ? " SMTPUTF8" : "");
        var reply = await wire.AskAsync(command.ToString(), cancellation);
        if (!reply.Good)
        {
            letter.SenderRefused(settings.Host, reply);
            return;
        }

        foreach (var i in letter.Open)
        {
            reply = await wire.AskAsync($"RCPT TO:<{letter.Address(i)}>", cancellation);
            if (reply.Good)
            {
                letter.Welcomed();
                continue;
            }

            letter.RecipientRefused(i, reply);
            if (reply.Code == 421)
            {
                letter.Rest(DeliveryResult.TemporaryFailure, reply, null);
                return;
            }
        }

        if (letter.Open.Count == 0)
        {
            return;
        }

        reply = await wire.AskAsync("DATA", cancellation);
        if (reply.Code != 354)
        {
            letter.Answered(reply with { Code = reply.Good ? 421 : reply.Code });
            return;
        }

        reply = await WriteBodyAsync(letter, wire, cancellation);
        if (reply is null)
        {
            cancellation.ThrowIfCancellationRequested();
            letter.Gone = true; // from the first byte of the end mark on, the server may have it
            reply = await AnswerAsync(wire, cancellation);
        }

        letter.Answered(reply);
    }

    /// <summary>Sends the message without its end mark; the server's answer when it broke off in the middle with one.</summary>
    private async Task<SmtpReply?> WriteBodyAsync(SmtpLetter letter, SmtpWire wire, CancellationToken cancellation)
    {
        const int Block = 64 * 1024;
        try
        {
            for (var at = 0; at < letter.Body.Length; at += Block)
            {
                await wire.WriteAsync(letter.Body.Slice(at, Math.Min(Block, letter.Body.Length - at)), cancellation);
            }

            return null;
        }
        catch (SmtpFailure)
        {
            var reply = await wire.HearAsync(_goodbye, cancellation);
            return reply.Good ? reply with { Code = 421 } : reply; // a yes to half a message is no yes
        }
    }

    private async Task<SmtpReply> AnswerAsync(SmtpWire wire, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var asked = cancellation.Register(() => patience.CancelAfter(_grace));
        try
        {
            await wire.WriteAsync(".\r\n"u8.ToArray(), patience.Token);
            return await wire.HearAsync(settings.AnswerTimeout, patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new SmtpFailure(new Sentence("This system was stopped before the mail server {0} had answered.", settings.Host));
        }
    }

    private async Task LeaveAsync(SmtpWire wire)
    {
        try
        {
            using var limit = new CancellationTokenSource(_goodbye, time);
            await wire.AskAsync("QUIT", limit.Token);
        }
        catch (Exception e) when (e is SmtpFailure or OperationCanceledException)
        {
            // Everything is settled; a server that does not say goodbye changes nothing.
        }
    }
}
