using Complaints.Casework;
using Complaints.Customers;
using Complaints.Data;
using Complaints.Language;
using Complaints.Staff;
using Microsoft.EntityFrameworkCore;

namespace Complaints.FollowUp;

/// <summary>A customer does not want to be asked any more: by a button, by one click in their mail program, or in words.</summary>
public sealed class StopAsking(ComplaintsDb db, SurveyMails mails)
{
    /// <summary>Said by a button on a page.</summary>
    public static Sentence OnThePage { get; } = new("The customer asked on a page not to be asked any more");

    /// <summary>Said by the button of a mail program.</summary>
    public static Sentence ByOneClick { get; } = new("The customer asked by one click in the mail program not to be asked any more");

    /// <summary>
    /// From now on nobody asks; what is written and not yet sent stays here, and what is being followed up closes with
    /// the sweep. Mail about complaints goes on. Said twice it counts once. The caller saves.
    /// </summary>
    /// <param name="customer">Tracked.</param>
    /// <param name="how">How it was said.</param>
    /// <param name="now">UTC.</param>
    public async Task DoAsync(Customer customer, Sentence how, DateTime now, CancellationToken cancel = default)
    {
        if (customer.NoSurveysSince is not null)
        {
            return;
        }

        customer.NoSurveysSince = now;
        var live = await db
            .FollowUps.Include(f => f.Complaint)
            .Where(f =>
                f.Complaint!.CustomerId == customer.Id
                && (
                    f.State == FollowUpState.Planned
                    || f.State == FollowUpState.Asked
                    || f.State == FollowUpState.CallDue
                    || f.State == FollowUpState.InWords
                )
            )
            .ToListAsync(cancel);
        foreach (var plan in live)
        {
            plan.Complaint!.Record(EntryKind.Changed, Actor.Customer, now, how);
            plan.Complaint.Wake(now);
            await mails.DropWaitingAsync(plan, now);
        }
    }
}
