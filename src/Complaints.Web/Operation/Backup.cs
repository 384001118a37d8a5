using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Complaints.Data;
using Complaints.Language;

namespace Complaints.Web.Operation;

/// <summary>
/// Everything needed to go on elsewhere, in one zip: the database, the files and the keys. Written while the server
/// works; what is attached after the database was copied is simply not in it.
/// </summary>
public static class Backup
{
    private const string Manifest = "backup.json";
    private static readonly string[] _folders = ["keys", "files", "imports", "heads"];

    /// <summary>Writes the backup; it appears under its name only when it is whole.</summary>
    public static async Task WriteAsync(DatabaseAddress database, DataFolder folder, string file, DateTime now, CancellationToken cancel)
    {
        var whole = Path.GetFullPath(file);
        if (File.Exists(whole))
        {
            throw new Refusal("{0} exists already. Choose another name.", whole);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        var part = whole + ".part";
        var copy = Path.Combine(Path.GetDirectoryName(whole)!, "." + Guid.NewGuid().ToString("N") + ".db");
        try
        {
            await database.Provider.BackUpAsync(database.Connection, copy, cancel);
            using (var zip = ZipFile.Open(part, ZipArchiveMode.Create))
            {
                var manifest = new About(
                    1,
                    database.Provider.OneWriter ? "sqlite" : "postgres",
                    now.ToString("O", CultureInfo.InvariantCulture)
                );
                await using (var entry = await zip.CreateEntry(Manifest).OpenAsync(cancel))
                {
                    await JsonSerializer.SerializeAsync(entry, manifest, cancellationToken: cancel);
                }

                zip.CreateEntryFromFile(copy, "database", CompressionLevel.Fastest);
                foreach (var name in _folders.Where(f => Directory.Exists(folder.Of(f))))
                {
                    foreach (var path in Directory.EnumerateFiles(folder.Of(name), "*", SearchOption.AllDirectories))
                    {
                        zip.CreateEntryFromFile(path, Path.GetRelativePath(folder.Path, path).Replace('\\', '/'), CompressionLevel.Fastest);
                    }
                }
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(part, UnixFileMode.UserRead | UnixFileMode.UserWrite); // it holds the keys
            }

            File.Move(part, whole);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(part);
        }
    }

    /// <summary>Unpacks a backup into an empty data folder and database. Mail stays held until somebody releases it.</summary>
    public static async Task ReadAsync(DatabaseAddress database, DataFolder folder, string file, CancellationToken cancel)
    {
        if (!File.Exists(file))
        {
            throw new Refusal("There is no file {0}.", file);
        }

        if (Directory.EnumerateFileSystemEntries(folder.Path).Any(e => Path.GetFileName(e) != "server.lock"))
        {
            throw new Refusal("{0} is not empty. Restore into an empty folder: --Data:Folder NEW.", folder.Path);
        }

        using var zip = Open(file);
        var about = await AboutAsync(zip, cancel) ?? throw new Refusal("{0} is not a backup of this system.", file);
        var provider = database.Provider.OneWriter ? "sqlite" : "postgres";
        if (about.Provider != provider)
        {
            throw new Refusal(
                "This backup was made on {0}, but the settings name {1}. Set Database:Provider to {0}.",
                about.Provider,
                provider
            );
        }

        var copy = folder.Of(".restoring");
        try
        {
            zip.GetEntry("database")!.ExtractToFile(copy);
            await database.Provider.RestoreAsync(database.Connection, copy, cancel);
        }
        finally
        {
            File.Delete(copy); // a refused restore leaves the folder as empty as it was
        }

        foreach (var entry in zip.Entries.Where(e => e.FullName is not ("database" or Manifest)))
        {
            var path = Path.GetFullPath(folder.Of(entry.FullName));
            if (path.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                entry.ExtractToFile(path);
            }
        }
    }

    private static ZipArchive Open(string file)
    {
        try
        {
            return ZipFile.OpenRead(file);
        }
        catch (InvalidDataException)
        {
            throw new Refusal("{0} is damaged or no backup at all.", file);
        }
    }

    private static async Task<About?> AboutAsync(ZipArchive zip, CancellationToken cancel)
    {
        if (zip.GetEntry(Manifest) is not { } entry || zip.GetEntry("database") is null)
        {
            return null;
        }

        await using var stream = await entry.OpenAsync(cancel);
        return await JsonSerializer.DeserializeAsync<About>(stream, cancellationToken: cancel);
    }

    private sealed record About(int Version, string Provider, string MadeAt);
}
