using System.Net;
using System.Text;
using Complaints.Language;
using Complaints.Mail.Wire;
using global::MailKit.Net.Imap;
using global::MailKit.Security;

namespace Complaints.MailKit;

/// <summary>The way in: connecting, protecting, and signing in with a password or an access token.</summary>
public sealed partial class MailKitSource
{
    private async Task ConnectAsync(CancellationToken cancel)
    {
        _client.Timeout = (int)settings.Timeout.TotalMilliseconds;
        _client.CheckCertificateRevocation = false; // as the built-in side; a list that cannot be fetched must not stop mail
        _client.ServerCertificateValidationCallback = (_, shown, _, errors) =>
            _trouble.Judge(shown, errors, settings.AllowUntrustedCertificate);
        var protection = settings.Security switch
        {
            ImapSecurity.ImplicitTls => SecureSocketOptions.SslOnConnect,
            ImapSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(settings.Timeout * 2);
        try
        {
            await _client.ConnectAsync(settings.Host, settings.Port, protection, limit.Token);
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e) && !cancel.IsCancellationRequested)
        {
            throw new MailSourceFailure(_trouble.Connecting(e));
        }
    }

    private async Task SignInAsync(CancellationToken cancel)
    {
        if (_client.IsAuthenticated)
        {
            return;
        }

        if (!_client.IsSecure && !await IsLocalAsync(cancel))
        {
            throw new MailSourceFailure(_trouble.Unsafe());
        }

        var ways = _client.AuthenticationMechanisms;
        if (settings.AccessToken is { } token)
        {
            Require(ways.Contains("XOAUTH2"), ways);
            var secret = await token(cancel);
            await AcceptedAsync(
                new SaslMechanismOAuth2(settings.UserName, secret),
                said => new Sentence(
                    "The mail server {0} does not accept the access token for {1}: {2}. Check that it is for this mailbox and for IMAP.",
                    settings.Host,
                    settings.UserName,
                    Hide(said, secret).TrimEnd('.')
                ),
                cancel
            );
            return;
        }

        var password = settings.Password ?? "";
        var plain = ways.Contains("PLAIN");
        Require(plain || !_client.Capabilities.HasFlag(ImapCapabilities.LoginDisabled), ways);
        await AcceptedAsync(
            plain ? new SaslMechanismPlain(Encoding.UTF8, settings.UserName, password) : null,
            said => new Sentence(
                "The mail server {0} does not accept this user name and password: {1}",
                settings.Host,
                Hide(said, password, Base64($"\0{settings.UserName}\0{password}"))
            ),
            cancel
        );
    }

    private async Task AcceptedAsync(SaslMechanism? way, Func<string, Sentence> refused, CancellationToken cancel)
    {
        try
        {
            if (way is null)
            {
                _client.AuthenticationMechanisms.Clear(); // then LOGIN is what the library has left
                await _client.AuthenticateAsync(Encoding.UTF8, settings.UserName, settings.Password ?? "", cancel);
            }
            else
            {
                await _client.AuthenticateAsync(way, cancel);
            }
        }
        catch (AuthenticationException e)
        {
            throw new MailSourceFailure(refused(MailKitTrouble.Line(e.Message)));
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e) && !cancel.IsCancellationRequested)
        {
            throw new MailSourceFailure(_trouble.Talking(e));
        }
    }

    private void Require(bool possible, HashSet<string> ways)
    {
        if (!possible)
        {
            throw new MailSourceFailure(
                new Sentence(
                    "The mail server {0} offers only these ways of signing in: {1}. This system knows a password by PLAIN or LOGIN and an access token by XOAUTH2.",
                    settings.Host,
                    ways.Count == 0 ? "–" : string.Join(", ", ways)
                )
            );
        }
    }

    private async Task<bool> IsLocalAsync(CancellationToken cancel) =>
        IPAddress.TryParse(settings.Host, out var address)
            ? IPAddress.IsLoopback(address)
            : (await Dns.GetHostAddressesAsync(settings.Host, cancel)).All(IPAddress.IsLoopback);

    private static string Hide(string said, params string[] secrets) =>
        secrets.Where(s => s.Length > 0).Aggregate(said, (text, secret) => text.Replace(secret, "•••", StringComparison.Ordinal));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
