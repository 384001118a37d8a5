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
    private readonly MailKitTrouble _trouble = new(settings.Host, settings.Port, smtp: true, settings.Timeout, clock);

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

        using var client = new Client(letter, settings.Host);
        if (await OpenAsync(client, cancellation) is var (why, reply))
        {
            letter.Unreachable(reply, why);
            return letter.Outcomes;
        }

        client.Capabilities &= ~SmtpCapabilities.Pipelining; // each answer is heard before the next question
        long? largest = client.Capabilities.HasFlag(SmtpCapabilities.Size) && client.MaxSize > 0 ? client.MaxSize : null;
        if (letter.Suits(Offers, largest))
        {
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
        using var client = new Client(null, settings.Host);
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
                return _trouble.Talking(e);
            }
        }

        await LeaveAsync(client);
        return null;
    }

    private async Task<(Sentence Why, SmtpReply? Reply)?> OpenAsync(Client client, CancellationToken cancellation)
    {
        client.Timeout = (int)settings.Timeout.TotalMilliseconds;
        client.CheckCertificateRevocation = false; // as the built-in side; a list that cannot be fetched must not stop mail
        client.LocalDomain = string.IsNullOrWhiteSpace(settings.HelloName) ? null : settings.HelloName.Trim();
        client.ServerCertificateValidationCallback = (_, shown, _, errors) =>
            _trouble.Judge(shown, errors, settings.AllowUntrustedCertificate);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Timeout * 2);
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, Protection(), limit.Token);
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e) && !cancellation.IsCancellationRequested)
        {
            return (_trouble.Connecting(e), Reply(e));
        }

        if (string.IsNullOrEmpty(settings.UserName))
        {
            return null;
        }

        if (!client.IsSecure && !client.Local)
        {
            return (_trouble.Unsafe(), null);
        }

        try
        {
            return await SignInAsync(client, settings.UserName, settings.Password ?? "", cancellation);
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e) && !cancellation.IsCancellationRequested)
        {
            return (_trouble.Talking(e), Reply(e));
        }
    }

    private async Task<(Sentence, SmtpReply?)?> SignInAsync(Client client, string user, string password, CancellationToken cancellation)
    {
        SaslMechanism? way =
            client.AuthenticationMechanisms.Contains("PLAIN") ? new SaslMechanismPlain(Encoding.UTF8, user, password)
            : client.AuthenticationMechanisms.Contains("LOGIN") ? new SaslMechanismLogin(Encoding.UTF8, user, password)
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

        try
        {
            await client.AuthenticateAsync(way, cancellation);
            return null;
        }
        catch (AuthenticationException e)
        {
            // "535: 5.7.8 no" is how the library writes code and text.
            var code =
                e.Message.Length > 3 && int.TryParse(e.Message.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var c)
                    ? c
                    : 535;
            var text = e.Message.Length > 4 && char.IsAsciiDigit(e.Message[0]) ? e.Message[4..].Trim() : e.Message;
            var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
            var said = new SmtpReply(code, MailKitTrouble.Line(text), []).Without(
                secret,
                Convert.ToBase64String(Encoding.UTF8.GetBytes(password)),
                password
            );
            return (
                said.Permanent
                    ? new Sentence("The mail server {0} does not accept this user name and password: {1}", settings.Host, said.ToString())
                    : new Sentence("Signing in at {0} did not work for now: {1}", settings.Host, said.ToString()),
                said
            );
        }
    }

    private async Task HandOverAsync(Client client, SmtpLetter letter, CancellationToken cancellation)
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
        try
        {
            var said = await client.SendAsync(message, letter.Sender, stop.Token);
            letter.Answered(new SmtpReply(250, said, []));
        }
        catch (SmtpCommandException e)
        {
            // Sender and recipients are settled where they were refused; what is left was said about the message.
            letter.Answered(Reply(e)!);
        }
        catch (ServiceNotAuthenticatedException e)
        {
            // The library's own exception for 530, whatever it was said to.
            var said = new SmtpReply(530, MailKitTrouble.Line(e.Message), []);
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
            letter.Lost(settings.Host, null, _trouble.Talking(e));
        }
    }

    private async Task LeaveAsync(Client client)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
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

    private static SmtpReply? Reply(Exception e) =>
        e is SmtpCommandException said ? new SmtpReply((int)said.StatusCode, MailKitTrouble.Line(said.Message), []) : null;
}
