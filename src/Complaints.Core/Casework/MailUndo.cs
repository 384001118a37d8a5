using Complaints.Data;
using Complaints.Deadlines;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Words;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>Undoes a mail that has not begun to leave, and takes back the step it carried.</summary>
public sealed class MailUndo(ComplaintsDb db, DeadlineBooks books, TimeProvider clock)
{
    /// <summary>Undoes the mail. What was typed stays in <see cref="OutMessage.Typed"/>.</summary>
    /// <exception cref="Refusal">It is too late.</exception>
    public Task UndoAsync(OutMessage message, Actor actor, CancellationToken cancel = default) =>
        db.InTransactionAsync(
            async () =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                if (!await OutboxClaim.UndoAsync(db, message.Id, now, cancel))
                {
                    throw new Refusal("Too late: the mail is already on its way. Write another one to put it right.");
                }

                if (message.ComplaintId is { } id)
                {
                    await TakeBackAsync(id, message, actor, now, cancel);
                    await db.SaveChangesAsync(cancel);
                }
            },
            cancel
        );

    private async Task TakeBackAsync(long id, OutMessage message, Actor actor, DateTime now, CancellationToken cancel)
    {
        var complaint = await db
            .Complaints.Include(c => c.Clocks)
                .ThenInclude(k => k.Pauses)
            .WithLedger()
            .AsSplitQuery()
            .FirstAsync(c => c.Id == id, cancel);
        await db.Promises.Where(p => p.ComplaintId == id && p.EndedAt == null).LoadAsync(cancel);
        complaint.TakeBackPromises(message.Key, actor, now);
        await Participants.LeaveAsync(db, complaint, message.Key, actor, now, cancel);
        await PhraseBook.UncountAsync(db, message.Key, cancel);
        if (message.PersonWrote && message.SaidWhenSent is null)
        {
            await Silence.CountAsync(db, complaint, message.Key, cancel);
        }

        if (message is { Step: { } step, SaidWhenSent: null })
        {
            var book = await books.OpenAsync(db, cancel);
            complaint.TakeBack((Verb)step, actor, now, new Sentence("the mail was undone before it left"), book);
        }
        else
        {
            complaint.Record(
                EntryKind.Mail,
                actor,
                now,
                new Sentence("“{0}” was undone before it left", message.Purpose),
                message: message.Key
            );
        }
    }
}
