using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail.Wire;

namespace Complaints.Web.Operation;

/// <summary>Says how a message is read, and why so. Touches no database and changes nothing.</summary>
public sealed record MailCommand()
    : Command(
        "mail",
        "reads messages from files and says how they are understood",
        "complaints mail read FILE-or-FOLDER … [--json]\n"
            + "Reads raw messages (RFC 5322), of a folder all files in it and below, and prints what was made of each one: sender, subject,\n"
            + "kind and why, the visible answer, attachments, and what could not be read. Needs no database.\n"
            + "  kind    new, reply, automatic, bounce (failed or late), feedback (marked as unwanted), receipt (opened or deleted),\n"
            + "          delivered, unreadable\n"
            + "  --json  one JSON object per message and line: file, from, subject, date (UTC), messageId, kind, why,\n"
            + "          bounce {recipient, status, permanent} or null, visibleText, signature,\n"
            + "          attachments [{name, type by content, bytes}], problems\n"
            + "Exit code 0; 2 when there is nothing to read. What cannot be read is a line too, of kind unreadable with its reason."
    )
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), // Chinese stays readable
    };

    /// <inheritdoc />
    public override async Task<int> RunAsync(string[] args)
    {
        var paths = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (paths is not ["read", _, ..])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        // Not through the console's own encoding: the lines are UTF-8 wherever they are read.
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
        return await ReadAsync(paths[1..], args.Contains("--json"), output, Console.Error);
    }

    /// <summary>Reads and prints; the exit code.</summary>
    internal static async Task<int> ReadAsync(IReadOnlyList<string> paths, bool json, TextWriter output, TextWriter errors)
    {
        var result = 0;
        foreach (var path in paths)
        {
            var files = FilesOf(path);
            if (files.Count == 0)
            {
                await errors.WriteLineAsync(
                    Directory.Exists(path)
                        ? $"There is no file in {path}."
                        : $"There is no file or folder {path}. Check the name and the folder you are in."
                );
                result = 2;
            }

            foreach (var file in files)
            {
                var line = Line(file, await LoadAsync(file, errors));
                await output.WriteLineAsync(json ? JsonSerializer.Serialize(line, _json) : Table(line));
            }
        }

        return result;
    }

    /// <summary>What was made of one message.</summary>
    internal static MailLine Line(string file, ReadOnlyMemory<byte> raw)
    {
        var mail = MailReader.Read(raw);
        var kind = MailKind.Of(mail, InboundMatch.References(mail.Subject).Count > 0);
        var answer = VisibleAnswer.Read(mail);
        var from = mail.From.Count > 0 ? mail.From[0] : null;
        return new MailLine(
            file,
            from is null ? ""
                : from.Name.Length > 0 ? $"{from.Name} <{from.Address}>"
                : from.Address,
            mail.Subject,
            mail.Date?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            mail.MessageId,
            kind.Sort.ToString().ToLowerInvariant(),
            kind.Why.ToString(),
            kind.Worst is { } bounce ? new MailLine.BounceLine(bounce.Recipient, bounce.Status, bounce.Permanent) : null,
            answer.Words,
            answer.Signature,
            [.. mail.Attachments.Select(a => new MailLine.FileLine(a.Name, FileKind.Of(a.Beginning(), a.Name, a.Type).Type, a.Length))],
            [.. mail.Problems.Select(p => p.ToString())]
        );
    }

    private static List<string> FilesOf(string path) =>
        File.Exists(path) ? [path]
        : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
        : [];

    // One that cannot be opened is said on the side and reads as empty: a line for every file.
    private static async Task<ReadOnlyMemory<byte>> LoadAsync(string file, TextWriter errors)
    {
        try
        {
            await using var content = File.OpenRead(file);
            var bytes = new byte[Math.Min(content.Length, MailReader.LargestMessage + 1L)];
            return bytes.AsMemory(0, await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"{file} cannot be opened: {e.Message}");
            return default;
        }
    }

    private static string Table(MailLine line) =>
        $"""
            {line.File}
              from     {line.From}
              subject  {line.Subject}
              kind     {line.Kind}: {line.Why}
              answer   {Short(line.VisibleText)}
              files    {(
                line.Attachments.Count == 0
                    ? "none"
                    : string.Join(", ", line.Attachments.Select(a => $"{a.Name} ({a.Type}, {a.Bytes} bytes)"))
            )}
            """
        + string.Concat(line.Problems.Select(p => $"\n  problem  {p}"));

    private static string Short(string words)
    {
        var line = words.ReplaceLineEndings(" / ");
        return line.Length <= 200 ? line : line[..200] + "…";
    }
}

/// <summary>One line of <c>complaints mail read</c>; see its usage for the fields.</summary>
internal sealed record MailLine(
    string File,
    string From,
    string Subject,
    string? Date,
    string? MessageId,
    string Kind,
    string Why,
    MailLine.BounceLine? Bounce,
    string VisibleText,
    string Signature,
    IReadOnlyList<MailLine.FileLine> Attachments,
    IReadOnlyList<string> Problems
)
{
    /// <summary>What a delivery report says.</summary>
    internal sealed record BounceLine(string Recipient, string Status, bool Permanent);

    /// <summary>An attachment.</summary>
    internal sealed record FileLine(string Name, string Type, long Bytes);
}
