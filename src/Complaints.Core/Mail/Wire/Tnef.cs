using System.Buffers.Binary;
using System.Text;

namespace Complaints.Mail.Wire;

/// <summary>
/// Opens <c>winmail.dat</c>, Outlook's own wrapping (MS-OXTNEF): the files in it and the words. Every length is checked
/// against what is there; damage ends the reading and what was found until then counts.
/// </summary>
internal sealed class Tnef
{
    private const uint Signature = 0x223E9F78;
    private const int MostAttributes = 5000;
    private const int MostFiles = 200;

    private readonly List<TnefFile> _files = [];
    private Encoding _codePage = Charsets.Named("windows-1252")!;

    private Tnef() { }

    /// <summary>The files in their order; those without content are left out.</summary>
    public IEnumerable<TnefFile> Files => _files.Where(f => f.Content.Length > 0);

    /// <summary>The words as plain text; null when there are none.</summary>
    public string? Text { get; private set; }

    /// <summary>The words as HTML; null when there are none.</summary>
    public string? Html { get; private set; }

    /// <summary>What it holds; null when it is no TNEF.</summary>
    public static Tnef? Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) != Signature)
        {
            return null;
        }

        var found = new Tnef();
        var at = 6;
        for (var n = 0; n < MostAttributes && at + 11 <= bytes.Length; n++)
        {
            var level = bytes.Span[at];
            var id = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(at + 1)..]);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(at + 5)..]);
            at += 9;
            var there = (int)Math.Min(length, bytes.Length - at); // a file cut off at its end is still worth having
            found.Attribute(level, id, bytes.Slice(at, there));
            if (length > bytes.Length - at - 2)
            {
                break;
            }

            at += there + 2; // the check sum says nothing that could be acted upon
        }

        return found;
    }

    private void Attribute(byte level, uint id, ReadOnlyMemory<byte> value)
    {
        switch (level, id)
        {
            case (1, 0x00069007) when value.Length >= 4:
                _codePage = Charsets.Numbered(BinaryPrimitives.ReadInt32LittleEndian(value.Span)) ?? _codePage;
                break;
            case (1, 0x0002800C):
                Text ??= Words(value);
                break;
            case (1, 0x00069003):
                foreach (var p in MapiProperties.Read(value))
                {
                    Message(p);
                }

                break;
            case (2, 0x00069002) when _files.Count < MostFiles:
                _files.Add(new TnefFile());
                break;
            case (2, 0x00018010) when _files.Count > 0:
                _files[^1].Name ??= Words(value);
                break;
            case (2, 0x0006800F) when _files.Count > 0:
                _files[^1].Content = value;
                break;
            case (2, 0x00069005) when _files.Count > 0:
                foreach (var p in MapiProperties.Read(value))
                {
                    File(_files[^1], p);
                }

                break;
        }
    }

    private void Message(MapiProperty p)
    {
        if (p.Id == 0x1000)
        {
            Text = Words(p);
        }
        else if (p.Id == 0x1013)
        {
            Html = p.Type == 0x0102 ? Charsets.Guess(p.Value.Span) : Words(p);
        }
        else if (p.Id == 0x1009 && RtfText.Decompress(p.Value.Span) is { } rtf)
        {
            Text ??= RtfText.Of(rtf);
        }
    }

    private void File(TnefFile file, MapiProperty p)
    {
        switch (p.Id)
        {
            case 0x3707:
                file.Name = Words(p);
                break;
            case 0x370E:
                file.Type = Words(p);
                break;
            case 0x3712:
                file.ContentId = Words(p);
                break;
            case 0x3701 when file.Content.Length == 0:
                file.Content = p.Type == 0x000D && p.Value.Length > 16 ? p.Value[16..] : p.Value; // an object has its interface's id in front
                break;
        }
    }

    private string Words(MapiProperty p) => p.Type == 0x001F ? Encoding.Unicode.GetString(p.Value.Span).Split('\0')[0] : Words(p.Value);

    private string Words(ReadOnlyMemory<byte> value) => _codePage.GetString(value.Span).Split('\0')[0];
}

/// <summary>A file in a <c>winmail.dat</c>.</summary>
internal sealed class TnefFile
{
    public string? Name { get; set; }

    public string? Type { get; set; }

    public string? ContentId { get; set; }

    public ReadOnlyMemory<byte> Content { get; set; }
}
