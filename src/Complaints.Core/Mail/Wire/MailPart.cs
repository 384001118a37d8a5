namespace Complaints.Mail.Wire;

/// <summary>
/// A part of a message that holds no further parts. It is a window onto the message's bytes: its content is unpacked
/// when somebody asks for it, so that a large attachment is not copied for being looked at.
/// </summary>
/// <param name="type">Its type as declared, lower case, such as <c>image/png</c>.</param>
/// <param name="name">Its file name without any folder, or one made up from its type; never empty.</param>
/// <param name="packed">Its bytes as they stand in the message.</param>
/// <param name="packing">How they are packed.</param>
public sealed class MailPart(string type, string name, ReadOnlyMemory<byte> packed, Packing packing)
{
    private const int Glance = 4096;
    private readonly Lazy<long> _length = new(() => packing == Packing.None ? packed.Length : Unpacking.Length(packed.Span, packing));

    /// <summary>Its type as declared, lower case, such as <c>image/png</c>.</summary>
    public string Type { get; } = type;

    /// <summary>Its file name without any folder, or one made up from its type; never empty.</summary>
    public string Name { get; } = name;

    /// <summary>Length of its content in bytes.</summary>
    public long Length => _length.Value;

    /// <summary>Its content, unpacked anew each time: for small parts. Larger ones are read with <see cref="Open"/>.</summary>
    public byte[] Bytes => Unpacking.All(packed.Span, packing);

    /// <summary>The sender marked it as an attachment.</summary>
    public bool Attached { get; init; }

    /// <summary>Character set as declared; null when none was.</summary>
    public string? Charset { get; init; }

    /// <summary>The id an HTML body shows it by (<c>cid:</c>), without brackets; null when it has none.</summary>
    public string? ContentId { get; init; }

    /// <summary>The text flows (RFC 3676).</summary>
    internal bool Flowed { get; init; }

    /// <summary>Its flowing text has added blanks.</summary>
    internal bool DelSp { get; init; }

    /// <summary>Its content as a stream, unpacked while it is read.</summary>
    public Stream Open() => new UnpackingStream(packed, packing);

    /// <summary>The beginning of the content, enough to tell what it is.</summary>
    public byte[] Beginning()
    {
        using var content = Open();
        var start = new byte[Glance];
        return start[..content.ReadAtLeast(start, Glance, throwOnEndOfStream: false)];
    }

    /// <summary>The first bytes of the content, at most as many as asked for.</summary>
    internal byte[] First(int most)
    {
        if (packing == Packing.None)
        {
            return packed.Span[..Math.Min(most, packed.Length)].ToArray();
        }

        using var content = Open();
        var start = new byte[(int)Math.Min(most, packed.Length)];
        return start[..content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}

/// <summary>How bytes are packed for the way through mail servers (RFC 2045, 6).</summary>
public enum Packing
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Base64.</summary>
    Base64,

    /// <summary>Quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>Uuencode.</summary>
    Uuencode,
}
