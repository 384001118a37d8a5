using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Complaints.Intake;

/// <summary>
/// Reads what was stored and not yet read, each message in a transaction of its own. One that cannot be dealt with is
/// tried again and then quarantined with a reason; nothing is ever dropped.
/// </summary>
public sealed class InboundRun(ComplaintsDb db, InboundMail inbound, InboundFiles store, ILogger<InboundRun> log)
{
    private const int Batch = 50;
    private const int MostTries = 3;

    /// <summary>Reads what waits; with nothing waiting it costs one read of an index.</summary>
    /// <returns>How many messages were dealt with.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var count = 0;
        long after = 0;
        while (true)
        {
            var ids = await db
                .InMessages.Where(m => m.State == InState.Waiting && m.Id > after)
                .OrderBy(m => m.Id)
                .Select(m => m.Id)
                .Take(Batch)
                .ToListAsync(cancel);
            if (ids.Count == 0)
            {
                return count;
            }

            foreach (var id in ids)
            {
                count += await TryAsync(id, cancel) ? 1 : 0;
            }

            after = ids[^1];
        }
    }

    /// <summary>Reads one message now, if it waits.</summary>
    public async Task<bool> TryAsync(long id, CancellationToken cancel = default)
    {
        try
        {
            var waiting = await db
                .InMessages.Where(m => m.Id == id && m.State == InState.Waiting)
                .Select(m => new { m.Raw, m.Mailbox })
                .FirstOrDefaultAsync(cancel);
            if (waiting is null)
            {
                return false;
            }

            var files = await store.KeepAsync(MailReader.Read(waiting.Raw), waiting.Mailbox, cancel); // bytes before rows, and outside the transaction
            return await db.InTransactionAsync(() => inbound.ReadAsync(id, files, cancel), cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false; // somebody works on the complaint at this moment; the next run tries again
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Message {Message} could not be dealt with", id);
            db.ChangeTracker.Clear();
            await FailedAsync(id, e, cancel);
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task FailedAsync(long id, Exception e, CancellationToken cancel)
    {
        var message = await db.InMessages.FirstAsync(m => m.Id == id, cancel);
        message.Tries++;
        message.Why = KeptSentence.Write(
            e is Refusal refused
                ? refused.Sentence
                : new Sentence("Reading it failed ({0}). Try again, or tell your administrator.", e.GetType().Name)
        );
        message.State = message.Tries >= MostTries ? InState.Quarantined : InState.Waiting;
        await db.SaveChangesAsync(cancel);
    }
}
