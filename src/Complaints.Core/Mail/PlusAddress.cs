using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Complaints.Mail;

/// <summary>A key that signs plus-addresses.</summary>
/// <param name="Id">Stands in the address, so that a key can be replaced; addresses of a key that is no longer held are not read.</param>
/// <param name="Secret">32 bytes.</param>
public sealed record PlusKey(byte Id, byte[] Secret);

/// <summary>
/// The address answers to a complaint's mails go to: <c>desk+key, complaint and signature@…</c> in lower-case base32
/// (RFC 4648, 6), because mail systems change the case of local parts. The signature is an HMAC-SHA256 cut to 80 bits,
/// so that nobody can make one. A second kind is the envelope sender of one mail, so that whatever comes back about it
/// says which it was even when it quotes nothing; one kind is never read as the other. Pure.
/// </summary>
/// <param name="keys">The first signs; all are believed.</param>
public sealed class PlusAddress(params PlusKey[] keys)
{
    private const int LongestLocal = 64; // octets, RFC 5321, 4.5.3.1.1
    private const string Answers = "plus";
    private const string Returns = "return";
    private const int Signature = 10;
    private const int Payload = 9; // key id and complaint
    private const int Letters = (Payload + Signature) * 8 / 5 + 1;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Stands in the address of the round-trip test; no complaint has it.</summary>
    public const long Trial = 0;

    /// <summary>The address for a complaint; null when it would be longer than mail servers take.</summary>
    /// <param name="address">The mailbox.</param>
    /// <param name="complaintId">The complaint, or <see cref="Trial"/>.</param>
    public string? Write(string address, long complaintId) => Write(Answers, address, complaintId);

    /// <summary>The complaint an address of ours belongs to; null for every other address, forged and damaged ones too.</summary>
    public long? Read(string address) => Read(Answers, address);

    /// <summary>The envelope sender for a mail of the outbox; null when it would be longer than mail servers take.</summary>
    public string? WriteReturn(string address, long outMessageId) => Write(Returns, address, outMessageId);

    /// <summary>The mail of the outbox an envelope sender belongs to; null for every other address.</summary>
    public long? ReadReturn(string address) => Read(Returns, address);

    private string? Write(string kind, string address, long id)
    {
        var at = address.LastIndexOf('@');
        if (at < 1 || address[0] == '"' || Encoding.UTF8.GetByteCount(address.AsSpan(0, at)) + 1 + Letters > LongestLocal)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Payload + Signature];
        bytes[0] = keys[0].Id;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], id);
        Sign(keys[0], kind, bytes[..Payload]).CopyTo(bytes[Payload..]);
        return $"{address[..at]}+{Encode(bytes)}{address[at..]}";
    }

    private long? Read(string kind, string address)
    {
        var at = address.LastIndexOf('@');
        var plus = at < 0 ? -1 : address.LastIndexOf('+', at);
        if (plus < 1 || at - plus - 1 != Letters || !Decode(address.AsSpan(plus + 1, Letters), out var bytes))
        {
            return null;
        }

        var key = Array.Find(keys, k => k.Id == bytes[0]);
        return key is not null && CryptographicOperations.FixedTimeEquals(Sign(key, kind, bytes.AsSpan(0, Payload)), bytes.AsSpan(Payload))
            ? BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1))
            : null;
    }

    private static byte[] Sign(PlusKey key, string kind, ReadOnlySpan<byte> what) =>
        HMACSHA256.HashData(key.Secret, (byte[])[.. Encoding.ASCII.GetBytes(kind), .. what])[..Signature];

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(Letters);
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            (buffer, bits) = ((buffer << 8) | b, bits + 8);
            for (; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString();
    }

    private static bool Decode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[Payload + Signature];
        var (buffer, bits, n) = (0, 0, 0);
        foreach (var c in text)
        {
            var value = Alphabet.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            (buffer, bits) = ((buffer << 5) | value, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes[n++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        return n == bytes.Length && buffer == 0;
    }
}
