using System.Globalization;
using System.Text;
using global::MailKit;
using Complaints.Language;
using Complaints.Mail.Wire;
using global::MailKit.Net.Smtp;
using global::MailKit.Security;
using MimeKit;

namespace Complaints.MailKit;

/// <summary>
/// Hands mail to a server by MailKit, one connection per message. What an answer means for a recipient is decided by
/// <see cref="SmtpLetter"/>, as on the built-in side.
/// </summary>
public sealed partial class MailKitTransport(SmtpSettings settings, TimeProvider clock) : global::Complaints.Mail.Wire.IMailTransport
{
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
        var letter = new SmtpLetter(envelopeSender, recipients, message, doubleDots: false);
        if (letter.Open.Count == 0)
        {
            return letter.Outcomes;
        }

        using var client = New(letter);
        if (await OpenAsync(client, cancellation) is var (why, reply))
        {
            letter.Unreachable(reply, why);
            return letter.Outcomes;
        }

        client.Capabilities &= ~SmtpCapabilities.Pipelining; // each answer is heard before the next question
        long? largest = client.Capabilities.HasFlag(SmtpCapabilities.Size) && client.MaxSize > 0 ? client.MaxSize : null;
        if (letter.Suits(Offers, largest))
        {
            if (!letter.NeedsUtf8)
            {
                // Or the library asks the server for letters beyond ASCII in a domain's sake, and the next server refuses it.
                client.Capabilities &= ~SmtpCapabilities.UTF8;
            }

            await HandOverAsync(client, letter, cancellation);
        }

        await LeaveAsync(client);
        return letter.Outcomes;

