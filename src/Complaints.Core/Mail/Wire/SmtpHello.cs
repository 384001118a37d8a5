using System.Net;
using System.Net.Sockets;

namespace Complaints.Mail.Wire;

/// <summary>The name this system introduces itself with, whichever library speaks.</summary>
public static class SmtpHello
{
    /// <summary>
    /// <paramref name="set"/> where it is a name; else our own address as EHLO wants it written (RFC 5321, 4.1.3). Never
    /// this machine's own name, which strict servers refuse when it is not a whole one, as in a container.
    /// </summary>
    /// <param name="set">See <see cref="SmtpSettings.HelloName"/>.</param>
    /// <param name="own">Our address on this connection; null when it is not known.</param>
    public static string Name(string? set, IPAddress? own)
    {
        var name = set?.Trim() ?? "";
        var fits =
            name.Length is > 0 and <= 255 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '[' or ']' or ':');
        return fits ? name
            : own is null ? "[127.0.0.1]"
            : own.IsIPv4MappedToIPv6 ? $"[{own.MapToIPv4()}]"
            : own.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(own.GetAddressBytes())}]"
            : $"[{own}]";
    }
}
