using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>What to tell a person when no connection to a mail server comes about; the same whoever made it.</summary>
public static class WireTrouble
{
    /// <summary>Why connecting failed.</summary>
    public static Sentence Connecting(string host, string port, SocketError error) =>
        error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => new Sentence(
                "The mail server's name “{0}” is not known. Check its spelling and this machine's name server.",
                host
            ),
            SocketError.ConnectionRefused => new Sentence(
                "Nothing answers at {0} on port {1}. Check the port, and whether the mail server is running.",
                host,
                port
            ),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown => new Sentence(
                "There is no way to {0} from this machine. Check its network and firewall.",
                host
            ),
            _ => new Sentence(
                "Connecting to {0} on port {1} failed ({2}). Check the address and the firewall.",
                host,
                port,
                error.ToString()
            ),
        };

    /// <summary>What is wrong with the server's certificate; null when TLS failed before there was one, or for another reason.</summary>
    /// <param name="host">The name that was asked for.</param>
    /// <param name="trouble">What was found wrong.</param>
    /// <param name="ranOut">The day it ran out, when it has.</param>
    public static Sentence? Certificate(string host, SslPolicyErrors trouble, DateOnly? ranOut) =>
        trouble switch
        {
            _ when trouble.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => new Sentence(
                "The mail server {0} showed no certificate. Ask whoever runs it.",
                host
            ),
            _ when trouble.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => new Sentence(
                "The mail server's certificate is not made out to {0}. Enter the name that stands in the certificate.",
                host
            ),
            _ when trouble.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && ranOut is { } day => new Sentence(
                "The certificate of {0} ran out on {1}. Renew it, or ask whoever runs the mail server.",
                host,
                day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            ),
            _ when trouble.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) => new Sentence(
                "The certificate of {0} is not trusted here: nobody this machine knows has signed it. Install its issuer on this machine.",
                host
            ),
            _ => null,
        };
}
