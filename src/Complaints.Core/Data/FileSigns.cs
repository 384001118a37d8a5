using System.Text;

namespace Complaints.Data;

/// <summary>The signs kinds of files begin with.</summary>
internal static class FileSigns
{
    private static readonly (byte[] Sign, string Type)[] _signs =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("GIF87a"u8.ToArray(), "image/gif"),
        ("GIF89a"u8.ToArray(), "image/gif"),
        ("BM"u8.ToArray(), "image/bmp"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        ([0x7F, 0x45, 0x4C, 0x46], "application/x-executable"),
        ([0xCF, 0xFA, 0xED, 0xFE], "application/x-mach-binary"),
        ([0xCE, 0xFA, 0xED, 0xFE], "application/x-mach-binary"),
        ([0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], "application/x-ms-shortcut"),
        ("Rar!\u001a\u0007"u8.ToArray(), "application/vnd.rar"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        ([0x1F, 0x8B, 0x08], "application/gzip"),
        ("{\\rtf"u8.ToArray(), "application/rtf"),
        ("OggS"u8.ToArray(), "audio/ogg"),
        ("ID3"u8.ToArray(), "audio/mpeg"),
        ("#!"u8.ToArray(), "application/x-sh"),
    ];

    private static readonly Dictionary<string, string> _scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["js"] = "text/javascript",
        ["mjs"] = "text/javascript",
        ["html"] = "text/html",
        ["htm"] = "text/html",
        ["xhtml"] = "text/html",
        ["shtml"] = "text/html",
        ["svg"] = "image/svg+xml",
        ["exe"] = "application/x-msdownload",
        ["dll"] = "application/x-msdownload",
        ["com"] = "application/x-msdownload",
        ["scr"] = "application/x-msdownload",
        ["cpl"] = "application/x-msdownload",
        ["msi"] = "application/x-msi",
        ["jar"] = "application/java-archive",
        ["apk"] = "application/vnd.android.package-archive",
        ["lnk"] = "application/x-ms-shortcut",
        ["iso"] = "application/x-iso9660-image",
        ["sh"] = "application/x-sh",
    };

    private static readonly string[] _otherScripts =
    [
        "bat",
        "cmd",
        "vbs",
        "vbe",
        "jse",
        "ps1",
        "psm1",
        "wsf",
        "wsh",
        "hta",
        "reg",
        "pif",
        "chm",
        "url",
        "scf",
        "py",
        "php",
        "pl",
    ];

    /// <summary>Endings of programs, scripts and pages.</summary>
    public static IEnumerable<string> ProgramEndings => _scripts.Keys.Concat(_otherScripts).Order(StringComparer.Ordinal);

