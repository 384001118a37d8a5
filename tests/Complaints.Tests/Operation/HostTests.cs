using System.Net;
using Complaints.Language;
using Complaints.Tests.World;
using Complaints.Web.Operation;
using Microsoft.AspNetCore.Builder;

namespace Complaints.Tests.Operation;

/// <summary>Who is answered, and whose word about the asker is taken.</summary>
public sealed class HostTests
{
    [Theory, OnSqlite]
    public async Task Only_the_named_hosts_are_answered(string database)
    {
        await using var house = await TestHouse.OpenAsync(database, "--AllowedHosts", "desk.example");
        using var http = new HttpClient { BaseAddress = house.Address };
        foreach (var (host, status) in new[] { ("desk.example", HttpStatusCode.OK), ("evil.example", HttpStatusCode.BadRequest) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
            request.Headers.Host = host;
            using var answer = await http.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public void Proxies_are_addresses_or_networks_and_anything_else_is_refused()
    {
        var options = new ForwardedHeadersOptions();
        Proxies.Trust(options, "10.0.0.7, 192.168.0.0/16,2001:db8::1");
        Assert.Contains(IPAddress.Parse("10.0.0.7"), options.KnownProxies);
        Assert.Contains(IPAddress.Parse("2001:db8::1"), options.KnownProxies);
        Assert.Contains(options.KnownIPNetworks, n => n.Contains(IPAddress.Parse("192.168.3.4")));
        Assert.DoesNotContain(options.KnownIPNetworks, n => n.Contains(IPAddress.Parse("10.0.0.8")));
        var refused = Assert.Throws<Refusal>(() => Proxies.Trust(new(), "my-proxy"));
        Assert.Contains("“my-proxy”", refused.Message, StringComparison.Ordinal);
    }
}
