using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;

namespace Complaints.Web.Shared;

/// <summary>Takes the files of a form: all are judged before the first is stored, so that a refusal leaves nothing behind.</summary>
public sealed class Uploads(ComplaintsDb db, FileStore store)
{
    private const int LongestName = 200;

    /// <summary>Keeps the files and says what was kept; fields without a file are left out.</summary>
    /// <param name="files">As sent.</param>
    /// <param name="door">Whose form it is.</param>
    /// <param name="field">Name of the field, for the refusal.</param>
    /// <exception cref="Refusal">Too many, blocked, too large, or empty; the sentence names the file.</exception>
    public async Task<IReadOnlyList<NewFile>> KeepAsync(IReadOnlyList<IFormFile> files, FileDoor door, string field)
    {
        var sent = files.Where(f => f.Length > 0).ToList();
        if (sent.Count == 0)
        {
            return [];
        }

        if (sent.Count > FilePolicy.Most(door))
        {
            throw new Refusal(
                new Sentence("{0} files are too many at once; {1} fit. Add the rest afterwards.", sent.Count, FilePolicy.Most(door)),
                field
            );
        }

        var policy = await FilePolicies.ReadAsync(db);
        var start = new byte[FileKind.Looked];
        foreach (var file in sent)
        {
            await using var content = file.OpenReadStream();
            var length = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false);
            policy.Check(NameOf(file), start.AsSpan(0, length), file.ContentType ?? "", file.Length, door, field);
        }

        var kept = new List<NewFile>();
        foreach (var file in sent)
        {
            await using var content = file.OpenReadStream();
            var stored = await store.KeepAsync(content, NameOf(file));
            kept.Add(new NewFile(NameOf(file), stored.KindOf(NameOf(file), file.ContentType ?? "").Type, stored));
        }

        return kept;
    }

    /// <summary>The last part of the name, whatever path a browser sends, and not endless.</summary>
    public static string NameOf(IFormFile file)
    {
        var name = file.FileName.Split('/', '\\')[^1].Trim();
        name = name.Length == 0 ? "file" : name;
        return name.Length <= LongestName ? name : name[^LongestName..];
    }
}
