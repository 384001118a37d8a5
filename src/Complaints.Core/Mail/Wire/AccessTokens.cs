namespace Complaints.Mail.Wire;

/// <summary>The two ways to an access token for XOAUTH2. Each gives what <see cref="ImapSettings.AccessToken"/> takes.</summary>
public static partial class AccessTokens
{
    private const int LongestToken = 16 * 1024;

    // RFC 6750 allows these; anything else could break out of the SASL message.
    private static bool Sound(string? token) => token is { Length: > 0 } && token.All(c => c is > ' ' and < '\u007f');

    /// <summary>The beginning of what is said; the rest is read and forgotten.</summary>
    private static async Task<string> FirstAsync(StreamReader reader, CancellationToken cancel)
    {
        var text = new char[LongestToken];
        var length = await reader.ReadBlockAsync(text, cancel);
        var rest = new char[4096];
        for (var more = length; more == LongestToken; )
        {
            if (await reader.ReadBlockAsync(rest, cancel) == 0)
            {
                break;
            }
        }

        return new string(text, 0, length);
    }
}
