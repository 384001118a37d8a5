namespace Complaints.Data;

/// <summary>What a file is, told by its content. A name and a declared type are claims of whoever sent it; they count only
/// where the content says nothing, as for a spreadsheet of plain text. Pure.</summary>
/// <param name="Type">MIME type, lower case.</param>
/// <param name="Danger">What opening it could do.</param>
public sealed record FileKind(string Type, FileDanger Danger)
{
    /// <summary>As many bytes of the beginning as are looked at.</summary>
    public const int Looked = 4096;

    /// <summary>The type the content shows; null when it shows none. Of what was declared only that counts which the
    /// beginning cannot tell apart.</summary>
    public static string? Shown(ReadOnlySpan<byte> start, string declared) => FileSigns.Find(start, Said(declared));

    /// <summary>What it is.</summary>
    /// <param name="start">The beginning of the content; <see cref="Looked"/> bytes are enough.</param>
    /// <param name="name">Its name; only the ending is looked at, for scripts, which have no content of their own kind.</param>
    /// <param name="declared">The type whoever sent it declared.</param>
    public static FileKind Of(ReadOnlySpan<byte> start, string name, string declared)
    {
        var said = Said(declared);
        if (FileSigns.Find(start, said) is { } type)
        {
            return new FileKind(type, DangerOf(type));
        }

        if (FileSigns.ScriptByName(name) is { } script)
        {
            return new FileKind(script, DangerOf(script));
        }

        // A claim to be a picture or a PDF that the content does not bear out is not believed: programs go by it.
        var proven = said.StartsWith("image/", StringComparison.Ordinal) || said is "application/pdf" or "application/zip";
        return new FileKind(proven && start.Length > 0 && !FileSigns.Unproven(said) ? "application/octet-stream" : said, DangerOf(said));
    }

    private static FileDanger DangerOf(string type) =>
        type switch
        {
            "text/html" or "application/xhtml+xml" or "image/svg+xml" or "text/javascript" => FileDanger.Active,
            "application/x-iso9660-image" => FileDanger.Runs,
            _ when FileClasses.Of(type) is { } kind and not (FileClass.Archive or FileClass.OldOffice) => FileDanger.Runs,
            _ => FileDanger.None,
        };

    private static string Said(string declared)
    {
        var type = declared.Split(';')[0].Trim().ToLowerInvariant();
        return type.Length is > 2 and <= 200 && type.Contains('/', StringComparison.Ordinal) && type.All(c => c is > ' ' and < '\u007f')
            ? type
            : "application/octet-stream";
    }
}

/// <summary>What opening a file could do.</summary>
public enum FileDanger
{
    /// <summary>It shows something.</summary>
    None,

    /// <summary>A browser would run what is in it.</summary>
    Active,

    /// <summary>It is a program.</summary>
    Runs,
}
