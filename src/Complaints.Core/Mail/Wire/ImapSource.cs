using Complaints.Language;

namespace Complaints.Mail.Wire;

/// <summary>
/// Reads a mailbox by IMAP (RFC 9051 and RFC 3501): TLS, signing in, new messages by their numbers, marking and moving
/// them, and waiting for more with IDLE. Nothing is marked by fetching it.
/// </summary>
public sealed class ImapSource : IMailSource
{
    private static readonly TimeSpan _goodbye = TimeSpan.FromSeconds(2);

    // Timers wake a moment early; what is left then is not worth another round.
    private static readonly TimeSpan _worthAsking = TimeSpan.FromMilliseconds(100);

    private readonly ImapSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ImapWire _wire;
    private readonly ImapTalk _talk;
    private readonly ImapFolder _folder;
    private bool _noIdle;

    /// <summary>A source for a mailbox; nothing is connected yet.</summary>
    public ImapSource(ImapSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        _wire = new(settings, clock);
        _talk = new(settings, _wire);
        _folder = new(settings, _talk);
    }

    /// <inheritdoc/>
    public async Task<SourceFolder> OpenAsync(CancellationToken cancel)
    {
        await new ImapSignIn(_settings, _wire, _talk).OpenAsync(cancel);
        return await _folder.OpenAsync(cancel);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceMessage> NewAsync(long afterUid, CancellationToken cancel) =>
        new ImapFetch(_settings, _talk).NewAsync(afterUid, cancel);

    /// <inheritdoc/>
    public async Task DoneAsync(IReadOnlyCollection<long> uids, CancellationToken cancel)
    {
        foreach (var set in UidSet.Of(uids))
        {
            await DoAsync($"UID STORE {set} +FLAGS.SILENT (\\Seen)", cancel);
            if (_settings.MoveTo is { Length: > 0 } target)
            {
                await MoveAsync(set, target, cancel);
            }
        }
    }

    /// <inheritdoc/>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        while (!_talk.News && Left() > _worthAsking)
        {
            if (_talk.Offers("IDLE") && !_noIdle)
            {
                await IdleAsync(Least(Left(), _settings.RenewEvery), cancel);
                continue;
            }

            await Task.Delay(Least(Left(), _settings.AskEvery), _clock, cancel);
            await DoAsync("NOOP", cancel);
        }

        TimeSpan Left() => longest - _clock.GetElapsedTime(began);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_talk.Idle && !_wire.Broken)
            {
                using var limit = new CancellationTokenSource(_goodbye, _clock);
                await _talk.AskAsync("LOGOUT", limit.Token);
            }
        }
        catch (Exception e) when (e is MailSourceFailure or OperationCanceledException)
        {
            // The server's BYE, or none; either way we are done.
        }
        finally
        {
            _wire.Dispose();
        }
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task MoveAsync(string set, string target, CancellationToken cancel)
    {
        var folder = FolderName.Quoted(target);
        if (_talk.Offers("MOVE"))
        {
            await CarryAsync($"UID MOVE {set} {folder}", target, cancel);
            return;
        }

        // Marked as deleted means copied before, by us or for another reason unwanted; a second copy helps nobody.
        var uids = new HashSet<long>();
        var answer = await _talk.AskAsync(
            $"UID FETCH {set} (UID FLAGS)",
            cancel,
            r =>
            {
                var deleted = r.Fetched(n => n == "FLAGS")?.Items?.Any(f => f.Is("\\Deleted")) ?? true;
                if (!deleted && r.FetchedNumber("UID") is { } uid)
                {
                    uids.Add(uid);
                }
            }
        );
        if (!answer.Good)
        {
            throw _talk.Refused(answer);
        }

        foreach (var left in UidSet.Of(uids))
        {
            await CarryAsync($"UID COPY {left} {folder}", target, cancel);
            await DoAsync($"UID STORE {left} +FLAGS.SILENT (\\Deleted)", cancel);
        }

        if (_talk.Offers("UIDPLUS")) // a plain EXPUNGE would also remove what other people have marked
        {
            await DoAsync($"UID EXPUNGE {set}", cancel);
        }
    }

    private async Task CarryAsync(string command, string target, CancellationToken cancel)
    {
        var answer = await _talk.AskAsync(command, cancel);
        if (!answer.Good)
        {
            throw await _folder.ClosedAsync(target, answer, cancel);
        }
    }

    private async Task DoAsync(string command, CancellationToken cancel)
    {
        var answer = await _talk.AskAsync(command, cancel);
        if (!answer.Good)
        {
            throw _talk.Refused(answer);
        }
    }

    private async Task IdleAsync(TimeSpan round, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        var tag = await _talk.BeginAsync("IDLE", cancel);
        var begun = false; // the server has said that it listens; before that, DONE would not be understood
        var ending = false;
        while (true)
        {
            var left = round - _clock.GetElapsedTime(began);
            if (begun && !ending && (_talk.News || left <= TimeSpan.Zero || !await _wire.StirsAsync(left, cancel)))
            {
                ending = true;
                await _talk.SayAsync("DONE", cancel);
            }

            var response = await _talk.HearAsync(0, cancel);
            if (response.Tag == tag)
            {
                _noIdle |= !_talk.Ended(response).Good;
                return;
            }

            begun |= response.More;
            if (!response.Untagged && !response.More)
            {
                throw _talk.Strange();
            }
        }
    }
}
