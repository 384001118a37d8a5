using Complaints.Customers;
using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Complaints.Casework;

/// <summary>
/// Tells complaints what became of their mail, each in a small transaction of its own and exactly once: sent mail goes
/// on the timeline and stops regulators' clocks; a mail that failed takes its step back and makes a phone task; of a
/// mail whose fate is unknown a person is asked.
/// </summary>
public sealed class DeliveryNews(ComplaintsDb db, DeadlineBooks books, TimeProvider clock, ILogger<DeliveryNews> log)
{
    private const int Batch = 50;

    // Long enough to find a quiet minute on the phone, short enough for the customer not to wonder until tomorrow.
    private static readonly TimeSpan _toCall = TimeSpan.FromHours(4);

    /// <summary>Tells what is settled and untold; with nothing to tell it costs one read of an index.</summary>
    /// <returns>How many outcomes were told.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var told = 0;
        long after = 0;
        while (true)
        {
            var ids = await db
                .OutDeliveries.Where(d => d.SettledAt != null && d.ToldAt == null && d.Id > after)
                .OrderBy(d => d.Id)
                .Select(d => d.Id)
                .Take(Batch)
                .ToListAsync(cancel);
            if (ids.Count == 0)
            {
                return told;
            }

            foreach (var id in ids)
            {
                told += await TryAsync(id, cancel) ? 1 : 0;
            }

            after = ids[^1];
        }
    }

    private async Task<bool> TryAsync(long id, CancellationToken cancel)
    {
        try
        {
            return await db.InTransactionAsync(() => TellAsync(id, cancel), cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Somebody works on the complaint at this moment, or this one is broken: the next run tries again, the others go on.
            log.LogWarning(e, "The outcome of delivery {Delivery} could not be told", id);
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<bool> TellAsync(long id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var mine = await db
            .OutDeliveries.Where(d => d.Id == id && d.SettledAt != null && d.ToldAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.ToldAt, now), cancel);
        if (mine == 0)
        {
            return false; // another node was faster
        }

        var delivery = await db.OutDeliveries.AsNoTracking().FirstAsync(d => d.Id == id, cancel);
        var message = await db.OutMessages.FirstAsync(m => m.Id == delivery.MessageId, cancel);
        if (message.ComplaintId is { } complaintId)
        {
            var complaint = await db
                .Complaints.Include(c => c.Clocks)
                    .ThenInclude(k => k.Pauses)
                .Include(c => c.Customer)
                    .ThenInclude(c => c.ContactPoints)
                .Include(c => c.Tasks.Where(t => t.DoneAt == null))
                .WithLedger()
                .AsSplitQuery()
                .FirstAsync(c => c.Id == complaintId, cancel);
            await TellAsync(complaint, message, delivery, now, cancel);
            await db.SaveChangesAsync(cancel);
        }
        else if (message.CustomerId is { } customer && delivery is { State: DeliveryState.Failed, AddressBad: true })
        {
            var same = Matching.Normalise(ContactKind.Mail, delivery.Recipient);
            var points = await db.ContactPoints.Where(p => p.CustomerId == customer && p.Normalised == same).ToListAsync(cancel);
            points.ForEach(p => p.Bounce(now, delivery.Reply));
            await db.SaveChangesAsync(cancel);
        }

        return true;
    }

    private async Task TellAsync(Complaint complaint, OutMessage message, OutDelivery delivery, DateTime now, CancellationToken cancel)
    {
        var reply = KeptSentence.Read(delivery.Reply ?? "");
        switch (delivery.State)
        {
            case DeliveryState.Sent when message.CustomerId is not null:
                if (delivery.Kind == RecipientKind.To && message.SaidWhenSent is not null)
                {
                    var author = await db.Staff.Include(s => s.Unit).FirstAsync(s => s.Id == message.AuthorId, cancel);
                    var left = delivery.SettledAt!.Value;
                    SaidLater.Count(complaint, message, Actor.Of(author, TimeZoneInfo.Utc), left, await books.OpenAsync(db, cancel));
                }

                complaint.Record(
                    EntryKind.Mail,
                    Actor.System,
                    now,
                    new Sentence("{0} sent to {1}: {2}", message.Purpose, delivery.Recipient, reply),
                    message: message.Key
                );
                if (message.DocumentKey is { } document && delivery.Kind == RecipientKind.To)
                {
                    complaint.DocumentLeft(Actor.System, delivery.SettledAt!.Value, now, document, new Sentence("{0}", message.Purpose));
                }

                break;
            case DeliveryState.Failed:
                await FailedAsync(complaint, message, delivery, reply, now, cancel);
                break;
            case DeliveryState.Asked:
                complaint.Record(
                    EntryKind.MailProblem,
                    Actor.System,
                    now,
                    new Sentence("Nobody knows whether “{0}” to {1} arrived: {2}", message.Purpose, delivery.Recipient, reply),
                    message: message.Key
                );
                complaint.Ask(
                    TaskKind.MailQuestion,
                    now,
                    Due(complaint, now),
                    complaint.OwnerId,
                    new Sentence("Send “{0}” to {1} again, or leave it?", message.Purpose, delivery.Recipient)
                );
                break;
            case DeliveryState.Dropped:
                complaint.Record(
                    EntryKind.Mail,
                    Actor.System,
                    now,
                    new Sentence("{0} to {1} was not sent: {2}", message.Purpose, delivery.Recipient, reply),
                    message: message.Key
                );
                break;
        }
    }

    private async Task FailedAsync(
        Complaint complaint,
        OutMessage message,
        OutDelivery delivery,
        Sentence reply,
        DateTime now,
        CancellationToken cancel
    )
    {
        complaint.Record(
            EntryKind.MailProblem,
            Actor.System,
            now,
            new Sentence("{0} to {1} did not arrive: {2}", message.Purpose, delivery.Recipient, reply),
            message: message.Key
        );
        if (message.CustomerId is null)
        {
            return;
        }

        var same = Matching.Normalise(ContactKind.Mail, delivery.Recipient);
        foreach (var point in complaint.Customer.ContactPoints.Where(c => delivery.AddressBad && c.Normalised == same))
        {
            point.Bounce(now, delivery.Reply);
        }

        if (delivery.AddressBad)
        {
            await SpokespersonAsync(complaint, same, now, delivery.Reply, cancel);
        }

        if (delivery.Kind == RecipientKind.Copy)
        {
            await Participants.BouncedAsync(db, complaint, delivery, now, cancel);
            return; // the customer has it, which is what the step, its clock and the call hang on
        }

        var book = await books.OpenAsync(db, cancel);
        if (message.DocumentKey is { } document)
        {
            complaint.DocumentCameBack(now, document, book);
        }

        if (message.PersonWrote && message.SaidWhenSent is null)
        {
            await Silence.CountAsync(db, complaint, message.Key, cancel);
        }

        if (!await IsAnsweredAsync(message, cancel))
        {
            Back(complaint, message, now, book);
        }

        var follows = message.Purpose is MailPurpose.Survey or MailPurpose.SurveyReminder or MailPurpose.SecondTouch; // these have a call of their own
        var called = complaint.Tasks.Exists(t => t.Kind == TaskKind.CallInstead && t.DoneAt is null);
        if (message.PersonWrote || (!follows && (message.Step is not null || (delivery.AddressBad && !called))))
        {
            complaint.Ask(
                TaskKind.CallInstead,
                now,
                Due(complaint, now),
                complaint.OwnerId,
                new Sentence("{0} to {1} did not arrive; say it on the phone", message.Purpose, delivery.Recipient)
            );
        }
    }

    private async Task SpokespersonAsync(Complaint complaint, string same, DateTime now, string? reply, CancellationToken cancel)
    {
        complaint.ContactMailBounced(same);
        if (complaint.ContactPersonId is { } person)
        {
            var points = await db.ContactPoints.Where(p => p.CustomerId == person && p.Normalised == same).ToListAsync(cancel);
            points.ForEach(p => p.Bounce(now, reply));
        }
    }

    // A report may come days later. Whoever answered the survey meanwhile has heard from us, by whatever way.
    private async Task<bool> IsAnsweredAsync(OutMessage message, CancellationToken cancel) =>
        message.Step is (int)Verb.FollowUp or (int)Verb.Resolve
        && await db.Timeline.AnyAsync(
            e => e.ComplaintId == message.ComplaintId && e.Kind == EntryKind.FollowUpAnswered && e.At >= message.CreatedAt,
            cancel
        );

    private void Back(Complaint complaint, OutMessage message, DateTime now, DeadlineBook book)
    {
        if (message.Step is not { } step || message.SaidWhenSent is not null)
        {
            return; // what was put off and never left had done nothing
        }

        try
        {
            complaint.TakeBack((Verb)step, Actor.System, now, new Sentence("the mail did not arrive"), book);
        }
        catch (Refusal refused)
        {
            // Taken back or set beside meanwhile: the failure is on the timeline, and there is no step to give back.
            log.LogInformation("{Reference}: {Why}", complaint.Reference, refused.Message);
        }
    }

    private static DateTime Due(Complaint complaint, DateTime now) =>
        complaint.NextDueAt is { } due && due > now && due < now + _toCall ? due : now + _toCall;
}
