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
public sealed class OutboxRun(
    ComplaintsDb db,
    MailDoor door,
    OutboxBytes written,
    IEnumerable<OwedCheck> owed,
    TimeProvider clock,
    ILogger<OutboxRun> log
)
{
    // One process is one owner; a restarted one is another, so that it never mistakes an old claim for its own.
    private static readonly string _process = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}"[..^20];

    /// <summary>Who claims; the process unless a test says otherwise.</summary>
    public string Owner { get; init; } = _process;

    private bool _outage;

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
        _outage = await MailOutage.ReadAsync(db, cancel) is not null;
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

        byte[] bytes;
        try
        {
            bytes = await written.FixAsync(message, way, UtcMilliseconds.Cut(Now), cancel);
        }
        catch (Refusal no)
        {
            await SettleAsync(mine, DeliveryState.Failed, KeptSentence.Write(no.Sentence), addressBad: no.Field == "to");
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
        if (outcome.Unreachable)
        {
            await MailOutage.NoteAsync(db, Now, reply);
            await OutboxClaim.SettleAsync(
                db,
                mine,
                DeliveryState.Waiting,
                reply,
                addressBad: false,
                Now + MailOutage.Pause,
                Now,
                neverTried: true
            );
            return false;
        }

        if (outcome.Reply.Length > 0 && _outage)
        {
            await MailOutage.EndAsync(db, Now);
            _outage = false;
        }

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
        var about = message.ComplaintId;
        var bad =
            await db.Set<ContactPoint>()
                .Where(c => c.CustomerId == id && c.Normalised == same && (c.BouncedAt != null || c.UnwantedAt != null))
                .Select(c => new { Unwanted = c.UnwantedAt != null })
                .FirstOrDefaultAsync(cancel)
            ?? await db
                .Participants.Where(p => p.ComplaintId == about && p.Normalised == same && (p.BouncedAt != null || p.UnwantedAt != null))
                .Select(p => new { Unwanted = p.UnwantedAt != null })
                .FirstOrDefaultAsync(cancel);
        return bad is null ? null
            : bad.Unwanted ? new Sentence("Its owner reported a mail of ours as unwanted; nothing is sent there any more.")
            : new Sentence("An earlier mail to this address came back; nothing is sent there any more.");
    }
}
