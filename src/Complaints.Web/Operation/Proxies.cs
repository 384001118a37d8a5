using System.Net;
using Complaints.Language;
using Microsoft.AspNetCore.HttpOverrides;

namespace Complaints.Web.Operation;

/// <summary>Which proxies in front of us may say who asked and over what: setting <c>KnownProxies</c>, addresses or networks separated by commas; loopback always.</summary>
public static class Proxies
{
    /// <summary>Trusts them for X-Forwarded-For and X-Forwarded-Proto; the Host stays what AllowedHosts lets through.</summary>
    /// <exception cref="Refusal">An entry is neither an address nor a network.</exception>
    public static void Trust(ForwardedHeadersOptions options, string? known)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var entry in (known ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new Refusal("KnownProxies has “{0}”, which is neither an address nor a network such as 10.0.0.0/8.", entry);
            }
        }
    }
}
