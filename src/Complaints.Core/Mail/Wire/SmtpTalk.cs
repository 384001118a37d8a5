using System.Globalization;
using System.Text;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>The opening of a conversation with a mail server, up to the point where mail can be handed over.</summary>
internal sealed class SmtpTalk(SmtpSettings settings, SmtpWire wire)
{
    private Dictionary<string, string> _offers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Does the server offer this extension?</summary>
    public bool Offers(string extension) => _offers.ContainsKey(extension);

    /// <summary>Largest message the server takes, in bytes; null when it names no limit (RFC 1870).</summary>
    public long? LargestMessage =>
        _offers.TryGetValue("SIZE", out var size)
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
        && bytes > 0
            ? bytes
            : null;

    /// <summary>Connects, greets, protects and signs in.</summary>
    /// <exception cref="SmtpFailure">One of these did not work.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        await wire.ConnectAsync(cancellation);
        if (settings.Security == SmtpSecurity.ImplicitTls)
        {
            await wire.SecureAsync(cancellation);
        }

        var greeting = await wire.HearAsync(settings.Timeout, cancellation);
        Require(greeting, () => new Sentence("The mail server {0} turned us away: {1}", settings.Host, greeting.ToString()));
        await GreetAsync(cancellation);
        if (settings.Security == SmtpSecurity.StartTls)
        {
            await ProtectAsync(cancellation);
        }

        if (!string.IsNullOrEmpty(settings.UserName))
        {
            await SignInAsync(settings.UserName, settings.Password ?? "", cancellation);
        }
    }

    private async Task GreetAsync(CancellationToken cancellation)
    {
        var name = SmtpHello.Name(settings.HelloName, wire.OwnAddress);
        var reply = await wire.AskAsync("EHLO " + name, cancellation);
        _offers = new(StringComparer.OrdinalIgnoreCase);
        if (!reply.Good)
        {
            // A server from before ESMTP; it offers nothing, which the checks below then say.
            var plain = await wire.AskAsync("HELO " + name, cancellation);
            Require(
                plain,
                () => new Sentence("The mail server {0} does not accept our greeting as “{1}”: {2}", settings.Host, name, plain.ToString())
            );
            return;
        }

        foreach (var line in reply.Lines.Skip(1))
        {
            // "AUTH=PLAIN" is how servers wrote it before the standard; some still send both.
            var words = line.Split([' ', '='], 2, StringSplitOptions.TrimEntries);
            var said = words.Length > 1 ? words[1] : "";
            _offers[words[0]] = _offers.TryGetValue(words[0], out var before) ? $"{before} {said}" : said;
        }
    }

    private async Task ProtectAsync(CancellationToken cancellation)
    {
        if (!Offers("STARTTLS"))
        {
            throw new SmtpFailure(
                new Sentence(
                    "The mail server {0} does not offer STARTTLS on port {1}. Try TLS from the start on port 465, or ask whoever runs it.",
                    settings.Host,
                    settings.Port.ToString(CultureInfo.InvariantCulture)
                )
            );
        }

        var reply = await wire.AskAsync("STARTTLS", cancellation);
        Require(reply, () => new Sentence("The mail server {0} refused to protect the connection: {1}", settings.Host, reply.ToString()));
        await wire.SecureAsync(cancellation);
        await GreetAsync(cancellation); // what was offered in the clear may have been tampered with (RFC 3207, 4.2)
    }

    private async Task SignInAsync(string user, string password, CancellationToken cancellation)
    {
        if (!wire.Secure && !wire.Local)
        {
            throw new SmtpFailure(
                new Sentence(
                    "The password is not sent to {0} over an unprotected connection. Choose STARTTLS or TLS from the start.",
                    settings.Host
                )
            );
        }

        _offers.TryGetValue("AUTH", out var offered);
        var ways = (offered ?? "").Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
        if (ways.Length == 0)
        {
            throw new SmtpFailure(
                new Sentence("The mail server {0} offers no signing in. Leave the user name empty, or try another port.", settings.Host)
            );
        }

        var plain = Base64("\0" + user + "\0" + password);
        SmtpReply reply;
        if (ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            reply = await wire.AskAsync("AUTH PLAIN " + plain, cancellation);
        }
        else if (ways.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            reply = await wire.AskAsync("AUTH LOGIN", cancellation);
            reply = reply.Code == 334 ? await wire.AskAsync(Base64(user), cancellation) : reply;
            reply = reply.Code == 334 ? await wire.AskAsync(Base64(password), cancellation) : reply;
        }
        else
        {
            throw new SmtpFailure(
                new Sentence(
                    "The mail server {0} offers only these ways of signing in: {1}. This system knows PLAIN and LOGIN.",
                    settings.Host,
                    string.Join(", ", ways)
                )
            );
        }

        var said = reply.Without(plain, Base64(password), password);
        Require(
            said,
            () =>
                said.Permanent
                    ? new Sentence("The mail server {0} does not accept this user name and password: {1}", settings.Host, said.ToString())
                    : new Sentence("Signing in at {0} did not work for now: {1}", settings.Host, said.ToString())
        );
    }

    private static void Require(SmtpReply reply, Func<Sentence> why)
    {
        if (!reply.Good)
        {
            throw new SmtpFailure(why(), reply);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
