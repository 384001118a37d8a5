using System.Text.Json;
using Complaints.Language;

namespace Complaints.Mail.Wire;

public static partial class AccessTokens
{
    private const int LongestKept = 600; // seconds

    /// <summary>A token by client credentials (RFC 6749, 4.4), kept for some minutes at most, so that one taken back is soon replaced.</summary>
    /// <param name="http">Makes the request.</param>
    /// <param name="endpoint">Where tokens are given out; only https, or this machine.</param>
    /// <param name="clientId">Who asks.</param>
    /// <param name="clientSecret">Its secret; sent only to <paramref name="endpoint"/>, never shown.</param>
    /// <param name="scope">What the token is for, as the provider names it; may be empty.</param>
    /// <param name="time">The clock by which tokens run out.</param>
    public static Func<CancellationToken, Task<string>> ByClientCredentials(
        HttpClient http,
        Uri endpoint,
        string clientId,
        string clientSecret,
        string scope,
        TimeProvider time
    )
    {
        (string Token, DateTimeOffset Until)? kept = null;
        return async cancel =>
        {
            if (kept is { } known && known.Until > time.GetUtcNow())
            {
                return known.Token;
            }

            if (endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback)
            {
                throw new MailSourceFailure(
                    new Sentence(
                        "The secret is not sent to {0} over an unprotected connection. Enter an address that begins with https.",
                        endpoint.Host
                    )
                );
            }

            var (token, seconds) = await AskAsync(http, endpoint, clientId, clientSecret, scope, cancel);
            kept = (token, time.GetUtcNow().AddSeconds(Math.Clamp(seconds - 60, 0, LongestKept)));
            return token;
        };
    }

    private static async Task<(string Token, int Seconds)> AskAsync(
        HttpClient http,
        Uri endpoint,
        string clientId,
        string clientSecret,
        string scope,
        CancellationToken cancel
    )
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = clientSecret,
        };
        if (scope.Length > 0)
        {
            fields["scope"] = scope;
        }

        try
        {
            using var form = new FormUrlEncodedContent(fields);
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = form };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
            var (token, seconds, error) = Read(await FirstAsync(reader, cancel));
            return answer.IsSuccessStatusCode && token is not null
                ? (token, seconds)
                : throw new MailSourceFailure(
                    new Sentence(
                        "{0} gave no access token: {1}. Check the client's number, its secret and what it may do.",
                        endpoint.Host,
                        $"{(int)answer.StatusCode} {error}".Replace(clientSecret, "•••", StringComparison.Ordinal).Trim()
                    )
                );
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new MailSourceFailure(
                new Sentence(
                    "{0}, which gives out the access tokens, cannot be reached. Check the address and this machine's network.",
                    endpoint.Host
                )
            );
        }
    }

    private static (string? Token, int Seconds, string Error) Read(string json)
    {
        try
        {
            using var said = JsonDocument.Parse(json);
            var root = said.RootElement.ValueKind == JsonValueKind.Object ? said.RootElement : default;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, 0, "");
            }

            var token = Text(root, "access_token");
            var seconds =
                root.TryGetProperty("expires_in", out var e) && e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var s) ? s : 0;
            var error = $"{Text(root, "error")} {Text(root, "error_description")}".Trim();
            return (Sound(token) ? token : null, seconds, error.Length > 300 ? error[..300] + "…" : error);
        }
        catch (JsonException)
        {
            return (null, 0, "");
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
