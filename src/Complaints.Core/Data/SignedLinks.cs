using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Complaints.Data;

/// <summary>What a signed link opens; a link for one purpose opens no other.</summary>
public enum LinkPurpose
{
    /// <summary>The customer's status page of one complaint.</summary>
    Status = 1,

    /// <summary>One follow-up survey.</summary>
    Survey = 2,

    /// <summary>One customer's wish not to be asked any more.</summary>
    Unsubscribe = 3,

    /// <summary>That a mail address is its owner's.</summary>
    AddressCheck = 4,
}

/// <summary>
/// Tokens in links that customers get by mail: purpose, id and expiry, signed with a key that lies outside the database.
/// Short enough to survive line breaks in mails; nothing in them is secret.
/// </summary>
public sealed class SignedLinks(Keys keys)
{
    private const byte KeyId = 1;
    private const int SignatureBytes = 16;

    /// <summary>A token for <paramref name="id"/> that ends at <paramref name="expiresAt"/> (UTC, cut to the hour above).</summary>
    public string Make(LinkPurpose purpose, long id, DateTime expiresAt)
    {
        Span<byte> bytes = stackalloc byte[14 + SignatureBytes];
        bytes[0] = KeyId;
        bytes[1] = (byte)purpose;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes[2..], id);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(
            bytes[10..],
            (int)Math.Ceiling((expiresAt - DateTime.UnixEpoch).TotalHours)
        );
        Sign(bytes[..14]).CopyTo(bytes[14..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>What the token opens. Forged, damaged and foreign tokens give null; so does a link for another purpose.</summary>
    public OpenedLink? Open(LinkPurpose purpose, string? token, DateTime now)
    {
        if (token is null || token.Length != 40)
        {
            return null;
        }

        var bytes = new byte[14 + SignatureBytes];
        if (
            !Base64Url.TryDecodeFromChars(token, bytes, out var written)
            || written != bytes.Length
            || bytes[0] != KeyId
            || bytes[1] != (byte)purpose
            || !CryptographicOperations.FixedTimeEquals(Sign(bytes.AsSpan(0, 14)), bytes.AsSpan(14))
        )
        {
            return null;
        }

        var id = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2));
        var expires = DateTime.UnixEpoch.AddHours(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(10)));
        return new OpenedLink(id, now > expires, expires);
    }

    private byte[] Sign(ReadOnlySpan<byte> what) =>
        HMACSHA256.HashData(keys.Links, (byte[])[.. Encoding.ASCII.GetBytes("link"), .. what])[..SignatureBytes];
}

/// <summary>A genuine token.</summary>
/// <param name="Id">What it is for.</param>
/// <param name="Expired">True when its time is over: say so kindly and offer a new one by mail.</param>
/// <param name="ExpiresAt">UTC.</param>
public sealed record OpenedLink(long Id, bool Expired, DateTime ExpiresAt);
