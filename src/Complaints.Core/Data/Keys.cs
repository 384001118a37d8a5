using System.Security.Cryptography;

namespace Complaints.Data;

/// <summary>
/// Secret keys that must not lie in the database: files of 32 random bytes in <c>keys/</c> of the data folder, made at
/// the first start, shared by all nodes, readable by the owner alone. Back them up with the database; never change them.
/// </summary>
public sealed class Keys(string folder)
{
    /// <summary>Seals timelines.</summary>
    public byte[] Timeline => _timeline ??= Read("timeline");

    /// <summary>Signs links in mails.</summary>
    public byte[] Links => _links ??= Read("links");

    /// <summary>Encrypts secrets in the database.</summary>
    public byte[] Protection => _protection ??= Read("protection");

    /// <summary>Signs the addresses answers go to.</summary>
    public byte[] Replies => _replies ??= Read("replies");

    /// <summary>Makes whatever key is missing; every start does.</summary>
    public void Make() => _ = (Timeline, Links, Protection, Replies);

    /// <summary>The folder, for backups.</summary>
    public string Folder { get; } = folder;

    private byte[]? _timeline,
        _links,
        _protection,
        _replies;

    private byte[] Read(string name)
    {
        var path = Path.Combine(Folder, name + ".key");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Folder);
            var temp = path + "." + Guid.NewGuid().ToString("N");
            File.WriteAllBytes(temp, RandomNumberGenerator.GetBytes(32));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temp, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            try
            {
                File.Move(temp, path, overwrite: false); // two starting nodes: the first wins, the second reads it
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(temp);
            }
        }

        var key = File.ReadAllBytes(path);
        return key.Length == 32
            ? key
            : throw new InvalidDataException($"The key file {name}.key has {key.Length} bytes instead of 32. Restore it from the backup.");
    }
}
