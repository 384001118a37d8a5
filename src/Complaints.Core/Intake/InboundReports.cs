using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Mail.Wire;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Intake;

/// <summary>
/// What mail servers report about mail of ours: it came back, it is late, it arrived, its owner does not want it. Anybody
/// can forge a report, so it is believed only when it names a mail that was really sent to that address.
/// </summary>
public sealed class InboundReports(ComplaintsDb db, MailDoor door, TimeProvider clock)
{
    private static readonly TimeSpan _toCall = TimeSpan.FromHours(4);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes the report when it is one of these; the message then says what it was about.</summary>
    /// <returns>False for any other mail.</returns>
    public async Task<bool> TakeAsync(InMessage message, ReadMail mail, MailKind kind, CancellationToken cancel)
    {
        switch (kind.Sort)
        {
            case MailSort.Bounce:
                message.Why = KeptSentence.Write(new Sentence("A report about a mail we know nothing of."));
                foreach (var bounce in kind.Bounces)
                {
                    await BouncedAsync(message, bounce, mail, cancel);
                }

                break;
            case MailSort.Delivered:
                await ArrivedAsync(message, mail, cancel);
                break;
            case MailSort.Feedback:
                await UnwantedAsync(message, Feedback.Of(mail)!, cancel);
                break;
            default:
                return false;
        }

        message.Automatic = true;
        return true;
    }

    private async Task BouncedAsync(InMessage message, Bounce bounce, ReadMail mail, CancellationToken cancel)
    {
        if (await FindAsync(bounce.OriginalMessageId ?? await ReturnedAsync(mail, cancel), bounce.Recipient, cancel) is not { } sent)
        {
            return;
        }

        var words = $"{bounce.Status} {bounce.Diagnostic}".Trim();
        if (!bounce.Failed)
        {
            var late = new Sentence("The mail to {0} is late.", sent.Recipient);
            await NoteAsync(message, sent, new Sentence("{0} The mail server is still trying: {1}", late, words), EntryKind.Mail, cancel);
            message.Why = KeptSentence.Write(late);
            return;
        }

        var (now, bad) = (Now, bounce.Permanent && Patience.AddressIsBad(bounce.Status));
        await db
            .OutDeliveries.Where(d => d.Id == sent.Id && (d.State == DeliveryState.Sent || d.State == DeliveryState.Asked))
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(d => d.State, DeliveryState.Failed)
                        .SetProperty(d => d.Reply, words)
                        .SetProperty(d => d.AddressBad, bad)
                        .SetProperty(d => d.SettledAt, now)
                        .SetProperty(d => d.BouncedAt, now)
                        .SetProperty(d => d.ArrivedAt, (DateTime?)null)
                        .SetProperty(d => d.ToldAt, (DateTime?)null),
                cancel
            );
        message.ComplaintId = sent.ComplaintId;
        message.Why = KeptSentence.Write(new Sentence("The mail to {0} came back.", sent.Recipient));
    }

    private async Task ArrivedAsync(InMessage message, ReadMail mail, CancellationToken cancel)
    {
        message.Why = KeptSentence.Write(new Sentence("A report about a mail we know nothing of."));
        if (await FindAsync(OriginalMessage.IdIn(mail), Bounce.Delivered(mail)!, cancel) is not { } sent)
        {
            return;
        }

        var now = Now;
        await db
            .OutDeliveries.Where(d => d.Id == sent.Id && d.State == DeliveryState.Sent && d.ArrivedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.ArrivedAt, now), cancel);
        message.ComplaintId = sent.ComplaintId;
        message.Why = KeptSentence.Write(new Sentence("The mail to {0} arrived.", sent.Recipient));
    }

    /// <summary>Nothing is sent to that address any more; whoever works on the complaint gets in touch in another way.</summary>
    private async Task UnwantedAsync(InMessage message, Feedback feedback, CancellationToken cancel)
    {
        message.Why = KeptSentence.Write(new Sentence("A report about a mail we know nothing of."));
        if (await FindAsync(feedback.OriginalMessageId, feedback.Recipient, cancel) is not { } sent)
        {
            return;
        }

        if (feedback.Kind == "not-spam")
        {
            message.ComplaintId = sent.ComplaintId;
            message.Why = KeptSentence.Write(new Sentence("{0} says that a mail of ours is wanted after all.", sent.Recipient));
            return;
        }

        var now = Now;
        var unwanted = new Sentence("{0} reported a mail of ours as unwanted; nothing is sent there any more.", sent.Recipient);
        var same = Matching.Normalise(ContactKind.Mail, sent.Recipient);
        var points = await db.ContactPoints.Where(p => p.Kind == ContactKind.Mail && p.Normalised == same).ToListAsync(cancel);
        points.ForEach(p => p.UnwantedAt ??= now);
        await db
            .Participants.Where(p => p.Normalised == same && p.UnwantedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.UnwantedAt, now), cancel);
        if (await NoteAsync(message, sent, unwanted, EntryKind.MailProblem, cancel) is { } complaint)
        {
            complaint.Ask(TaskKind.CallInstead, now, now + _toCall, complaint.OwnerId, new Sentence("{0} Call instead.", unwanted));
        }

        message.Why = KeptSentence.Write(unwanted);
    }

    /// <summary>Says it on the complaint, when the mail was about one.</summary>
    private async Task<Complaint?> NoteAsync(InMessage message, SentMail sent, Sentence say, EntryKind kind, CancellationToken cancel)
    {
        message.ComplaintId = sent.ComplaintId;
        if (sent.ComplaintId is not { } id)
        {
            return null;
        }

        var complaint = await db.Complaints.FirstAsync(c => c.Id == id, cancel);
        complaint.Record(kind, Actor.System, Now, say, message: sent.Key);
        return complaint;
    }

    // A report that quotes nothing of the mail still comes to the mail's own envelope sender.
    private async Task<string?> ReturnedAsync(ReadMail mail, CancellationToken cancel) =>
        InboundMatch.SentTo(mail).Select(door.Plus.ReadReturn).FirstOrDefault(i => i is not null) is { } id
            ? await db.OutMessages.Where(m => m.Id == id).Select(m => m.MessageId).FirstOrDefaultAsync(cancel)
            : null;

    private async Task<SentMail?> FindAsync(string? messageId, string recipient, CancellationToken cancel)
    {
        var sent = messageId is null
            ? []
            : await db
                .OutDeliveries.Where(d => d.Message!.MessageId == messageId)
                .Select(d => new SentMail(d.Id, d.Recipient, d.Message!.Key, d.Message.ComplaintId))
                .ToListAsync(cancel);
        var to = Matching.Normalise(ContactKind.Mail, recipient);
        // A forwarder reports the address it ended at, and some providers report none.
        return sent.Find(d => Matching.Normalise(ContactKind.Mail, d.Recipient) == to) ?? (sent.Count == 1 ? sent[0] : null);
    }

    private sealed record SentMail(long Id, string Recipient, string Key, long? ComplaintId);
}
