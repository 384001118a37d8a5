using System.Buffers.Binary;

namespace Complaints.Mail.Wire;

/// <summary>One property of a message or file as Outlook keeps it.</summary>
internal sealed record MapiProperty(int Id, int Type, ReadOnlyMemory<byte> Value);

/// <summary>Reads a list of properties inside TNEF (MS-OXTNEF, 2.1.3.4); ends at the first thing that cannot be.</summary>
internal static class MapiProperties
{
    private const int Most = 2000;

    public static IEnumerable<MapiProperty> Read(ReadOnlyMemory<byte> bytes)
    {
        var at = 4;
        for (var n = 0; n < Most && at + 4 <= bytes.Length; n++)
        {
            var type = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..]);
            var id = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[(at + 2)..]);
            at += 4;
            if (id >= 0x8000 && !Named(bytes.Span, ref at))
            {
                yield break;
            }

            var kind = type & 0x0FFF;
            var many = (type & 0x1000) != 0;
            var variable = kind is 0x001E or 0x001F or 0x0102 or 0x000D;
            var count = 1;
            if ((many || variable) && !Number(bytes.Span, ref at, out count))
            {
                yield break;
            }

            for (var i = 0; i < count; i++)
            {
                var length = Fixed(kind);
                if ((variable && !Number(bytes.Span, ref at, out length)) || length < 1 - (variable ? 1 : 0) || length > bytes.Length - at)
                {
                    yield break;
                }

                if (i == 0)
                {
                    yield return new MapiProperty(id, kind, bytes.Slice(at, length));
                }

                at = Padded(at, length, bytes.Length);
                if (i > Most)
                {
                    yield break;
                }
            }
        }
    }

    // A name after the id: a set, and a number or a text in it.
    private static bool Named(ReadOnlySpan<byte> bytes, ref int at)
    {
        at += 16;
        if (!Number(bytes, ref at, out var kind) || !Number(bytes, ref at, out var length))
        {
            return false;
        }

        if (kind != 0)
        {
            if (length > bytes.Length - at)
            {
                return false;
            }

            at = Padded(at, length, bytes.Length);
        }

        return true;
    }

    private static int Padded(int at, int length, int end) => Math.Min(end, at + ((length + 3) & ~3));

    private static bool Number(ReadOnlySpan<byte> bytes, ref int at, out int number)
    {
        number = 0;
        if (at + 4 > bytes.Length)
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
        at += 4;
        return number >= 0;
    }

    private static int Fixed(int kind) =>
        kind switch
        {
            0x0002 or 0x0003 or 0x0004 or 0x000A or 0x000B => 4,
            0x0005 or 0x0006 or 0x0007 or 0x0014 or 0x0040 => 8,
            0x0048 => 16,
            _ => 0, // not known: its length is not known either
        };
}
