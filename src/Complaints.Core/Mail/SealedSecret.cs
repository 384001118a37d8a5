using System.Security.Cryptography;
using System.Text;
using Complaints.Data;

namespace Complaints.Mail;

/// <summary>
/// A secret in the database, encrypted with AES-GCM by a key that lies outside it: <c>v1.</c> and base64 of nonce, tag
/// and cipher text.
/// </summary>
public static class SealedSecret
{
    private const string Mark = "v1.";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The secret as it may be stored.</summary>
    public static string Seal(Keys keys, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(Key(keys), TagBytes);
        aes.Encrypt(bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes));
        return Mark + Convert.ToBase64String(bytes);
    }

    /// <summary>The secret again; null when there is none, it was damaged, or it was sealed with another key.</summary>
    public static string? Open(Keys keys, string? stored)
    {
        if (stored is null || !stored.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[stored.Length];
        if (!Convert.TryFromBase64String(stored[Mark.Length..], bytes, out var length) || length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(Key(keys), TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes),
                bytes.AsSpan(NonceBytes + TagBytes, plain.Length),
                bytes.AsSpan(NonceBytes, TagBytes),
                plain
            );
            return Encoding.UTF8.GetString(plain);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // A key of its own for this use, so that no other use of the same file can be played against it.
    private static byte[] Key(Keys keys) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Protection, 32, info: "mail password"u8.ToArray());
}
