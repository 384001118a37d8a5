using Complaints.Casework;
using Complaints.Data;
using Complaints.Intake;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Complaints.Web.Casework;
using Complaints.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Web.Mail;

/// <summary>
/// How mail is doing, for leads and administrators: questions to decide, what waits, what was refused, and received mail
/// that belongs nowhere. A lead sees the mail of complaints they may see; an administrator sees no words of any.
/// </summary>
public sealed class MailController(
    ComplaintsDb db,
    Cases cases,
    MailQuestions questions,
    InboundRun reading,
    InboundMail inbound,
    MailDoor door
) : DeskController
{
    private const int Most = 100;

    /// <summary>The page.</summary>
    [HttpGet("mail")]
    public async Task<IActionResult> Index()
    {
        Allow();
        return View("Mail", await PageAsync());
    }

    /// <summary>Sends a questioned mail again, or counts it as sent.</summary>
    [HttpPost("mail/questions/{deliveryId:long}")]
    public Task<IActionResult> Decide(long deliveryId, bool again)
    {
        Allow();
        return TryAsync(
            async () =>
            {
                _ = await Outgoing().FirstOrDefaultAsync(d => d.Id == deliveryId) ?? throw new NotHere();
                await (again ? questions.SendAgainAsync(deliveryId, Me.Actor) : questions.CountAsSentAsync(deliveryId, Me.Actor));
                Flash(again ? "It is sent again." : "It counts as sent.");
                return RedirectToAction(nameof(Index));
            },
            AgainAsync
        );
    }

    /// <summary>Reads a message that was set aside once more.</summary>
    [HttpPost("mail/received/{id:long}/retry")]
    public Task<IActionResult> Retry(long id)
    {
        Allow();
        return TryAsync(
            async () =>
            {
                var message = await AsideAsync(id);
                (message.State, message.Tries) = (InState.Waiting, 0);
                await db.SaveChangesAsync();
                await reading.TryAsync(id);
                Flash("It was read again; see below what came of it.");
                return RedirectToAction(nameof(Index));
            },
            AgainAsync
        );
    }

    /// <summary>Puts a message on the complaint it belongs to.</summary>
    [HttpPost("mail/received/{id:long}/complaint")]
    public Task<IActionResult> Assign(long id, string? reference)
    {
        Allow();
        return TryAsync(
            async () =>
            {
                Complaint complaint;
                try
                {
                    complaint = await cases.FindAsync(reference ?? "", Right.Lead);
                }
                catch (NotHere)
                {
                    throw new Refusal(
                        new Sentence("There is no complaint “{0}” for you. Check the reference.", reference),
                        $"reference-{id}"
                    );
                }

                await db.InTransactionAsync(async () =>
                {
                    await inbound.AssignAsync(await AsideAsync(id), complaint.Id, Me.Actor, HttpContext.RequestAborted);
                    await db.SaveChangesAsync();
                });
                Flash("It now stands on {0}.", complaint.Reference);
                return RedirectToAction(nameof(Index));
            },
            AgainAsync
        );
    }

    /// <summary>Lets mail leave again after a restore.</summary>
    [HttpPost("mail/release")]
    public async Task<IActionResult> Release(bool oldToo)
    {
        if (!Me.May(Right.Administer))
        {
            throw new NotHere();
        }

        await MailHold.ReleaseAsync(db, oldToo, Now);
        Flash("Mail leaves again.");
        return RedirectToAction(nameof(Index));
    }

    private void Allow()
    {
        if (!Me.May(Right.Lead) && !Me.May(Right.Administer))
        {
            throw new NotHere();
        }
    }

    private async Task<IActionResult> AgainAsync() => View("Mail", await PageAsync());

    private IQueryable<OutDelivery> Outgoing()
    {
        if (Me.May(Right.Administer))
        {
            return db.OutDeliveries.AsNoTracking();
        }

        var visible = cases.Visible(db.Complaints).Select(c => (long?)c.Id);
        return db.OutDeliveries.AsNoTracking().Where(d => visible.Contains(d.Message!.ComplaintId));
    }

    private async Task<InMessage> AsideAsync(long id) =>
        await db.InMessages.FirstOrDefaultAsync(m => m.Id == id && m.ComplaintId == null && m.State != InState.Waiting)
        ?? throw new NotHere();

    private async Task<MailPage> PageAsync() =>
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
}

/// <summary>The mail page.</summary>
/// <param name="Questions">Mails whose fate is unknown.</param>
/// <param name="Waiting">To be sent, the next first.</param>
/// <param name="Failed">Refused or held back, newest first.</param>
/// <param name="Received">Received mail that belongs to no complaint, newest first.</param>
/// <param name="HeldSince">UTC since when all mail is held after a restore; null when it is not.</param>
/// <param name="Sandbox">Mail goes to the sandbox.</param>
public sealed record MailPage(
    IReadOnlyList<OutLine> Questions,
    IReadOnlyList<OutLine> Waiting,
    IReadOnlyList<OutLine> Failed,
    IReadOnlyList<InLine> Received,
    DateTime? HeldSince,
    bool Sandbox
);

/// <summary>A delivery on the mail page.</summary>
public sealed record OutLine(
    long Id,
    string To,
    string Subject,
    MailPurpose Purpose,
    string? Reference,
    DeliveryState State,
    string? Reply,
    int Attempt,
    DateTime? NextTryAt,
    DateTime? SettledAt
);

/// <summary>A received message on the mail page.</summary>
public sealed record InLine(
    long Id,
    string? From,
    string? Subject,
    DateTime StoredAt,
    InState State,
    string? Why,
    bool Automatic,
    string? Words
);
