using Complaints.Casework;
using Complaints.Data;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Complaints.Web.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>Reads what the mail page shows, and decides who may see it.</summary>
public sealed class MailPages(ComplaintsDb db, Me me, Cases cases, MailDoor door)
{
    private const int Most = 100;

    /// <summary>Leads and administrators only.</summary>
    /// <exception cref="NotHere">Somebody else.</exception>
    public void Allow()
    {
        if (!me.May(Right.Lead) && !me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }

    /// <summary>The page.</summary>
    public async Task<MailPage> PageAsync() =>
        new(
            await Lines(Outgoing().Where(d => d.State == DeliveryState.Asked).OrderBy(d => d.Id)),
            await Lines(Outgoing().Where(d => d.NextTryAt != null).OrderBy(d => d.NextTryAt).ThenBy(d => d.Id)),
            await Lines(
                Outgoing().Where(d => d.State == DeliveryState.Failed || d.State == DeliveryState.Held).OrderByDescending(d => d.Id)
            ),
            await ReceivedAsync(),
            await MailHold.SinceAsync(db),
            (await door.OpenAsync()).IsSandbox
        );

    private static Task<List<OutLine>> Lines(IQueryable<OutDelivery> deliveries) =>
        deliveries
            .Take(Most)
            .Select(d => new OutLine(
                d.Id,
                d.Recipient,
                d.Message!.Subject,
                d.Message.Purpose,
                d.Message.Reference,
                d.State,
                d.Reply,
                d.Attempt,
                d.NextTryAt,
                d.SettledAt
            ))
            .ToListAsync();

    private Task<List<InLine>> ReceivedAsync() =>
        db
            .InMessages.AsNoTracking()
            .Where(m => m.ComplaintId == null)
            .OrderByDescending(m => m.Id)
            .Take(Most)
            .Select(m => new InLine(m.Id, m.From, m.Subject, m.StoredAt, m.State, m.Why, m.Automatic, m.VisibleText))
            .ToListAsync();

    /// <summary>Deliveries the reader may see.</summary>
    public IQueryable<OutDelivery> Outgoing()
    {
        if (me.May(Right.Administer))
        {
            return db.OutDeliveries.AsNoTracking();
        }

        var visible = cases.Visible(db.Complaints).Select(c => (long?)c.Id);
        return db.OutDeliveries.AsNoTracking().Where(d => visible.Contains(d.Message!.ComplaintId));
    }
}
