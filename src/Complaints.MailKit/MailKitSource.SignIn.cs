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
        _client.Timeout = (int)_settings.Timeout.TotalMilliseconds;
        _client.CheckCertificateRevocation = false; // as the built-in side; a list that cannot be fetched must not stop mail
        _client.ServerCertificateValidationCallback = (_, shown, _, errors) =>
            _trouble.Judge(shown, errors, _settings.AllowUntrustedCertificate);
        var protection = _settings.Security switch
        {
            ImapSecurity.ImplicitTls => SecureSocketOptions.SslOnConnect,
            ImapSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_settings.Timeout * 2);
        try
        {
            var socket = await Dial.ConnectAsync(_settings.Host, _settings.Port, _settings.Timeout, _clock, limit.Token);
            _local = Dial.IsLocal(socket);
            await _client.ConnectAsync(socket, _settings.Host, _settings.Port, protection, limit.Token);
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e))
        {
            cancel.ThrowIfCancellationRequested();
            throw new MailSourceFailure(_trouble.Connecting(e, greeted: _trouble.Ear.Spoke));
        }
    }

    private async Task SignInAsync(CancellationToken cancel)
    {
        if (_client.IsAuthenticated)
        {
            return;
        }

        if (!_client.IsSecure && !_local)
        {
            throw new MailSourceFailure(_trouble.Unsafe());
        }

        var ways = _client.AuthenticationMechanisms;
        if (_settings.AccessToken is { } token)
        {
            Require(ways.Contains("XOAUTH2", StringComparer.OrdinalIgnoreCase), ways);
            var secret = await token(cancel);
            _trouble.Hide(secret, Base64($"user={_settings.UserName}\u0001auth=Bearer {secret}\u0001\u0001"));
            await AcceptedAsync(
                new SaslMechanismOAuth2(_settings.UserName, secret),
                said => new Sentence(
                    "The mail server {0} does not accept the access token for {1}: {2}. Check that it is for this mailbox and for IMAP.",
                    _settings.Host,
                    _settings.UserName,
                    said.TrimEnd('.')
                ),
                cancel
            );
            return;
        }

        var password = _settings.Password ?? "";
        _trouble.Hide(password, Base64(password), Base64($"\0{_settings.UserName}\0{password}"));
        var plain = ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase);
        Require(plain || !_client.Capabilities.HasFlag(ImapCapabilities.LoginDisabled), ways);
        await AcceptedAsync(
            plain ? new SaslMechanismPlain(Encoding.UTF8, _settings.UserName, password) : null,
            said =>
                _trouble.Ear.WillPass
                    ? new Sentence("Signing in at {0} did not work for now: {1}", _settings.Host, said)
                    : new Sentence("The mail server {0} does not accept this user name and password: {1}", _settings.Host, said),
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
                await _client.AuthenticateAsync(Encoding.UTF8, _settings.UserName, _settings.Password ?? "", cancel);
            }
            else
            {
                await _client.AuthenticateAsync(way, cancel);
            }
        }
        catch (AuthenticationException e)
        {
            throw new MailSourceFailure(refused(_trouble.Line(_trouble.Ear.Refusal ?? e.Message)));
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e))
        {
            cancel.ThrowIfCancellationRequested();
            throw new MailSourceFailure(_trouble.Talking(e));
        }
    }

    private void Require(bool possible, HashSet<string> ways)
    {
        if (!possible)
        {
            throw new MailSourceFailure(
                ways.Count == 0 && !_client.IsSecure && _client.Capabilities.HasFlag(ImapCapabilities.LoginDisabled)
                    ? new Sentence(
                        "The mail server {0} lets nobody sign in over an unprotected connection. Choose STARTTLS or TLS from the start.",
                        _settings.Host
                    )
                    : new Sentence(
                        "The mail server {0} offers only these ways of signing in: {1}. This system knows a password by PLAIN or LOGIN and an access token by XOAUTH2.",
                        _settings.Host,
                        ways.Count == 0 ? "–" : string.Join(", ", ways)
                    )
            );
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
