using Complaints.Data;

namespace Complaints.Tests.Data;

public sealed class PictureSizeTests
{
    /// <summary>A PNG of that size as far as its header goes.</summary>
    public static byte[] Png(int width, int height) =>
        [
            0x89,
            0x50,
            0x4E,
            0x47,
            0x0D,
            0x0A,
            0x1A,
            0x0A,
            0,
            0,
            0,
            13,
            .. "IHDR"u8,
            .. Big(width),
            .. Big(height),
            8,
            2,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        ];

    [Fact]
    public void The_header_of_each_kind_says_its_size()
    {
        Assert.Equal(new PictureSize("image/png", 640, 480), PictureSize.Of(Png(640, 480)));

        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 1, 2, 3, 4, 0xFF, 0xC4, 0, 3, 9, 0xFF, 0xFF, 0xC2, 0, 11, 8, 1, 0, 2, 0, 3, 0, 0, 0];
        Assert.Equal(new PictureSize("image/jpeg", 512, 256), PictureSize.Of(jpeg));
        Assert.Null(PictureSize.Of(jpeg.AsSpan(0, 14)));

        byte[] gif =
        [
            .. "GIF89a"u8,
            10,
            0,
            20,
            0,
            0x80,
            0,
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            0x21,
            0xF9,
            4,
            0,
            0,
            0,
            0,
            0,
            0x2C,
            5,
            0,
            0,
            0,
            0,
            1,
            9,
            0,
            0,
        ];
        Assert.Equal(new PictureSize("image/gif", 261, 20), PictureSize.Of(gif)); // its first frame is wider than its screen

        byte[] lossy = [.. "RIFF____WEBPVP8 ____"u8, 0, 0, 0, 0x9D, 1, 0x2A, 0x40, 0x01, 0xF0, 0x40];
        Assert.Equal(new PictureSize("image/webp", 320, 240), PictureSize.Of(lossy));
        byte[] lossless = [.. "RIFF____WEBPVP8L____"u8, 0x2F, 0x3F, 0xC1, 0x3B, 0];
        Assert.Equal(new PictureSize("image/webp", 320, 240), PictureSize.Of(lossless));
        byte[] extended = [.. "RIFF____WEBPVP8X____"u8, 0, 0, 0, 0, 0x3F, 1, 0, 0xEF, 0, 0];
        Assert.Equal(new PictureSize("image/webp", 320, 240), PictureSize.Of(extended));
    }

    [Theory]
    [InlineData(5000, 5000, true)]
    [InlineData(5001, 5000, false)]
    [InlineData(12_001, 10, false)]
    [InlineData(50_000, 50_000, false)]
    [InlineData(0, 10, false)]
    [InlineData(-1, 10, false)]
    public void One_that_would_unpack_into_gigabytes_is_not_harmless(int width, int height, bool harmless) =>
        Assert.Equal(harmless, PictureSize.Of(Png(width, height))!.IsHarmless);

    [Fact]
    public void Anything_else_has_no_size()
    {
        Assert.Null(PictureSize.Of("<svg width='1' height='1'>"u8));
        Assert.Null(PictureSize.Of("%PDF-1.7"u8));
        Assert.Null(PictureSize.Of([]));
        Assert.Null(PictureSize.Of(Png(1, 1).AsSpan(0, 20)));
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            byte[] start =
            [
                .. new[] { Png(1, 1)[..16], [0xFF, 0xD8, 0xFF], [.. "GIF89a"u8], [.. "RIFF____WEBPVP8X"u8] }[i % 4],
                .. new byte[60],
            ];
            random.NextBytes(start.AsSpan(start.Length - 60));
            _ = PictureSize.Of(start); // whatever it says, it says it without an error
        }
    }

    private static byte[] Big(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
