using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>A person's answer about a mail whose fate is unknown.</summary>
public sealed class MailQuestions(ComplaintsDb db, TimeProvider clock)
{
    /// <summary>Sends the identical mail again.</summary>
    public Task SendAgainAsync(long deliveryId, Actor actor, CancellationToken cancel = default) =>
        DecideAsync(deliveryId, again: true, actor, cancel);

    /// <summary>Counts it as sent.</summary>
    public Task CountAsSentAsync(long deliveryId, Actor actor, CancellationToken cancel = default) =>
        DecideAsync(deliveryId, again: false, actor, cancel);

    private Task DecideAsync(long deliveryId, bool again, Actor actor, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                var asked = db.OutDeliveries.Where(d => d.Id == deliveryId && d.State == DeliveryState.Asked);
                var reply = KeptSentence.Write(new Sentence("counted as sent by {0}", actor.Name));
                var decided = again
                    ? await asked.ExecuteUpdateAsync(
                        s =>
                            s.SetProperty(d => d.State, DeliveryState.Waiting)
                                .SetProperty(d => d.NextTryAt, now)
                                .SetProperty(d => d.FirstTriedAt, now)
                                .SetProperty(d => d.SettledAt, (DateTime?)null)
                                .SetProperty(d => d.ToldAt, (DateTime?)null),
                        cancel
                    )
                    : await asked.ExecuteUpdateAsync(
                        s =>
                            s.SetProperty(d => d.State, DeliveryState.Sent)
                                .SetProperty(d => d.Reply, reply)
                                .SetProperty(d => d.SettledAt, now)
                                .SetProperty(d => d.ToldAt, (DateTime?)null),
                        cancel
                    );
                if (decided == 0)
                {
                    throw new Refusal("Somebody has already decided about this mail.");
                }

                await EndTaskAsync(deliveryId, actor, now, cancel);
            },
            cancel
        );

    private async Task EndTaskAsync(long deliveryId, Actor actor, DateTime now, CancellationToken cancel)
    {
        var complaintId = await db.OutDeliveries.Where(d => d.Id == deliveryId).Select(d => d.Message!.ComplaintId).FirstAsync(cancel);
        if (
            complaintId is { } id
            && !await db.OutDeliveries.AnyAsync(d => d.Message!.ComplaintId == id && d.State == DeliveryState.Asked, cancel)
        )
        {
            await db
                .DeskTasks.Where(t => t.ComplaintId == id && t.Kind == TaskKind.MailQuestion && t.DoneAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(t => t.DoneAt, now).SetProperty(t => t.DoneById, actor.StaffId), cancel);
        }
    }
}
