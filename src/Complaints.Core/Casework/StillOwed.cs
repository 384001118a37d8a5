using Complaints.Data;
using Complaints.Language;
using Complaints.Mail;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Casework;

/// <summary>What the outbox asks about a complaint just before it sends a mail no person wrote.</summary>
public static class StillOwed
{
    /// <summary>Why the mail is no longer owed; null when it still is. What a person wrote is always owed: only undo stops it.</summary>
    public static async Task<Sentence?> AskAsync(ComplaintsDb db, OutMessage message, CancellationToken cancel)
    {
        if (message.PersonWrote || message.ComplaintId is not { } id)
        {
            return null;
        }

        var state = await db
            .Complaints.Where(c => c.Id == id)
            .Select(c => new
            {
                c.State,
                c.IsOpen,
                c.AwaitingApproval,
                c.PaymentDueAt,
                c.KeptFrom,
                c.Customer.NoSurveysSince,
            })
            .FirstOrDefaultAsync(cancel);
        if (await IsForKeptOutAsync(db, message, state?.KeptFrom, cancel))
        {
            return new Sentence("Whoever it is for is kept out of the complaint now.");
        }

        return state is null
            ? new Sentence("The complaint no longer exists.")
            : message.Purpose switch
            {
                MailPurpose.Survey or MailPurpose.SurveyReminder when state.State is not (State.Resolved or State.InFollowUp) =>
                    new Sentence("The complaint is {0}; nobody is asked about it any more.", state.State),
                MailPurpose.SecondTouch when state.State != State.Closed => new Sentence(
                    "The complaint is {0}; nobody is asked about it any more.",
                    state.State
                ),
                MailPurpose.Survey or MailPurpose.SurveyReminder or MailPurpose.SecondTouch when state.NoSurveysSince is not null =>
                    new Sentence("The customer asked not to be asked"),
                MailPurpose.OwnerWarning or MailPurpose.EscalationNotice when !state.IsOpen && state.PaymentDueAt is null => new Sentence(
                    "The complaint is {0}; nothing is late any more.",
                    state.State
                ),
                MailPurpose.ApprovalRequest when !state.AwaitingApproval => new Sentence("The remedy no longer waits for approval."),
                _ => null,
            };
    }

    /// <summary>True for a mail to staff who may no longer read of it: written before a reopening, to leave in their hours.</summary>
    private static async Task<bool> IsForKeptOutAsync(ComplaintsDb db, OutMessage message, string? keptFrom, CancellationToken cancel)
    {
        if (
            keptFrom is null
            || message.Purpose is not (MailPurpose.OwnerWarning or MailPurpose.EscalationNotice or MailPurpose.ApprovalRequest)
        )
        {
            return false;
        }

        var kept = Recusal.Ids(keptFrom);
        return await db.Set<OutDelivery>()
            .AnyAsync(
                d => d.MessageId == message.Id && db.Set<StaffMember>().Any(s => kept.Contains(s.Id) && s.Email == d.Recipient),
                cancel
            );
    }
}
