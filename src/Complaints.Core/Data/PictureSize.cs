using System.Buffers.Binary;

namespace Complaints.Data;

/// <summary>Size of a picture as its header says, so that one which would unpack into gigabytes is never given to a browser. Pure.</summary>
/// <param name="Type">MIME type by content: PNG, JPEG, GIF or WebP.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record PictureSize(string Type, int Width, int Height)
{
    /// <summary>As much of a picture as is read to find its size; what does not say it there is not shown.</summary>
    public const int Looked = 256 * 1024;

    private const int LongestSide = 12_000;
    private const long MostPixels = 25_000_000;

    /// <summary>True when a browser can unpack it without harm: at most 25 million pixels.</summary>
    public bool IsHarmless => Width is > 0 and <= LongestSide && Height is > 0 and <= LongestSide && (long)Width * Height <= MostPixels;

    /// <summary>Reads the size of the picture that begins here; reads no further than needed.</summary>
    public static PictureSize? Of(Stream content)
    {
        var start = new byte[Looked];
        return Of(start.AsSpan(0, content.ReadAtLeast(start, Looked, throwOnEndOfStream: false)));
    }

    /// <summary>The size; null for what is no such picture or does not say it.</summary>
    public static PictureSize? Of(ReadOnlySpan<byte> start)
    {
        try
        {
            return FileKind.Shown(start, "") switch
            {
                "image/png" => Png(start),
                "image/jpeg" => Jpeg(start),
                "image/gif" => Gif(start),
                "image/webp" => WebP(start),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // it ends before it says its size
        }
    }

    // W3C PNG, 11.2.2: the first chunk is IHDR.
    private static PictureSize? Png(ReadOnlySpan<byte> s) =>
        s.Slice(12, 4).SequenceEqual("IHDR"u8)
            ? new PictureSize(
                "image/png",
                BinaryPrimitives.ReadInt32BigEndian(s.Slice(16, 4)),
                BinaryPrimitives.ReadInt32BigEndian(s.Slice(20, 4))
            )
            : null;

    // ITU T.81, B.2.2: the frame header, behind segments that each say their length.
    private static PictureSize? Jpeg(ReadOnlySpan<byte> s)
    {
        for (var at = 2; ; )
        {
            if (s.Slice(at, 1)[0] != 0xFF)
            {
                return null;
            }

            var marker = s.Slice(at + 1, 1)[0];
            if (marker == 0xFF)
            {
                at++; // filled up
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new PictureSize("image/jpeg", Big(s, at + 7), Big(s, at + 5));
            }

            if (marker is 0xD9 or 0xDA)
            {
                return null;
            }

            at += marker is 0x01 or (>= 0xD0 and <= 0xD7) ? 2 : 2 + Math.Max(2, Big(s, at + 2));
        }
    }

    // GIF89a, 18 to 20: the screen, and the first frame, by which browsers enlarge it.
    private static PictureSize Gif(ReadOnlySpan<byte> s)
    {
        var (width, height) = (Little(s, 6), Little(s, 8));
        var flags = s.Slice(10, 1)[0];
        var at = 13 + ((flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0);
        while (s.Slice(at, 1)[0] == 0x21)
        {
            for (at += 2; s.Slice(at, 1)[0] is var length and > 0; )
            {
                at += length + 1;
            }

            at++;
        }

        return s.Slice(at, 1)[0] == 0x2C
            ? new PictureSize(
                "image/gif",
                Math.Max(width, Little(s, at + 1) + Little(s, at + 5)),
                Math.Max(height, Little(s, at + 3) + Little(s, at + 7))
            )
            : new PictureSize("image/gif", width, height);
    }

    // RFC 9649, 2.5 to 2.7.
    private static PictureSize? WebP(ReadOnlySpan<byte> s)
    {
        var chunk = s.Slice(12, 4);
        if (chunk.SequenceEqual("VP8X"u8))
        {
            return new PictureSize("image/webp", 1 + Three(s, 24), 1 + Three(s, 27));
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(s.Slice(21, 4));
            return new PictureSize("image/webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return chunk.SequenceEqual("VP8 "u8) && s.Slice(23, 3).SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? new PictureSize("image/webp", Little(s, 26) & 0x3FFF, Little(s, 28) & 0x3FFF)
            : null;
    }

    private static int Big(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt16BigEndian(s.Slice(at, 2));

    private static int Little(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt16LittleEndian(s.Slice(at, 2));

    private static int Three(ReadOnlySpan<byte> s, int at) => Little(s, at) | (s.Slice(at + 2, 1)[0] << 16);
}
