using System.Globalization;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// One message on its way: its envelope, its bytes made ready for DATA, and what became of each recipient. Holds the rules
/// by which an answer of the server becomes an outcome, whichever library carries the conversation.
/// </summary>
public sealed class SmtpLetter
{
    private readonly RecipientOutcome?[] _outcomes;
    private readonly string[] _recipients;
    private readonly string?[] _addresses;
    private readonly bool _utf8Headers;

    private int _welcome;

    /// <summary>Settles at once whatever is no address.</summary>
    /// <param name="doubleDots">False where a library doubles leading dots itself.</param>
    public SmtpLetter(string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, bool doubleDots = true)
    {
        _recipients = [.. recipients];
        _outcomes = new RecipientOutcome?[_recipients.Length];
        _addresses = [.. _recipients.Select(EnvelopeAddress.Of)];
        (Body, EightBit, _utf8Headers) = SmtpBody.Of(message.Span, doubleDots);
        Sender = sender.Length == 0 ? "" : EnvelopeAddress.Of(sender) ?? "";
        if (sender.Length > 0 && Sender.Length == 0)
        {
            Rest(
                DeliveryResult.PermanentFailure,
                null,
                new Sentence("“{0}” is not a mail address that can be sent to. Correct it.", sender)
            );
        }

        foreach (var i in Open.Where(i => _addresses[i] is null))
        {
            Settle(
                i,
                DeliveryResult.PermanentFailure,
                null,
                new Sentence("“{0}” is not a mail address that can be sent to. Correct it.", _recipients[i])
            );
        }
    }

    /// <summary>Envelope sender as it goes over the wire; empty for none.</summary>
    public string Sender { get; }

    /// <summary>The message with CRLF line ends and doubled leading dots, without the end mark.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Bytes above 127 anywhere in it.</summary>
    public bool EightBit { get; }

    /// <summary>Does anything open need the server to know addresses beyond ASCII (RFC 6531)?</summary>
    public bool NeedsUtf8 => _utf8Headers || !Ascii(Sender) || Open.Any(i => !Ascii(Address(i)));

    /// <summary>The end mark has been started; from here on a silence is an unknown outcome.</summary>
    public bool Gone { get; set; }

    /// <summary>Places of the recipients about whom nothing is decided yet.</summary>
    public IReadOnlyList<int> Open => [.. Enumerable.Range(0, _outcomes.Length).Where(i => _outcomes[i] is null)];

    /// <summary>For every recipient, in their order; who is still open has failed for now.</summary>
    public IReadOnlyList<RecipientOutcome> Outcomes =>
        [.. _outcomes.Select((o, i) => o ?? new RecipientOutcome(_recipients[i], DeliveryResult.TemporaryFailure, ""))];

    /// <summary>The address at this place as it goes over the wire.</summary>
    public string Address(int i) => _addresses[i] ?? "";

    /// <summary>A recipient was welcome.</summary>
    public void Welcomed() => _welcome++;

    /// <summary>A recipient was refused (RCPT).</summary>
    public void RecipientRefused(int i, SmtpReply reply)
    {
        if (AreOurs(reply))
        {
            Settle(i, DeliveryResult.TemporaryFailure, reply);
            return;
        }

        // 552 here means "too many recipients" (RFC 5321, 4.5.3.1.10), which passes with the next message.
        var forGood = reply.Permanent && (reply.Code != 552 || _welcome == 0);
        Settle(i, forGood ? DeliveryResult.PermanentFailure : DeliveryResult.TemporaryFailure, reply);
    }

    /// <summary>The sender was refused (MAIL).</summary>
    public void SenderRefused(string host, SmtpReply reply)
    {
        Rest(
            reply.Permanent && !AreOurs(reply) ? DeliveryResult.PermanentFailure : DeliveryResult.TemporaryFailure,
            reply,
            reply.Permanent
                ? new Sentence("The mail server {0} does not let this user send as {1}: {2}", host, Sender, reply.ToString())
                : null
        );
    }

    /// <summary>The server's answer to the message itself, for all who are open.</summary>
    public void Answered(SmtpReply reply) =>
        Rest(
            reply.Good ? DeliveryResult.Accepted
                : reply.Permanent && !AreOurs(reply) ? DeliveryResult.PermanentFailure
                : DeliveryResult.TemporaryFailure,
            reply,
            null
        );

    /// <summary>The conversation broke off.</summary>
    public void Lost(string host, SmtpReply? reply, Sentence? why) =>
        Rest(
            Gone ? DeliveryResult.Unknown : DeliveryResult.TemporaryFailure,
            reply,
            Gone
                ? new Sentence(
                    "The connection to {0} was lost after the message had been sent and before the answer. It may have arrived.",
                    host
                )
                : why
        );

    /// <summary>Decides about one recipient.</summary>
    public void Settle(int i, DeliveryResult result, SmtpReply? reply, Sentence? why = null) =>
        _outcomes[i] = new RecipientOutcome(_recipients[i], result, reply?.ToString() ?? "") { Why = why };

    /// <summary>Nothing could be asked of the server.</summary>
    public void Unreachable(SmtpReply? reply, Sentence? why)
    {
        foreach (var i in Open)
        {
            Settle(i, DeliveryResult.TemporaryFailure, reply, why);
            _outcomes[i] = _outcomes[i]! with { Unreachable = true };
        }
    }

    /// <summary>Decides about all who are open.</summary>
    public void Rest(DeliveryResult result, SmtpReply? reply, Sentence? why)
    {
        foreach (var i in Open)
        {
            Settle(i, result, reply, why);
        }
    }

    /// <summary>Settles what this server cannot carry, before anything is handed over; false when nothing is left.</summary>
    /// <param name="offers">Does the server offer this extension?</param>
    /// <param name="largest">Largest message it takes, in bytes; null when it names no limit.</param>
    public bool Suits(Func<string, bool> offers, long? largest)
    {
        if (largest is { } most && Body.Length > most)
        {
            Rest(
                DeliveryResult.PermanentFailure,
                null,
                new Sentence(
                    "The message has {0} bytes and the mail server takes at most {1}. Send it with fewer or smaller attachments.",
                    Body.Length.ToString("N0", CultureInfo.InvariantCulture),
                    most.ToString("N0", CultureInfo.InvariantCulture)
                )
            );
        }

        if (EightBit && !offers("8BITMIME"))
        {
            Rest(
                DeliveryResult.PermanentFailure,
                null,
                new Sentence("The mail server carries only seven-bit messages, and this one is not.")
            );
        }

        if (!offers("SMTPUTF8"))
        {
            foreach (var i in Open.Where(i => _utf8Headers || !Ascii(Sender) || !Ascii(Address(i))))
            {
                Settle(
                    i,
                    DeliveryResult.PermanentFailure,
                    null,
                    new Sentence(
                        "The mail server cannot carry addresses with letters beyond ASCII, such as {0}. Ask for another address, or telephone.",
                        _recipients[i]
                    )
                );
            }
        }

        return Open.Count > 0;
    }

    // 530 to 538 say that signing in is missing or too weak: a setting, which somebody will mend. Some servers say so late.
    private static bool AreOurs(SmtpReply reply) => reply.Code is 530 or 534 or 535 or 538;

    private static bool Ascii(string text) => text.All(char.IsAscii);
}
