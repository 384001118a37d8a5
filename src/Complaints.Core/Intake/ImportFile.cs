using System.Text;
using Complaints.Language;
using CsvHelper;

namespace Complaints.Intake;

/// <summary>A CSV file from elsewhere: finds out its encoding and what stands between its columns, then reads row by row.</summary>
public sealed class ImportFile : IDisposable
{
    private static readonly char[] _separators = [',', ';', '\t', '|'];
    private readonly CsvReader _reader;

    private ImportFile(CsvReader reader, IReadOnlyList<string> header) => (_reader, Header) = (reader, header);

    /// <summary>Trimmed names of the columns; an empty one has no name.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Opens a file; encoding and separator are found out when not given.</summary>
    /// <exception cref="Refusal">It is empty, holds one column only, or the encoding is unknown or does not fit.</exception>
    public static ImportFile Open(string path, string? encoding = null, char? separator = null)
    {
        var text = new StreamReader(path, Known(encoding ?? EncodingOf(path)), detectEncodingFromByteOrderMarks: true, 1 << 16);
        try
        {
            var reader = CsvReader.Create(
                text,
                new CsvReaderOptions
                {
                    Separator = separator ?? SeparatorOf(path, encoding),
                    HasHeader = false,
                    TrackLineNumbers = true,
                    MaxRecordSize = 8 << 20,
                }
            );
            if (!reader.Read() || Fields(reader) is not { } header || header.All(h => h.Length == 0))
            {
                reader.Dispose();
                throw new Refusal("The file is empty. Its first line must name the columns.");
            }

            return new ImportFile(reader, header);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The encoding a file is written in: by its byte order mark, by the zeros of UTF-16, UTF-8 when all of it is valid,
    /// otherwise GB18030, which Chinese spreadsheets write.
    /// </summary>
    public static string EncodingOf(string path)
    {
        using var stream = File.OpenRead(path);
        var buffer = new byte[1 << 16];
        var got = stream.ReadAtLeast(buffer, 4096, throwOnEndOfStream: false);
        var start = buffer.AsSpan(0, got);
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return start[0] == 0xFF ? "utf-16" : "utf-16BE";
        }

        var sample = start[..Math.Min(got, 4096)];
        if (sample.Contains((byte)0))
        {
            return sample.IndexOf((byte)0) % 2 == 1 ? "utf-16" : "utf-16BE";
        }

        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var chars = new char[buffer.Length + 1];
        try
        {
            for (; got > 0; got = stream.Read(buffer))
            {
                strict.GetChars(buffer, 0, got, chars, 0, flush: false);
            }

            return "utf-8";
        }
        catch (DecoderFallbackException)
        {
            return "gb18030";
        }
    }

    /// <summary>The character between columns, from the first line.</summary>
    /// <exception cref="Refusal">There is none of those we know.</exception>
    public static char SeparatorOf(string path, string? encoding = null)
    {
        using var text = new StreamReader(path, Known(encoding ?? EncodingOf(path)), detectEncodingFromByteOrderMarks: true);
        var line = text.ReadLine() ?? "";
        var counts = _separators.Select(s => (Separator: s, Count: Outside(line, s))).MaxBy(c => c.Count);
        return counts.Count > 0 ? counts.Separator
            : line.Trim().Length == 0 ? throw new Refusal("The file is empty. Its first line must name the columns.")
            : throw new Refusal(
                "Only one column was found: {0}. Columns must be separated by commas, semicolons, tabs or bars; save the file as CSV and try again.",
                line.Length <= 80 ? line : line[..80] + "…"
            );
    }

    /// <summary>The rows after the header, each with the line it starts on and its fields.</summary>
    public IEnumerable<ImportLine> Rows()
    {
        while (_reader.Read())
        {
            var fields = Fields(_reader);
            if (!Array.TrueForAll(fields, f => f.Length == 0))
            {
                yield return new ImportLine((int)_reader.LineNumber, fields);
            }
        }
    }

    /// <summary>How many rows there are after the header.</summary>
    public static int CountRows(string path, ImportPlan plan)
    {
        using var file = Open(path, plan.Encoding, plan.Separator);
        return file.Rows().Count();
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();

    private static Encoding Known(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            throw new Refusal("There is no encoding “{0}”. Write utf-8, utf-16 or gb18030.", name);
        }
    }

    private static int Outside(string line, char separator)
    {
        var (count, quoted) = (0, false);
        foreach (var c in line)
        {
            quoted ^= c == '"';
            count += c == separator && !quoted ? 1 : 0;
        }

        return count;
    }

    private static string[] Fields(CsvReader reader) =>
        [
            .. Enumerable
                .Range(0, reader.FieldCount)
                .Select(i => reader.GetString(i).Replace("\0", "", StringComparison.Ordinal).Trim('\uFEFF', ' ', '\t')),
        ];
}

/// <summary>One row of an imported file.</summary>
/// <param name="Line">The line it starts on; the header is 1.</param>
/// <param name="Fields">Trimmed.</param>
public sealed record ImportLine(int Line, string[] Fields);
