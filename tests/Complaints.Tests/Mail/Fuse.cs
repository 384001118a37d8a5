using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Complaints.Tests.Mail;

/// <summary>
/// Ends a process in thought: from a chosen point on, nothing reaches database or servers any more. A point lies before and
/// behind everything that outlives a process: a commit, a statement without a transaction, each word with a mail server.
/// Dying anywhere else is the same as dying at the next of these.
/// </summary>
internal sealed class Fuse : IDbCommandInterceptor, IDbTransactionInterceptor
{
    private int _left = int.MaxValue;

    public bool Burnt { get; private set; }

    /// <summary>Where it burnt.</summary>
    public string At { get; private set; } = "";

    /// <summary>Lets that many points pass and burns at the next.</summary>
    public void Burn(int after) => (_left, Burnt) = (after, false);

    public void Mend() => Burn(int.MaxValue);

    /// <summary>A point.</summary>
    public void Pass(string at)
    {
        if (Burnt || --_left < 0)
        {
            At = Burnt ? At : at;
            Burnt = true;
            throw new DeadException();
        }
    }

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Before(command, eventData);
        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Before(command, eventData);
        return ValueTask.FromResult(result);
    }

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        if (Lasting(command, eventData))
        {
            Pass("after " + command.CommandText);
        }

        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        Pass("before a commit");
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Pass("after a commit");
        return Task.CompletedTask;
    }

    private void Before(DbCommand command, CommandEventData eventData)
    {
        if (Burnt || Lasting(command, eventData))
        {
            Pass("before " + command.CommandText);
        }
    }

    private static bool Lasting(DbCommand command, CommandEventData eventData) =>
        command.Transaction is null
        && eventData.Context?.Database.CurrentTransaction is null
        && !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)
        && !command.CommandText.StartsWith("PRAGMA", StringComparison.Ordinal);
}

/// <summary>The process has ended here.</summary>
internal sealed class DeadException : Exception;

/// <summary>A mail server that takes everything, reached over a fuse.</summary>
internal sealed class FusedTransport(Fuse fuse) : IMailTransport
{
    public ConcurrentQueue<(string Recipient, byte[] Bytes)> Taken { get; } = [];

    public Task<IReadOnlyList<RecipientOutcome>> SendAsync(
        string envelopeSender,
        IReadOnlyList<string> recipients,
        ReadOnlyMemory<byte> message,
        CancellationToken cancellation
    )
    {
        fuse.Pass("before the server takes the mail");
        Taken.Enqueue((recipients[0], message.ToArray()));
        fuse.Pass("after the server took the mail");
        return Task.FromResult<IReadOnlyList<RecipientOutcome>>([new RecipientOutcome(recipients[0], DeliveryResult.Accepted, "250 ok")]);
    }

    public Task<Complaints.Language.Sentence?> TestAsync(string? envelopeSender, CancellationToken cancellation) =>
        Task.FromResult<Complaints.Language.Sentence?>(null);
}

/// <summary>A folder on a mail server, reached over a fuse; what is done is moved away.</summary>
internal sealed class FusedSource(Fuse fuse, SortedDictionary<long, byte[]> folder) : IMailSource
{
    public Task<SourceFolder> OpenAsync(CancellationToken cancel) => Task.FromResult(new SourceFolder(7, folder.Count));

    public async IAsyncEnumerable<SourceMessage> NewAsync(long afterUid, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (uid, raw) in folder.Where(m => m.Key > afterUid).ToList())
        {
            fuse.Pass("before a message is fetched");
            await Task.Yield();
            yield return new SourceMessage(uid, raw, raw.Length, TooLarge: false);
        }
    }

    public Task DoneAsync(IReadOnlyCollection<long> uids, CancellationToken cancel)
    {
        foreach (var uid in uids)
        {
            fuse.Pass("before a message is moved");
            folder.Remove(uid);
            fuse.Pass("after a message was moved");
        }

        return Task.CompletedTask;
    }

    public Task WaitAsync(TimeSpan longest, CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
