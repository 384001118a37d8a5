using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Complaints.Mail;

/// <summary>
/// Sends what the outbox owes. Each delivery is claimed, checked (still owed? address still good? lease still ours?),
/// marked as on its way, handed over and settled; several nodes may do it at once.
/// </summary>
public sealed class OutboxRun(ComplaintsDb db, MailDoor door, IEnumerable<OwedCheck> owed, TimeProvider clock, ILogger<OutboxRun> log)
{
    // One process is one owner; a restarted one is another, so that it never mistakes an old claim for its own.
    private static readonly string _process = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}"[..^20];

    /// <summary>Who claims; the process unless a test says otherwise.</summary>
    public string Owner { get; init; } = _process;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Sends what is due. With nothing due it costs one read of an index.</summary>
    /// <returns>How many deliveries were looked at.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var count = 0;
        if (!await OutboxClaim.IsDueAsync(db, Now, cancel) || await MailHold.SinceAsync(db, cancel) is not null)
        {
            return count;
        }

        var way = await door.OpenAsync(cancel);
        while (await OutboxClaim.TakeAsync(db, Owner, Now, cancel) is { } mine)
        {
            count++;
            if (!await HandleAsync(mine, way, cancel))
            {
                break; // the server cannot be reached: the others would only wait for the same time-out
            }
        }

        return count;
    }

    private async Task<bool> HandleAsync(OutDelivery mine, MailWay way, CancellationToken cancel)
    {
        var message = await db.OutMessages.AsNoTracking().Include(m => m.Deliveries).FirstAsync(m => m.Id == mine.MessageId, cancel);
        if (mine.InFlight && message.AskWhenUnknown)
        {
            await AskAsync(mine, new Sentence("This system was stopped while the mail was being sent. It may have arrived."));
            return true;
        }

        if (await WhyNotAsync(message, cancel) is { } why)
        {
            await SettleAsync(mine, DeliveryState.Dropped, KeptSentence.Write(why));
            return true;
        }

        if (await GoneAsync(message, mine.Recipient, cancel) is { } gone)
        {
            await SettleAsync(mine, DeliveryState.Failed, KeptSentence.Write(gone), addressBad: true);
            return true;
        }

        if (await BytesAsync(message, way, cancel) is not { } bytes)
        {
            var no = new Sentence("“{0}” is not a mail address that can be sent to. Correct it.", mine.Recipient);
            await SettleAsync(mine, DeliveryState.Failed, KeptSentence.Write(no), addressBad: true);
            return true;
        }

        if (!await OutboxClaim.DepartAsync(db, mine, cancel))
        {
            return true; // taken over meanwhile
        }

        try
        {
            return await ConcludeAsync(mine, message, await SendAsync(mine, way, message, bytes, cancel));
        }
        catch (OperationCanceledException)
        {
            // Nothing was handed over. Either we are stopping, or the lease is somebody else's and this changes nothing.
            await OutboxClaim.SettleAsync(db, mine, DeliveryState.Waiting, mine.Reply, addressBad: false, Now, Now);
            cancel.ThrowIfCancellationRequested();
            return true;
        }
    }

    private async Task<RecipientOutcome> SendAsync(
        OutDelivery mine,
        MailWay way,
        OutMessage message,
        byte[] bytes,
        CancellationToken cancel
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var done = new CancellationTokenSource();
        var sending = way.Transport.SendAsync(way.EnvelopeOf(message), [mine.Recipient], bytes, stop.Token);
        while (await Task.WhenAny(sending, Task.Delay(OutboxClaim.Lease / 3, clock, done.Token)) != sending)
        {
            if (!await OutboxClaim.RenewAsync(db, mine, Now, CancellationToken.None))
            {
                await stop.CancelAsync();
                break;
            }
        }

        await done.CancelAsync();
        return (await sending)[0];
    }

    /// <returns>False when the trouble is the server's, not this mail's.</returns>
    private async Task<bool> ConcludeAsync(OutDelivery mine, OutMessage message, RecipientOutcome outcome)
    {
        var reply = outcome.Why is { } why ? KeptSentence.Write(why) : outcome.Reply;
        var next = Patience.Next(mine.Attempt, mine.FirstTriedAt ?? Now, Now);
        switch (outcome.Result)
        {
            case DeliveryResult.Accepted:
                await SettleAsync(mine, DeliveryState.Sent, reply);
                break;
            case DeliveryResult.PermanentFailure:
                await SettleAsync(mine, DeliveryState.Failed, reply, Patience.AddressIsBad(outcome));
                break;
            case DeliveryResult.Unknown when message.AskWhenUnknown:
                await AskAsync(mine, outcome.Why ?? new Sentence("{0}", outcome.Reply));
                break;
            case var _ when next is { } at:
                await OutboxClaim.SettleAsync(db, mine, DeliveryState.Waiting, reply, addressBad: false, at, Now);
                break;
            default:
                var over = new Sentence("Not taken for {0}: {1}", Patience.Longest, KeptSentence.Read(reply));
                await SettleAsync(mine, DeliveryState.Failed, KeptSentence.Write(over));
                break;
        }

        return outcome.Result is DeliveryResult.Accepted or DeliveryResult.PermanentFailure || outcome.Reply.Length > 0;
    }

    private Task AskAsync(OutDelivery mine, Sentence why) => SettleAsync(mine, DeliveryState.Asked, KeptSentence.Write(why));

    private async Task SettleAsync(OutDelivery mine, DeliveryState state, string? reply, bool addressBad = false)
    {
        if (!await OutboxClaim.SettleAsync(db, mine, state, reply, addressBad, null, Now))
        {
            log.LogWarning("Delivery {Delivery} was taken over before its outcome {State} could be written down", mine.Id, state);
        }
    }

    private async Task<Sentence?> WhyNotAsync(OutMessage message, CancellationToken cancel)
    {
        foreach (var check in owed)
        {
            if (await check(db, message, cancel) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    private async Task<Sentence?> GoneAsync(OutMessage message, string recipient, CancellationToken cancel)
    {
        if (message.CustomerId is not { } id)
        {
            return null;
        }

        var same = Matching.Normalise(ContactKind.Mail, recipient);
        var bad = await db.Set<ContactPoint>()
            .Where(c => c.CustomerId == id && c.Normalised == same && (c.BouncedAt != null || c.UnwantedAt != null))
            .Select(c => new { Unwanted = c.UnwantedAt != null })
            .FirstOrDefaultAsync(cancel);
        return bad is null ? null
            : bad.Unwanted ? new Sentence("Its owner reported a mail of ours as unwanted; nothing is sent there any more.")
            : new Sentence("An earlier mail to this address came back; nothing is sent there any more.");
    }

    /// <summary>The exact bytes, fixed now unless they were before; null when the recipient is no address.</summary>
    private async Task<byte[]?> BytesAsync(OutMessage message, MailWay way, CancellationToken cancel)
    {
        if (message.Bytes is not null)
        {
            return message.Bytes;
        }

        byte[] bytes;
        var date = UtcMilliseconds.Cut(Now);
        try
        {
            bytes = MailWriter.Write(MailForm.Of(message, way, date));
        }
        catch (ArgumentException)
        {
            return null;
        }

        using (await db.Gate.EnterAsync(cancel))
        {
            await db
                .OutMessages.Where(m => m.Id == message.Id && m.Bytes == null)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.Bytes, bytes).SetProperty(m => m.DatedAt, date), cancel);
        }

        // With two recipients another node may have been first; what it fixed counts.
        return await db.OutMessages.Where(m => m.Id == message.Id).Select(m => m.Bytes).FirstAsync(cancel);
    }
}
