using System.Text;
using System.Text.Json;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>The opening of the conversation: greeting, TLS, and signing in with a password or an access token.</summary>
internal sealed class ImapSignIn(ImapSettings settings, ImapWire wire, ImapTalk talk)
{
    /// <summary>Connects, protects and signs in.</summary>
    /// <exception cref="MailSourceFailure">One of these did not work.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        await wire.ConnectAsync(cancel);
        if (settings.Security == ImapSecurity.ImplicitTls)
        {
            await wire.SecureAsync(cancel);
        }

        var inside = await talk.GreetedAsync(cancel);
        await talk.AskOffersAsync(cancel);
        if (settings.Security == ImapSecurity.StartTls)
        {
            await ProtectAsync(inside, cancel);
        }

        if (!inside)
        {
            await SignInAsync(cancel);
            await talk.AskOffersAsync(cancel);
        }

        if (talk.Offers("ID"))
        {
            // NetEase (163.com, 126.com) opens no folder for a program that has not said its name.
            await talk.AskAsync("ID (\"name\" \"Complaints\")", cancel);
        }
    }

    private async Task ProtectAsync(bool inside, CancellationToken cancel)
    {
        // Who is let in before TLS cannot ask for it any more; somebody between us could have said so (RFC 9051, 7.1.4).
        if (inside || !talk.Offers("STARTTLS"))
        {
            throw new MailSourceFailure(
                new Sentence(
                    "The mail server {0} does not offer STARTTLS on port {1}. Try TLS from the start on port 993, or ask whoever runs it.",
                    settings.Host,
                    UidSet.Number(settings.Port)
                )
            );
        }

        var answer = await talk.AskAsync("STARTTLS", cancel);
        if (!answer.Good)
        {
            throw new MailSourceFailure(
                new Sentence("The mail server {0} refused to protect the connection: {1}", settings.Host, talk.Words(answer))
            );
        }

        await wire.SecureAsync(cancel);
        await talk.AskOffersAsync(cancel); // what was offered in the clear may have been tampered with
    }

    private async Task SignInAsync(CancellationToken cancel)
    {
        if (!wire.Secure && !wire.Local)
        {
            throw new MailSourceFailure(
                new Sentence(
                    "The password is not sent to {0} over an unprotected connection. Choose STARTTLS or TLS from the start.",
                    settings.Host
                )
            );
        }

        var ways = talk.Ways.ToList();
        if (settings.AccessToken is { } token)
        {
            Require(ways.Contains("XOAUTH2", StringComparer.OrdinalIgnoreCase), ways);
            await ByTokenAsync(await token(cancel), cancel);
        }
        else if (ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            await ByPlainAsync(settings.Password ?? "", cancel);
        }
        else
        {
            Require(!talk.Offers("LOGINDISABLED"), ways);
            await ByLoginAsync(settings.Password ?? "", cancel);
        }
    }

    private void Require(bool possible, List<string> ways)
    {
        if (!possible)
        {
            throw new MailSourceFailure(
                ways.Count == 0 && !wire.Secure && talk.Offers("LOGINDISABLED")
                    ? new Sentence(
                        "The mail server {0} lets nobody sign in over an unprotected connection. Choose STARTTLS or TLS from the start.",
                        settings.Host
                    )
                    : new Sentence(
                        "The mail server {0} offers only these ways of signing in: {1}. This system knows a password by PLAIN or LOGIN and an access token by XOAUTH2.",
                        settings.Host,
                        ways.Count == 0 ? "–" : string.Join(", ", ways)
                    )
            );
        }
    }

    private async Task ByPlainAsync(string password, CancellationToken cancel)
    {
        var plain = Base64($"\0{settings.UserName}\0{password}");
        talk.Hide(plain);
        talk.Hide(password);
        talk.Hide(Base64(password));
        var said = false;
        var answer = talk.Offers("SASL-IR")
            ? await talk.AskAsync("AUTHENTICATE PLAIN " + plain, cancel)
            : await talk.AskAsync("AUTHENTICATE PLAIN", cancel, more: _ => Once(plain));
        Accept(answer);

        string Once(string first)
        {
            (var again, said) = (said, true);
            return again ? "*" : first;
        }
    }

    private async Task ByLoginAsync(string password, CancellationToken cancel)
    {
        talk.Hide(password);
        var user = settings.UserName;
        if ((user + password).All(c => c is >= ' ' and <= '~'))
        {
            Accept(await talk.AskAsync($"LOGIN {Quoted(user)} {Quoted(password)}", cancel));
            return;
        }

        // What a quoted text cannot hold goes as a block, which the server first has to ask for.
        var parts = new Queue<string>([user + " " + Size(password), password]);
        Accept(await talk.AskAsync("LOGIN " + Size(user), cancel, more: _ => parts.TryDequeue(out var part) ? part : "*"));

        static string Size(string text) => $"{{{Encoding.UTF8.GetByteCount(text)}}}";
        static string Quoted(string text) =>
            "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    private async Task ByTokenAsync(string token, CancellationToken cancel)
    {
        var first = Base64($"user={settings.UserName}\u0001auth=Bearer {token}\u0001\u0001");
        talk.Hide(token);
        talk.Hide(first);
        var challenge = "";
        var said = talk.Offers("SASL-IR");
        var answer = await talk.AskAsync(
            "AUTHENTICATE XOAUTH2" + (said ? " " + first : ""),
            cancel,
            more: r =>
            {
                if (!said)
                {
                    said = true;
                    return first;
                }

                challenge = Status(r.Text); // the reason; the server waits for an empty line before it says no
                return "";
            }
        );
        if (answer.Good)
        {
            return;
        }

        throw new MailSourceFailure(
            new Sentence(
                "The mail server {0} does not accept the access token for {1}: {2}. Check that it is for this mailbox and for IMAP.",
                settings.Host,
                settings.UserName,
                (talk.Words(answer) + challenge).Trim().TrimEnd('.')
            )
        );
    }

    private void Accept(ImapResponse answer)
    {
        if (!answer.Good)
        {
            throw new MailSourceFailure(
                answer.HasCode("UNAVAILABLE") || answer.HasCode("INUSE") || answer.HasCode("LIMIT")
                    ? new Sentence("Signing in at {0} did not work for now: {1}", settings.Host, talk.Words(answer))
                    : new Sentence(
                        "The mail server {0} does not accept this user name and password: {1}",
                        settings.Host,
                        talk.Words(answer)
                    )
            );
        }
    }

    private static string Status(string challenge)
    {
        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(challenge));
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("status", out var status)
                && status.ToString() is { Length: > 0 and < 40 } text
                ? $" ({text})"
                : "";
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return "";
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
