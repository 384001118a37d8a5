using System.Runtime.CompilerServices;
using global::MailKit;
using Complaints.Language;
using Complaints.Mail.Wire;
using global::MailKit.Net.Imap;

namespace Complaints.MailKit;

/// <summary>Reads a mailbox by MailKit: raw bytes and numbers in, nothing taken apart.</summary>
public sealed partial class MailKitSource : IMailSource
{
    private const int Stretch = 20_000; // numbers asked for at once
    private const int Batch = 200; // sizes asked for at once

    private readonly ImapSettings _settings;
    private readonly TimeProvider _clock;
    private readonly MailKitTrouble _trouble;
    private readonly ImapClient _client;
    private IMailFolder? _folder;
    private IMailFolder? _target;
    private int _count;
    private bool _news; // more messages have come since the last list
    private bool _local; // the server is on this machine
    private bool _noIdle; // it promised to tell of new mail, and then refused

    /// <summary>A source for a mailbox; nothing is connected yet.</summary>
    public MailKitSource(ImapSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        _trouble = new(settings.Host, settings.Port, smtp: false, settings.Timeout, clock);
        _client = new(_trouble.Ear);
    }

    private IMailFolder Folder => _folder ?? throw new InvalidOperationException("The source is not open.");

    /// <inheritdoc/>
    public async Task<SourceFolder> OpenAsync(CancellationToken cancel)
    {
        await ConnectAsync(cancel);
        await SignInAsync(cancel);
        if (_client.Capabilities.HasFlag(ImapCapabilities.Id))
        {
            // NetEase (163.com, 126.com) opens no folder for a program that has not said its name.
            await TryAsync(() => _client.IdentifyAsync(new ImapImplementation { Name = "Complaints" }, cancel), cancel);
        }

        if (_settings.MoveTo is { Length: > 0 } target)
        {
            if (Same(target, _settings.Folder))
            {
                throw new MailSourceFailure(
                    new Sentence("Messages cannot be moved to “{0}”, the folder they are read from. Choose another one.", target)
                );
            }

            _target = await FindAsync(target, cancel);
        }

        _folder = await FindAsync(_settings.Folder, cancel);
        await SelectAsync(cancel);
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

        // In stretches: the library keeps something about each message it hears of, and a folder may have a million.
        var end = (Folder.UidNext?.Id ?? 0L) - 1;
        for (var from = Math.Max(0, afterUid) + 1; ; from += Stretch)
        {
            var last = from + Stretch > end;
            var uids = await ListAsync(from, last ? uint.MaxValue : from + Stretch - 1, cancel);
            foreach (var batch in uids.Chunk(Batch))
            {
                var told = await ToldAsync(batch, cancel);
                foreach (var uid in batch)
                {
                    // One of which nothing is told is either gone or kept from us; fetching finds out which.
                    if (await MessageAsync(uid, told.GetValueOrDefault(uid.Id), cancel) is { } message)
                    {
                        yield return message;
                    }
                }
            }

            if (last)
            {
                yield break;
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
            await MoveAsync(ids, target, cancel);
        }
    }

    /// <inheritdoc/>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        while (!_news && Left() is var left && left > TimeSpan.FromMilliseconds(100))
        {
            if (_client.Capabilities.HasFlag(ImapCapabilities.Idle) && !_noIdle)
            {
                await IdleAsync(left < _settings.RenewEvery ? left : _settings.RenewEvery, cancel);
                continue;
            }

            await Task.Delay(left < _settings.AskEvery ? left : _settings.AskEvery, _clock, cancel);
            await TalkAsync(() => _client.NoOpAsync(cancel), cancel);
        }

        TimeSpan Left() => longest - _clock.GetElapsedTime(began);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), _clock);
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

    private async Task IdleAsync(TimeSpan round, CancellationToken cancel)
    {
        using var done = new CancellationTokenSource(round, _clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);

        // The library waits without limit, also for the end that it has asked for: a server that died would hold us for ever.
        using var ending = done.Token.Register(() => patience.CancelAfter(_settings.Timeout));
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
            await TalkAsync(() => _client.IdleAsync(done.Token, patience.Token), cancel, refusals: true);
        }
        catch (ImapCommandException)
        {
            _noIdle = true;
        }
        finally
        {
            Folder.CountChanged -= Told;
        }
    }

    /// <summary>For what may be refused without harm.</summary>
    private async Task TryAsync(Func<Task> step, CancellationToken cancel)
    {
        try
        {
            await TalkAsync(step, cancel, refusals: true);
        }
        catch (ImapCommandException)
        {
            // Then without.
        }
    }

    private Task TalkAsync(Func<Task> step, CancellationToken cancel, bool refusals = false) =>
        TalkAsync(
            async () =>
            {
                await step();
                return true;
            },
            cancel,
            refusals
        );

    private async Task<T> TalkAsync<T>(Func<Task<T>> step, CancellationToken cancel, bool refusals = false)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (refusals && e is ImapCommandException or FolderNotFoundException)
        {
            throw;
        }
        catch (Exception e) when (MailKitTrouble.IsOne(e))
        {
            cancel.ThrowIfCancellationRequested();
            throw new MailSourceFailure(_trouble.Talking(e));
        }
    }
}
