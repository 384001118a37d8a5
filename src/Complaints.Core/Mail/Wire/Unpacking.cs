namespace Complaints.Mail.Wire;

/// <summary>Unpacks content by its transfer encoding, whole or piece by piece, making the best of damage.</summary>
internal static class Unpacking
{
    /// <summary>All of it.</summary>
    public static byte[] All(ReadOnlySpan<byte> packed, Packing packing) =>
        packing switch
        {
            Packing.Base64 => TransferEncoding.Base64(packed),
            Packing.QuotedPrintable => TransferEncoding.QuotedPrintable(packed),
            Packing.Uuencode => Uuencode.Whole(packed) ?? packed.ToArray(),
            _ => packed.ToArray(),
        };

    /// <summary>How long it will be, without keeping it.</summary>
    public static long Length(ReadOnlySpan<byte> packed, Packing packing)
    {
        if (packing != Packing.Base64)
        {
            return All(packed, packing).Length;
        }

        Span<byte> buffer = stackalloc byte[4096];
        var decoder = new Base64Decoder();
        long length = 0;
        while (packed.Length > 0)
        {
            var piece = packed[..Math.Min(packed.Length, buffer.Length)];
            length += decoder.Decode(piece, buffer);
            packed = packed[piece.Length..];
        }

        return length;
    }
}

/// <summary>Base64 in pieces. Anything outside its alphabet is skipped, padding in the middle starts afresh (joined pieces),
/// an incomplete end gives the bytes it holds.</summary>
internal struct Base64Decoder
{
    private static readonly sbyte[] _values = Values();
    private int _held;
    private int _bits;

    /// <summary>Decodes a piece; never gives more bytes than it is given.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Decode(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        var count = 0;
        var (held, bits) = (_held, _bits);
        var values = _values;
        foreach (var c in text)
        {
            int value = values[c];
            if (value < 0)
            {
                bits = c == '=' ? 0 : bits;
                continue;
            }

            held = (held << 6) | value;
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[count++] = (byte)(held >> bits);
            }
        }

        (_held, _bits) = (held & 0xFF, bits);
        return count;
    }

    private static sbyte[] Values()
    {
        var values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        for (var i = 0; i < 64; i++)
        {
            values["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[i]] = (sbyte)i;
        }

        (values['-'], values['_']) = (62, 63);
        return values;
    }
}

/// <summary>Reads packed content as a stream. Base64 is decoded as it is read; the others are small in real mail and decoded at once.</summary>
internal sealed class UnpackingStream(ReadOnlyMemory<byte> packed, Packing packing) : Stream
{
    private ReadOnlyMemory<byte> _left = packing is Packing.Base64 or Packing.None ? packed : Unpacking.All(packed.Span, packing);
    private Base64Decoder _decoder;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        // Line ends and damage give nothing, so that a piece may come to no bytes at all: the end is when nothing is left.
        var count = 0;
        while (count == 0 && buffer.Length > 0 && _left.Length > 0)
        {
            var piece = _left.Span[..Math.Min(buffer.Length, _left.Length)];
            _left = _left[piece.Length..];
            if (packing == Packing.Base64)
            {
                count = _decoder.Decode(piece, buffer);
            }
            else
            {
                piece.CopyTo(buffer);
                count = piece.Length;
            }
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