        bool Offers(string extension) =>
            client.Capabilities.HasFlag(extension == "SMTPUTF8" ? SmtpCapabilities.UTF8 : SmtpCapabilities.EightBitMime);
    }

    /// <inheritdoc/>
    public async Task<Sentence?> TestAsync(string? envelopeSender, CancellationToken cancellation)
    {
        using var client = New(null);
        if (await OpenAsync(client, cancellation) is var (why, _))
        {
            return why;
        }

        if (envelopeSender is not null)
        {
            if (EnvelopeAddress.Of(envelopeSender) is not { } sender)
            {
                return new Sentence("“{0}” is not a mail address that can be sent to. Correct it.", envelopeSender);
            }

            try
            {
                var answer = await client.AskAsync($"MAIL FROM:<{sender}>", cancellation);
                if (!answer.Good)
                {
                    return new Sentence(
                        "The mail server {0} does not let this user send as {1}: {2}",
                        settings.Host,
                        envelopeSender,
                        answer.ToString()
                    );
                }
            }
            catch (Exception e) when (MailKitTrouble.IsOne(e) && !cancellation.IsCancellationRequested)
            {
                return client.Trouble.Talking(e);
            }
        }

        await LeaveAsync(client);
        return null;
    }

    private async Task<(Sentence Why, SmtpReply? Reply)?> OpenAsync(Conversation client, CancellationToken cancellation)
    {
        var trouble = client.Trouble;
        client.Timeout = (int)settings.Timeout.TotalMilliseconds;
        client.CheckCertificateRevocation = false; // as the built-in side; a list that cannot be fetched must not stop mail
        client.ServerCertificateValidationCallback = (_, shown, _, errors) =>
            trouble.Judge(shown, errors, settings.AllowUntrustedCertificate);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Timeout * 2);
        bool local;
        try
        {
            var socket = await Dial.ConnectAsync(settings.Host, settings.Port, settings.Timeout, clock, limit.Token);
            local = Dial.IsLocal(socket);
            client.LocalDomain = trouble.Hello = SmtpHello.Name(settings.HelloName, Dial.Own(socket));
            await client.ConnectAsync(socket, settings.Host, settings.Port, Protection(), limit.Token);
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e))
        {
            cancellation.ThrowIfCancellationRequested();
            return (trouble.Connecting(e), Reply(trouble, e));
        }

        if (string.IsNullOrEmpty(settings.UserName))
        {
            return null;
        }

        if (!client.IsSecure && !local)
        {
            return (trouble.Unsafe(), null);
        }

        try
        {
            return await SignInAsync(client, settings.UserName, settings.Password ?? "", cancellation);
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e))
        {
            cancellation.ThrowIfCancellationRequested();
            return (trouble.Talking(e), Reply(trouble, e));
        }
    }

    private async Task<(Sentence, SmtpReply?)?> SignInAsync(
        Conversation client,
        string user,
        string password,
        CancellationToken cancellation
    )
    {
        SaslMechanism? way =
            Offered("PLAIN") ? new SaslMechanismPlain(Encoding.UTF8, user, password)
            : Offered("LOGIN") ? new SaslMechanismLogin(Encoding.UTF8, user, password)
            : null;
        if (way is null)
        {
            return client.AuthenticationMechanisms.Count == 0
                ? (
                    new Sentence(
                        "The mail server {0} offers no signing in. Leave the user name empty, or try another port.",
                        settings.Host
                    ),
                    null
                )
                : (
                    new Sentence(
                        "The mail server {0} offers only these ways of signing in: {1}. This system knows PLAIN and LOGIN.",
                        settings.Host,
                        string.Join(", ", client.AuthenticationMechanisms)
                    ),
                    null
                );
        }

        client.Trouble.Hide(password, Base64(password), Base64($"\0{user}\0{password}"));
        try
        {
            await client.AuthenticateAsync(way, cancellation);
            return null;
        }
        catch (AuthenticationException e)
        {
            // "535: 5.7.8 no" is how the library writes code and text; without a code it means 534.
            var coded = e.Message.Split(": ", 2) is [{ Length: 3 } first, _] && first.All(char.IsAsciiDigit);
            var code = coded ? int.Parse(e.Message.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture) : 534;
            var said = client.Trouble.Reply(code, coded ? e.Message[5..] : e.Message);
            return (
                said.Permanent
                    ? new Sentence("The mail server {0} does not accept this user name and password: {1}", settings.Host, said.ToString())
                    : new Sentence("Signing in at {0} did not work for now: {1}", settings.Host, said.ToString()),
                said
            );
        }

        bool Offered(string name) => client.AuthenticationMechanisms.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private async Task HandOverAsync(Conversation client, SmtpLetter letter, CancellationToken cancellation)
    {
        using var stop = new CancellationTokenSource();
        using var asked = cancellation.Register(() => stop.CancelAfter(letter.Gone ? _grace : TimeSpan.Zero));
        var message = RawMessage.Of(
            letter.Body,
            letter.EightBit,
            () =>
            {
                stop.Token.ThrowIfCancellationRequested(); // the last moment at which nothing was handed over
                letter.Gone = true;
                client.Timeout = (int)settings.AnswerTimeout.TotalMilliseconds;
            }
        );
        client.Trouble.Ear.Sent = () =>
        {
            if (client.Trouble.Ear.Asked == "RSET")
            {
                client.Timeout = (int)_goodbye.TotalMilliseconds; // all is settled, and the answer changes nothing
            }
        };
        try
        {
            var said = await client.SendAsync(message, letter.Sender, stop.Token);
            letter.Answered(new SmtpReply(250, said, []));
        }
        catch (SmtpCommandException e)
        {
            // Sender and recipients are settled where they were refused; what is left was said about the message. A yes
            // before the message was sent is no yes.
            var said = Reply(client.Trouble, e)!;
            letter.Answered(said.Good && !letter.Gone ? said with { Code = 421 } : said);
        }
        catch (ServiceNotAuthenticatedException e)
        {
            // The library's own exception for 530, whatever it was said to.
            var said = client.Trouble.Reply(530, e.Message);
            if (client.SenderAccepted)
            {
                letter.Answered(said);
            }
            else
            {
                letter.SenderRefused(settings.Host, said);
            }
        }
        catch (OperationCanceledException) when (!letter.Gone)
        {
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e))
        {
            letter.Lost(settings.Host, null, client.Trouble.Talking(e));
        }
    }

    private async Task LeaveAsync(Conversation client)
    {
        try
        {
            using var limit = new CancellationTokenSource(_goodbye, clock);
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e))
        {
            // Everything is settled; a server that does not say goodbye changes nothing.
        }
    }

    private SecureSocketOptions Protection() =>
        settings.Security switch
        {
            SmtpSecurity.ImplicitTls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };

    private Conversation New(SmtpLetter? letter) =>
        new(letter, settings.Host, new(settings.Host, settings.Port, smtp: true, settings.Timeout, clock));

    private static SmtpReply? Reply(MailKitTrouble trouble, Exception e) =>
        e is SmtpCommandException said ? trouble.Reply((int)said.StatusCode, said.Message) : null;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
