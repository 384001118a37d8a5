using System.Globalization;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>One message on its way: its envelope, its bytes made ready for DATA, and what became of each recipient.</summary>
internal sealed class SmtpLetter
{
    private readonly RecipientOutcome?[] _outcomes;
    private readonly string[] _recipients;
    private readonly string?[] _addresses;
    private readonly bool _utf8Headers;

    public SmtpLetter(string sender, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message)
    {
        _recipients = [.. recipients];
        _outcomes = new RecipientOutcome?[_recipients.Length];
        _addresses = [.. _recipients.Select(EnvelopeAddress.Of)];
        (Body, EightBit, _utf8Headers) = SmtpBody.Of(message.Span);
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

    public bool EightBit { get; }

    /// <summary>Does anything open need the server to know addresses beyond ASCII (RFC 6531)?</summary>
    public bool NeedsUtf8 => _utf8Headers || !Ascii(Sender) || Open.Any(i => !Ascii(Address(i)));

    /// <summary>The end mark has been started; from here on a silence is an unknown outcome.</summary>
    public bool Gone { get; set; }

    /// <summary>Places of the recipients about whom nothing is decided yet.</summary>
    public IReadOnlyList<int> Open => [.. Enumerable.Range(0, _outcomes.Length).Where(i => _outcomes[i] is null)];

    public IReadOnlyList<RecipientOutcome> Outcomes =>
        [.. _outcomes.Select((o, i) => o ?? new RecipientOutcome(_recipients[i], DeliveryResult.TemporaryFailure, ""))];

    public string Address(int i) => _addresses[i] ?? "";

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

    public void Rest(DeliveryResult result, SmtpReply? reply, Sentence? why)
    {
        foreach (var i in Open)
        {
            Settle(i, result, reply, why);
        }
    }

    /// <summary>Settles what this server cannot carry, before anything is handed over; false when nothing is left.</summary>
    public bool Suits(SmtpTalk talk)
    {
        if (talk.LargestMessage is { } most && Body.Length > most)
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

        if (EightBit && !talk.Offers("8BITMIME"))
        {
            Rest(
                DeliveryResult.PermanentFailure,
                null,
                new Sentence("The mail server carries only seven-bit messages, and this one is not.")
            );
        }

        if (!talk.Offers("SMTPUTF8"))
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

    private static bool Ascii(string text) => text.All(char.IsAscii);
}
