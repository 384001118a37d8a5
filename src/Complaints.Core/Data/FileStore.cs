using System.Security.Cryptography;
using Complaints.Language;

namespace Complaints.Data;

/// <summary>
/// Files of complaints, kept in the data folder under their SHA-256, outside anything that is served. Two equal files
/// are one. Bytes are written before the row that names them, so that a row never points at nothing.
/// </summary>
public sealed class FileStore(string folder)
{
    /// <summary>Largest file that can be kept, in bytes; <see cref="FilePolicy"/> says what is taken by each door.</summary>
    public const long Limit = 50L * 1024 * 1024;

    private const int NoSpace = 28;

    /// <summary>The folder, for backups.</summary>
    public string Folder { get; } = folder;

    /// <summary>Writes the file and says what it is called now.</summary>
    /// <exception cref="Refusal">Empty, larger than <see cref="Limit"/>, or the folder cannot be written.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public async Task<KeptFile> KeepAsync(Stream content, string name, CancellationToken cancel = default)
    {
        var temp = Path.Combine(Writable(), Guid.NewGuid().ToString("N") + ".part");
        try
        {
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long bytes = 0;
            var start = new List<byte>(FileKind.Looked);
            await using (var file = File.Create(temp))
            {
                var buffer = new byte[81920];
                for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0; )
                {
                    var room = Math.Min(read, FileKind.Looked - start.Count);
                    start.AddRange(buffer.AsSpan(0, Math.Max(room, 0)));
                    bytes += read;
                    if (bytes > Limit)
                    {
                        throw TooLarge(name);
                    }

                    sum.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
            }

            if (bytes == 0)
            {
                throw new Refusal(new Sentence("“{0}” is empty. Choose another file.", name), "file");
            }

            var hash = Convert.ToHexStringLower(sum.GetHashAndReset());
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(hash))!);
            File.Move(temp, PathOf(hash), overwrite: true);
            return new KeptFile(hash, bytes) { Beginning = [.. start] };
        }
        finally
        {
            File.Delete(temp); // nothing there when it was moved
        }
    }

    /// <summary>Opens a kept file for reading.</summary>
    /// <exception cref="FileNotFoundException">The bytes are gone; a backup has them.</exception>
    public Stream Open(string sha256) => File.OpenRead(PathOf(sha256));

    /// <summary>The refusal of a file that is too large.</summary>
    public static Refusal TooLarge(string name) =>
        new(new Sentence("“{0}” is larger than {1} MB. Make it smaller, or attach it in parts.", name, Limit / 1024 / 1024), "file");

    /// <summary>The folder, made when missing, with proof that it can be written.</summary>
    private string Writable()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            using var proof = new FileStream(
                Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".part"),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
            return Folder;
        }
        catch (Exception closed)
            when (closed is UnauthorizedAccessException || (closed is IOException && (closed.HResult & 0xFFFF) != NoSpace))
        {
            throw new Refusal(
                new Sentence(
                    "The server cannot store files right now. Send it without the file and tell your administrator: {0}",
                    closed.Message
                ),
                "file"
            );
        }
    }

    private string PathOf(string sha256) => Path.Combine(Folder, sha256[..2], sha256);
}

/// <summary>A file in the store.</summary>
/// <param name="Sha256">Hex; its name there.</param>
/// <param name="Bytes">Its length.</param>
public sealed record KeptFile(string Sha256, long Bytes)
{
    /// <summary>The first bytes of it, for <see cref="KindOf"/>.</summary>
    public IReadOnlyList<byte> Beginning { get; init; } = [];

    /// <summary>What it is by its content.</summary>
    /// <param name="name">The name it came under.</param>
    /// <param name="declared">The type it was declared as.</param>
    public FileKind KindOf(string name, string declared) => FileKind.Of([.. Beginning], name, declared);
}
