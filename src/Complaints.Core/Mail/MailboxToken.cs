using System.Security.Cryptography;
using System.Text;

namespace Complaints.Mail;

/// <summary>The token a mail server shows to hand messages in. Shown once when it is made; only its hash is kept.</summary>
public static class MailboxToken
{
    private const int Bytes = 24;

    /// <summary>A new one: 192 bits, letters and digits.</summary>
    public static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of it: SHA-256, hex. A token is random and long, so that one round is enough.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
