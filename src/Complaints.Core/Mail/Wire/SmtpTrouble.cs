using System.Net.Security;
using System.Net.Sockets;
using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>What to tell a person when no connection to a mail server comes about.</summary>
internal static class SmtpTrouble
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

    /// <summary>Why TLS did not come about; <paramref name="trouble"/> is what was wrong with the certificate, if it got that far.</summary>
    public static Sentence Securing(string host, string port, SslPolicyErrors trouble) =>
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
            _ when trouble.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) => new Sentence(
                "The certificate of {0} is not trusted here: it has run out, or nobody this machine knows has signed it. Renew it, or install its issuer on this machine.",
                host
            ),
            _ => new Sentence(
                "No protected connection to {0} came about on port {1}. Port 465 is TLS from the start, port 587 is STARTTLS.",
                host,
                port
            ),
        };
}