    /// <summary>The type the content shows; null when it shows none.</summary>
    /// <param name="start">The beginning of the content.</param>
    /// <param name="said">The declared type, to tell apart what the beginning cannot.</param>
    public static string? Find(ReadOnlySpan<byte> start, string said)
    {
        if (start.StartsWith("MZ"u8) && Program(start))
        {
            return "application/x-msdownload";
        }

        if (start.StartsWith("PK\u0003\u0004"u8))
        {
            return Zip(start, said);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return
                said == "application/x-msi"
                || said.StartsWith("application/vnd.ms-", StringComparison.Ordinal)
                || said == "application/msword"
                ? said
                : "application/x-ole-storage";
        }

        if (start.StartsWith("RIFF"u8) && start.Length >= 12)
        {
            return start[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
                : start[8..12].SequenceEqual("WAVE"u8) ? "audio/wav"
                : "video/x-msvideo";
        }

        if (start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8))
        {
            return Encoding.ASCII.GetString(start[8..12]) switch
            {
                "heic" or "heix" or "mif1" or "hevc" => "image/heic",
                "avif" => "image/avif",
                "qt  " => "video/quicktime",
                "M4A " => "audio/mp4",
                _ => "video/mp4",
            };
        }

        foreach (var (sign, type) in _signs)
        {
            if (
                start.StartsWith(sign)
                && (type != "image/bmp" || (start.Length > 14 && start[6..10].SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 0])))
            )
            {
                return type;
            }
        }

        return Markup(start);
    }

    /// <summary>The type of a file that is a program or page by its ending; null when it is none.</summary>
    public static string? ScriptByName(string name)
    {
        var ending = name[(name.LastIndexOf('.') + 1)..].Trim().ToLowerInvariant();
        return ending.Length == name.Length ? null
            : _scripts.TryGetValue(ending, out var type) ? type
            : Array.IndexOf(_otherScripts, ending) >= 0 ? "application/x-script"
            : null;
    }

    /// <summary>Kinds of pictures whose beginning is not known here, so that a claim can be neither borne out nor refuted.</summary>
    public static bool Unproven(string said) =>
        said.StartsWith("image/", StringComparison.Ordinal)
        && said
            is not (
                "image/png"
                or "image/jpeg"
                or "image/jpg"
                or "image/pjpeg"
                or "image/gif"
                or "image/webp"
                or "image/bmp"
                or "image/tiff"
            );

    // The two letters alone could begin a text; a program has its header's place at 0x3C.
    private static bool Program(ReadOnlySpan<byte> start) =>
        start.Length < 64 ? start.ContainsAnyInRange((byte)0, (byte)8) : start[..64].Contains((byte)0);

    private static string Zip(ReadOnlySpan<byte> start, string said)
    {
        if (start.IndexOf("AndroidManifest.xml"u8) >= 0)
        {
            return "application/vnd.android.package-archive";
        }

        if (start.IndexOf("META-INF/MANIFEST.MF"u8) >= 0)
        {
            return "application/java-archive";
        }

        var mimetype = start.IndexOf("mimetypeapplication/"u8);
        if (mimetype is > 0 and < 60)
        {
            var rest = start[(mimetype + 8)..];
            var end = rest.IndexOfAnyExcept(System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789./+-"u8));
            return Encoding.ASCII.GetString(end < 0 ? rest : rest[..Math.Min(end, 100)]);
        }

        const string Office = "application/vnd.openxmlformats-officedocument.";
        return start.IndexOf("word/"u8) >= 0 ? Office + "wordprocessingml.document"
            : start.IndexOf("xl/"u8) >= 0 ? Office + "spreadsheetml.sheet"
            : start.IndexOf("ppt/"u8) >= 0 ? Office + "presentationml.presentation"
            : said.StartsWith("application/vnd.openxmlformats-", StringComparison.Ordinal)
            || said.StartsWith("application/vnd.oasis.", StringComparison.Ordinal)
                ? said
            : "application/zip";
    }

    // The first tag tells; what a browser would take for a page is one.
    private static string? Markup(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 1024)]).Replace("\0", "", StringComparison.Ordinal);
        text = text.TrimStart('\u00ef', '\u00bb', '\u00bf', '\u00ff', '\u00fe', ' ', '\t', '\r', '\n').ToLowerInvariant();
        if (!text.StartsWith('<'))
        {
            return null;
        }

        return text.StartsWith("<!doctype html", StringComparison.Ordinal)
            || text.StartsWith("<html", StringComparison.Ordinal)
            || text.StartsWith("<script", StringComparison.Ordinal)
            || text.StartsWith("<head", StringComparison.Ordinal)
            || text.StartsWith("<body", StringComparison.Ordinal)
            || text.StartsWith("<iframe", StringComparison.Ordinal)
            || text.Contains("<html", StringComparison.Ordinal)
                ? "text/html"
            : text.StartsWith("<svg", StringComparison.Ordinal)
            || text.Contains("<svg ", StringComparison.Ordinal)
            || text.Contains("<!doctype svg", StringComparison.Ordinal)
                ? "image/svg+xml"
            : null;
    }
}
