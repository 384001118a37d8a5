using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Complaints.Language;
using Complaints.Mail.Wire;

namespace Complaints.Mail;

/// <summary>
/// A Maildir (the folder format of qmail, Postfix, Dovecot): a delivery program renames each message into <c>new</c>, and
/// what we have stored goes to <c>cur</c>, marked as seen. The number of a message is made of its file's name, which never
/// comes twice.
/// </summary>
/// <param name="path">The folder that holds <c>new</c>, <c>cur</c> and <c>tmp</c>.</param>
/// <param name="clock">For waiting.</param>
/// <param name="largest">Larger files, in bytes, are not read whole.</param>
public sealed class MaildirSource(string path, TimeProvider clock, int largest = 40 * 1024 * 1024) : IMailSource
{
    private const int Headers = 64 * 1024;
    private static readonly TimeSpan _lookAgain = TimeSpan.FromSeconds(5);

    private string New => Path.Combine(path, "new");
    private string Cur => Path.Combine(path, "cur");

    /// <inheritdoc />
    public Task<SourceFolder> OpenAsync(CancellationToken cancel)
    {
        foreach (var folder in (string[])[New, Cur])
        {
            if (!Directory.Exists(folder))
            {
                throw new MailSourceFailure(
                    new Sentence("There is no folder {0}. A Maildir holds “new”, “cur” and “tmp”; check the path.", folder)
                );
            }
        }

        return Task.FromResult(new SourceFolder(0, Try(() => Directory.EnumerateFiles(New).LongCount())));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SourceMessage> NewAsync(long afterUid, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var file in Try(() => Directory.GetFiles(New).OrderBy(f => f, StringComparer.Ordinal).ToList()))
        {
            cancel.ThrowIfCancellationRequested();
            SourceMessage? message = null;
            try
            {
                message = await ReadAsync(file, cancel);
            }
            catch (FileNotFoundException)
            {
                // Somebody else took it.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Failed(e);
            }

            if (message is not null)
            {
                yield return message;
            }
        }
    }

    /// <inheritdoc />
    public Task DoneAsync(IReadOnlyCollection<long> uids, CancellationToken cancel)
    {
        foreach (var file in Try(() => Directory.GetFiles(New).Where(f => uids.Contains(Number(f))).ToList()))
        {
            Try(() =>
            {
                File.Move(file, Path.Combine(Cur, Path.GetFileName(file) + ":2,S"), overwrite: true);
                return true;
            });
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task WaitAsync(TimeSpan longest, CancellationToken cancel) =>
        Task.Delay(longest < _lookAgain ? longest : _lookAgain, clock, cancel);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<SourceMessage> ReadAsync(string file, CancellationToken cancel)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var tooLarge = stream.Length > largest;
        var bytes = new byte[tooLarge ? Math.Min(Headers, stream.Length) : stream.Length];
        await stream.ReadExactlyAsync(bytes, cancel);
        return new SourceMessage(Number(file), bytes, stream.Length, tooLarge)
        {
            Why = tooLarge ? new Sentence("It is larger than {0} MB.", largest >> 20) : null,
            Received = File.GetLastWriteTimeUtc(file),
        };
    }

    private static long Number(string file) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(file)))) & long.MaxValue;

    private static T Try<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    private static MailSourceFailure Failed(Exception e) => new(new Sentence("The folder cannot be read or changed: {0}", e.Message));
}
