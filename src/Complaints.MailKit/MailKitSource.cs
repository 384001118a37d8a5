using System.Runtime.CompilerServices;
using global::MailKit;
using Complaints.Language;
using Complaints.Mail.Wire;
using global::MailKit.Net.Imap;

namespace Complaints.MailKit;

/// <summary>Reads a mailbox by MailKit: raw bytes and numbers in, nothing taken apart.</summary>
public sealed partial class MailKitSource(ImapSettings settings, TimeProvider clock) : IMailSource
{
    private readonly MailKitTrouble _trouble = new(settings.Host, settings.Port, smtp: false, settings.Timeout, clock);
    private readonly ImapClient _client = new();
    private IMailFolder? _folder;
    private IMailFolder? _target;
    private int _count;
    private bool _news; // more messages have come since the last list

    private IMailFolder Folder => _folder ?? throw new InvalidOperationException("The source is not open.");

    /// <inheritdoc/>
    public async Task<SourceFolder> OpenAsync(CancellationToken cancel)
    {
        await ConnectAsync(cancel);
        await SignInAsync(cancel);
        if (_client.Capabilities.HasFlag(ImapCapabilities.Id))
        {
            // NetEase (163.com, 126.com) opens no folder for a program that has not said its name.
            await TalkAsync(() => _client.IdentifyAsync(new ImapImplementation { Name = "Complaints" }, cancel), cancel);
        }

        if (settings.MoveTo is { Length: > 0 } target)
        {
            if (target == settings.Folder)
            {
                throw new MailSourceFailure(
                    new Sentence("Messages cannot be moved to “{0}”, the folder they are read from. Choose another one.", target)
                );
            }

            _target = await FindAsync(target, cancel);
        }

        _folder = await FindAsync(settings.Folder, cancel);
        await TalkAsync(() => Folder.OpenAsync(FolderAccess.ReadWrite, cancel), cancel);
        if (Folder.UidValidity == 0 || Folder.Access != FolderAccess.ReadWrite)
        {
            throw new MailSourceFailure(
                Folder.UidValidity == 0
                    ? new Sentence(
                        "The mail server {0} gives the messages of “{1}” no lasting numbers; it cannot be read safely. Choose another folder.",
                        settings.Host,
                        settings.Folder
                    )
                    : new Sentence(
                        "{0} may only look at the folder “{1}”, so nothing could be marked as read. Give it the right to change messages.",
                        settings.UserName,
                        settings.Folder
                    )
            );
        }

        _count = Folder.Count;
        Folder.CountChanged += (_, _) =>
        {
            _news |= Folder.Count > _count;
            _count = Folder.Count; // falls when messages are moved away
        };
        return new(Folder.UidValidity, Folder.Count);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceMessage> NewAsync(long afterUid, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (afterUid >= uint.MaxValue)
        {
            yield break;
        }

        await TalkAsync(() => _client.NoOpAsync(cancel), cancel);
        _news = false;
        if (Folder.Count == 0)
        {
            yield break;
        }

        var range = new UniqueIdRange(new UniqueId((uint)Math.Max(0, afterUid) + 1), UniqueId.MaxValue);
        var all = await TalkAsync(
            () =>
                Folder.FetchAsync(
                    range,
                    MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate,
                    cancel
                ),
            cancel
        );
        foreach (var found in all.Where(m => m.UniqueId.Id > afterUid).OrderBy(m => m.UniqueId.Id))
        {
            if (await MessageAsync(found, cancel) is { } message)
            {
                yield return message;
            }
        }
    }

    /// <inheritdoc/>
    public async Task DoneAsync(IReadOnlyCollection<long> uids, CancellationToken cancel)
    {
        UniqueId[] ids = [.. uids.Distinct().Order().Select(u => new UniqueId((uint)u))];
        if (ids.Length == 0)
        {
            return;
        }

        await TalkAsync(() => Folder.AddFlagsAsync(ids, MessageFlags.Seen, silent: true, cancel), cancel);
        if (_target is { } target)
        {
            await TalkAsync(() => Folder.MoveToAsync(ids, target, cancel), cancel);
        }
    }

    /// <inheritdoc/>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (!_news && Left() is var left && left > TimeSpan.FromMilliseconds(100))
        {
            if (_client.Capabilities.HasFlag(ImapCapabilities.Idle))
            {
                await IdleAsync(left < settings.RenewEvery ? left : settings.RenewEvery, cancel);
                continue;
            }

            await Task.Delay(left < settings.AskEvery ? left : settings.AskEvery, clock, cancel);
            await TalkAsync(() => _client.NoOpAsync(cancel), cancel);
        }

        TimeSpan Left() => longest - clock.GetElapsedTime(began);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
            await _client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e))
        {
            // The server's BYE, or none; either way we are done.
        }
        finally
        {
            _client.Dispose();
        }
    }

    private async Task<IMailFolder> FindAsync(string name, CancellationToken cancel)
    {
        try
        {
            return name.Equals("INBOX", StringComparison.OrdinalIgnoreCase)
                ? _client.Inbox
                : await TalkAsync(() => _client.GetFolderAsync(name, cancel), cancel);
        }
        catch (FolderNotFoundException)
        {
            var root = _client.PersonalNamespaces.Count > 0 ? _client.PersonalNamespaces[0] : new FolderNamespace('.', "");
            var there = await TalkAsync(() => _client.GetFoldersAsync(root, cancellationToken: cancel), cancel);
            var names = there.Select(f => f.FullName).Append("INBOX").Distinct().Order(StringComparer.OrdinalIgnoreCase);
            throw new MailSourceFailure(
                new Sentence(
                    "There is no folder “{0}” on {1}. These are there: {2}.",
                    name,
                    settings.Host,
                    string.Join(", ", names.Take(30))
                )
            );
        }
    }

    private async Task IdleAsync(TimeSpan round, CancellationToken cancel)
    {
        using var done = new CancellationTokenSource(round, clock);
        void Told(object? sender, EventArgs e)
        {
            if (_news)
            {
                done.Cancel();
            }
        }

        Folder.CountChanged += Told;
        try
        {
            await TalkAsync(() => _client.IdleAsync(done.Token, cancel), cancel);
        }
        finally
        {
            Folder.CountChanged -= Told;
        }
    }

    private Task TalkAsync(Func<Task> step, CancellationToken cancel) =>
        TalkAsync(
            async () =>
            {
                await step();
                return true;
            },
            cancel
        );

    private async Task<T> TalkAsync<T>(Func<Task<T>> step, CancellationToken cancel, bool refusals = false)
    {
        try
        {
            return await step();
        }
        catch (ImapCommandException) when (refusals)
        {
            throw;
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e) && !cancel.IsCancellationRequested)
        {
            throw new MailSourceFailure(_trouble.Talking(e));
        }
    }
}
