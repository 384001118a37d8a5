using System.Net;
using System.Text;
using Complaints.Mail.Wire;
using Complaints.Tests.World;

namespace Complaints.Tests.Mail.Wire;

public sealed class AccessTokenTests
{
    private static readonly Uri _endpoint = new("https://login.shop.example/token");

    [Theory]
    [InlineData("/bin/echo t0ken", "t0ken", null)]
    [InlineData("/bin/sh -c \"echo first; echo second; echo noise >&2\"", "first", null)]
    [InlineData("", null, "is empty")]
    [InlineData("/no/such/program x", null, "cannot be started")]
    [InlineData("/bin/sh -c \"echo t0ken; exit 3\"", null, "gave none (exit code 3)")]
    [InlineData("/bin/sh -c \"echo two words\"", null, "gave none (exit code 0)")]
    [InlineData("/bin/true", null, "gave none (exit code 0)")]
    [InlineData("/bin/sleep 60", null, "did not end within 1 second")]
    public async Task A_command_gives_its_first_line_or_says_why_not(string command, string? token, string? why)
    {
        var source = AccessTokens.ByCommand(command, TimeSpan.FromSeconds(1), TimeProvider.System);
        if (why is null)
        {
            Assert.Equal(token, await source(default));
            return;
        }

        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => source(default));
        Assert.Contains(why, failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_credentials_give_a_token_that_is_kept_for_a_while()
    {
        var clock = new FakeClock(new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc));
        using var provider = new Provider(HttpStatusCode.OK, """{"access_token":"t0ken","expires_in":3600}""");
        using var http = new HttpClient(provider);
        var source = AccessTokens.ByClientCredentials(http, _endpoint, "desk", "geh&im", "mail.read", clock);

        Assert.Equal("t0ken", await source(default));
        Assert.Equal("t0ken", await source(default));
        Assert.Equal("grant_type=client_credentials&client_id=desk&client_secret=geh%26im&scope=mail.read", Assert.Single(provider.Asked));
        clock.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal("t0ken", await source(default));
        Assert.Equal(2, provider.Asked.Count);
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"geheim is wrong"}""", "401 invalid_client ••• is wrong")]
    [InlineData(200, """{"token_type":"bearer"}""", "gave no access token: 200")]
    [InlineData(200, """{"access_token":"a\u0001b"}""", "gave no access token: 200")]
    [InlineData(502, "<html>", "gave no access token: 502")]
    [InlineData(200, "[]", "gave no access token: 200")]
    public async Task A_refusal_says_why_and_never_the_secret(int code, string body, string why)
    {
        using var provider = new Provider((HttpStatusCode)code, body);
        using var http = new HttpClient(provider);
        var source = AccessTokens.ByClientCredentials(http, _endpoint, "desk", "geheim", "", TimeProvider.System);

        var failure = await Assert.ThrowsAsync<MailSourceFailure>(() => source(default));

        Assert.Contains(why, failure.Why.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", failure.Why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_goes_nowhere_unprotected_and_a_dead_address_is_named()
    {
        using var http = new HttpClient();
        var plain = AccessTokens.ByClientCredentials(http, new("http://login.shop.example/"), "desk", "geheim", "", TimeProvider.System);
        Assert.Contains(
            "not sent to",
            (await Assert.ThrowsAsync<MailSourceFailure>(() => plain(default))).Why.ToString(),
            StringComparison.Ordinal
        );
        var dead = AccessTokens.ByClientCredentials(http, new("http://127.0.0.1:1/"), "desk", "geheim", "", TimeProvider.System);
        Assert.Contains(
            "cannot be reached",
            (await Assert.ThrowsAsync<MailSourceFailure>(() => dead(default))).Why.ToString(),
            StringComparison.Ordinal
        );
    }

    private sealed class Provider(HttpStatusCode code, string body) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new(code) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }
}
