using System.Text;

namespace Complaints.Tests.Mail.Wire;

/// <summary>Writes a small <c>winmail.dat</c> as Outlook would, for tests of the reader.</summary>
internal static class TnefMaker
{
    public const string Rtf =
        "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag <p>}It leaks \\'e4 lot.\\htmlrtf \\par\\htmlrtf0 \\par \\u24037?\\u20316?}";

    public static byte[] Mail(bool withRtf = true)
    {
        var bytes = new List<byte>(BitConverter.GetBytes(0x223E9F78));
        bytes.AddRange(BitConverter.GetBytes((ushort)1));
        Attribute(bytes, 1, 0x00069007, [.. BitConverter.GetBytes(936), 0, 0, 0, 0]);
        if (withRtf)
        {
            var rtf = Encoding.ASCII.GetBytes(Rtf);
            byte[] packed =
            [
                .. BitConverter.GetBytes(rtf.Length + 12),
                .. BitConverter.GetBytes(rtf.Length),
                .. BitConverter.GetBytes(0x414C454D),
                0,
                0,
                0,
                0,
                .. rtf,
            ];
            Attribute(bytes, 1, 0x00069003, [.. BitConverter.GetBytes(2), .. Named(), .. Property(0x0102, 0x1009, packed)]);
        }

        Attribute(bytes, 2, 0x00069002, new byte[14]);
        Attribute(bytes, 2, 0x00018010, Encoding.GetEncoding("gbk").GetBytes("报价~1.PDF\0"));
        Attribute(bytes, 2, 0x0006800F, "%PDF-1.7 offer"u8.ToArray());
        Attribute(
            bytes,
            2,
            0x00069005,
            [
                .. BitConverter.GetBytes(2),
                .. Property(0x001F, 0x3707, Encoding.Unicode.GetBytes("报价单.pdf\0")),
                .. Property(0x001E, 0x370E, "application/pdf\0"u8.ToArray()),
            ]
        );
        return [.. bytes];
    }

    private static byte[] Named() =>
        [
            .. BitConverter.GetBytes((ushort)0x0003),
            .. BitConverter.GetBytes((ushort)0x8001),
            .. new byte[16],
            .. BitConverter.GetBytes(1),
            .. BitConverter.GetBytes(6),
            .. Encoding.Unicode.GetBytes("ab\0"),
            0,
            0,
            .. BitConverter.GetBytes(7),
        ];

    private static byte[] Property(ushort type, ushort id, byte[] value) =>
        [
            .. BitConverter.GetBytes(type),
            .. BitConverter.GetBytes(id),
            .. BitConverter.GetBytes(1),
            .. BitConverter.GetBytes(value.Length),
            .. value,
            .. new byte[(4 - (value.Length % 4)) % 4],
        ];

    private static void Attribute(List<byte> bytes, byte level, int id, byte[] value)
    {
        bytes.Add(level);
        bytes.AddRange(BitConverter.GetBytes(id));
        bytes.AddRange(BitConverter.GetBytes(value.Length));
        bytes.AddRange(value);
        bytes.AddRange(BitConverter.GetBytes((ushort)value.Sum(b => b)));
    }
}
